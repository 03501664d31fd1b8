"""How statements add up to progress. Pure.

Every fold here is a merge of minima, maxima and counts, or a function of all events, so the order
of statements does not matter and `replay_statements` gives the same result as recording them one
by one. What lessons get from their parts, and from the test-out, is `lessons`.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from functools import reduce
from typing import TypeVar

from lms.progress.timeline import Portion, Try, counted_tries, read_portions
from lms.records.assurance import ScoreAssurance, score_assurance
from lms.records.statement import ANSWERED, ATTENDED, COMPLETED, EXPERIENCED

T = TypeVar("T", float, datetime)

FINISHING_VERBS = frozenset({ANSWERED, COMPLETED})
READING_VERBS = frozenset({EXPERIENCED, COMPLETED})
ATTENDING_VERBS = frozenset({ATTENDED})


class Completion(StrEnum):
    """When a lesson is done: `Activity.Completion` of the catalogue."""

    VIEWED = "viewed"
    GRADED_PASSED = "graded_passed"
    MINIMUM_TIME = "minimum_time"
    TEST_OUT = "test_out"


@dataclass(frozen=True)
class ActivityRule:
    """What "done" means for one activity. `pass_mark` None = not graded.

    `is_live` False = the published course no longer has it; what was done with it stays.
    `refused_contents` are ids of versions whose completions the author no longer accepts: what
    was done with them were attempts, and shows nothing.

    Attributes:
        completion: of the lesson that it is.
        minimum: how long the lesson must be read; zero where its rule asks for no time.
        lesson: id of the lesson it stands in; None = it is one.
        in_test_out: it is the test-out, or stands in it.
        covers: ids of the lessons that a question of the test-out is about.
        pause: after an attempt at such a question that counts, the next counts so much later.
    """

    is_lesson: bool
    pass_mark: float | None = None
    is_live: bool = True
    refused_contents: frozenset[int] = frozenset()
    is_workshop: bool = False
    completion: Completion = Completion.VIEWED
    minimum: timedelta = timedelta(0)
    lesson: int | None = None
    in_test_out: bool = False
    covers: frozenset[int] = frozenset()
    pause: timedelta = timedelta(0)

    @property
    def is_checked(self) -> bool:
        """Whether more than the learner's word makes it done."""
        return self.is_workshop or self.pass_mark is not None

    @property
    def is_required(self) -> bool:
        """Lessons must be read, workshops attended and graded activities passed.

        The rest is practice or a test-out.
        """
        return self.is_live and not self.in_test_out and (self.is_lesson or self.is_checked)

    @property
    def is_graded(self) -> bool:
        return self.is_live and self.pass_mark is not None

    @property
    def grants(self) -> bool:
        return self.in_test_out and self.pass_mark is not None and bool(self.covers)

    @property
    def needs_history(self) -> bool:
        """Whether progress in its course follows only from all statements together.

        Where it does not, new statements are merged into the totals that are there.
        """
        return self.completion is not Completion.VIEWED or self.in_test_out

    @property
    def finishing_verbs(self) -> frozenset[str]:
        """What a statement says by which it may be done."""
        if self.is_workshop:
            return ATTENDING_VERBS
        return READING_VERBS if self.is_lesson else FINISHING_VERBS


@dataclass(frozen=True)
class Event:
    """What one statement says about one activity. `score` None = not scored.

    `content` is the id of the version it was made on; None = a lesson, or not known.
    `graded` is the fraction the server found the response to be worth; None = it cannot tell.
    `took` is how long it says it took; zero = it does not say.
    """

    verb: str
    is_root: bool
    score: float | None
    timestamp: datetime
    content: int | None = None
    graded: float | None = None
    took: timedelta = timedelta(0)

    @property
    def assurance(self) -> ScoreAssurance:
        return score_assurance(self.score, self.graded)

    @property
    def counted_score(self) -> float | None:
        """The server's own where it has one; none at all where it refutes the one claimed."""
        if self.assurance is ScoreAssurance.REFUTED:
            return None
        return self.score if self.graded is None else self.graded


@dataclass(frozen=True)
class ActivityTotals:
    """What all statements about one activity add up to. `done_at` None = not done yet.

    `assured_at` and `last_assured_at` are of those that the server itself graded or knows of.

    Attributes:
        time_read: of a lesson with a minimum time.
        counted_at: of a question of the test-out, the latest attempt that counted.
        granted_at, last_granted_at: of a question of the test-out, when an attempt that counted
            was passed; of what it covers, when it was granted. `done_at` follows the earlier of
            learning and granting.
    """

    first_at: datetime
    last_at: datetime
    attempts: int = 0
    best_score: float | None = None
    done_at: datetime | None = None
    last_done_at: datetime | None = None
    assured_at: datetime | None = None
    last_assured_at: datetime | None = None
    time_read: timedelta = timedelta(0)
    counted_at: datetime | None = None
    granted_at: datetime | None = None
    last_granted_at: datetime | None = None


@dataclass(frozen=True)
class CourseTotals:
    """What the activities of a course add up to for one person.

    `assured_at` and `assured_renewed_at` are `completed_at` and `renewed_at` as they would be if
    of everything graded only what the server graded itself were done. Where nothing is graded
    or attended they are None unless all was granted: that somebody read a page is a claim.
    """

    done_count: int
    total_count: int
    started_at: datetime
    last_at: datetime
    completed_at: datetime | None
    renewed_at: datetime | None
    assured_at: datetime | None = None
    assured_renewed_at: datetime | None = None


def is_done_by(event: Event, rule: ActivityRule) -> bool:
    """Whether this statement alone makes the activity done."""
    if not event.is_root or event.content in rule.refused_contents:
        return False
    if event.verb not in rule.finishing_verbs:
        return False
    if rule.is_lesson:
        return rule.completion is Completion.VIEWED
    if rule.is_workshop:
        return True
    if rule.pass_mark is None:
        return event.assurance is not ScoreAssurance.REFUTED
    score = event.counted_score
    return score is not None and score >= rule.pass_mark


def totals_of(event: Event, rule: ActivityRule) -> ActivityTotals:
    """The totals of a single statement."""
    finishes = event.is_root and event.verb in rule.finishing_verbs and not rule.is_lesson
    counts = finishes and event.content not in rule.refused_contents
    done_at = event.timestamp if is_done_by(event, rule) else None
    # Nobody but the server says who attended.
    is_assured = rule.is_workshop or event.assurance is ScoreAssurance.SERVER_GRADED
    assured_at = done_at if is_assured else None
    return ActivityTotals(
        first_at=event.timestamp,
        last_at=event.timestamp,
        attempts=1 if finishes else 0,
        best_score=event.counted_score if counts else None,
        done_at=done_at,
        last_done_at=done_at,
        assured_at=assured_at,
        last_assured_at=assured_at,
    )


def merge(left: ActivityTotals, right: ActivityTotals) -> ActivityTotals:
    """Totals of two disjoint sets of statements together. Commutative and associative."""
    return ActivityTotals(
        first_at=min(left.first_at, right.first_at),
        last_at=max(left.last_at, right.last_at),
        attempts=left.attempts + right.attempts,
        best_score=_of_present(max, left.best_score, right.best_score),
        done_at=_of_present(min, left.done_at, right.done_at),
        last_done_at=_of_present(max, left.last_done_at, right.last_done_at),
        assured_at=_of_present(min, left.assured_at, right.assured_at),
        last_assured_at=_of_present(max, left.last_assured_at, right.last_assured_at),
    )


def fold_activity(
    events: Iterable[Event], rule: ActivityRule, before: ActivityTotals | None = None
) -> ActivityTotals | None:
    """Totals of `events`, added to `before`. None = no statement at all.

    Where the rule `needs_history`, `events` must be all there are, and `before` None.
    """
    events = list(events)
    parts = [totals_of(event, rule) for event in events]
    if before is not None:
        parts.append(before)
    if not parts:
        return None
    merged = reduce(merge, parts)
    if rule.completion is Completion.MINIMUM_TIME:
        return _with_reading(merged, events, rule)
    return _with_grants(merged, events, rule) if rule.grants else merged


def _with_reading(
    totals: ActivityTotals, events: Iterable[Event], rule: ActivityRule
) -> ActivityTotals:
    time, reached = read_portions(
        (
            Portion(event.timestamp, event.took)
            for event in events
            if event.is_root and event.took > timedelta(0)
        ),
        rule.minimum,
    )
    return replace(
        totals,
        time_read=time,
        done_at=reached[0] if reached else None,
        last_done_at=reached[-1] if reached else None,
    )


def _with_grants(
    totals: ActivityTotals, events: Iterable[Event], rule: ActivityRule
) -> ActivityTotals:
    """Only what the server graded grants anything; a claim is an attempt that failed."""
    tries = counted_tries(
        (
            Try(
                event.timestamp,
                is_done_by(event, rule) and event.assurance is ScoreAssurance.SERVER_GRADED,
            )
            for event in events
            if event.is_root
            and event.verb in FINISHING_VERBS
            and event.content not in rule.refused_contents
        ),
        rule.pause,
    )
    passed = [item.at for item in tries if item.passed]
    return replace(
        totals,
        counted_at=tries[-1].at if tries else None,
        granted_at=passed[0] if passed else None,
        last_granted_at=passed[-1] if passed else None,
    )


def fold_course(
    rules: Mapping[int, ActivityRule], totals: Mapping[int, ActivityTotals]
) -> CourseTotals | None:
    """Course totals from those of its activities. None = nothing of the course was touched.

    Args:
        rules: activity id -> rule, every activity of the course.
        totals: activity id -> totals, with what lessons get (`lessons.settle_lessons`); missing
            = never touched.
    """
    touched = [totals[key] for key in rules if key in totals]
    if not touched:
        return None
    required = [key for key, rule in rules.items() if rule.is_required]
    has_checked = any(rules[key].is_checked for key in required)
    claimed, assured = {}, {}
    for key in required:
        if (item := totals.get(key)) is None:
            continue
        if item.done_at is not None and item.last_done_at is not None:
            claimed[key] = (item.done_at, item.last_done_at)
        if rules[key].is_lesson and has_checked:
            if key in claimed:
                assured[key] = claimed[key]
        elif item.assured_at is not None and item.last_assured_at is not None:
            assured[key] = (item.assured_at, item.last_assured_at)
    completed_at, renewed_at = _completion(rules, required, claimed)
    assured_at, assured_renewed_at = _completion(rules, required, assured)
    return CourseTotals(
        done_count=len(claimed),
        total_count=len(required),
        started_at=min(item.first_at for item in touched),
        last_at=max(item.last_at for item in touched),
        completed_at=completed_at,
        renewed_at=renewed_at,
        assured_at=assured_at,
        assured_renewed_at=assured_renewed_at,
    )


def _completion(
    rules: Mapping[int, ActivityRule],
    required: Sequence[int],
    moments: Mapping[int, tuple[datetime, datetime]],
) -> tuple[datetime | None, datetime | None]:
    """When all that is required was done, and when it was renewed.

    Renewed is the oldest of the latest passes, once every graded activity was passed after
    completion. Cautious on purpose: passing one activity again and again does not keep a course
    fresh. A workshop counts as graded: it is attended again. Where nothing is graded, reading
    every lesson again renews the course.

    Args:
        moments: activity id -> when it was done for the first time and for the last; missing =
            it is not done.
    """
    if not required or len(moments) < len(required):
        return None, None
    completed_at = max(first for first, _last in moments.values())
    checked = [key for key in required if rules[key].is_checked] or required
    again = min(moments[key][1] for key in checked)
    return completed_at, again if again > completed_at else None


def _of_present(pick: Callable[[list[T]], T], left: T | None, right: T | None) -> T | None:
    """`pick` of the values that are there; None when neither is."""
    present = [value for value in (left, right) if value is not None]
    return pick(present) if present else None
