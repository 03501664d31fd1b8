"""The admin's pages of a course's versions: they parse, authorise, call, and render."""

from collections.abc import Mapping
from itertools import pairwise
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods
from wagtail.admin import messages
from wagtail.models import Page

from courses.authoring.policy import may
from courses.authoring.versions.compare import (
    ActivityChange,
    compare_activities,
    compare_activity,
    compare_pages,
)
from courses.authoring.versions.services import restoration, restore_version
from courses.authoring.versions.state import (
    ActivityState,
    CourseState,
    Summary,
    activity_states,
    course_versions,
    draft_state,
    summary,
    version_state,
)
from courses.catalogue.models import Activity, CourseVersion
from courses.catalogue.pages import CoursePageMixin, course_of
from courses.catalogue.selectors import course_pages
from courses.exceptions import CoursesError
from courses.h5p.selectors import player_url

DRAFT = "draft"
CHANGES: Mapping[str, str | Promise] = {
    "added": gettext_lazy("Added"),
    "removed": gettext_lazy("Removed"),
    "changed": gettext_lazy("Changed"),
    "moved": gettext_lazy("Moved"),
    "same": gettext_lazy("Not changed"),
}
MISSING: Mapping[str, str | Promise] = {
    "deleted": gettext_lazy("This page was deleted since; only its title is known."),
    "purged": gettext_lazy("What this page said then is no longer kept; only its title is known."),
}


def _course_page(page_id: int, user: Any, action: str) -> Any:
    """The course page that a page of the course is, or stands below."""
    found = Page.objects.filter(pk=page_id).first()
    page: Any = found.specific if found is not None else None
    course = course_of(page)
    if course is None:
        raise Http404
    if not may(user, action, course):
        raise PermissionDenied
    if isinstance(page, CoursePageMixin):
        return page
    same = [item for item in course_pages(course) if item.locale_id == page.locale_id]
    if not same:
        raise Http404
    return same[0]


@require_GET
def index(request: HttpRequest, page_id: int) -> HttpResponse:
    """Every version of the course in the page's language, the newest first."""
    page = _course_page(page_id, request.user, "view")
    versions = list(course_versions(page.course, page.locale.language_code))
    olders = dict(pairwise(versions))
    return render(
        request,
        "lms_courses/versions/index.html",
        _frame(page, _("Versions of “%(title)s”") % {"title": page.title}, "history")
        | {
            "versions": [
                {
                    "version": version,
                    "older": olders.get(version),
                    "summary": _said(summary(version, olders.get(version))),
                }
                for version in versions
            ],
            "may_edit": may(request.user, "edit", page.course),
        },
    )


@never_cache
@require_GET
def compare(request: HttpRequest, page_id: int) -> HttpResponse:
    """`?a=<version id>&b=<version id>`; `draft` is what is worked on now."""
    page = _course_page(page_id, request.user, "view")
    versions = list(course_versions(page.course, page.locale.language_code))
    if not versions:
        messages.info(request, _("The course was not published yet: there is nothing to compare."))
        return redirect("lms_courses_versions:index", page.pk)
    a = request.GET.get("a") or str(versions[0].pk)
    b = request.GET.get("b") or DRAFT
    before, after = _state(page, a), _state(page, b)
    pages = compare_pages(before, after)
    activities = compare_activities(before, after)
    choices = [
        {"value": DRAFT, "label": _("Draft of now")},
        *({"value": str(row.pk), "label": _label(row)} for row in versions),
    ]
    return render(
        request,
        "lms_courses/versions/compare.html",
        _frame(
            page,
            _("Compare versions of “%(title)s”") % {"title": page.title},
            "history",
            step=_("Compare"),
        )
        | {
            "a": a,
            "b": b,
            "choices": choices,
            "before_name": _name(before),
            "after_name": _name(after),
            "language": page.locale.language_code,
            "pages": [
                {"item": item, "change": CHANGES[item.change], "notes": _missing(item)}
                for item in pages
                if item.change != "same" or _missing(item)
            ],
            "same_pages": sum(item.change == "same" for item in pages),
            "activities": [_activity(item) for item in activities if item.change != "same"],
            "same_activities": sum(item.change == "same" for item in activities),
        },
    )


@never_cache
@require_GET
def compare_versions_of_activity(request: HttpRequest, activity_id: int) -> HttpResponse:
    """`?a=<number>&b=<number>` of its own versions; `draft` is what is worked on now.

    Unless asked for others, what learners have is compared with the draft.
    """
    activity = get_object_or_404(Activity.objects.select_related("course"), pk=activity_id)
    if not may(request.user, "view", activity.course):
        raise PermissionDenied
    states = {_key(state): state for state in activity_states(activity)}
    newest = [*states][:2][-1]
    a, b = request.GET.get("a") or newest, request.GET.get("b") or DRAFT
    if a not in states or b not in states:
        raise Http404
    before, after = states[a], states[b]
    return render(
        request,
        "lms_courses/versions/compare_activity.html",
        {
            "header_title": _("Compare versions of “%(title)s”") % {"title": after.title},
            "header_icon": "history",
            "breadcrumbs_items": [
                {
                    "url": reverse("wagtailsnippets_lms_courses_activity:list"),
                    "label": _("Activities"),
                },
                {"url": "", "label": _("Compare"), "sublabel": after.title},
            ],
            "a": a,
            "b": b,
            "choices": [
                {"value": key, "label": _version_name(state)} for key, state in states.items()
            ],
            "before_name": _version_name(before),
            "after_name": _version_name(after),
            "language": "ja",
            "row": _activity(compare_activity(before, after)),
        },
    )


@require_http_methods(["GET", "POST"])
def restore(request: HttpRequest, page_id: int, version_id: int) -> HttpResponse:
    """First what would happen, then it does."""
    page = _course_page(page_id, request.user, "edit")
    version = _version(page, str(version_id))
    if request.method == "POST":
        try:
            restore_version(page=page, version=version, by=request.user)
        except CoursesError as error:
            messages.error(request, error.message)
        else:
            messages.success(
                request,
                _("Version %(number)d is the draft again. Learners have what they had.")
                % {"number": version.number},
            )
        return redirect("lms_courses_versions:index", page.pk)
    return render(
        request,
        "lms_courses/versions/restore.html",
        _frame(
            page,
            _("Make version %(number)d of “%(title)s” the draft again")
            % {"number": version.number, "title": page.title},
            "history",
            step=_("Make it the draft again"),
        )
        | {"version": version, "plan": restoration(page=page, version=version)},
    )


# --- shaping --------------------------------------------------------------------------------


def _version(page: Any, pk: str) -> CourseVersion:
    if not pk.isascii() or not pk.isdecimal() or len(pk) > 18:
        raise Http404
    return get_object_or_404(course_versions(page.course, page.locale.language_code), pk=int(pk))


def _state(page: Any, asked: str) -> CourseState:
    return draft_state(page) if asked == DRAFT else version_state(_version(page, asked))


def _label(version: CourseVersion) -> str:
    return _("Version %(number)d") % {"number": version.number}


def _name(state: CourseState) -> str:
    return _("Draft of now") if state.version is None else _label(state.version)


def _missing(item: Any) -> list[str | Promise]:
    states = [state for state in (item.before, item.after) if state is not None]
    return [MISSING[state.missing] for state in states if state.missing]


def _activity(item: ActivityChange) -> dict[str, Any]:
    return {
        "item": item,
        "change": CHANGES[item.change],
        "is_new_version": item.before is not None
        and item.after is not None
        and item.before.number != item.after.number,
        "pass_marks": _pass_marks(item),
        "players": [
            {
                "state": state,
                "name": _version_name(state),
                "url": player_url(content=state.content) if state.content else "",
            }
            for state in (item.before, item.after)
            if state is not None
        ]
        if _plays_otherwise(item)
        else [],
    }


def _key(state: ActivityState) -> str:
    return DRAFT if state.number is None else str(state.number)


def _version_name(state: ActivityState) -> str:
    """Of the activity, which counts its own versions."""
    if state.number is None:
        return _("Draft of now")
    return _("Version %(number)d") % {"number": state.number}


def _pass_marks(item: ActivityChange) -> tuple[str, str] | None:
    """None = it is the same, or it is not in both."""
    if item.before is None or item.after is None:
        return None
    if item.before.pass_mark == item.after.pass_mark:
        return None
    return _percent(item.before.pass_mark), _percent(item.after.pass_mark)


def _percent(share: float | None) -> str:
    return "–" if share is None else f"{share * 100:g}%"


def _plays_otherwise(item: ActivityChange) -> bool:
    contents = {
        state.content.pk
        for state in (item.before, item.after)
        if state is not None and state.content is not None
    }
    return len(contents) == 2 or (len(contents) == 1 and item.change in {"added", "removed"})


def _said(found: Summary) -> str:
    """One line."""
    if found.is_first:
        return _("First publication")
    if found.is_same:
        return _("No page and no activity changed")
    counts = (
        (found.pages_added, ngettext("%d page added", "%d pages added", found.pages_added)),
        (found.pages_removed, ngettext("%d page removed", "%d pages removed", found.pages_removed)),
        (found.pages_changed, ngettext("%d page changed", "%d pages changed", found.pages_changed)),
        (
            found.activities_added,
            ngettext("%d activity added", "%d activities added", found.activities_added),
        ),
        (
            found.activities_removed,
            ngettext("%d activity removed", "%d activities removed", found.activities_removed),
        ),
        (
            found.activities_changed,
            ngettext("%d activity changed", "%d activities changed", found.activities_changed),
        ),
    )
    return _(", ").join(text % count for count, text in counts if count)


def _frame(page: Any, title: str, icon: str, *, step: str = "") -> dict[str, Any]:
    """`step` = a page below the list of versions."""
    last = [{"url": "", "label": step, "sublabel": page.title}] if step else []
    return {
        "page": page,
        "header_title": title,
        "header_icon": icon,
        "breadcrumbs_items": [
            {
                "url": reverse("wagtailadmin_explore", args=[page.get_parent().pk]),
                "label": page.get_parent().title,
            },
            {"url": reverse("wagtailadmin_pages:edit", args=[page.pk]), "label": page.title},
            {
                "url": reverse("lms_courses_versions:index", args=[page.pk]),
                "label": _("Versions"),
                "sublabel": "" if step else page.title,
            },
            *last,
        ],
    }
