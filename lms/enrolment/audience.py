"""Who would receive a course or a path today, by rules that need not be saved yet."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count

from courses.models import Course, LearningPath
from lms.enrolment.access import may_see_people
from lms.enrolment.models import Enrolment
from lms.enrolment.rules.compiling import OfficeKeys, office_keys, postings_meant
from lms.enrolment.rules.condition import parse_condition
from lms.enrolment.rules.drafts import NewRule
from lms.enrolment.selectors import rules_from_paths
from lms.people.models import Department, Employee, JobTier, Posting
from lms.people.selectors import Viewer, department_paths, employees_visible_to, postings_on
from lms.progress.models import CourseProgress


@dataclass(frozen=True)
class Reach:
    """One row per rule. `only` = people no other rule reaches; 0 = the rule changes nothing."""

    people: int
    only: int


@dataclass(frozen=True)
class Recipient:
    """One row per person. `rules` = numbers of the rules that mean them, from 1.

    `posting` = the main posting of the day, or the one a rule matched where there is none.
    """

    employee: Employee
    posting: Posting
    rules: tuple[int, ...]
    is_new: bool
    has_finished: bool


@dataclass(frozen=True)
class SectionCount:
    """One row per department. `by_tier` goes by `Audience.tiers`."""

    path: tuple[Department, ...]
    by_tier: tuple[int, ...]

    @property
    def total(self) -> int:
        return sum(self.by_tier)


@dataclass(frozen=True)
class Audience:
    """Who would receive the course, or the courses of a path, on a day by some rules.

    Attributes:
        entering, leaving: compared with the saved rules.
        staying_enrolled: of those leaving, who is enrolled and stays so.
        finished: None = the viewer may not know what people have learned.
        recipients: by section and kana; None = the viewer may not see people.
    """

    reaches: tuple[Reach, ...]
    total: int
    entering: int
    leaving: int
    staying_enrolled: int
    finished: int | None
    tiers: tuple[JobTier, ...]
    sections: tuple[SectionCount, ...]
    recipients: tuple[Recipient, ...] | None


def reached_by(
    conditions: Sequence[Mapping[str, Any]], keys: OfficeKeys, on: date
) -> list[set[int]]:
    """Ids of the employees that each condition means. One query per condition."""
    return [
        set(
            postings_meant(parse_condition(condition), keys, on).values_list(
                "employee_id", flat=True
            )
        )
        for condition in conditions
    ]


def audience_of(*, course: Course, rules: Sequence[NewRule], on: date, viewer: Viewer) -> Audience:
    """Who would receive the course on that day by these rules and those that come from paths.

    The number of queries grows with the number of rules, not of people.
    """
    conditions = [rule.condition for rule in rules]
    from_paths = [rule.condition for rule in rules_from_paths(course)]
    return _audience(
        conditions=conditions + from_paths,
        saved=list(course.audience.values_list("condition", flat=True)),
        courses=[course],
        to_finish=[course],
        on=on,
        viewer=viewer,
    )


def audience_of_path(
    *, path: LearningPath, rules: Sequence[NewRule], on: date, viewer: Viewer
) -> Audience:
    """Who would receive the path's courses on that day by these rules of the path."""
    steps = list(path.steps.select_related("course"))
    return _audience(
        conditions=[rule.condition for rule in rules],
        saved=list(path.audience.values_list("condition", flat=True)),
        courses=[step.course for step in steps],
        to_finish=[step.course for step in steps if not step.is_optional],
        on=on,
        viewer=viewer,
    )


def _audience(
    *,
    conditions: Sequence[Mapping[str, Any]],
    saved: Sequence[Mapping[str, Any]],
    courses: Sequence[Course],
    to_finish: Sequence[Course],
    on: date,
    viewer: Viewer,
) -> Audience:
    keys = office_keys()
    reached = reached_by(conditions, keys, on)
    before = set().union(*reached_by(saved, keys, on))
    now = set().union(*reached)
    times = Counter(pk for people in reached for pk in people)
    postings = main_postings(now, on)
    sees_people = may_see_people(viewer)
    finished = (
        set(
            CourseProgress.objects.filter(
                course__in=to_finish, employee__in=now, completed_at__isnull=False
            )
            .order_by()
            .values("employee")
            .annotate(courses=Count("course"))
            .filter(courses=len(to_finish))
            .values_list("employee", flat=True)
        )
        if sees_people
        else None
    )
    tiers, sections = _by_section(postings.values())
    staying = Enrolment.objects.filter(course__in=courses, employee__in=before - now)
    return Audience(
        reaches=tuple(
            Reach(len(people), sum(times[pk] == 1 for pk in people)) for people in reached
        ),
        total=len(now),
        entering=len(now - before),
        leaving=len(before - now),
        staying_enrolled=staying.values("employee").distinct().count(),
        finished=None if finished is None else len(finished),
        tiers=tiers,
        sections=sections,
        recipients=None
        if finished is None
        else tuple(_recipients(now, before, finished, reached, postings, viewer)),
    )


def main_postings(people: set[int], on: date) -> dict[int, Posting]:
    """One posting per person, the main one before concurrent ones."""
    rows = (
        postings_on(on)
        .filter(employee__in=people)
        .select_related("department", "tier")
        .order_by("is_main", "pk")
    )
    return {row.employee_id: row for row in rows}


def _by_section(
    postings: Iterable[Posting],
) -> tuple[tuple[JobTier, ...], tuple[SectionCount, ...]]:
    rows = list(postings)
    tiers = sorted({row.tier for row in rows}, key=lambda tier: tier.rank)
    counts = Counter((row.department_id, row.tier_id) for row in rows)
    paths = department_paths() if rows else {}
    departments = sorted({row.department for row in rows}, key=lambda row: row.key)
    return tuple(tiers), tuple(
        SectionCount(paths[row.pk], tuple(counts[row.pk, tier.pk] for tier in tiers))
        for row in departments
    )


def _recipients(
    now: set[int],
    saved: set[int],
    finished: set[int],
    reached: Sequence[set[int]],
    postings: dict[int, Posting],
    viewer: Viewer,
) -> Iterable[Recipient]:
    employees = employees_visible_to(viewer).filter(pk__in=now)
    ordered = sorted(
        employees, key=lambda row: (postings[row.pk].department.key, row.kana, row.staff_number)
    )
    for row in ordered:
        yield Recipient(
            employee=row,
            posting=postings[row.pk],
            rules=tuple(n for n, people in enumerate(reached, start=1) if row.pk in people),
            is_new=row.pk not in saved,
            has_finished=row.pk in finished,
        )
