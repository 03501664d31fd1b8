"""A learning plan for one person: the courses that lead to a project or a role, and what else."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

import numpy as np
import pandas as pd
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from courses.models import Course
from lms.enrolment.selectors import LearningItem, learning_of
from lms.people.models import Employee, Role
from lms.people.selectors import employee_of
from skills_matrix.access import employees_with_skills_visible_to
from skills_matrix.assessments.models import ASSURANCES, Assessment
from skills_matrix.assessments.services import log_skills_views
from skills_matrix.campaigns.selectors import hidden_targets_of
from skills_matrix.chain import Chain, derive_chain
from skills_matrix.competencies.models import Competency, Target
from skills_matrix.competencies.selectors import competencies_held
from skills_matrix.engine.arrays import arrays_of, microseconds
from skills_matrix.engine.cells import effective_targets
from skills_matrix.engine.closing import demands_of
from skills_matrix.engine.keys import in_force
from skills_matrix.engine.plan.plan import learning_plan
from skills_matrix.engine.plan.problem import Gives, Goal, LearningPlan, Offer, Step
from skills_matrix.engine.schema import frame_from_rows
from skills_matrix.engine.showing import showing_projects
from skills_matrix.exceptions import NotVisible
from skills_matrix.frames import needs_frame, office_day, relevance_frame
from skills_matrix.projects.models import Project, ProjectNeed
from skills_matrix.projects.selectors import projects_to_suggest
from skills_matrix.reports.cell import raised_otherwise
from skills_matrix.reports.values import rows_of

Status = Project.Status
# Projects that somebody may still come into.
PLANNABLE: Final = (Status.TEMPLATE, Status.APPROVED, Status.RUNNING)
_MINUTE: Final = 60


@dataclass(frozen=True)
class PlannedGoal:
    """One level asked for. `level` None = never assessed; `reached` with the plan's courses.

    Where courses do not lead to `needed`: work in `project` would show it, `by_mentor` = so would
    sessions with a mentor, and `otherwise` says who could judge it.
    """

    competency: Competency
    level: int | None
    needed: int
    is_must: bool
    reached: int
    project: Project | None = None
    by_mentor: bool = False
    otherwise: str = ""

    @property
    def state(self) -> str:
        """met, closes (by the plan's courses) or left."""
        if self.reached < self.needed:
            return "left"
        return "met" if self.level is not None and self.level >= self.needed else "closes"


@dataclass(frozen=True)
class Closes:
    """What finishing a course shows. `before` 0 = no level; `needed` is what is asked for."""

    competency: Competency
    before: int
    after: int
    needed: int


@dataclass(frozen=True)
class PlannedCourse:
    """One course, in its place. `minutes` are those left; `is_again` = it was finished before."""

    course: Course
    minutes: int
    starts_on: date
    ends_on: date
    closes: list[Closes]
    after: list[Course]
    opens: list[Course]
    why: str
    is_assigned: bool
    is_taking: bool
    is_again: bool
    due_on: date | None


@dataclass(frozen=True)
class PlannedPart:
    course: Course
    minutes: int


@dataclass(frozen=True)
class PlannedParts:
    """One week of the plan."""

    starts_on: date
    ends_on: date
    parts: list[PlannedPart]


@dataclass(frozen=True)
class PersonPlan:
    """The plan, as `engine.plan.problem.LearningPlan` has it, with what it names.

    `are_targets_hidden`: some of the role's are, until the person's self-assessment is handed in.
    """

    employee: Employee
    aim: Project | Role
    starts_on: date
    before: date | None
    hours_per_week: int
    goals: list[PlannedGoal]
    steps: list[PlannedCourse]
    weeks: list[PlannedParts]
    minutes: int
    ends_on: date | None
    is_in_time: bool
    hours_needed: int | None
    is_proven: bool
    are_targets_hidden: bool


@dataclass(frozen=True)
class _Asked:
    """What the aim asks for: (level, is_must) by competency id."""

    levels: Mapping[int, tuple[int, bool]]
    is_hidden: bool = False


def plannable_projects(visible: QuerySet[Project]) -> QuerySet[Project]:
    """Of these the projects that one can plan for: not over, and needing something."""
    asking = ProjectNeed.objects.order_by().values("project")
    return visible.filter(status__in=PLANNABLE, pk__in=asking).order_by("key")


def plannable_roles(on: date) -> QuerySet[Role]:
    """The roles that targets of that day are set for."""
    return Role.objects.filter(pk__in=_targets_on(on).values("role")).order_by("key")


def plan_of_other(*, viewer: Any, staff_number: str, **asked: Any) -> PersonPlan:
    """`person_plan` of somebody whose skills the viewer may see; the look is logged.

    Raises:
        NotVisible: no such person, or not for this viewer; it does not say which.
    """
    employee = employees_with_skills_visible_to(viewer).filter(staff_number=staff_number).first()
    if employee is None:
        raise NotVisible(_("There is no such person."))
    plan = person_plan(employee=employee, is_own=employee == employee_of(viewer), **asked)
    log_skills_views(viewer=viewer, subject_ids=[employee.pk], what="plan")
    return plan


def person_plan(
    *,
    employee: Employee,
    aim: Project | Role,
    hours_per_week: int,
    before: date | None,
    as_of: datetime,
    is_own: bool = True,
) -> PersonPlan:
    """The fewest hours of courses open to the person that close the gaps, from today on.

    The number of queries does not depend on the needs or the courses.
    """
    today = office_day(as_of)
    wanted = _wanted(aim, today)
    chain = derive_chain(
        employees=Employee.objects.filter(pk=employee.pk),
        competencies=Competency.objects.filter(pk__in=[row.pk for row in wanted]),
        as_of=as_of,
    )
    asked = _asked(aim, employee, chain, as_of, is_own=is_own)
    names = {row.pk: row for row in wanted}
    by_key = {row.key: row for row in wanted}
    keys = {row.pk: row.key for row in wanted}
    held = {row.competency_id: row.level for row in rows_of(chain.levels)}
    items = {item.course.key: item for item in learning_of(employee, today)}
    found = learning_plan(
        levels={keys[pk]: level for pk, level in held.items()},
        goals=[Goal(keys[pk], *asked.levels[pk]) for pk in asked.levels],
        offers=[_offer(item) for item in items.values()],
        gives=_gives(chain, items, keys, as_of),
        hours_per_week=hours_per_week,
        starts_on=today,
        before=before,
    )
    return PersonPlan(
        employee=employee,
        aim=aim,
        starts_on=today,
        before=before,
        hours_per_week=hours_per_week,
        goals=_goals(found, asked, names, held, chain, aim),
        steps=[_step(step, items, by_key, asked) for step in found.steps],
        weeks=[
            PlannedParts(
                starts_on=week.starts_on,
                ends_on=week.ends_on,
                parts=[PlannedPart(items[key].course, minutes) for key, minutes in week.parts],
            )
            for week in found.weeks
        ],
        minutes=found.minutes,
        ends_on=found.ends_on,
        is_in_time=found.is_in_time,
        hours_needed=found.hours_needed,
        is_proven=found.is_proven,
        are_targets_hidden=asked.is_hidden,
    )


def _targets_on(on: date) -> QuerySet[Target]:
    """Targets of roles in force on that day."""
    begun = Target.objects.filter(effective_from__lte=on).exclude(role=None)
    return begun.exclude(effective_until__lte=on).order_by()


def _wanted(aim: Project | Role, on: date) -> list[Competency]:
    """The competencies in question, in the order of the frameworks."""
    if isinstance(aim, Project):
        # A project may need a skill of a framework that is no longer in force.
        rows = Competency.objects.filter(pk__in=aim.needs.order_by().values("competency"))
        rows = rows.select_related("framework", "parent")
        return list(rows.order_by("framework__key", "position", "key"))
    asked = _targets_on(on).filter(role=aim).values("competency")
    return list(competencies_held(on).filter(pk__in=asked))


def _asked(
    aim: Project | Role, employee: Employee, chain: Chain, as_of: datetime, *, is_own: bool
) -> _Asked:
    if isinstance(aim, Project):
        needs = aim.needs.values_list("competency_id", "level", "is_must")
        return _Asked({pk: (level, is_must) for pk, level, is_must in needs})
    targets = chain.frames.targets
    # As if the person held the role, and no other: in the tier of today.
    in_role = effective_targets(
        chain.frames.people,
        frame_from_rows("person_roles", [(employee.pk, aim.pk)]),
        targets[(targets["role_id"] == aim.pk).fillna(False).to_numpy(dtype=np.bool_)],
        as_of=as_of,
    )
    hidden = hidden_targets_of(employee, office_day(as_of)) if is_own else set()
    levels = {row.competency_id: (row.target, False) for row in rows_of(in_role) if row.target}
    shown = {pk: asked for pk, asked in levels.items() if pk not in hidden}
    return _Asked(shown, is_hidden=len(shown) < len(levels))


def _offer(item: LearningItem) -> Offer:
    """A course as far as it is still to do; one that was finished would be taken again, whole."""
    minutes = -(-int(item.course.duration.total_seconds()) // _MINUTE)
    is_done = item.completed_at is not None
    if not is_done and item.total:
        minutes = -(-minutes * (item.total - item.done) // item.total)
    return Offer(
        course=item.course.key,
        minutes=minutes,
        requires=frozenset(course.key for course in item.locked_by),
        is_done=is_done,
        is_assigned=item.is_mandatory and not is_done,
        due_on=None if is_done else item.due_on,
    )


def _gives(
    chain: Chain, items: Mapping[str, LearningItem], keys: Mapping[int, str], as_of: datetime
) -> list[Gives]:
    """What courses open to the person show today, as surely as the rule in force asks for."""
    courses = {item.course.pk: key for key, item in items.items()}
    awards = arrays_of("awards", chain.awards)
    now = in_force(awards["effective_from"], awards["effective_until"], microseconds(as_of))
    usable = awards.at(np.flatnonzero(now & (awards["assurance"] >= chain.rule.minimum_assurance)))
    columns = (usable[name].tolist() for name in ("course_id", "competency_id", "level"))
    return [
        Gives(courses[course], keys[competency], level)
        for course, competency, level in zip(*columns, strict=True)
        if course in courses and competency in keys
    ]


def _goals(
    found: LearningPlan,
    asked: _Asked,
    names: Mapping[int, Competency],
    held: Mapping[int, int],
    chain: Chain,
    aim: Project | Role,
) -> list[PlannedGoal]:
    left = {row.goal.competency: row.reached for row in found.left}
    showing = _showing(
        {pk: level for pk, (level, _) in asked.levels.items() if names[pk].key in left}, chain, aim
    )
    minimum = chain.rule.minimum_assurance
    rows = []
    for pk, competency in names.items():
        if pk not in asked.levels:
            continue
        needed, is_must = asked.levels[pk]
        is_left = competency.key in left
        rows.append(
            PlannedGoal(
                competency=competency,
                level=held.get(pk),
                needed=needed,
                is_must=is_must,
                reached=left[competency.key] if is_left else max(needed, held.get(pk, 0)),
                project=showing.get(pk),
                by_mentor=is_left and ASSURANCES[Assessment.Kind.MENTORING] >= minimum,
                otherwise=raised_otherwise(held.get(pk), minimum) if is_left else "",
            )
        )
    return sorted(rows, key=lambda row: not row.is_must)


def _showing(left: Mapping[int, int], chain: Chain, aim: Project | Role) -> dict[int, Project]:
    """By competency id, another project than the one planned for whose work would show it."""
    projects = projects_to_suggest()
    if isinstance(aim, Project):
        projects = projects.exclude(pk=aim.pk)
    demands = demands_of(
        pd.DataFrame({"competency_id": list(left), "level": list(left.values())}, dtype="int64")
    )
    rows = list(
        rows_of(
            showing_projects(
                demands, needs_frame(projects), chain.frames.people, relevance_frame(projects)
            )
        )
    )
    by_id = projects.order_by().in_bulk([row.project_id for row in rows])
    return {row.competency_id: by_id[row.project_id] for row in rows}


def _step(
    step: Step,
    items: Mapping[str, LearningItem],
    names: Mapping[str, Competency],
    asked: _Asked,
) -> PlannedCourse:
    item = items[step.course]
    courses: Sequence[Sequence[str]] = (step.after, step.opens)
    after, opens = ([items[key].course for key in keys] for keys in courses)
    return PlannedCourse(
        course=item.course,
        minutes=step.minutes,
        starts_on=step.starts_on,
        ends_on=step.ends_on,
        closes=[
            Closes(
                competency=names[row.competency],
                before=row.before,
                after=row.after,
                needed=asked.levels[names[row.competency].pk][0],
            )
            for row in step.raises
        ],
        after=after,
        opens=opens,
        why=step.why,
        is_assigned=item.is_mandatory and item.completed_at is None,
        is_taking=item.enrolment is not None,
        is_again=item.completed_at is not None,
        due_on=item.due_on if item.completed_at is None else None,
    )
