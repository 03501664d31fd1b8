"""Upgrading contents: the browser runs the type's own scripts, the server checks and adopts.

The page (static/lms_courses/librarian/upgrade.js) asks for each content's parameters, has them
upgraded in a sandboxed frame of the content origin, and hands the result back to be checked.
"""

import json
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.core.signing import BadSignature, dumps, loads
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View
from wagtail.admin import messages

from courses.authoring.librarian.selectors import Upgradable, upgradable_contents
from courses.authoring.librarian.services import Outcome, adopt_upgrade, discard_content
from courses.authoring.librarian.views import LibrarianOnly, LibrarianPage, url
from courses.conf import conf
from courses.exceptions import UpgradeRefused
from courses.h5p.library_services import refusal_text
from courses.h5p.models import H5PContent, H5PLibrary
from courses.h5p.refusals import PackageRefused
from courses.h5p.selectors import library_name, newer_versions, player_url, upgrade_page_url
from courses.h5p.semantics.check import ParamsRefused
from courses.h5p.semantics.compare import Difference
from courses.h5p.strict_json import parse_object
from courses.h5p.upgrade_services import upgrade_content, upgrade_differences

SALT = "courses.authoring.librarian.upgrade"
TICKET_SECONDS = 24 * 60 * 60
LONGEST_VALUE = 300

OUTCOMES = {
    Outcome.DRAFTED: gettext_lazy("The draft has the newer version."),
    Outcome.LOCKED: gettext_lazy("Left as it is: the activity is locked."),
    Outcome.IN_REVIEW: gettext_lazy("Left as it is: the course is being reviewed."),
    Outcome.CHANGED: gettext_lazy("Left as it is: its draft was changed in the meantime."),
    Outcome.INVALID: gettext_lazy("Left as it is: the draft is not valid."),
}


class Upgrade(LibrarianPage):
    """Contents of one version, each with the activities whose draft has it."""

    template_name = "lms_courses/librarian/upgrade.html"
    page_title = gettext_lazy("Upgrade contents")

    @cached_property
    def library(self) -> H5PLibrary:
        return get_object_or_404(H5PLibrary, pk=self.kwargs["pk"])

    def get_page_subtitle(self) -> str:
        return str(self.library)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs) | {"library": self.library}
        newer = newer_versions(self.library)
        if not newer:
            return context
        wanted = self.request.GET.get("to", "")
        target = next((row for row in newer if str(row.pk) == wanted), newer[0])
        found = upgradable_contents(self.library)
        return context | {
            "newer": newer,
            "target": target,
            "rows": found,
            "data": {
                "frame": upgrade_page_url(),
                "library": library_name(self.library).label,
                "to": library_name(target).label,
                "contents": [_described(row, target) for row in found],
                "strings": _strings(),
            },
        }


def _described(row: Upgradable, target: H5PLibrary) -> dict[str, str]:
    uuid = row.content.uuid
    return {
        "uuid": str(uuid),
        "title": row.content.title,
        "paramsUrl": url("upgrade_params", uuid),
        "checkUrl": url("upgrade_check", uuid, target.pk),
    }


def _strings() -> dict[str, str]:
    return {
        "waiting": _("Waiting"),
        "running": _("Being upgraded…"),
        "ready": _("Ready: %s changes"),
        "same": _("Ready: nothing but the version changes"),
        "failed": _("Failed"),
        "noAnswer": _("The upgrade script did not answer in time."),
        "progress": _("%1 of %2 contents done"),
        "finished": _("Finished: %1 ready, %2 failed"),
        "absent": _("(none)"),
        "before": _("Before: %s"),
        "after": _("After: %s"),
        "more": _("and %s more changes"),
        "unreachable": _("The server cannot be reached. Please try again."),
        "cannotPlay": _("This content cannot be shown."),
    }


class UpgradeParams(LibrarianOnly, View):
    """A content's parameters, for the frame."""

    def get(self, request: HttpRequest, uuid: str) -> HttpResponse:
        content = get_object_or_404(H5PContent, uuid=uuid)
        return JsonResponse({"params": content.params, "metadata": content.metadata})


class UpgradeCheck(LibrarianOnly, View):
    """Takes what the scripts made of one content, and answers with what changed."""

    def post(self, request: HttpRequest, uuid: str, pk: int) -> HttpResponse:
        content = get_object_or_404(H5PContent, uuid=uuid)
        target = get_object_or_404(H5PLibrary, pk=pk)
        try:
            asked = parse_object(request.body, place="", limits=conf.H5P_LIMITS)
            made = upgrade_content(
                content=content,
                library=target,
                params=_object(asked.get("params")),
                metadata=_object(asked.get("metadata")),
                made_by=request.user,
            )
        except PackageRefused as refused:
            return JsonResponse({"error": refusal_text(refused)}, status=400)
        except (ParamsRefused, UpgradeRefused) as fault:
            return JsonResponse({"error": fault.message}, status=400)
        except RequestDataTooBig:
            return JsonResponse({"error": _("The content is too large.")}, status=413)
        found = upgrade_differences(before=content, after=made)
        ticket = dumps([content.pk, made.pk, request.user.pk], salt=SALT)
        return JsonResponse(
            {
                "ticket": ticket,
                "changes": [_readable(change) for change in found],
                "before": player_url(content=content),
                "after": player_url(content=made),
            }
        )


def _object(value: Any) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise PackageRefused("json_not_object")
    return value


def _readable(change: Difference) -> dict[str, str | None]:
    return {
        "label": change.label,
        "path": change.path,
        "before": _text(change.before),
        "after": _text(change.after),
    }


def _text(value: Any) -> str | None:
    """None = there is none."""
    if value is None:
        return None
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return text if len(text) <= LONGEST_VALUE else f"{text[:LONGEST_VALUE]}…"


class UpgradeAdopt(LibrarianPage):
    """Makes the chosen results drafts and says what became of each activity."""

    template_name = "lms_courses/librarian/upgrade_report.html"
    page_title = gettext_lazy("Result of the upgrade")
    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        chosen = [self._pair(ticket) for ticket in request.POST.getlist("ticket")]
        if not any(chosen):
            messages.error(request, _("Choose at least one content."))
            return redirect(url("upgrade", pk))
        rows = [
            {"content": before, "adoption": adoption, "outcome": OUTCOMES[adoption.outcome]}
            for before, after in filter(None, chosen)
            for adoption in adopt_upgrade(before=before, after=after, adopted_by=request.user)
        ]
        for before, after in filter(None, map(self._pair, request.POST.getlist("dropped"))):
            if before != after:
                discard_content(content=after)
        context = self.get_context_data(rows=rows, pk=pk)
        return self.render_to_response(context)

    def _pair(self, ticket: str) -> tuple[H5PContent, H5PContent] | None:
        """The content and what was made of it; None = not the user's ticket, or one is gone."""
        try:
            before, after, user = loads(ticket, salt=SALT, max_age=TICKET_SECONDS)
        except BadSignature:
            return None
        rows = H5PContent.objects.in_bulk([before, after])
        if user != self.request.user.pk or len(rows) != 2:
            return None
        return rows[before], rows[after]
