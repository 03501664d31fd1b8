from django.urls import path

from api.v1.people.views import MeView

urlpatterns = [path("me/", MeView.as_view(), name="me")]
