from django.urls import path

from api.v1.paths.views import PathsView, PathView

urlpatterns = [
    path("paths/", PathsView.as_view(), name="paths"),
    path("paths/<lms_key:key>/", PathView.as_view(), name="path"),
]
