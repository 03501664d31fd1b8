"""From drafts to what the rules look at. Nothing in a draft is believed to be complete."""

from collections.abc import Callable, Iterator, Mapping
from itertools import count
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.admin.utils import quote
from django.urls import NoReverseMatch, reverse
from django.utils.html import escape, linebreaks
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.models import Site

from courses.authoring.check import h5p
from courses.authoring.check.findings import Spot
from courses.authoring.check.markup import Markup
from courses.authoring.check.material import (
    ActivityMaterial,
    Address,
    CourseMaterial,
    Film,
    LessonMaterial,
    Passage,
    Picture,
)
from courses.authoring.drafts import ACTIVITY_BLOCKS, CourseDraft, LessonDraft
from courses.authoring.grading.services import GRADING
from courses.catalogue.models import Activity
from courses.conf import conf
from courses.h5p.content_types import missing_places, place_text
from courses.h5p.grading import GRADERS

# A Wagtail hook, called with `course`; gives what finishing it promises, in words.
PROMISES = "lms_courses_promises"
ACTIVITY_EDITOR = "wagtailsnippets_lms_courses_activity:edit"


def page_url(page: Any, *path: str) -> str:
    """Where a page is edited; `path` = the way to a field or block, which Wagtail scrolls to."""
    anchor = f"#:w:contentpath={'.'.join(path)}" if path else ""
    return f"{reverse('wagtailadmin_pages:edit', args=[page.pk])}{anchor}"


def activity_url(activity: Activity) -> str:
    """Where an activity is edited; empty in a site that edits them nowhere."""
    try:
        return reverse(ACTIVITY_EDITOR, args=[quote(activity.pk)])
    except NoReverseMatch:
        return ""


def own_hosts() -> frozenset[str]:
    """Hosts that learners reach from inside the office."""
    origins = [
        *conf.SITE_ORIGINS,
        conf.CONTENT_ORIGIN,
        getattr(settings, "WAGTAILADMIN_BASE_URL", ""),
    ]
    hosts = {urlsplit(origin).hostname for origin in origins if origin}
    sites = set(Site.objects.values_list("hostname", flat=True))
    return frozenset({host for host in hosts if host} | sites | set(conf.CHECK_ALLOWED_HOSTS))


def read_course(draft: CourseDraft) -> CourseMaterial:
    """The course as the rules look at it."""
    order = count()
    page = draft.page

    def spot(field: str) -> Spot:
        label = capfirst(str(page._meta.get_field(field).verbose_name))
        place = _("Course page, “%(field)s”") % {"field": label}
        return Spot(place, page_url(page, field), "", next(order))

    keys = {row.lesson.pk: row.lesson.key for row in draft.lessons}
    whole = Spot(_("The whole course"), page_url(page), "", next(order))
    introduction = [
        Passage(spot("title"), Markup(escape(page.title))),
        Passage(spot("summary"), Markup(escape(page.summary))),
        Passage(spot("introduction"), Markup(str(page.introduction or ""))),
    ]
    return CourseMaterial(
        spot=whole,
        language=page.locale.language_code,
        title=page.title,
        minutes=page.minutes,
        minutes_spot=spot("minutes"),
        introduction=tuple(introduction),
        lessons=tuple(_Lesson(lesson, order, keys).read() for lesson in draft.lessons),
        promises=tuple(
            str(promise)
            for promises in hooks.get_hooks(PROMISES)
            for promise in promises(course=draft.course)
        ),
        allowed_hosts=own_hosts(),
    )


class _Lesson:
    """Reads one lesson block by block. A block of a kind it does not know is passed by."""

    def __init__(self, draft: LessonDraft, order: Iterator[int], keys: Mapping[int, str]) -> None:
        """
        Args:
            keys: id -> key of every lesson of the course.
        """
        self.page = draft.page
        self.lesson = draft.lesson
        self.order = order
        self.keys = keys
        self.drafts = {activity.pk: activity for activity in draft.activities}
        self.found: dict[str, list[Any]] = {
            name: []
            for name in ("passages", "pictures", "films", "addresses", "activities", "gaps")
        }

    def read(self) -> LessonMaterial:
        title = self.page.title
        place = _("Lesson “%(lesson)s”") % {"lesson": title}
        whole = Spot(place, page_url(self.page), title, next(self.order))
        self.found["passages"].append(Passage(whole, Markup(escape(title))))
        for number, block in enumerate(self.page.body, start=1):
            read = READERS.get(block.block_type)
            if read is not None:
                read(self, block.value, self.spot(block, number), block.id or "")
        grading = reverse(GRADING, args=[self.lesson.course_id])
        return LessonMaterial(
            spot=whole,
            title=title,
            key=self.lesson.key,
            completion=self.lesson.completion,
            minutes=self.lesson.minutes,
            rule_spot=Spot(place, grading, title, whole.order),
            **{name: tuple(rows) for name, rows in self.found.items()},
        )

    def spot(self, block: Any, number: int) -> Spot:
        place = _("Lesson “%(lesson)s”, block %(number)d (%(kind)s)") % {
            "lesson": self.page.title,
            "number": number,
            "kind": block.block.label,
        }
        path = ("body", str(block.id)) if block.id else ("body",)
        return Spot(place, page_url(self.page, *path), self.page.title, next(self.order))

    def add(self, name: str, row: Any) -> None:
        self.found[name].append(row)

    # --- blocks ---

    def rich_text(self, value: Any, spot: Spot, _block_id: str) -> None:
        self.add("passages", Passage(spot, Markup(value.source if value else ""), is_body=True))

    def callout(self, value: Any, spot: Spot, _block_id: str) -> None:
        text = value.get("text")
        html = f"<p>{escape(value.get('title') or '')}</p>{text.source if text else ''}"
        self.add("passages", Passage(spot, Markup(html), is_body=True))

    def image(self, value: Any, spot: Spot, _block_id: str) -> None:
        if value is None:
            self.add("gaps", spot)
            return
        text = value.contextual_alt_text or ""
        self.add("pictures", Picture(spot, value.title, text, bool(value.decorative)))

    def video(self, value: Any, spot: Spot, _block_id: str) -> None:
        if value.get("file") is None:
            self.add("gaps", spot)
            return
        transcript = (value.get("transcript") or "").strip()
        self.add(
            "films",
            Film(
                spot, value.get("title") or "", value.get("captions") is not None, bool(transcript)
            ),
        )
        self.add("passages", Passage(spot, Markup(escape(transcript))))

    def document(self, value: Any, spot: Spot, _block_id: str) -> None:
        if value is None:
            self.add("gaps", spot)
        else:
            self.add("addresses", Address(spot, "", value.title))

    def activity(self, value: Any, spot: Spot, _block_id: str) -> None:
        draft = self.drafts.get(value.pk) if value is not None else None
        if draft is None:
            self.add("gaps", spot)
        else:
            self.add("activities", read_activity(draft, spot, self.keys))


READERS: Mapping[str, Callable[[_Lesson, Any, Spot, str], None]] = {
    "rich_text": _Lesson.rich_text,
    "callout": _Lesson.callout,
    "image": _Lesson.image,
    "video": _Lesson.video,
    "document": _Lesson.document,
    **dict.fromkeys(ACTIVITY_BLOCKS, _Lesson.activity),
}


def read_activity(activity: Activity, block: Spot, keys: Mapping[int, str]) -> ActivityMaterial:
    """An activity as drafted. What is wrong with it is put right in its own editor."""
    place = _("%(place)s: activity “%(title)s”") % {"place": block.place, "title": activity.title}
    spot = Spot(place, activity_url(activity) or block.url, block.lesson, block.order)
    return ActivityMaterial(
        spot=spot,
        title_ja=activity.title_ja,
        is_checked=activity.is_checked,
        has_content=activity.is_ready,
        kind=activity.kind,
        is_graded_by_server=_is_graded_by_server(activity),
        covers=tuple(keys[pk] for pk in activity.covers if pk in keys),
        **_read_material(activity, spot),
    )


def _is_graded_by_server(activity: Activity) -> bool:
    if activity.content is None:
        return True
    library = activity.content.main_library
    return (library.machine_name, library.major) in GRADERS


def _read_material(activity: Activity, spot: Spot) -> dict[str, Any]:
    if activity.content is not None:
        missing = tuple(place_text(place) for place in missing_places(activity.content))
        return {"missing": missing, **h5p.read_content(activity.content, spot)}
    if activity.exercise is not None:
        task = linebreaks(activity.exercise.instructions_ja, autoescape=True)
        return {"texts": (Passage(spot, Markup(task)),)}
    return {}
