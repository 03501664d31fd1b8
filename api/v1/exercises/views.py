from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils import translation
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiResponse
from rest_framework.exceptions import NotFound, ValidationError
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from api.errors import BodyTooLarge
from api.parameters import PageParameters
from api.schema import describe
from api.v1.courses.detail import course_of, enrolment_in
from api.v1.exercises.outputs import AttemptOut, AttemptRow, ExerciseOut
from api.views import ApiView, ListView
from courses.catalogue.translations import instructions_in
from courses.conf import conf
from courses.exercises.presenting import rule_texts
from courses.models import Activity
from lms.exceptions import NotEnrolled
from lms.exercises.models import ExerciseAttempt
from lms.exercises.selectors import attempt_file, attempts_of, exercise_in
from lms.exercises.services import grade_attempt
from lms.people.calendar import office_today

# How many tries come with the exercise itself; the rest has an address of its own.
LATEST = 10
# Room for what multipart/form-data writes around the file.
ENVELOPE = 16 * 1024
FILE = OpenApiResponse(OpenApiTypes.BINARY, gettext_lazy("The file as it was given."))
UPLOAD = {
    "multipart/form-data": {
        "type": "object",
        "properties": {"file": {"type": "string", "format": "binary"}},
        "required": ["file"],
    }
}


class ExerciseApiView(ApiView):
    """Everything here is for the enrolled only, and about oneself only."""

    def exercise(self) -> Activity:
        """The exercise of the address, with its content.

        Raises:
            CourseNotAvailable: the course is not this person's, or does not exist.
            NotFound: it has no such exercise that is published.
            NotEnrolled: the person does not take the course.
        """
        course = course_of(self.employee, self.kwargs["key"], office_today())
        activity = exercise_in(course, self.kwargs["activity_key"])
        if activity is None:
            raise NotFound
        if enrolment_in(self.employee, course) is None:
            raise NotEnrolled(_("You are not enrolled in this course."))
        return activity

    def attempt(self) -> ExerciseAttempt:
        """The try of the address; that of another person is none.

        Raises:
            NotFound: I have no such try.
        """
        mine = attempts_of(self.employee, self.exercise()).select_related("activity")
        found = mine.filter(number=self.kwargs["number"]).first()
        if found is None:
            raise NotFound
        return found


class ExerciseView(ExerciseApiView):
    scopes = {"GET": "exercises:read"}

    @describe(
        operation_id="getExercise",
        tags=["exercises"],
        summary=gettext_lazy("A data exercise"),
        responses=ExerciseOut,
    )
    def get(self, request: Request, key: str, activity_key: str) -> Response:
        """What to do, with which file, by which rules, and my last tries."""
        activity = self.exercise()
        mine = attempts_of(self.employee, activity).select_related("activity")
        place = reverse("exercise_file", args=[key, activity_key])
        tries = {"attempt_count": mine.count(), "attempts": mine[:LATEST]}
        return Response(ExerciseOut(exercise_shown(activity, file_url=place) | tries).data)


def exercise_shown(activity: Activity, *, file_url: str) -> dict[str, Any]:
    """What an exercise asks, for the output `ExerciseOut`; the tries are the caller's.

    Args:
        activity: with its exercise; published or as drafted.
    """
    exercise: Any = activity.exercise
    spec = exercise.parsed_spec()
    return {
        "key": activity.key,
        "title": activity.title,
        "iri": activity.iri,
        "instructions": instructions_in(activity, translation.get_language()),
        "file": {
            "name": exercise.messy_name,
            "size_bytes": exercise.messy_size,
            "url": file_url,
        },
        "formats": spec.formats,
        "max_bytes": conf.EXERCISE_LIMITS.file_bytes,
        "pass_mark": activity.pass_mark,
        "columns": [
            {
                "name": column.name,
                "type": column.type,
                "unit": column.unit,
                "is_required": column.is_required,
                "is_key": column.name in spec.keys,
                "allowed": column.allowed,
            }
            for column in spec.columns
        ],
        "rules": [vars(text) for text in rule_texts(spec)],
    }


class ExerciseFileView(ExerciseApiView):
    scopes = {"GET": "exercises:read"}

    @describe(
        operation_id="getExerciseFile",
        tags=["exercises"],
        summary=gettext_lazy("The file to clean"),
        responses={(200, "application/octet-stream"): FILE},
    )
    def get(self, request: Request, key: str, activity_key: str) -> HttpResponse:
        """As the author gave it, byte by byte."""
        exercise: Any = self.exercise().exercise
        return attachment(*exercise.messy_file())


class HandInView(ApiView):
    """An address that takes one file to grade."""

    parser_classes = [MultiPartParser]

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        # Already the CSRF check reads a form to its end, so that it must be bounded before.
        length = request.META.get("CONTENT_LENGTH") or "0"
        if len(length) > 15 or int(length) > conf.EXERCISE_LIMITS.file_bytes + ENVELOPE:
            raise BodyTooLarge
        super().initial(request, *args, **kwargs)

    def handed_in(self) -> tuple[bytes, str]:
        """The file, and its name as its owner has it.

        Raises:
            ValidationError: none was sent.
        """
        file = self.request.FILES.get("file")
        if file is None:
            raise ValidationError({"file": _("Choose a file.")}, code="required")
        return file.read(), file.name or ""


class AttemptsView(HandInView, ExerciseApiView, ListView):
    scopes = {"GET": "exercises:read", "POST": "exercises:write"}
    parameters = {"GET": PageParameters}

    @describe(
        operation_id="listAttempts",
        tags=["exercises"],
        summary=gettext_lazy("My tries"),
        responses=AttemptRow(many=True),
    )
    def get(self, request: Request, key: str, activity_key: str) -> Response:
        """Mine only, newest first."""
        mine = attempts_of(self.employee, self.exercise()).select_related("activity")
        return self.page_of(mine, AttemptRow)

    @describe(
        operation_id="handIn",
        tags=["exercises"],
        summary=gettext_lazy("Hand in a cleaned file"),
        request=UPLOAD,
        responses={201: AttemptOut},
    )
    def post(self, request: Request, key: str, activity_key: str) -> Response:
        """Graded at once, as often as I like; the best try counts.

        A file that cannot be read as the table of the exercise is refused and is no try.
        """
        activity = self.exercise()
        data, name = self.handed_in()
        attempt = grade_attempt(employee=self.employee, activity=activity, data=data, name=name)
        return Response(AttemptOut(attempt).data, status=201)


class AttemptView(ExerciseApiView):
    scopes = {"GET": "exercises:read"}

    @describe(
        operation_id="getAttempt",
        tags=["exercises"],
        summary=gettext_lazy("What was found in a try of mine"),
        responses=AttemptOut,
    )
    def get(self, request: Request, key: str, activity_key: str, number: int) -> Response:
        """Rule by rule, and place by place."""
        return Response(AttemptOut(self.attempt()).data)


class AttemptFileView(ExerciseApiView):
    scopes = {"GET": "exercises:read"}

    @describe(
        operation_id="getAttemptFile",
        tags=["exercises"],
        summary=gettext_lazy("The file I handed in"),
        responses={(200, "application/octet-stream"): FILE},
    )
    def get(self, request: Request, key: str, activity_key: str, number: int) -> HttpResponse:
        """There is none where the try is too long ago; its report stays."""
        attempt = self.attempt()
        data = attempt_file(attempt)
        if data is None:
            raise NotFound
        return attachment(data, attempt.file_name)


def attachment(data: bytes, name: str) -> HttpResponse:
    """To be kept, never shown: whatever somebody made must not become a page of this site."""
    return HttpResponse(
        data,
        content_type="application/octet-stream",
        headers={
            "Content-Disposition": content_disposition_header(True, name),
            "X-Content-Type-Options": "nosniff",
        },
    )
