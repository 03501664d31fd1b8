from django.urls import path

from api.v1.projects.views import ProjectsView, ProjectView, SuggestionsView

urlpatterns = [
    path("projects/", ProjectsView.as_view(), name="projects"),
    path("projects/<lms_key:key>/", ProjectView.as_view(), name="project"),
    path("suggestions/me/", SuggestionsView.as_view(), name="my_suggestions"),
]
