from django.urls import path

from api.v1.exercises.views import (
    AttemptFileView,
    AttemptsView,
    AttemptView,
    ExerciseFileView,
    ExerciseView,
)

EXERCISE = "courses/<lms_key:key>/exercises/<lms_key:activity_key>/"

urlpatterns = [
    path(EXERCISE, ExerciseView.as_view(), name="exercise"),
    path(f"{EXERCISE}file/", ExerciseFileView.as_view(), name="exercise_file"),
    path(f"{EXERCISE}attempts/", AttemptsView.as_view(), name="attempts"),
    path(f"{EXERCISE}attempts/<int:number>/", AttemptView.as_view(), name="attempt"),
    path(f"{EXERCISE}attempts/<int:number>/file/", AttemptFileView.as_view(), name="attempt_file"),
]
