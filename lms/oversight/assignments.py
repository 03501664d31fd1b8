"""Every assignment of the office as HR reads it: who, which course, by when, why, and why late.

`lms.oversight.duties` is the same question for the head of a section, one row per person and
course; here it is one row per assignment, because an order is given to assignments.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import (
    Count,
    Exists,
    F,
    Min,
    OrderBy,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Subquery,
)
from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from courses.catalogue.selectors import activities_in, published_courses
from courses.models import Activity
from lms.enrolment.models import Assignment, DueExtension, Exemption
from lms.enrolment.preview import reason_of
from lms.enrolment.rules.compiling import office_keys
from lms.enrolment.rules.selectors import (
    DONE,
    ENDED,
    EXEMPT,
    OPEN,
    OVERDUE,
    exemptions_on,
    with_state,
)
from lms.oversight.reasons import LateReason, Touched, late_reason
from lms.people.calendar import office_today
from lms.people.models import Department, JobTier, Posting
from lms.people.selectors import Viewer, department_paths, employees_visible_to, postings_on
from lms.progress.models import ActivityProgress
from lms.progress.services import rules_of

# Not narrowed by state at all.
ANY = "any"
SOON = "soon"
CURRENT = "current"
# How a list may be narrowed by state. CURRENT = everything but ENDED.
STATES: Mapping[str, Promise] = {
    CURRENT: pgettext_lazy("assignments", "all that hold"),
    OVERDUE: pgettext_lazy("assignments", "overdue"),
    SOON: pgettext_lazy("assignments", "due soon"),
    OPEN: pgettext_lazy("assignments", "open"),
    DONE: pgettext_lazy("assignments", "done"),
    EXEMPT: pgettext_lazy("assignments", "exempt"),
    ENDED: pgettext_lazy("assignments", "ended"),
}
SORTS: Mapping[str, tuple[str, ...]] = {
    "due": ("binding_due", "employee__kana"),
    "person": ("employee__kana", "employee__staff_number"),
    "department": ("department_key", "employee__kana"),
    "tier": ("tier_rank", "employee__kana"),
    "course": ("course__position", "course__key", "employee__kana"),
    "state": ("state", "binding_due"),
}
DEFAULT_SORT = "due"
LONGEST_WITHIN = 366
# So many are described at a time when all of them go into a file.
BATCH = 1_000


@dataclass(frozen=True)
class AssignmentFilters:
    """Keys; "" = not narrowed. `state` is ANY or a key of STATES.

    `within` = days, for the state SOON. `sort` = a key of SORTS, with "-" before it the other way.
    """

    state: str = CURRENT
    within: int = 14
    course: str = ""
    department: str = ""
    tier: str = ""
    person: str = ""
    sort: str = DEFAULT_SORT


@dataclass(frozen=True)
class DescribedAssignment:
    """One row per assignment, in words as far as its reader needs them.

    Attributes:
        department, tier: of the main posting today; None = holds none.
        state: DONE, EXEMPT, ENDED, OVERDUE or OPEN.
        why: the condition it was given by.
        reason, activity: why it is late, None = it is not; see `lms.oversight.duties.Duty`.
        done, total: of the required activities; learning that no longer counts is not counted.
        exempt_until: the last day of the exemption that holds, else None.
    """

    assignment: Assignment
    department: tuple[Department, ...]
    tier: JobTier | None
    state: str
    due_on: date | None
    why: str
    reason: LateReason | None
    activity: Activity | None
    done: int
    total: int
    exemption: Exemption | None
    extension: DueExtension | None

    @property
    def exempt_until(self) -> date | None:
        return self.exemption.ends_on - timedelta(days=1) if self.exemption else None


def assignments_visible_to(
    viewer: Viewer, on: date, filters: AssignmentFilters | None = None
) -> QuerySet[Any]:
    """Assignments in published courses of whom the viewer may see, narrowed and sorted.

    A filter that names nothing leaves nothing. Each row says `state`, `binding_due`,
    `department_key` and `tier_rank` (absent = no main posting that day).
    """
    wanted = filters or AssignmentFilters()
    mains = postings_on(on).filter(is_main=True).order_by()
    own = mains.filter(employee=OuterRef("employee"))
    rows = with_state(
        Assignment.objects.filter(
            employee__in=employees_visible_to(viewer), course__in=published_courses()
        ),
        on,
    ).annotate(
        department_key=Subquery(own.values("department__key")[:1]),
        tier_rank=Subquery(own.values("tier__rank")[:1]),
    )
    if wanted.course:
        rows = rows.filter(course__key=wanted.course)
    if wanted.department:
        below = [
            pk
            for pk, path in department_paths().items()
            if any(row.key == wanted.department for row in path)
        ]
        there = mains.filter(department_id__in=below)
        rows = rows.filter(employee__in=there.values("employee_id"))
    if wanted.tier:
        at_it = mains.filter(tier__key=wanted.tier)
        rows = rows.filter(employee__in=at_it.values("employee_id"))
    if wanted.person:
        rows = rows.filter(
            Q(employee__name__icontains=wanted.person)
            | Q(employee__kana__icontains=wanted.person)
            | Q(employee__staff_number=wanted.person)
        )
    return rows.filter(_in_state(wanted, on)).order_by(*_order(wanted.sort))


def counts_by_state(rows: QuerySet[Any], on: date, within: int) -> dict[str, int]:
    """How many of the rows, not narrowed by state, are in each of STATES. One query."""
    counts = {
        name: Count("pk", filter=_in_state(AssignmentFilters(name, within), on)) for name in STATES
    }
    found: dict[str, int] = rows.order_by().aggregate(**counts)
    return found


def described_assignments(rows: Iterable[Any], on: date) -> list[DescribedAssignment]:
    """The rows of `assignments_visible_to` with what a reader asks; some queries for all."""
    listed = list(rows)
    people = {row.employee_id for row in listed}
    assignments = (
        Assignment.objects.select_related("employee", "course")
        .prefetch_related(Prefetch("extensions", _holding_extensions()))
        .in_bulk([row.pk for row in listed])
    )
    courses = {row.course_id: row.course for row in assignments.values()}
    keys, paths = office_keys(), department_paths()
    mains = {
        row.employee_id: row
        for row in postings_on(on).filter(is_main=True, employee__in=people).select_related("tier")
    }
    exemptions, joined = _exemptions(people, on), _joined(people)
    in_course: dict[int, list[Activity]] = {pk: [] for pk in courses}
    by_id: dict[int, Activity] = {}
    activities = list(activities_in(courses.values()))
    rules = rules_of(activities)
    required = {pk for pk, rule in rules.items() if rule.is_required}
    for activity in activities:
        by_id[activity.pk] = activity
        # A test-out is asked of nobody, so failing it makes nobody late.
        if not rules[activity.pk].in_test_out:
            in_course[activity.course_id].append(activity)
    progress = _progress(people, courses)
    described = []
    for row in listed:
        assignment, main = assignments[row.pk], mains.get(row.employee_id)
        did = _Did(in_course[row.course_id], required, progress[row.employee_id], row.counts_from)
        reason = late_reason(
            due_on=row.binding_due if row.state == OVERDUE else None,
            is_completed=False,
            on=on,
            since=max(row.starts_on, joined.get(row.employee_id, row.starts_on)),
            touched=did.touched,
        )
        described.append(
            DescribedAssignment(
                assignment=assignment,
                department=paths[main.department_id] if main else (),
                tier=main.tier if main else None,
                state=row.state,
                due_on=row.binding_due,
                why=reason_of(assignment, keys),
                reason=reason,
                activity=by_id.get(reason.activity_id or 0) if reason else None,
                done=did.done,
                total=did.total,
                exemption=next(
                    (
                        item
                        for item in exemptions[row.employee_id]
                        if row.state == EXEMPT and item.course_id in (None, row.course_id)
                    ),
                    None,
                ),
                extension=next(iter(assignment.extensions.all()), None)
                if row.extended_to
                else None,
            )
        )
    return described


def described_in_batches(rows: QuerySet[Any], on: date) -> Iterator[DescribedAssignment]:
    """All of them, for a file."""
    ids = list(rows.values_list("pk", flat=True))
    for start in range(0, len(ids), BATCH):
        part = with_state(Assignment.objects.filter(pk__in=ids[start : start + BATCH]), on)
        in_place = {row.pk: row for row in part}
        yield from described_assignments(
            (in_place[pk] for pk in ids[start : start + BATCH] if pk in in_place), on
        )


@dataclass(frozen=True)
class _Did:
    """What one person did in one course, as far as it counts from a moment."""

    activities: Sequence[Activity]
    required: Collection[int]
    progress: Mapping[int, ActivityProgress]
    counts_from: datetime | None

    def _is_done(self, row: ActivityProgress) -> bool:
        if row.done_at is None:
            return False
        since = self.counts_from
        return since is None or (row.last_done_at is not None and row.last_done_at >= since)

    @property
    def total(self) -> int:
        return sum(activity.pk in self.required for activity in self.activities)

    @property
    def done(self) -> int:
        return sum(
            activity.pk in self.required
            and activity.pk in self.progress
            and self._is_done(self.progress[activity.pk])
            for activity in self.activities
        )

    @property
    def touched(self) -> list[Touched]:
        """In course order."""
        found = []
        for activity in self.activities:
            row = self.progress.get(activity.pk)
            if row is None or (self.counts_from and row.last_at < self.counts_from):
                continue
            found.append(
                Touched(
                    activity_id=activity.pk,
                    lesson_id=activity.lesson_id or activity.pk,
                    attempts=row.attempts,
                    is_failing=activity.pass_mark is not None
                    and row.attempts > 0
                    and not self._is_done(row),
                    last_on=office_today(row.last_at),
                )
            )
        return found


def _progress(
    people: Iterable[int], courses: Iterable[int]
) -> Mapping[int, Mapping[int, ActivityProgress]]:
    """By person, by activity."""
    found: dict[int, dict[int, ActivityProgress]] = defaultdict(dict)
    for row in ActivityProgress.objects.filter(
        employee__in=people, activity__course__in=courses, activity__live=True
    ):
        found[row.employee_id][row.activity_id] = row
    return found


def _joined(people: Iterable[int]) -> dict[int, date]:
    """The first day of each at the office."""
    rows = Posting.objects.filter(employee__in=people).order_by().values("employee_id")
    return dict(rows.annotate(first=Min("starts_on")).values_list("employee_id", "first"))


def _exemptions(people: Iterable[int], on: date) -> Mapping[int, list[Exemption]]:
    """By person; the one that lasts longest first."""
    found: dict[int, list[Exemption]] = defaultdict(list)
    for row in exemptions_on(on).filter(employee__in=people).order_by("-ends_on", "pk"):
        found[row.employee_id].append(row)
    return found


def _holding_extensions() -> QuerySet[DueExtension]:
    return DueExtension.objects.filter(taken_back_at=None).order_by("-until")


def _in_state(wanted: AssignmentFilters, on: date) -> Q:
    holds = Q(ended_on=None)
    # Of a person's earlier periods none: what the exemption itself ended.
    covering = exemptions_on(on).filter(
        Q(course=None) | Q(course=OuterRef("course")),
        employee=OuterRef("employee"),
        starts_on__lte=OuterRef("ended_on"),
    )
    exempt = Q(state=EXEMPT) & (holds | (Q(rule__isnull=False) & Q(Exists(covering))))
    until = on + timedelta(days=min(wanted.within, LONGEST_WITHIN))
    states = {
        ANY: Q(),
        CURRENT: holds | exempt,
        OVERDUE: Q(state=OVERDUE),
        SOON: Q(state=OPEN, binding_due__range=(on, until)),
        OPEN: Q(state=OPEN),
        DONE: Q(state=DONE) & holds,
        EXEMPT: exempt,
        ENDED: ~holds & ~exempt,
    }
    return states[wanted.state]


def _order(sort: str) -> list[OrderBy | str]:
    columns = SORTS[sort.removeprefix("-")]
    is_down = sort.startswith("-")
    first = F(columns[0])
    return [
        # Whoever has no due date, or no department, comes last either way.
        first.desc(nulls_last=True) if is_down else first.asc(nulls_last=True),
        *columns[1:],
        "course__position",
        "pk",
    ]


def filter_choices() -> dict[str, list[tuple[str, str]]]:
    """What can be narrowed by: courses that anybody is asked for, departments as a tree, tiers."""
    lines = sorted(department_paths().values(), key=lambda line: [row.key for row in line])
    asked = Assignment.objects.order_by().values("course_id")
    courses = published_courses().filter(pk__in=asked).order_by("position", "key")
    return {
        "course": [(row.key, row.title) for row in courses],
        "department": [
            (line[-1].key, "\u3000" * (len(line) - 1) + line[-1].title) for line in lines
        ],
        "tier": [(row.key, row.title) for row in JobTier.objects.all()],
    }
