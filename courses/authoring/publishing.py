"""Publishing a course: its pages and activities together, or none of them.

`publish_course` is the only way a draft becomes what learners have. A page that somebody with
the right to do so publishes or takes offline by itself is settled by `settle_course`.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail import hooks

from courses.authoring.description import describe
from courses.authoring.drafts import (
    CourseDraft,
    activities_of,
    course_draft,
    is_test_out,
    is_translation,
)
from courses.authoring.translation.publication import (
    publish_translations,
    published_titles,
    translated_contents,
)
from courses.catalogue.models import Activity, ActivityVersion, Course, CourseVersion
from courses.catalogue.search.services import index_course
from courses.catalogue.selectors import live_lesson_pages_in_all_languages
from courses.exceptions import CourseUnfinished
from courses.h5p.content_types import missing_places, place_text

# A Wagtail hook, called with `course` and `changed` (ids of activities with a new version).
AFTER_PUBLICATION = "lms_courses_after_publication"
# What makes a new version of an activity.
VERSIONED = (
    "content_id",
    "exercise_id",
    "pass_mark",
    "completion",
    "minutes",
    "covers",
    "title_ja",
    "title_en",
)
# Room between lessons for the activities of each.
POSITIONS_PER_LESSON = 1000


@transaction.atomic
def publish_course(*, page: Any, by: Any = None, note: str = "") -> CourseVersion:
    """Publish the course of a course page as drafted: pages, activities, catalogue rows.

    Learners have the new state when the transaction ends. Activities that no lesson shows any
    more stay in the records and are required no longer. A translated course is published with the
    translations of its activities; the drafts of the activities themselves go with the original.

    Args:
        page: the course page, of the language to publish.
        by: the user who answers for it; None = the starter content.
        note: what changed, for the list of versions.

    Raises:
        CourseUnfinished: an activity lacks something; the message names every place.
    """
    Course.objects.select_for_update().get(pk=page.course_id)
    draft = course_draft(page)
    _refuse_unfinished(draft)
    now = timezone.now()
    translations = None
    if is_translation(page):
        published, translations = publish_translations(draft, by=by, now=now)
    else:
        published = _publish_activities(draft, by=by, now=now)
    revisions = [_publish_page(item, by=by) for item in draft.pages]
    _describe(draft)
    _place_activities(draft.course)
    language = page.locale.language_code
    parents = {item.path: item.pk for item in draft.pages}
    last = CourseVersion.objects.filter(course=draft.course, language=language)
    version = CourseVersion.objects.create(
        course=draft.course,
        language=language,
        number=(last.aggregate(last=Max("number"))["last"] or 0) + 1,
        contents={
            "pages": [
                {
                    "page": item.pk,
                    "revision": revision.pk,
                    "title": item.title,
                    "parent": parents.get(item.path[: -item.steplen]),
                }
                for item, revision in zip(draft.pages, revisions, strict=True)
            ],
            "activities": {row.activity.key: row.number for row in published},
        }
        | ({} if translations is None else {"translations": translations}),
        note=note,
        published_at=now,
        published_by=by,
    )
    _announce(
        draft.course, changed=[row.activity_id for row in published if row.published_at == now]
    )
    return version


@transaction.atomic
def settle_course(*, course: Course) -> None:
    """After a page went online or offline by itself: what the course now asks of its learners."""
    _place_activities(course)
    _announce(course, changed=())


def _refuse_unfinished(draft: CourseDraft) -> None:
    tests = [row.lesson for row in draft.lessons if is_test_out(row.lesson)]
    if len(tests) > 1:
        raise CourseUnfinished(
            _("A course has one test-out, not several: %(titles)s")
            % {"titles": ", ".join(row.title for row in tests)},
            params={"activities": {row.key: [] for row in tests}},
        )
    missing = {
        activity: [place_text(place) for place in missing_places(activity.content)]
        for activity in draft.activities
        if activity.content is not None
    }
    unfinished = {activity: places for activity, places in missing.items() if places}
    if unfinished:
        lines = [
            _("“%(title)s” is unfinished: %(places)s")
            % {"title": activity.title, "places": " / ".join(places)}
            for activity, places in unfinished.items()
        ]
        raise CourseUnfinished(
            "\n".join(lines),
            params={"activities": {row.key: places for row, places in unfinished.items()}},
        )


def _place_activities(course: Course) -> None:
    """Give every activity the lesson and place its block has in the live pages.

    What no live page shows is no longer live: it stays in the records, required of nobody.
    """
    places: dict[int, tuple[int | None, int]] = {}
    for number, page in enumerate(live_lesson_pages_in_all_languages(course), start=1):
        lesson_id = page.lesson_id
        places.setdefault(lesson_id, (None, number * POSITIONS_PER_LESSON))
        base = places[lesson_id][1]
        for offset, activity in enumerate(activities_of(page), start=1):
            places.setdefault(activity.pk, (lesson_id, base + offset))
    changed = []
    for row in Activity.objects.select_for_update().filter(course=course).order_by("pk"):
        lesson_id, position = places.get(row.pk, (row.lesson_id, row.position))
        live = row.pk in places and row.is_ready
        if (row.lesson_id, row.position, row.live) != (lesson_id, position, live):
            row.lesson_id, row.position, row.live = lesson_id, position, live
            changed.append(row)
    Activity.objects.bulk_update(changed, ["lesson", "position", "live"])


def _announce(course: Course, *, changed: Iterable[int]) -> None:
    """Settle what is derived, here and above, in this transaction: all or nothing."""
    index_course(course=course)
    for settle in hooks.get_hooks(AFTER_PUBLICATION):
        settle(course=course, changed=list(changed))


def _publish_page(page: Any, *, by: Any) -> Any:
    """The live revision: the latest, published now unless it is live already."""
    if page.live and not page.has_unpublished_changes and page.live_revision_id:
        return page.live_revision
    revision = page.latest_revision or page.save_revision(user=by, clean=False)
    revision.publish(user=by, skip_permission_checks=True)
    return revision


def _publish_activities(draft: CourseDraft, *, by: Any, now: datetime) -> list[ActivityVersion]:
    # The test-out last, and not beside one that has just gone: a course has one at a time.
    rules = sorted(draft.rules, key=is_test_out)
    Activity.objects.filter(course=draft.course, completion=Activity.Completion.TEST_OUT).exclude(
        pk__in=[row.lesson.pk for row in draft.lessons]
    ).update(live=False)
    versions = [
        _publish_activity(activity, by=by, now=now) for activity in (*rules, *draft.activities)
    ]
    return [version for version in versions if version is not None]


def _publish_activity(activity: Activity, *, by: Any, now: datetime) -> ActivityVersion | None:
    """The version learners have now; None = there is nothing to publish yet.

    `activity` is the draft.
    """
    if not activity.is_ready:
        return None
    titles = _kept_titles(Activity.objects.get(pk=activity.pk))
    if activity.has_unpublished_changes and activity.latest_revision is not None:
        activity.latest_revision.publish(user=by, skip_permission_checks=True)
    row = Activity.objects.get(pk=activity.pk)
    # The revision may be older than a translation that was published since.
    for column, title in titles.items():
        setattr(row, column, title)
    newest = row.versions.order_by("number").last()
    if newest is not None and all(getattr(newest, f) == getattr(row, f) for f in VERSIONED):
        return newest
    version = ActivityVersion.objects.create(
        activity=row,
        number=newest.number + 1 if newest else 1,
        counts_earlier=row.earlier_count or newest is None,
        published_at=now,
        published_by=by,
        **{field: getattr(row, field) for field in VERSIONED},
    )
    row.refused_contents = _contents_refused(row)
    row.save(update_fields=["refused_contents", "title_ja", "title_en"])
    return version


def _kept_titles(row: Activity) -> dict[str, str]:
    """Column -> title that no draft of the activity changes. A lesson's are those of its pages."""
    if row.kind == Activity.Kind.LESSON:
        return {"title_ja": row.title_ja, "title_en": row.title_en}
    return published_titles(row)


def _contents_refused(activity: Activity) -> list[int]:
    """Contents of the versions before the latest one after which earlier completions are void.

    A content that a version since then has again is accepted. Translations go with their version.
    """
    versions = list(activity.versions.order_by("number"))
    first = max((row.number for row in versions if not row.counts_earlier), default=0)
    history = [(row.number, row.material_id) for row in versions] + translated_contents(activity)
    accepted = {material for number, material in history if number >= first}
    before = {material for number, material in history if number < first}
    return sorted(pk for pk in before - accepted if pk is not None)


def _describe(draft: CourseDraft) -> None:
    """Copy what lists show from the pages to the catalogue rows, in the pages' language."""
    describe(draft)
    draft.course.save()
    field = f"title_{draft.language}"
    Activity.objects.bulk_update([lesson.lesson for lesson in draft.lessons], [field])
