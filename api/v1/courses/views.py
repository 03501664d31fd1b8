from urllib.parse import urlencode

from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response

from api.schema import describe
from api.v1.courses.detail import course_detail, course_of, enrolment_in, player_place
from api.v1.courses.inputs import CourseParameters, courses_found
from api.v1.courses.outputs import CourseOut, CourseRow, EnrolmentOut, Launch
from api.views import ApiView, ListView
from courses.catalogue.selectors import activities_in
from courses.catalogue.translations import content_in
from courses.models import Activity
from lms.enrolment.selectors import courses_open_to
from lms.enrolment.services import enrol, refuse_locked
from lms.exceptions import NotEnrolled
from lms.people.calendar import office_today

# The player keeps one document for what it plays: what somebody did in one version, or in one
# language, is of no use in another. Its name is part of the address of the state.
STATE_ID = "resume-{content}"


class CoursesView(ListView):
    scopes = {"GET": "courses:read"}
    parameters = {"GET": CourseParameters}

    @describe(
        operation_id="listCourses",
        tags=["courses"],
        summary=gettext_lazy("Courses I may take"),
        responses=CourseRow(many=True),
    )
    def get(self, request: Request) -> Response:
        """Published courses that are meant for me or that I am enrolled in."""
        mine = courses_open_to(self.employee, office_today())
        return self.page_of(courses_found(mine, self.asked), CourseRow)


class CourseView(ApiView):
    scopes = {"GET": "courses:read"}

    @describe(
        operation_id="getCourse",
        tags=["courses"],
        summary=gettext_lazy("One course"),
        responses=CourseOut,
    )
    def get(self, request: Request, key: str) -> Response:
        """Lessons with their blocks and activities, and how far I am."""
        return Response(CourseOut(course_detail(self.employee, key, office_today())).data)


class EnrolmentView(ApiView):
    scopes = {"GET": "learning:read", "PUT": "learning:write"}

    @describe(
        operation_id="getEnrolment",
        tags=["learning"],
        summary=gettext_lazy("My enrolment in a course"),
        responses=EnrolmentOut,
    )
    def get(self, request: Request, key: str) -> Response:
        """There is none where I have not enrolled, or the course is not mine."""
        course = course_of(self.employee, key, office_today())
        enrolment = enrolment_in(self.employee, course)
        if enrolment is None:
            raise NotFound(_("You are not enrolled in this course."))
        return Response(EnrolmentOut(enrolment).data)

    @describe(
        operation_id="enrol",
        tags=["learning"],
        summary=gettext_lazy("Enrol in a course"),
        request=None,
        responses={200: EnrolmentOut, 201: EnrolmentOut},
    )
    def put(self, request: Request, key: str) -> Response:
        """Statements about a course are accepted from then on. Doing it again changes nothing.

        Refused with `prerequisites_missing` while other courses come first (see `locked_by`).
        """
        today = office_today()
        course = course_of(self.employee, key, today)
        enrolment, is_new = enrol(employee=self.employee, course=course, on=today)
        return Response(EnrolmentOut(enrolment).data, status=201 if is_new else 200)


class LaunchView(ApiView):
    scopes = {"GET": "courses:read"}

    @describe(
        operation_id="launchActivity",
        tags=["courses"],
        summary=gettext_lazy("Start an activity"),
        responses=Launch,
    )
    def get(self, request: Request, key: str, activity_key: str) -> Response:
        """Where the player is, and where it keeps its state. For the enrolled only.

        The content is the one in my language, where it is translated.
        """
        course = course_of(self.employee, key, office_today())
        activity = (
            activities_in([course])
            .filter(key=activity_key, kind=Activity.Kind.H5P)
            .select_related("content")
            .first()
        )
        content = content_in(activity, translation.get_language()) if activity else None
        if activity is None or content is None:
            raise NotFound
        if enrolment_in(self.employee, course) is None:
            raise NotEnrolled(_("You are not enrolled in this course."))
        refuse_locked(employee=self.employee, course=course, on=office_today())
        state = urlencode(
            {"activityId": activity.iri, "stateId": STATE_ID.format(content=content.uuid)}
        )
        kept = {"state_url": f"{reverse('xapi_state')}?{state}"}
        return Response(Launch(player_place(activity, content) | kept).data)
