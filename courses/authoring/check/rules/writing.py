"""Rules about texts: language, readability, and whether the planned time is right."""

import re
from collections.abc import Callable, Iterator
from math import ceil

from django.utils.translation import gettext as _

from courses.authoring.check import japanese
from courses.authoring.check.findings import Fault
from courses.authoring.check.material import ActivityMaterial, CourseMaterial, LessonMaterial
from courses.authoring.check.rules.access import quoted

SHOWN = 3
LESSON_LIMIT = 20
# Thinking about one H5P activity; cleaning and uploading one file.
MINUTES_PER_ACTIVITY = 1
# By kind; a workshop says with its sessions how long it takes.
MINUTES = {"exercise": 20, "workshop": 0}
# How far the planned time may be from the estimate, which knows nothing of the reader.
FAR_TOO_SHORT = 1.5
FAR_TOO_LONG = 3.0
STATED_TIME = re.compile(
    r"[（(]\s*約?(?:(\d+)\s*(?:時間|hours?))?\s*(?:(\d+)\s*(?:分間?|min(?:ute)?s?))?\s*[）)]",
    re.IGNORECASE,
)


def listed(texts: list[str]) -> str:
    """The first few, quoted, and how many more there are."""
    shown = "".join(_("“%(text)s”") % {"text": quoted(text)} for text in texts[:SHOWN])
    more = len(texts) - SHOWN
    return shown + (_(" and %(number)d more") % {"number": more} if more > 0 else "")


def title_missing(course: CourseMaterial) -> Iterator[Fault]:
    for activity in course.activities:
        if not activity.title_ja.strip():
            yield Fault(activity.spot, _("Lists and records name it by this title. Write one."))


def summary_missing(course: CourseMaterial) -> Iterator[Fault]:
    if course.introduction and not any(row.markup.text for row in course.introduction[1:]):
        yield Fault(
            course.introduction[1].spot,
            _("Learners choose by it. Write in two sentences what one can do after the course."),
        )


def not_in_japanese(course: CourseMaterial) -> Iterator[Fault]:
    if not course.is_in_japanese:
        return
    for passage in course.passages:
        found = [text for text in passage.markup.paragraphs if japanese.lacks_japanese(text)]
        if found:
            yield Fault(
                passage.spot,
                _("%(texts)s in a course in Japanese. Translate it.") % {"texts": listed(found)},
            )


def h5p_words_in_english(course: CourseMaterial) -> Iterator[Fault]:
    if not course.is_in_japanese:
        return
    for activity in course.activities:
        found = [text for text in activity.common if japanese.lacks_japanese(text, letters=2)]
        if found:
            yield Fault(
                activity.spot,
                _(
                    "%(texts)s: buttons and messages of the activity, also those only a screen "
                    "reader says. Translate them in the texts of its editor."
                )
                % {"texts": listed(list(dict.fromkeys(found)))},
            )


def _in_passages(
    course: CourseMaterial, find: Callable[[str], list[str]], detail: str
) -> Iterator[Fault]:
    """One fault per passage with anything found in it, which `detail` lists as `texts`."""
    for passage in course.passages:
        found = [item for text in passage.markup.paragraphs for item in find(text)]
        if found:
            yield Fault(passage.spot, detail % {"texts": listed(list(dict.fromkeys(found)))})


def machine_dependent(course: CourseMaterial) -> Iterator[Fault]:
    return _in_passages(
        course,
        japanese.machine_dependent,
        _(
            "%(texts)s may be shown or read aloud wrongly elsewhere. Write (1) for a number in a "
            "circle, words for signs of units, full-width katakana for half-width."
        ),
    )


def sentence_long(course: CourseMaterial) -> Iterator[Fault]:
    return _in_passages(
        course,
        japanese.long_sentences,
        _("%(texts)s: more than 80 characters. Say one thing in each sentence."),
    )


def kanji_run(course: CourseMaterial) -> Iterator[Fault]:
    return _in_passages(
        course,
        japanese.long_kanji_runs,
        _("%(texts)s: more than 12 kanji in a row. Divide it with の or を, or explain it once."),
    )


def double_negative(course: CourseMaterial) -> Iterator[Fault]:
    return _in_passages(
        course,
        japanese.double_negatives,
        _("%(texts)s: is it meant, or not? Say it without the second negation."),
    )


def practice_minutes(course: CourseMaterial) -> int:
    """What headings of the lessons say is practised at the desk, such as 演習（40分）."""
    return sum(
        stated_minutes(heading.text)
        for lesson in course.lessons
        for passage in lesson.passages
        for heading in passage.markup.headings
    )


def stated_minutes(heading: str) -> int:
    """The time in brackets in a heading; 0 = it says none."""
    return sum(
        60 * int(hours or 0) + int(minutes or 0) for hours, minutes in STATED_TIME.findall(heading)
    )


def course_minutes(course: CourseMaterial) -> float:
    """Reading, doing, and the practice that the course asks for."""
    # Nobody must take the test-out.
    lessons = [lesson for lesson in course.lessons if not lesson.is_test_out]
    return sum(map(lesson_minutes, lessons)) + practice_minutes(course)


def activity_minutes(activity: ActivityMaterial) -> float:
    characters = sum(len(passage.markup.text) for passage in activity.texts)
    doing = MINUTES.get(activity.kind, MINUTES_PER_ACTIVITY)
    return doing + japanese.reading_minutes(characters)


def lesson_minutes(lesson: LessonMaterial) -> float:
    """Reading and doing; films are not in it, because nobody knows how long they are."""
    characters = sum(len(passage.markup.text) for passage in lesson.passages)
    return japanese.reading_minutes(characters) + sum(map(activity_minutes, lesson.activities))


def time_missing(course: CourseMaterial) -> Iterator[Fault]:
    if course.minutes is None:
        yield Fault(
            course.minutes_spot,
            _("Learners plan with it. Reading and activities take about %(minutes)d minutes.")
            % {"minutes": ceil(course_minutes(course))},
        )


def _time(course: CourseMaterial, detail: str) -> Fault:
    minutes = ceil(course_minutes(course))
    return Fault(
        course.minutes_spot, detail % {"planned": course.minutes or 0, "estimated": minutes}
    )


def time_too_short(course: CourseMaterial) -> Iterator[Fault]:
    minutes = course_minutes(course)
    if course.minutes is not None and minutes > course.minutes * FAR_TOO_SHORT:
        yield _time(
            course,
            _(
                "%(planned)d minutes are planned; reading (500 characters a minute) and activities "
                "take about %(estimated)d. Shorten the course, divide it, or plan more time."
            ),
        )


def time_too_long(course: CourseMaterial) -> Iterator[Fault]:
    if course.minutes is None or not course.lessons or any(True for _film in course.films):
        return
    if any(activity.kind == "workshop" for activity in course.activities):
        # How long it takes is said with its sessions.
        return
    minutes = course_minutes(course)
    if minutes * FAR_TOO_LONG < course.minutes:
        yield _time(
            course,
            _(
                "%(planned)d minutes are planned; reading (500 characters a minute) and activities "
                "take about %(estimated)d, with the practice that headings state. Plan less, or "
                "say in a heading how long something is practised, e.g. Exercise (40 minutes)."
            ),
        )


def lesson_long(course: CourseMaterial) -> Iterator[Fault]:
    for lesson in course.lessons:
        minutes = lesson_minutes(lesson)
        if minutes > LESSON_LIMIT:
            yield Fault(
                lesson.spot,
                _(
                    "It takes about %(minutes)d minutes. Up to %(limit)d fit between two visitors "
                    "at the counter; divide it."
                )
                % {"minutes": ceil(minutes), "limit": LESSON_LIMIT},
            )
