from django.urls import path

from api.v1.workshops.views import MySessionsView, RegistrationView, SessionsView

urlpatterns = [
    path("workshops/", MySessionsView.as_view(), name="my_sessions"),
    path(
        "courses/<lms_key:key>/workshops/<lms_key:activity_key>/sessions/",
        SessionsView.as_view(),
        name="sessions",
    ),
    path(
        "sessions/<uuid:session_uuid>/registration/",
        RegistrationView.as_view(),
        name="registration",
    ),
]
