"""What lessons get from their parts, and from the test-out of their course. Pure.

The totals that `rules.fold_activity` gives are of an activity's own statements. Here follows what
they mean for other activities of the same course: a lesson may be done by its graded parts, and
whatever a test-out covers is granted.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from lms.progress.rules import ActivityRule, ActivityTotals, Completion, Event, fold_activity

Rules = Mapping[int, ActivityRule]
Totals = Mapping[int, ActivityTotals]


def fold_person(events: Mapping[int, Sequence[Event]], rules: Rules) -> dict[int, ActivityTotals]:
    """Activity id -> totals of one person, from all their statements.

    Args:
        events: activity id -> all that the person's statements say of it.
        rules: activity id -> rule, every activity of the courses concerned.
    """
    own = {
        key: totals
        for key, happened in events.items()
        if (totals := fold_activity(happened, rules[key])) is not None
    }
    return settle_lessons(rules, own)


def settle_lessons(rules: Rules, own: Totals) -> dict[int, ActivityTotals]:
    """The totals with what is granted, and with lessons that their parts make done.

    Args:
        rules: activity id -> rule, every activity of one or more courses.
        own: activity id -> totals of its own statements; missing = never touched.
    """
    parts: dict[int, list[int]] = defaultdict(list)
    for key, rule in rules.items():
        if rule.lesson is not None and rule.is_graded:
            parts[rule.lesson].append(key)
    settled = dict(own)
    for lesson, (first, last) in granted_lessons(rules, own).items():
        for key in (lesson, *parts[lesson]):
            settled[key] = _granted(settled.get(key), first, last)
    for lesson, rule in rules.items():
        if rule.completion is Completion.GRADED_PASSED:
            found = [settled[key] for key in parts[lesson] if key in settled]
            done = [item for item in found if item.done_at is not None]
            if done and len(done) == len(parts[lesson]):
                settled[lesson] = _passed(settled.get(lesson), done)
    return settled


def granted_lessons(rules: Rules, totals: Totals) -> dict[int, tuple[datetime, datetime]]:
    """Lesson id -> when a test-out granted it, for the first time and for the last.

    A test-out grants a lesson when all of its questions about the lesson are passed. One that is
    no longer part of the course has granted what it had by then.
    """
    asked: dict[tuple[int | None, int], list[int]] = defaultdict(list)
    for key, rule in rules.items():
        if rule.grants:
            for lesson in rule.covers:
                asked[rule.lesson, lesson].append(key)
    found: dict[int, tuple[datetime, datetime]] = {}
    for (_test, lesson), every in asked.items():
        questions = [key for key in every if rules[key].is_live] or every
        passed = [totals[key] for key in questions if key in totals]
        firsts = [item.granted_at for item in passed if item.granted_at is not None]
        lasts = [item.last_granted_at for item in passed if item.last_granted_at is not None]
        if lesson not in rules or len(firsts) < len(questions):
            continue
        first = max(firsts)
        span = (first, max(first, min(lasts)))
        known = found.get(lesson, span)
        found[lesson] = (min(known[0], span[0]), max(known[1], span[1]))
    return found


def _granted(own: ActivityTotals | None, first: datetime, last: datetime) -> ActivityTotals:
    known = _done_at(own, first, last)
    return replace(
        known,
        assured_at=min(known.assured_at or first, first),
        last_assured_at=max(known.last_assured_at or last, last),
        granted_at=first,
        last_granted_at=last,
    )


def _passed(own: ActivityTotals | None, parts: Sequence[ActivityTotals]) -> ActivityTotals:
    """Done with the last of its parts; again when all of them are done again."""
    first = max(item.done_at for item in parts if item.done_at is not None)
    again = min(item.last_done_at for item in parts if item.last_done_at is not None)
    return _done_at(own, first, max(first, again))


def _done_at(own: ActivityTotals | None, first: datetime, last: datetime) -> ActivityTotals:
    """Done at these moments too, whatever makes it done otherwise."""
    known = own or ActivityTotals(first_at=first, last_at=last)
    return replace(
        known,
        done_at=min(known.done_at or first, first),
        last_done_at=max(known.last_done_at or last, last),
    )
