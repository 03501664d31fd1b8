"""Every address of the content origin. The site's own urls.py never includes these."""

from django.urls import path

from courses.h5p import views

urlpatterns = [
    path("h5p/play/<str:token>/", views.play, name="play"),
    path("h5p/upgrade/", views.upgrade, name="upgrade"),
    path("h5p/content/<str:token>/h5p.json", views.content_metadata, name="content_metadata"),
    path("h5p/content/<str:token>/content/<path:name>", views.content_file, name="content_file"),
    path("h5p/libraries/<str:folder>/<path:name>", views.library_file, name="library_file"),
    path("h5p/player/<path:name>", views.player_file, name="player_file"),
    path("h5p/frame/<str:name>", views.frame_file, name="frame_file"),
]
