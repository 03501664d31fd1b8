"""Translating a course: its pages in the other language, and the texts of pages and activities.

Texts are written to drafts: the translated page's next revision, and the activity's translation.
What was made from what is kept beside them, so that a change of the original shows.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Locale

from courses.authoring.drafts import as_drafted
from courses.authoring.translation import segments
from courses.authoring.translation.activity_texts import (
    INSTRUCTIONS,
    TITLE,
    make_translated_content,
)
from courses.authoring.translation.exceptions import NotTranslatable
from courses.authoring.translation.models import TranslatedText
from courses.authoring.translation.segments import Made, Pair
from courses.authoring.translation.selectors import (
    RESTRUCTURED,
    Row,
    Subject,
    UnitPair,
    course_translation,
    original_page,
    target_languages,
    translation_of,
)
from courses.authoring.translation.tree import translated_pages
from courses.authoring.translation.units import PLAIN, RICH, set_texts
from courses.catalogue.models import Activity, Course
from courses.catalogue.translations import ActivityTranslation
from courses.exceptions import CourseLocked
from courses.h5p.semantics.check import ParamsRefused


@dataclass
class Outcome:
    """What became of each text that was sent, by row id; `refused` says why."""

    saved: list[str] = field(default_factory=list)
    refused: dict[str, str] = field(default_factory=dict)


@transaction.atomic
def start_translation(*, course: Course, language: str, by: Any = None) -> Any:
    """Bring the course's pages in another language in line with the original; make what is missing.

    Pages are drafts below the translated parents; activities are the same rows. What is translated
    stays; where it is not, the original stands in. Doing it again changes nothing.

    Returns:
        The translated course page.

    Raises:
        NotTranslatable: it is the course's own language, or the site does not offer it.
        CourseLocked: the translated course is under review, or a page of it is locked.
    """
    _lock(course, language, by)
    _write(course, language, {}, by=by)
    return translation_of(original_page(course), language)


@transaction.atomic
def save_translations(
    *, course: Course, language: str, texts: Mapping[str, str], by: Any = None
) -> Outcome:
    """Save texts of a translation; each that is not acceptable is refused by itself.

    Args:
        texts: id of a row of `course_translation` -> its text; rich text with the tags of its
            source. Empty = not translated any more.
        by: who, for the history.

    Raises:
        NotTranslatable, CourseLocked: as `start_translation`.
    """
    _lock(course, language, by)
    rows = {row.id: row for row in course_translation(course, language).rows}
    outcome = Outcome()
    accepted: dict[str, str] = {}
    for row_id, text in texts.items():
        row = rows.get(row_id)
        fault = _fault(row, text)
        if row is None or fault:
            outcome.refused[row_id] = fault
        else:
            accepted[row_id] = _normal(row, text)
    outcome.refused |= _write(course, language, accepted, by=by)
    outcome.saved = [row_id for row_id in accepted if row_id not in outcome.refused]
    return outcome


def _lock(course: Course, language: str, by: Any) -> None:
    Course.objects.select_for_update().get(pk=course.pk)
    original = original_page(course)
    if language not in target_languages(original):
        raise NotTranslatable(
            _("This course cannot be translated to the language “%(language)s”.")
            % {"language": language},
            params={"language": language},
        )
    locale = Locale.objects.get_or_create(language_code=language)[0]
    page = original.get_translation_or_none(locale)
    if page is None or by is None:
        return
    for part in (page, *page.get_descendants().specific()):
        lock = part.get_lock()
        if lock is not None and lock.for_user(by):
            raise CourseLocked(
                _(
                    "“%(title)s” is locked, by a review or by somebody. Nothing was saved; keep"
                    " your texts and try again when it is free."
                )
                % {"title": part.title},
                params={"page": part.pk},
            )


def _fault(row: Row | None, text: str) -> str:
    """Why a text cannot be taken; empty = it can."""
    if row is None:
        return _(
            "The original has changed since you opened this page. Copy your text, load the page"
            " again and check it against the new original."
        )
    if row.kind == RESTRUCTURED:
        return "" if text in ("", row.target) else _("Change this text in the editor of its page.")
    if row.longest is not None and len(text.strip()) > row.longest:
        return _("At most %(longest)d characters; these are %(count)d.") % {
            "longest": row.longest,
            "count": len(text.strip()),
        }
    if row.kind != RICH or not text.strip():
        return ""
    missing, extra = segments.tags_differ(row.source, text)
    faults = []
    if missing:
        faults.append(_("These tags of the original are missing: %(tags)s.") % _named(missing))
    if extra:
        faults.append(_("The original does not have these tags: %(tags)s.") % _named(extra))
    return " ".join(faults)


def _named(tags: Sequence[str]) -> dict[str, str]:
    return {"tags": " ".join(dict.fromkeys(tags))}


def _normal(row: Row, text: str) -> str:
    if row.kind == RICH:
        return segments.cleaned(row.source, text)
    return " ".join(text.split()) if row.kind == PLAIN else text.strip()


# --- writing --------------------------------------------------------------------------------


def _write(course: Course, language: str, texts: Mapping[str, str], *, by: Any) -> dict[str, str]:
    """Bring pages in line and write the texts; returns why rows of an activity were refused."""
    pages = translated_pages(original_page(course), Locale.objects.get(language_code=language))
    refused: dict[str, str] = {}
    memory: list[TranslatedText] = []
    for subject in course_translation(course, language).subjects:
        said = {unit.source.place: _said(unit, texts) for unit in subject.units}
        new = {unit.source.place: _pairs(unit, said[unit.source.place]) for unit in subject.units}
        is_there = True
        if isinstance(subject.original, Activity):
            try:
                with transaction.atomic():
                    is_there = _write_activity(subject, new, language, by=by)
            except ParamsRefused as fault:
                ids = {row_id for row_id in texts if _is_of(row_id, subject)}
                refused |= dict.fromkeys(ids, fault.message)
                continue
        else:
            _write_page(subject, new, pages[subject.original.pk], by=by)
        memory += [
            _remembered(course, language, unit.source.place, made, by)
            for unit in subject.units
            if is_there
            and (made := _made(unit, new[unit.source.place], said[unit.source.place])) != unit.made
        ]
    TranslatedText.objects.bulk_create(
        memory,
        update_conflicts=True,
        unique_fields=["course", "language", "place"],
        update_fields=["made", "translated_by", "translated_at"],
    )
    return refused


def _is_of(row_id: str, subject: Subject) -> bool:
    return row_id.split("#")[0] in {unit.source.place for unit in subject.units}


def _said(unit: UnitPair, texts: Mapping[str, str]) -> dict[int, str]:
    """Number of the row -> what a translator says."""
    ids = {unit.row_id(number): number for number in range(len(unit.pairs))}
    return {ids[row_id]: text for row_id, text in texts.items() if row_id in ids}


def _pairs(unit: UnitPair, said: Mapping[int, str]) -> tuple[Pair, ...]:
    return tuple(
        pair
        if number not in said
        else segments.translated(pair.source, said[number])
        if said[number]
        else segments.untranslated(pair.source)
        for number, pair in enumerate(unit.pairs)
    )


def _texts(unit: UnitPair, pairs: Sequence[Pair]) -> dict[str, str]:
    """Key of each part -> its text in the translation; the original where there is none."""
    if unit.is_restructured:
        key = unit.source.parts[0].key
        return {key: pairs[0].target} if pairs[0].target else {}
    return unit.source.with_segments([pair.target or None for pair in pairs])


def _write_page(subject: Subject, new: Mapping[str, Sequence[Pair]], row: Any, *, by: Any) -> None:
    page = as_drafted(row)
    before = page.serializable_data()
    texts: dict[str, str] = {}
    for unit in subject.units:
        texts |= _texts(unit, new[unit.source.place])
    set_texts(page, subject.original, texts)
    if page.serializable_data() != before or row.latest_revision_id is None:
        page.save_revision(user=by, log_action=True)


def _write_activity(
    subject: Subject, new: Mapping[str, Sequence[Pair]], language: str, *, by: Any
) -> bool:
    """The activity's translation, if anything of it is translated; whether there is one."""
    activity: Activity = subject.original
    values: dict[str, str] = {}
    own = {TITLE: "", INSTRUCTIONS: ""}
    is_begun = False
    for unit in subject.units:
        pairs = new[unit.source.place]
        texts = _texts(unit, pairs)
        (name, *_others) = texts
        if name in own and unit.source.place == f"a:{activity.key}:{name}":
            own[name] = pairs[0].target
        else:
            values |= texts
            is_begun = is_begun or any(pair.target for pair in pairs)
    title = own[TITLE]
    content = None
    if is_begun and activity.content is not None:
        content = make_translated_content(
            activity.content,
            values,
            title=title or activity.title_ja,
            language=language,
            made_by=by,
        )
    before = subject.translation
    after = {
        **own,
        "content": content,
        "made_from": activity.content if content is not None else None,
        "made_from_exercise": activity.exercise if own[INSTRUCTIONS] else None,
    }
    if before is None and not any(own.values()) and content is None:
        return False
    ActivityTranslation.objects.update_or_create(
        activity_id=activity.pk, language=language, defaults=after
    )
    return True


def _made(
    unit: UnitPair, pairs: Sequence[Pair], said: Mapping[int, str]
) -> tuple[Made, ...] | None:
    """What is known of the translation now; also of the copies that stand in: they are new ones."""
    if not unit.is_restructured:
        return tuple(pair.made for pair in pairs)
    if not said:
        return unit.made
    # Its paragraphs are its own; what it was made from are those of the original now.
    is_done = bool(pairs[0].target)
    return tuple(Made(segments.digest(source), is_done) for source in unit.source.segments)


def _remembered(
    course: Course, language: str, place: str, made: tuple[Made, ...] | None, by: Any
) -> TranslatedText:
    return TranslatedText(
        course=course,
        language=language,
        place=place,
        made=[{"source": item.source, "done": item.done} for item in made or ()],
        translated_by=by,
        translated_at=timezone.now(),
    )
