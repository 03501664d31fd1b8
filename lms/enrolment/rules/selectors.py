"""Whom rules mean on a day, and how assignments stand."""

from collections.abc import Collection, Iterable
from datetime import date

from django.db.models import Case, CharField, Exists, F, Min, OuterRef, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce

from courses.models import Course
from lms.enrolment.models import Assignment, AudienceRule, Exemption
from lms.enrolment.rules.compiling import OfficeKeys, postings_meant
from lms.enrolment.rules.condition import PostingFacts, holds, parse_condition
from lms.people.models import Employee, Posting
from lms.people.selectors import department_paths, postings_on

DONE, EXEMPT, ENDED, OVERDUE, OPEN = "done", "exempt", "ended", "overdue", "open"
# What a person has to keep to: the extension where one was given.
BINDING_DUE = Coalesce("extended_to", "due_on")


def exemptions_on(on: date) -> QuerySet[Exemption]:
    return Exemption.objects.filter(starts_on__lte=on, ends_on__gt=on)


def exempt_from(course: Course | int, on: date) -> QuerySet[Exemption]:
    """Exemptions of that day that reach the course."""
    return exemptions_on(on).filter(Q(course=None) | Q(course=course)).order_by()


def postings_of_rule(rule: AudienceRule, keys: OfficeKeys, on: date) -> QuerySet[Posting]:
    """The postings a rule means on that day, exempt people's too.

    Raises:
        InvalidCondition: `unknown_key`.
    """
    return postings_meant(parse_condition(rule.condition), keys, on)


def postings_bound(rule: AudienceRule, keys: OfficeKeys, on: date) -> QuerySet[Posting]:
    """The postings a rule means on that day, without those of exempt people.

    Raises:
        InvalidCondition: `unknown_key`.
    """
    exempt = exempt_from(rule.course_id, on).values("employee")
    return postings_of_rule(rule, keys, on).exclude(employee__in=exempt)


def rules_meaning(employee: Employee, on: date) -> list[int]:
    """Ids of the rules that mean one person on that day."""
    return rules_by_person([employee.pk], on)[employee.pk]


def rules_by_person(employee_ids: Collection[int], on: date) -> dict[int, list[int]]:
    """Employee id -> ids of the rules that mean that person on that day; at most five queries."""
    running = list(
        postings_on(on)
        .filter(employee__in=employee_ids)
        .select_related("tier", "department", "employment", "employee")
        .order_by()
    )
    meant: dict[int, list[int]] = {pk: [] for pk in employee_ids}
    if not running:
        return meant
    paths = department_paths()
    roles: dict[int, set[str]] = {}
    for posting_id, key in Posting.roles.through.objects.filter(posting__in=running).values_list(
        "posting_id", "role__key"
    ):
        roles.setdefault(posting_id, set()).add(key)
    facts: dict[int, list[PostingFacts]] = {}
    for row in running:
        facts.setdefault(row.employee_id, []).append(
            PostingFacts(
                row.tier.key,
                frozenset(roles.get(row.pk, ())),
                frozenset(above.key for above in paths[row.department_id]),
                row.employment.key if row.employment else "",
            )
        )
    staff_number = {row.employee_id: row.employee.staff_number for row in running}
    joined_on = dict(
        Posting.objects.filter(employee__in=facts)
        .order_by()
        .values("employee_id")
        .annotate(first=Min("starts_on"))
        .values_list("employee_id", "first")
    )
    for pk, data in AudienceRule.objects.order_by("pk").values_list("pk", "condition"):
        condition = parse_condition(data)
        for person, postings in facts.items():
            if holds(
                condition,
                postings,
                staff_number=staff_number[person],
                joined_on=joined_on[person],
                on=on,
            ):
                meant[person].append(pk)
    return meant


def open_assignments(courses: Iterable[Course] | None = None) -> QuerySet[Assignment]:
    """Assignments that hold now, done or not; of these courses, None = all."""
    rows = Assignment.objects.filter(ended_on=None)
    return rows if courses is None else rows.filter(course__in=courses)


def with_state(rows: QuerySet[Assignment], on: date) -> QuerySet[Assignment]:
    """With `state` (DONE, EXEMPT, ENDED, OVERDUE, OPEN) and `binding_due` as of that day.

    EXEMPT before ENDED: an exemption ends an assignment for its time. What the last evaluation
    did not see yet is not here either.
    """
    exempt = exemptions_on(on).filter(
        Q(course=None) | Q(course=OuterRef("course")), employee=OuterRef("employee")
    )
    state = Case(
        When(completed_at__isnull=False, then=Value(DONE)),
        When(Exists(exempt), then=Value(EXEMPT)),
        When(ended_on__isnull=False, then=Value(ENDED)),
        When(binding_due__lt=on, then=Value(OVERDUE)),
        default=Value(OPEN),
        output_field=CharField(),
    )
    return rows.annotate(binding_due=BINDING_DUE).annotate(state=state)


def unfinished(rows: QuerySet[Assignment]) -> QuerySet[Assignment]:
    return rows.filter(completed_at=None)


def contradicting(course: Course) -> QuerySet[Employee]:
    """People of whom two open assignments ask the course by different days."""
    rows = unfinished(open_assignments([course])).annotate(day=BINDING_DUE)
    other = rows.filter(employee=OuterRef("employee")).exclude(pk=OuterRef("pk"))
    differs = other.exclude(day=OuterRef("day")) | other.filter(day=None)
    told_apart = rows.exclude(day=None).filter(Exists(differs))
    return Employee.objects.filter(pk__in=told_apart.order_by().values(person=F("employee")))
