"""Freeing people from duties for a time, with what that does to their duties."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from wagtail.log_actions import log

from courses.models import Course
from lms.enrolment.models import Exemption
from lms.enrolment.orders.refusals import refused
from lms.enrolment.rules.selectors import open_assignments, unfinished
from lms.enrolment.rules.services import evaluate_rules
from lms.people.models import Employee

EXEMPTED = "lms_core.exempted"
CHANGED = "lms_core.exemption_changed"
ENDED = "lms_core.exemption_ended"

# One duty: id of the person, id of the course.
Duty = tuple[int, int]
Duties = frozenset[Duty]


@dataclass(frozen=True)
class ExemptionTerms:
    """What an exemption says besides whom it frees. `last_day` is the last one it holds.

    `course` None = from every mandatory course.
    """

    kind: str
    starts_on: date
    last_day: date
    course: Course | None = None
    note: str = ""

    @property
    def columns(self) -> dict[str, Any]:
        return {
            "kind": self.kind,
            "note": self.note,
            "course": self.course,
            "starts_on": self.starts_on,
            "ends_on": self.last_day + timedelta(days=1),
        }


@dataclass(frozen=True)
class ExemptionEffect:
    """What it did to duties that are not done.

    Attributes:
        rows: how many exemptions are new, changed or ended.
        had_it: people who had the very same exemption already.
        stopped, returned: duties that are no longer asked, or are asked again, from now on.
        later: duties of now that will stop on the exemption's first day, which is to come.
    """

    rows: int = 0
    had_it: frozenset[int] = frozenset()
    stopped: Duties = frozenset()
    returned: Duties = frozenset()
    later: Duties = frozenset()


def last_day_of(exemption: Exemption) -> date:
    return exemption.ends_on - timedelta(days=1)


def terms_of(exemption: Exemption) -> ExemptionTerms:
    return ExemptionTerms(
        kind=exemption.kind,
        starts_on=exemption.starts_on,
        last_day=last_day_of(exemption),
        course=exemption.course,
        note=exemption.note,
    )


@transaction.atomic
def exempt_people(
    *, people: Iterable[Employee], terms: ExemptionTerms, by: Any, on: date
) -> ExemptionEffect:
    """Free these people. Who has the very same exemption already keeps that one.

    Raises:
        OrderRefused: `ends_before_start`; `nobody_named`; `reason_missing` of the kind that
            says none by itself.
    """
    _check(terms)
    wanted = {row.pk for row in people}
    if not wanted:
        raise refused("nobody_named")
    # One order of locks: two forms sent at once then see what the other wrote.
    list(Employee.objects.select_for_update(no_key=True).filter(pk__in=wanted).order_by("pk"))
    same = Exemption.objects.filter(employee__in=wanted, **terms.columns)
    had_it = frozenset(same.order_by().values_list("employee_id", flat=True))

    def write() -> int:
        rows = Exemption.objects.bulk_create(
            Exemption(employee_id=pk, **terms.columns) for pk in sorted(wanted - had_it)
        )
        for row in rows:
            log(instance=row, action=EXEMPTED, user=by, data=_said(terms))
        return len(rows)

    return _with_effect(write, wanted, [terms.course], terms, had_it, on)


@transaction.atomic
def change_exemption(
    *, exemption: Exemption, terms: ExemptionTerms, by: Any, on: date
) -> ExemptionEffect:
    """
    Raises:
        OrderRefused: `ends_before_start`, `reason_missing`.
    """
    _check(terms)
    held = _held(exemption)
    before = terms_of(held)

    def write() -> int:
        if before == terms:
            return 0
        Exemption.objects.filter(pk=held.pk).update(**terms.columns)
        data = {"before": _said(before), "after": _said(terms)}
        log(instance=held, action=CHANGED, user=by, data=data)
        return 1

    courses = [before.course, terms.course]
    return _with_effect(write, {held.employee_id}, courses, terms, frozenset(), on)


@transaction.atomic
def end_exemption(*, exemption: Exemption, by: Any, on: date) -> ExemptionEffect:
    """End it so that it no longer holds on the day. One that had not begun before goes.

    Raises:
        OrderRefused: `over_already`.
    """
    held = _held(exemption)
    if held.ends_on <= on:
        raise refused("over_already")

    def write() -> int:
        log(instance=held, action=ENDED, user=by, data=_said(terms_of(held)))
        row = Exemption.objects.filter(pk=held.pk)
        if held.starts_on < on:
            row.update(ends_on=on)
        else:
            row.delete()
        return 1

    return _with_effect(write, {held.employee_id}, [held.course], None, frozenset(), on)


def preview(do: Callable[[], ExemptionEffect]) -> ExemptionEffect:
    """What it would do: it is done, and taken back."""
    with transaction.atomic():
        effect = do()
        transaction.set_rollback(True)
    return effect


def _check(terms: ExemptionTerms) -> None:
    if terms.last_day < terms.starts_on:
        raise refused("ends_before_start")
    if terms.kind == Exemption.Kind.OTHER and not terms.note.strip():
        raise refused("reason_missing")


def _held(exemption: Exemption) -> Exemption:
    rows: QuerySet[Exemption] = Exemption.objects.select_for_update(of=("self",))
    return rows.select_related("course", "employee").get(pk=exemption.pk)


def _with_effect(
    write: Callable[[], int],
    people: Collection[int],
    courses: Collection[Course | None],
    terms: ExemptionTerms | None,
    had_it: frozenset[int],
    on: date,
) -> ExemptionEffect:
    before = _asked(people)
    rows = write()
    for course in {None} if None in courses else set(courses):
        evaluate_rules(on=on, course=course)
    after = _asked(people)
    later: Duties = frozenset()
    if terms is not None and terms.starts_on > on:
        reached = None if terms.course is None else terms.course.pk
        later = frozenset(duty for duty in after if reached in (None, duty[1]))
    return ExemptionEffect(rows, had_it, before - after, after - before, later)


def _asked(people: Collection[int]) -> Duties:
    rows = unfinished(open_assignments()).filter(employee__in=people).order_by()
    return frozenset(rows.values_list("employee_id", "course_id"))


def _said(terms: ExemptionTerms) -> dict[str, str]:
    """For the log."""
    return {
        "kind": terms.kind,
        "from": terms.starts_on.isoformat(),
        "until": terms.last_day.isoformat(),
        "course": terms.course.key if terms.course else "",
        "note": terms.note,
    }
