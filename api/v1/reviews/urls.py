from django.urls import path

from api.v1.reviews.views import (
    ReviewCommentsView,
    ReviewCourseView,
    ReviewDecisionView,
    ReviewExerciseFileView,
    ReviewExerciseView,
    ReviewGradeView,
    ReviewLaunchView,
    ReviewRepliesView,
    ReviewResolutionView,
)

urlpatterns = [
    path("reviews/<str:token>/", ReviewCourseView.as_view(), name="review"),
    path("reviews/<str:token>/decision/", ReviewDecisionView.as_view(), name="review_decision"),
    path("reviews/<str:token>/comments/", ReviewCommentsView.as_view(), name="review_comments"),
    path(
        "reviews/<str:token>/comments/<int:comment_id>/replies/",
        ReviewRepliesView.as_view(),
        name="review_replies",
    ),
    path(
        "reviews/<str:token>/comments/<int:comment_id>/resolution/",
        ReviewResolutionView.as_view(),
        name="review_resolution",
    ),
    path(
        "reviews/<str:token>/activities/<lms_key:activity_key>/launch/",
        ReviewLaunchView.as_view(),
        name="review_launch",
    ),
    path(
        "reviews/<str:token>/exercises/<lms_key:activity_key>/",
        ReviewExerciseView.as_view(),
        name="review_exercise",
    ),
    path(
        "reviews/<str:token>/exercises/<lms_key:activity_key>/file/",
        ReviewExerciseFileView.as_view(),
        name="review_exercise_file",
    ),
    path(
        "reviews/<str:token>/exercises/<lms_key:activity_key>/grade/",
        ReviewGradeView.as_view(),
        name="review_exercise_grade",
    ),
]
