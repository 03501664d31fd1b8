"""The admin's page of a course in two languages: it parses, authorises, calls, and renders."""

import json
import re
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import get_language_info, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST
from wagtail.admin import messages
from wagtail.models import Page

from courses.authoring.policy import may
from courses.authoring.translation.selectors import (
    CourseTranslation,
    Row,
    Subject,
    course_translation,
    original_page,
    target_languages,
)
from courses.authoring.translation.services import save_translations, start_translation
from courses.catalogue.models import Activity, Course
from courses.catalogue.pages import course_of
from courses.exceptions import CoursesError
from courses.h5p.selectors import player_url

KINDS: Mapping[str, str | Promise] = {
    "course": gettext_lazy("Course"),
    "module": gettext_lazy("Module"),
    "lesson": gettext_lazy("Lesson"),
    "activity": gettext_lazy("Activity"),
}
STATES: Mapping[str, str | Promise] = {
    "untranslated": gettext_lazy("Not translated"),
    "outdated": gettext_lazy("Original has changed"),
    "translated": gettext_lazy("Translated"),
}
TAG = re.compile(r"(<[^<>]*>)")


def _course(page_id: int, user: Any, action: str) -> Course:
    page = Page.objects.filter(pk=page_id).first()
    course = course_of(page.specific) if page is not None else None
    if course is None:
        raise Http404
    if not may(user, action, course):
        raise PermissionDenied
    return course


@require_GET
def choose(request: HttpRequest, page_id: int) -> HttpResponse:
    """To the language of the page, or the first one there is, where the page is the original."""
    course = _course(page_id, request.user, "view")
    languages = target_languages(original_page(course))
    if not languages:
        messages.warning(
            request, _("The site has one language only: there is nothing to translate.")
        )
        return redirect("wagtailadmin_pages:edit", page_id)
    own = Page.objects.get(pk=page_id).locale.language_code
    language = own if own in languages else languages[0]
    return redirect("lms_courses_translation:table", page_id, language)


@never_cache
@require_GET
def table(request: HttpRequest, page_id: int, language: str) -> HttpResponse:
    course = _course(page_id, request.user, "view")
    languages = target_languages(original_page(course))
    if language not in languages:
        raise Http404
    found = course_translation(course, language)
    may_edit = may(request.user, "edit", course)
    lock = found.page.get_lock() if found.page is not None else None
    is_locked = lock is not None and lock.for_user(request.user)
    return render(
        request,
        "lms_courses/translation/table.html",
        {
            "header_title": _("Translation of “%(title)s”") % {"title": found.original.title},
            "header_icon": "globe",
            "breadcrumbs_items": _breadcrumbs(found),
            "found": found,
            "course": course,
            "languages": [
                {"code": code, "name": _name(code), "is_current": code == language}
                for code in languages
            ],
            "source_language": found.original.locale.language_code,
            "source_name": _name(found.original.locale.language_code),
            "target_name": _name(language),
            "sections": [_section(subject, found) for subject in found.subjects],
            "counts": found.counts,
            "total": len(found.rows),
            "untranslated": [
                _listed(row, subject)
                for subject in found.subjects
                for row in subject.rows
                if row.state == "untranslated"
            ],
            "states": STATES,
            "may_edit": may_edit and not is_locked,
            "lock_message": lock.get_message(request.user)
            if lock is not None and is_locked
            else "",
            "translation_config": _config(page_id, language),
        },
    )


@require_POST
def start(request: HttpRequest, page_id: int, language: str) -> HttpResponse:
    course = _course(page_id, request.user, "edit")
    try:
        start_translation(course=course, language=language, by=request.user)
    except CoursesError as error:
        messages.error(request, error.message)
    else:
        messages.success(
            request, _("The pages in the other language are in line with the original.")
        )
    return redirect("lms_courses_translation:table", page_id, language)


@require_POST
def save(request: HttpRequest, page_id: int, language: str) -> JsonResponse:
    """`{"texts": {row id: text}}` -> what became of each, and where the course stands now."""
    course = _course(page_id, request.user, "edit")
    texts = _texts(request.body)
    if texts is None:
        return _problem(400, _('Send {"texts": {row: text}}, with texts as strings.'))
    try:
        outcome = save_translations(course=course, language=language, texts=texts, by=request.user)
    except CoursesError as error:
        return _problem(409 if error.code == "course_locked" else 400, error.message)
    found = course_translation(course, language)
    return JsonResponse(
        {
            "saved": outcome.saved,
            "refused": outcome.refused,
            "rows": {
                row.id: {"state": row.state, "label": str(STATES[row.state]), "target": row.target}
                for row in found.rows
                if row.id in texts
            },
            "counts": found.counts,
            "total": len(found.rows),
            "players": {
                subject.key: address for subject in found.subjects if (address := _player(subject))
            },
        },
        json_dumps_params={"ensure_ascii": False},
    )


def _texts(body: bytes) -> dict[str, str] | None:
    """None = it is not what is asked for. U+0000 cannot be stored."""
    try:
        texts = json.loads(body)["texts"]
    except (ValueError, RecursionError, TypeError, KeyError):
        return None
    if not isinstance(texts, dict):
        return None
    if not all(isinstance(text, str) and "\x00" not in text for text in texts.values()):
        return None
    return texts


def _problem(status: int, message: str) -> JsonResponse:
    return JsonResponse(
        {"message": message}, status=status, json_dumps_params={"ensure_ascii": False}
    )


# --- shaping --------------------------------------------------------------------------------


def _name(language: str) -> str:
    return str(get_language_info(language)["name_translated"])


def _breadcrumbs(found: CourseTranslation) -> list[dict[str, str]]:
    return [
        {
            "url": reverse("wagtailadmin_explore", args=[found.original.get_parent().pk]),
            "label": found.original.get_parent().title,
        },
        {
            "url": reverse("wagtailadmin_pages:edit", args=[found.original.pk]),
            "label": found.original.title,
        },
        {"url": "", "label": _("Translation"), "sublabel": found.original.title},
    ]


def _section(subject: Subject, found: CourseTranslation) -> dict[str, Any]:
    is_activity = isinstance(subject.original, Activity)
    return {
        "key": subject.key,
        "kind": KINDS[subject.kind],
        "level": 3 if is_activity else 2,
        "title": subject.title,
        "original_url": _edit_url(subject.original),
        "translation_url": None
        if is_activity or subject.translation is None
        else _edit_url(subject.translation),
        "player": _player(subject),
        "is_activity": is_activity,
        "rows": [_shown(row, number, subject) for number, row in enumerate(subject.rows, start=1)],
    }


def _edit_url(row: Any) -> str:
    if isinstance(row, Activity):
        return reverse("wagtailsnippets_lms_courses_activity:edit", args=[row.pk])
    return reverse("wagtailadmin_pages:edit", args=[row.pk])


def _player(subject: Subject) -> str:
    """Address of the translated activity playing; empty = there is none."""
    content = getattr(subject.translation, "content", None)
    is_activity = isinstance(subject.original, Activity)
    return player_url(content=content) if is_activity and content is not None else ""


def _anchor(subject: Subject, number: int) -> str:
    return f"{subject.key}-{number}"


def _shown(row: Row, number: int, subject: Subject) -> dict[str, Any]:
    return {
        "row": row,
        "anchor": _anchor(subject, number),
        "state": STATES[row.state],
        "pieces": _pieces(row.source, row.kind),
        "target_pieces": _pieces(row.target, row.kind),
        "height": min(12, max(1, row.source.count("\n") + 1 + len(row.source) // 40)),
    }


def _pieces(text: str, kind: str) -> list[dict[str, Any]]:
    """The text cut at its tags, which are shown as such."""
    if kind in {"plain", "lines"}:
        return [{"text": text, "is_tag": False}]
    return [
        {"text": piece, "is_tag": number % 2 == 1}
        for number, piece in enumerate(TAG.split(text))
        if piece
    ]


def _listed(row: Row, subject: Subject) -> dict[str, str]:
    number = [other.id for other in subject.rows].index(row.id) + 1
    text = TAG.sub("", row.source)
    return {
        "anchor": _anchor(subject, number),
        "subject": subject.title,
        "label": row.label,
        "text": text[:60] + ("…" if len(text) > 60 else ""),
    }


def _config(page_id: int, language: str) -> dict[str, Any]:
    """What the script needs: where to save, and its words."""
    return {
        "save": reverse("lms_courses_translation:save", args=[page_id, language]),
        "words": {
            "saved": _("Saved."),
            "saving": _("Saving…"),
            "unsaved": _("Not saved yet: {count}"),
            "refused": _("Saved, except for what is marked: {count}"),
            "failed": _("Nothing was saved: the server did not answer. Your texts are still here."),
            "signedOut": _(
                "Nothing was saved: you are not signed in any more, or may not edit this course."
                " Sign in in another tab, then save again."
            ),
            "insert": _("Insert the tag {tag}"),
            "allDone": _("Everything is translated."),
            "none": _("No row like that."),
            "progress": _("{done} of {total} translated"),
        },
    }
