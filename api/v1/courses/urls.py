from django.urls import path

from api.v1.courses.views import CoursesView, CourseView, EnrolmentView, LaunchView

urlpatterns = [
    path("courses/", CoursesView.as_view(), name="courses"),
    path("courses/<key:key>/", CourseView.as_view(), name="course"),
    path("courses/<key:key>/enrolment/", EnrolmentView.as_view(), name="enrolment"),
    path(
        "courses/<key:key>/activities/<key:activity_key>/launch/",
        LaunchView.as_view(),
        name="launch",
    ),
]
