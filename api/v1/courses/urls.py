from django.urls import path

from api.v1.courses.views import CoursesView, CourseView, EnrolmentView, LaunchView

urlpatterns = [
    path("courses/", CoursesView.as_view(), name="courses"),
    path("courses/<lms_key:key>/", CourseView.as_view(), name="course"),
    path("courses/<lms_key:key>/enrolment/", EnrolmentView.as_view(), name="enrolment"),
    path(
        "courses/<lms_key:key>/activities/<lms_key:activity_key>/launch/",
        LaunchView.as_view(),
        name="launch",
    ),
]
