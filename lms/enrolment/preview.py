"""What saving an audience does to people, known before it is saved.

The preview saves and takes it back: there is no second reckoning that could differ. It holds the
rules for the moment that takes, as saving does: a course's, for a path all.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import F, Min
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from courses.models import Course, LearningPath
from lms.enrolment.audience import main_postings
from lms.enrolment.models import Assignment
from lms.enrolment.paths.services import set_path_audience
from lms.enrolment.rules.compiling import OfficeKeys, office_keys
from lms.enrolment.rules.condition import in_words, parse_condition
from lms.enrolment.rules.drafts import NewRule
from lms.enrolment.rules.outcome import Outcome
from lms.enrolment.rules.selectors import (
    BINDING_DUE,
    contradicting,
    exempt_from,
    open_assignments,
    postings_of_rule,
    unfinished,
)
from lms.enrolment.services import set_audience
from lms.people.calendar import OFFICE_ZONE
from lms.people.models import Employee

SAMPLE = 5
People = frozenset[int]
NOBODY: People = frozenset()


@dataclass(frozen=True)
class Standing:
    """Who stands how under a course's mandatory rules, by employee id.

    Attributes:
        assigned: asked now, done or not.
        done: of those, who has met it.
        exempt: meant, but not asked because of an exemption.
        contradicted: whom two rules ask by different days; the earlier one holds.
        late: not done, and the day has passed.
    """

    assigned: People = NOBODY
    done: People = NOBODY
    exempt: People = NOBODY
    contradicted: People = NOBODY
    late: People = NOBODY


@dataclass(frozen=True)
class Example:
    """One person of one kind: `entering`, `leaving`, `done`, `exempt`, `contradicted`, `late`.

    `why` in words. Names: for readers who may see people only.
    """

    kind: str
    staff_number: str
    name: str
    department: str
    tier: str
    why: str


@dataclass(frozen=True)
class CourseEffect:
    """How people stand under one course's rules before and after."""

    course: Course
    before: Standing
    after: Standing

    @property
    def entering(self) -> People:
        return self.after.assigned - self.before.assigned

    @property
    def leaving(self) -> People:
        return self.before.assigned - self.after.assigned


@dataclass(frozen=True)
class Effect:
    """What setting an audience did, or would do: of one course, or of a path's courses.

    People are counted once, however many of the courses are asked of them.
    """

    outcome: Outcome
    courses: tuple[CourseEffect, ...]
    examples: tuple[Example, ...] = ()

    @property
    def before(self) -> Standing:
        return _merged(row.before for row in self.courses)

    @property
    def after(self) -> Standing:
        return _merged(row.after for row in self.courses)

    @property
    def entering(self) -> People:
        """Of whom a course is newly asked."""
        return NOBODY.union(*(row.entering for row in self.courses))

    @property
    def leaving(self) -> People:
        return NOBODY.union(*(row.leaving for row in self.courses))

    @property
    def in_conflict(self) -> People:
        return self.after.exempt | self.after.contradicted | self.after.late


def _merged(standings: Iterable[Standing]) -> Standing:
    """Of several courses: asked of any; done where nothing that is asked is left."""
    rows = list(standings)
    assigned = NOBODY.union(*(row.assigned for row in rows))
    return Standing(
        assigned=assigned,
        done=assigned.difference(*(row.assigned - row.done for row in rows)),
        exempt=NOBODY.union(*(row.exempt for row in rows)),
        contradicted=NOBODY.union(*(row.contradicted for row in rows)),
        late=NOBODY.union(*(row.late for row in rows)),
    )


def standing_of(course: Course, on: date) -> Standing:
    """Read only; as the last evaluation left it."""
    rows = open_assignments([course])
    late = unfinished(rows).annotate(day=BINDING_DUE).filter(day__lt=on)
    return Standing(
        assigned=_ids(rows),
        done=_ids(rows.filter(completed_at__isnull=False)) - _ids(unfinished(rows)),
        exempt=_exempt(course, office_keys(), on),
        contradicted=frozenset(contradicting(course).order_by().values_list("pk", flat=True)),
        late=_ids(late),
    )


def apply_audience(
    *, course: Course, rules: Sequence[NewRule], by: Any, on: date, sees_people: bool = False
) -> Effect:
    """Set the audience; gives what that did.

    Args:
        sees_people: whether names may be among what it gives.

    Raises:
        AudienceRefused, InvalidCondition: see `set_audience`.
    """
    return _applied(
        partial(set_audience, course=course, rules=rules, by=by, on=on), [course], on, sees_people
    )


def preview_audience(
    *, course: Course, rules: Sequence[NewRule], by: Any, on: date, sees_people: bool = False
) -> Effect:
    """What `apply_audience` would do; nothing stays of it."""
    return _taken_back(
        partial(apply_audience, course=course, rules=rules, by=by, on=on, sees_people=sees_people)
    )


def apply_path_audience(
    *, path: LearningPath, rules: Sequence[NewRule], by: Any, on: date, sees_people: bool = False
) -> Effect:
    """As `apply_audience`, for all courses of a path.

    Raises:
        AudienceRefused, InvalidCondition: see `set_path_audience`.
    """
    courses = list(path.courses.order_by("steps__position", "pk"))
    return _applied(
        partial(set_path_audience, path=path, rules=rules, by=by, on=on), courses, on, sees_people
    )


def preview_path_audience(
    *, path: LearningPath, rules: Sequence[NewRule], by: Any, on: date, sees_people: bool = False
) -> Effect:
    """What `apply_path_audience` would do; nothing stays of it."""
    return _taken_back(
        partial(apply_path_audience, path=path, rules=rules, by=by, on=on, sees_people=sees_people)
    )


def unchanged(courses: Iterable[Course], on: date) -> Effect:
    """What is, as what a change that changes nothing would do."""
    standings = [(course, standing_of(course, on)) for course in courses]
    return Effect(Outcome(), tuple(CourseEffect(row, now, now) for row, now in standings))


@transaction.atomic
def _applied(
    write: Callable[[], Outcome], courses: Sequence[Course], on: date, sees_people: bool
) -> Effect:
    before = [standing_of(course, on) for course in courses]
    outcome = write()
    rows = tuple(
        CourseEffect(course, then, standing_of(course, on))
        for course, then in zip(courses, before, strict=True)
    )
    return Effect(outcome, rows, tuple(_examples(rows, on)) if sees_people else ())


def _taken_back(apply: Callable[[], Effect]) -> Effect:
    with transaction.atomic():
        effect = apply()
        transaction.set_rollback(True)
    return effect


def _ids(rows: Any) -> People:
    return frozenset(rows.order_by().values_list("employee_id", flat=True))


def _exempt(course: Course, keys: OfficeKeys, on: date) -> People:
    exempt = exempt_from(course, on).values("employee")
    return frozenset().union(
        *(
            postings_of_rule(rule, keys, on)
            .filter(employee__in=exempt)
            .values_list("employee_id", flat=True)
            for rule in course.audience.filter(is_mandatory=True)
        )
    )


Explain = Callable[[Course, Sequence[int], date], dict[int, str]]


def _examples(effects: Sequence[CourseEffect], on: date) -> Iterable[Example]:
    for kind, (people_of, explain) in KINDS.items():
        people = [(row.course, people_of(row)) for row in effects]
        rows = list(
            Employee.objects.filter(
                pk__in=NOBODY.union(*(ids for _course, ids in people))
            ).order_by("kana", "staff_number")[:SAMPLE]
        )
        why: dict[int, str] = {}
        # The first course that has something to say of a person says it.
        for course, ids in reversed(people):
            found = explain(course, [row.pk for row in rows if row.pk in ids], on)
            why |= _of_course(course, found) if len(effects) > 1 else found
        postings = main_postings({row.pk for row in rows}, on)
        for row in rows:
            posting = postings.get(row.pk)
            yield Example(
                kind=kind,
                staff_number=row.staff_number,
                name=row.name,
                department=posting.department.title if posting else "",
                tier=posting.tier.title if posting else "",
                why=why.get(row.pk, ""),
            )


def _of_course(course: Course, why: dict[int, str]) -> dict[int, str]:
    words = pgettext("reason", "%(course)s: %(why)s")
    return {pk: words % {"course": course.title, "why": text} for pk, text in why.items()}


def _why_left(course: Course, ids: Sequence[int], on: date) -> dict[int, str]:
    return dict.fromkeys(ids, _("no rule asks any more"))


def _why_asked(course: Course, ids: Sequence[int], on: date) -> dict[int, str]:
    keys = office_keys()
    rows = open_assignments([course]).filter(employee__in=ids).annotate(day=BINDING_DUE)
    return {row.employee_id: _asked(row, keys) for row in rows.order_by("-day", "-pk")}


def _asked(row: Any, keys: OfficeKeys) -> str:
    words = reason_of(row, keys)
    return _("%(reason)s; due %(day)s") % {"reason": words, "day": row.day} if row.day else words


def reason_of(assignment: Assignment, keys: OfficeKeys) -> str:
    """Why this person: the condition they fulfil, in words."""
    return in_words(parse_condition(assignment.condition), keys.title)


def _why_done(course: Course, ids: Sequence[int], on: date) -> dict[int, str]:
    rows = open_assignments([course]).filter(employee__in=ids).values("employee")
    return {
        employee: _("finished on %(day)s") % {"day": at.astimezone(OFFICE_ZONE).date()}
        for employee, at in rows.annotate(at=Min("completed_at"))
        .order_by()
        .values_list("employee", "at")
    }


def _why_exempt(course: Course, ids: Sequence[int], on: date) -> dict[int, str]:
    return {
        row.employee_id: _("%(kind)s, until before %(day)s")
        % {"kind": row.get_kind_display(), "day": row.ends_on}
        for row in exempt_from(course, on).filter(employee__in=ids).order_by("ends_on")
    }


def _days(course: Course, ids: Sequence[int], on: date) -> dict[int, str]:
    days: dict[int, list[str]] = {}
    rows = unfinished(open_assignments([course])).filter(employee__in=ids)
    for employee, day in (
        rows.annotate(day=BINDING_DUE)
        .order_by(F("day").asc(nulls_last=True))
        .values_list("employee", "day")
    ):
        days.setdefault(employee, []).append(str(day) if day else _("no due date"))
    return {
        employee: _("due by: %(days)s") % {"days": " / ".join(dict.fromkeys(said))}
        for employee, said in days.items()
    }


# What is shown of whom, and why each.
KINDS: dict[str, tuple[Callable[[CourseEffect], People], Explain]] = {
    "entering": (lambda effect: effect.entering, _why_asked),
    "leaving": (lambda effect: effect.leaving, _why_left),
    "done": (lambda effect: effect.after.done, _why_done),
    "exempt": (lambda effect: effect.after.exempt, _why_exempt),
    "contradicted": (lambda effect: effect.after.contradicted, _days),
    "late": (lambda effect: effect.after.late, _days),
}
