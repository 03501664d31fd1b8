"""What a bearer token may do. People signed in by session have every scope; what they may see
is decided below, by the selectors and services.
"""

from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework.exceptions import PermissionDenied
from rest_framework.permissions import BasePermission
from rest_framework.request import Request

from lms.access.models import ApiToken

SCOPES = {
    "me:read": _("Who the token belongs to"),
    "learning:read": _("Courses to take, with progress"),
    "learning:write": _("Enrol in a course"),
    "courses:read": _("Course contents"),
    "exercises:read": _("Data exercises, and one's own tries"),
    "exercises:write": _("Hand in data exercises"),
    "workshops:read": _("Sessions of workshops, and one's own seats"),
    "workshops:write": _("Register for workshops"),
    "skills:read": _("One's own skills, and cells one may see"),
    "skills:write": _("Assess one's own skills, and ask for corrections"),
    "matrix:read": _("The skills matrix"),
    "matrix:write": _("Keep views of the skills matrix"),
    "projects:read": _("Projects and suggestions"),
    "projects:write": _("Propose projects, and run those one looks after"),
    "teams:read": _("Compositions of teams, for the DX office"),
    "teams:write": _("Compose teams and adopt them"),
    "mentoring:read": _("One's own mentoring"),
    "mentoring:write": _("Offer, agree to and write down mentoring"),
    "oversight:read": _("Learning of the people one oversees"),
    "oversight:write": _("Remind the people one oversees"),
    "notices:read": _("What the site tells one"),
    "notices:write": _("Mark notices as read, and choose how they are mailed"),
    "xapi:read": _("Read one's own statements and states"),
    "xapi:write": _("Send statements and states"),
}


class OutOfScope(PermissionDenied):
    """The token is good, but not for this."""

    default_detail = _("The token does not cover this request.")
    default_code = "insufficient_scope"


class IsSignedInWithinScope(BasePermission):
    """Signed in; and with a token, only where its scopes hold the one the view names.

    A view names its scopes by method: `scopes = {"GET": "learning:read"}`. A method it does not
    name is closed to tokens.
    """

    def has_permission(self, request: Request, view: Any) -> bool:
        if not request.user.is_authenticated:
            return False
        if isinstance(request.auth, ApiToken):
            method = "GET" if request.method == "HEAD" else str(request.method)
            if getattr(view, "scopes", {}).get(method) not in request.auth.scopes:
                raise OutOfScope
        return True
