"""What saving an audience does to people, known before it is saved.

The preview saves and takes it back: there is no second reckoning that could differ. It holds the
course's rules for the moment that takes, as saving does.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import F, Min
from django.utils.translation import gettext as _

from courses.models import Course
from lms.enrolment.audience import main_postings
from lms.enrolment.models import Assignment
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
class Effect:
    """What setting an audience did, or would do."""

    outcome: Outcome
    before: Standing
    after: Standing
    examples: tuple[Example, ...] = ()

    @property
    def entering(self) -> People:
        return self.after.assigned - self.before.assigned

    @property
    def leaving(self) -> People:
        return self.before.assigned - self.after.assigned

    @property
    def in_conflict(self) -> People:
        return self.after.exempt | self.after.contradicted | self.after.late


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


@transaction.atomic
def apply_audience(
    *, course: Course, rules: Sequence[NewRule], by: Any, on: date, sees_people: bool = False
) -> Effect:
    """Set the audience; gives what that did.

    Args:
        sees_people: whether names may be among what it gives.

    Raises:
        AudienceRefused, InvalidCondition: see `set_audience`.
    """
    before = standing_of(course, on)
    outcome = set_audience(course=course, rules=rules, by=by, on=on)
    effect = Effect(outcome, before, standing_of(course, on))
    if not sees_people:
        return effect
    return Effect(outcome, before, effect.after, tuple(_examples(course, effect, on)))


def preview_audience(
    *, course: Course, rules: Sequence[NewRule], by: Any, on: date, sees_people: bool = False
) -> Effect:
    """What `apply_audience` would do; nothing stays of it."""
    with transaction.atomic():
        effect = apply_audience(course=course, rules=rules, by=by, on=on, sees_people=sees_people)
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


def _examples(course: Course, effect: Effect, on: date) -> Iterable[Example]:
    reasons: dict[str, tuple[People, Callable[[Sequence[int]], dict[int, str]]]] = {
        "entering": (effect.entering, lambda ids: _why_asked(course, ids)),
        "leaving": (effect.leaving, lambda ids: dict.fromkeys(ids, _("no rule asks any more"))),
        "done": (effect.after.done, lambda ids: _why_done(course, ids)),
        "exempt": (effect.after.exempt, lambda ids: _why_exempt(course, ids, on)),
        "contradicted": (effect.after.contradicted, lambda ids: _days(course, ids)),
        "late": (effect.after.late, lambda ids: _days(course, ids)),
    }
    for kind, (people, explain) in reasons.items():
        rows = list(
            Employee.objects.filter(pk__in=people).order_by("kana", "staff_number")[:SAMPLE]
        )
        ids = [row.pk for row in rows]
        postings, why = main_postings(set(ids), on), explain(ids)
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


def _why_asked(course: Course, ids: Sequence[int]) -> dict[int, str]:
    keys = office_keys()
    rows = open_assignments([course]).filter(employee__in=ids).annotate(day=BINDING_DUE)
    return {row.employee_id: _asked(row, keys) for row in rows.order_by("-day", "-pk")}


def _asked(row: Any, keys: OfficeKeys) -> str:
    words = reason_of(row, keys)
    return _("%(reason)s; due %(day)s") % {"reason": words, "day": row.day} if row.day else words


def reason_of(assignment: Assignment, keys: OfficeKeys) -> str:
    """Why this person: the condition they fulfil, in words."""
    return in_words(parse_condition(assignment.condition), keys.title)


def _why_done(course: Course, ids: Sequence[int]) -> dict[int, str]:
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


def _days(course: Course, ids: Sequence[int]) -> dict[int, str]:
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
