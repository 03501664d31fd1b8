"""Every fault as problem+json (RFC 9457): one table says the status and the title of each.

`code` is the stable name for programs; `title` and `detail` are for people, in their language.
"""

import logging
from collections.abc import Iterator
from typing import Any, NamedTuple

from django.conf import settings
from django.core.exceptions import PermissionDenied, RequestDataTooBig, SuspiciousOperation
from django.core.signals import got_request_exception
from django.http import Http404, JsonResponse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rest_framework import exceptions as drf
from rest_framework.views import set_rollback

from api.permissions import OutOfScope
from courses import exceptions as courses
from courses.authoring.review import exceptions as review
from courses.authoring.translation import exceptions as translation
from courses.exercises import refusals as exercises
from courses.exercises.services import GradingNotInstalled
from courses.h5p import hub, refusals
from courses.h5p.semantics import check as h5p_params
from lms import exceptions as lms
from lms.lrs import exceptions as lrs
from lms.records.statement import NAMESPACE
from skills_matrix import exceptions as skills
from skills_matrix.engine import exceptions as engine

logger = logging.getLogger(__name__)

MEDIA_TYPE = "application/problem+json"
TYPE_PREFIX = f"{NAMESPACE}problem:"


class NotAnEmployee(drf.PermissionDenied):
    """The account belongs to no employee: an outside author or a machine."""

    default_detail = gettext_lazy("This is for employees; your account belongs to none.")
    default_code = "not_an_employee"


class UnknownParameter(drf.ValidationError):
    """A query parameter that the address does not have: refused rather than ignored."""

    default_code = "unknown_parameter"


class InvalidParameter(drf.ValidationError):
    """A query parameter whose value is not acceptable."""

    default_code = "invalid_parameter"


class MalformedJson(drf.ParseError):
    """The body is not JSON; `place` is its line and column."""

    default_code = "malformed_json"

    def __init__(self, detail: str, *, place: str = "") -> None:
        super().__init__(detail)
        self.place = place


class BodyTooLarge(drf.APIException):
    """The body is larger than the address takes; it was not read to its end."""

    status_code = 413
    default_detail = gettext_lazy("The body is too large.")
    default_code = "body_too_large"


class UnsupportedXapiVersion(drf.APIException):
    """Another version of xAPI than this server speaks."""

    status_code = 400
    default_detail = gettext_lazy("This server speaks xAPI 1.0.3.")
    default_code = "unsupported_xapi_version"


class Fault(NamedTuple):
    """`code` empty = the exception brings its own."""

    status: int
    title: str | Promise
    code: str = ""


_INVALID_REQUEST = gettext_lazy("The request is not valid")
_NOT_SIGNED_IN = gettext_lazy("Not signed in")
_NOT_ALLOWED = gettext_lazy("Not allowed")
_NOT_FOUND = gettext_lazy("Not found")
_NOT_NOW = gettext_lazy("Not possible in this state")
_SERVER_ERROR = gettext_lazy("The server made a mistake")
_CHANGE_REFUSED = gettext_lazy("The personnel change cannot be made like this")
_INVALID_FILE = gettext_lazy("The file cannot be taken")

FAULTS: dict[type[Exception], Fault] = {
    lms.LmsError: Fault(500, _SERVER_ERROR),
    lms.InvalidStatement: Fault(400, gettext_lazy("The statement is not valid")),
    lms.StatementConflict: Fault(409, gettext_lazy("The statement id is taken")),
    lms.UnknownActivity: Fault(400, gettext_lazy("No such activity")),
    lms.GradedByServer: Fault(400, gettext_lazy("The statement is not valid")),
    lms.UnknownContent: Fault(400, gettext_lazy("No such version of the activity")),
    lms.NotEnrolled: Fault(403, gettext_lazy("Not enrolled")),
    lms.CourseNotAvailable: Fault(404, gettext_lazy("No such course")),
    lms.PrerequisitesMissing: Fault(409, gettext_lazy("Other courses come first")),
    lms.InvalidState: Fault(400, gettext_lazy("The state cannot be stored")),
    lms.RevocationRefused: Fault(400, _INVALID_REQUEST),
    lms.CertificateNotPrintable: Fault(500, _SERVER_ERROR),
    lms.BadgesNotSetUp: Fault(409, _NOT_NOW),
    lms.InvalidCsv: Fault(400, _INVALID_FILE),
    lms.InvalidCell: Fault(400, _INVALID_FILE),
    lms.InvalidOrder: Fault(400, _INVALID_FILE),
    lms.ImportRefused: Fault(400, _INVALID_FILE),
    lms.OrderRefused: Fault(409, _NOT_NOW),
    lms.AudienceRefused: Fault(409, gettext_lazy("The audience cannot be set like this")),
    lms.ChangeRefused: Fault(409, _CHANGE_REFUSED),
    lms.UndoRefused: Fault(409, _CHANGE_REFUSED),
    lms.SessionNotAvailable: Fault(404, gettext_lazy("No such session")),
    lms.WorkshopRefused: Fault(409, _NOT_NOW),
    lms.RunTakenOver: Fault(500, _SERVER_ERROR),
    lms.InvalidCondition: Fault(400, gettext_lazy("The condition cannot be used")),
    lms.AccountTaken: Fault(409, gettext_lazy("The account is taken")),
    lrs.MayNotVoid: Fault(403, _NOT_ALLOWED),
    lrs.InvalidAttachment: Fault(400, _INVALID_REQUEST),
    lrs.InvalidDocument: Fault(400, _INVALID_REQUEST),
    lrs.DocumentConflict: Fault(409, _NOT_NOW),
    lrs.DocumentChanged: Fault(412, gettext_lazy("The document has changed")),
    courses.CoursesError: Fault(500, _SERVER_ERROR),
    review.NoReviewSetUp: Fault(409, _NOT_NOW),
    review.AlreadyUnderReview: Fault(409, _NOT_NOW),
    review.NotUnderReview: Fault(409, _NOT_NOW),
    review.MayNotDecide: Fault(403, _NOT_ALLOWED),
    review.MayNotInvite: Fault(403, _NOT_ALLOWED),
    review.ReasonMissing: Fault(400, _INVALID_REQUEST),
    review.ReviewLinkNotValid: Fault(404, gettext_lazy("The link does not work")),
    review.UnknownPlace: Fault(404, _NOT_FOUND),
    courses.LibraryInUse: Fault(409, gettext_lazy("The H5P library is in use")),
    courses.BundleChanged: Fault(409, gettext_lazy("The site has changed in the meantime")),
    courses.UpgradeRefused: Fault(400, gettext_lazy("The content cannot be upgraded")),
    hub.HubFault: Fault(502, gettext_lazy("The H5P Hub cannot be used")),
    courses.CourseUnfinished: Fault(409, _NOT_NOW),
    courses.CourseNotReady: Fault(409, _NOT_NOW),
    courses.CourseLocked: Fault(409, gettext_lazy("The course is locked")),
    courses.PrerequisiteCycle: Fault(409, _NOT_NOW),
    courses.PathRefused: Fault(400, _INVALID_REQUEST),
    courses.GradingRefused: Fault(400, gettext_lazy("The course would ask what does not fit")),
    courses.InvalidDate: Fault(400, gettext_lazy("The date is not valid")),
    exercises.ExerciseRefused: Fault(400, _INVALID_REQUEST),
    exercises.FileRefused: Fault(400, _INVALID_FILE),
    exercises.InvalidExercise: Fault(400, _INVALID_REQUEST),
    GradingNotInstalled: Fault(500, _SERVER_ERROR),
    refusals.PackageRefused: Fault(400, _INVALID_FILE),
    translation.NotTranslatable: Fault(400, _INVALID_REQUEST),
    h5p_params.ParamsRefused: Fault(400, _INVALID_FILE),
    skills.SkillsError: Fault(500, _SERVER_ERROR),
    skills.NotVisible: Fault(404, _NOT_FOUND),
    skills.UnknownFilterValue: Fault(400, _INVALID_REQUEST),
    skills.AssessmentRefused: Fault(409, gettext_lazy("The assessment cannot be taken")),
    skills.CorrectionRefused: Fault(409, gettext_lazy("The request cannot be taken")),
    skills.InvalidFramework: Fault(400, _INVALID_FILE),
    skills.ViewNameTaken: Fault(409, gettext_lazy("The view cannot be saved like this")),
    skills.TooManyViews: Fault(409, gettext_lazy("The view cannot be saved like this")),
    skills.AwardsRefused: Fault(409, gettext_lazy("The awards cannot be set like this")),
    skills.ProcessRefused: Fault(409, gettext_lazy("The business process cannot be set like this")),
    skills.ProjectRefused: Fault(409, gettext_lazy("The project does not allow this")),
    skills.TeamsRefused: Fault(409, gettext_lazy("The teams cannot be set like this")),
    skills.MentoringRefused: Fault(409, _NOT_NOW),
    skills.AnswerRefused: Fault(409, _NOT_NOW),
    skills.StarterIncomplete: Fault(500, _SERVER_ERROR),
    engine.EngineError: Fault(500, _SERVER_ERROR),
    engine.FrameError: Fault(500, _SERVER_ERROR),
    engine.NaiveInstant: Fault(500, _SERVER_ERROR),
    engine.InvalidWeights: Fault(500, _SERVER_ERROR),
    engine.InvalidPlan: Fault(500, _SERVER_ERROR),
    engine.InvalidTeamRules: Fault(500, _SERVER_ERROR),
    engine.InvalidTeamProblem: Fault(500, _SERVER_ERROR),
    engine.UnknownRule: Fault(500, _SERVER_ERROR),
    NotAnEmployee: Fault(403, _NOT_ALLOWED),
    OutOfScope: Fault(403, _NOT_ALLOWED),
    UnknownParameter: Fault(400, _INVALID_REQUEST, "unknown_parameter"),
    InvalidParameter: Fault(400, _INVALID_REQUEST, "invalid_parameter"),
    MalformedJson: Fault(400, gettext_lazy("The body is not JSON")),
    BodyTooLarge: Fault(413, gettext_lazy("The body is too large")),
    UnsupportedXapiVersion: Fault(400, _INVALID_REQUEST),
    drf.ValidationError: Fault(400, _INVALID_REQUEST, "invalid"),
    drf.ParseError: Fault(400, _INVALID_REQUEST),
    drf.AuthenticationFailed: Fault(401, _NOT_SIGNED_IN),
    drf.NotAuthenticated: Fault(401, _NOT_SIGNED_IN),
    drf.PermissionDenied: Fault(403, _NOT_ALLOWED),
    drf.NotFound: Fault(404, _NOT_FOUND),
    drf.MethodNotAllowed: Fault(405, gettext_lazy("Method not allowed")),
    drf.NotAcceptable: Fault(406, gettext_lazy("No such format")),
    drf.UnsupportedMediaType: Fault(415, gettext_lazy("Content type not taken")),
    drf.Throttled: Fault(429, gettext_lazy("Too many requests")),
    RequestDataTooBig: Fault(413, gettext_lazy("The body is too large"), "body_too_large"),
    SuspiciousOperation: Fault(400, _INVALID_REQUEST, "invalid"),
}
UNEXPECTED = Fault(500, _SERVER_ERROR)


def fault_of(error: Exception) -> Fault:
    """The row of the table for an exception: its own, or that of its nearest parent."""
    return next((FAULTS[cls] for cls in type(error).__mro__ if cls in FAULTS), UNEXPECTED)


def problem_response(error: Exception, context: dict[str, Any]) -> JsonResponse | None:
    """Django REST framework's exception handler.

    A fault of the server is logged and told to Django's signal, and says nothing about itself;
    while debugging it is left to Django's own page.
    """
    set_rollback()
    error = _as_drf(error)
    fault = fault_of(error)
    if fault.status >= 500:
        return _server_error(error, context)
    response = JsonResponse(
        problem(
            status=fault.status,
            title=str(fault.title),
            code=fault.code or _code(error),
            detail=_detail(error),
            errors=list(_errors(error)),
        ),
        status=fault.status,
        content_type=MEDIA_TYPE,
        json_dumps_params={"ensure_ascii": False},
    )
    if auth_header := getattr(error, "auth_header", None):
        response["WWW-Authenticate"] = auth_header
    return response


def problem(
    *, status: int, title: str, code: str, detail: str, errors: list[dict[str, str]] | None = None
) -> dict[str, Any]:
    """The members of a problem. `errors` is left out where there is no place to name."""
    body: dict[str, Any] = {
        "type": TYPE_PREFIX + code,
        "title": title,
        "status": status,
        "detail": detail,
        "code": code,
    }
    return body | {"errors": errors} if errors else body


def _as_drf(error: Exception) -> Exception:
    if isinstance(error, Http404):
        return drf.NotFound()
    if isinstance(error, PermissionDenied):
        return drf.PermissionDenied()
    return error


def _server_error(error: Exception, context: dict[str, Any]) -> JsonResponse | None:
    request = context["request"]._request
    if settings.DEBUG:
        return None
    logger.error("%s %s", request.method, request.path, exc_info=error)
    got_request_exception.send(sender=None, request=request)
    return JsonResponse(
        problem(
            status=500,
            title=str(_SERVER_ERROR),
            code="server_error",
            detail=_("It was noted. Please try again later."),
        ),
        status=500,
        content_type=MEDIA_TYPE,
        json_dumps_params={"ensure_ascii": False},
    )


def _code(error: Exception) -> str:
    if isinstance(error, drf.APIException):
        codes = error.get_codes()
        return codes if isinstance(codes, str) else error.default_code
    return str(getattr(error, "code", "invalid"))


def _detail(error: Exception) -> str:
    if isinstance(error, drf.ValidationError):
        return next((item["detail"] for item in _errors(error)), "")
    if isinstance(error, drf.APIException):
        return str(error.detail)
    # Only our own exceptions are written for the reader; others may tell of the inside.
    return str(getattr(error, "message", ""))


def _errors(error: Exception) -> Iterator[dict[str, str]]:
    if isinstance(error, drf.ValidationError):
        yield from _places(error.get_full_details(), "")
    elif place := getattr(error, "place", ""):
        yield {"place": str(place), "code": _code(error), "detail": _detail(error)}


def _places(details: Any, place: str) -> Iterator[dict[str, str]]:
    """Flatten DRF's nested details: `{"a": [{"b": …}]}` is at `a[0].b`."""
    if isinstance(details, dict) and {"message", "code"} == details.keys():
        yield {"place": place, "code": str(details["code"]), "detail": str(details["message"])}
    elif isinstance(details, dict):
        for name, item in details.items():
            yield from _places(item, f"{place}.{name}" if place else str(name))
    else:
        for number, item in enumerate(details):
            is_leaf = isinstance(item, dict) and {"message", "code"} == item.keys()
            yield from _places(item, place if is_leaf else f"{place}[{number}]")
