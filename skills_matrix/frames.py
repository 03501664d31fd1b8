"""Rows to frames: the only module that knows both the ORM and pandas.

Each function reads one kind of row and returns one input frame of engine/schema.py. Days become
instants at midnight in the office's time zone, because a posting or a rule starts with its day.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import count
from typing import Any

import numpy as np
import pandas as pd
from django.db.models import Case, Q, QuerySet, Value, When
from django.utils import timezone

from lms.people.models import Department, Employee, Posting
from lms.people.selectors import postings_on
from lms.progress.models import CourseProgress
from skills_matrix.assessments.models import Assessment
from skills_matrix.columns_read import read_columns
from skills_matrix.competencies.models import (
    AgeingRule,
    Assurance,
    Award,
    Competency,
    CompetencyMapping,
    Target,
)
from skills_matrix.competencies.selectors import earlier_competencies
from skills_matrix.engine.arrays import ABSENT, FOREVER, frame_of
from skills_matrix.engine.columns import ASSESSMENT_KINDS
from skills_matrix.engine.schema import check_frame, frame_from_rows
from skills_matrix.processes.models import ProcessNeed
from skills_matrix.projects.models import Project, ProjectMember, ProjectNeed

# Every need weighs the same; that a must counts more is the engine's rule (Weights).
NEED_WEIGHT = 1.0

# Of a course's completion and renewal, as claimed and as the server graded them: the assurance.
COMPLETIONS = {
    "completed_at": Assurance.BROWSER_QUIZ,
    "renewed_at": Assurance.BROWSER_QUIZ,
    "assured_at": max(Assurance),
    "assured_renewed_at": max(Assurance),
}


@dataclass(frozen=True)
class Facts:
    """What has ever happened, in which no day is chosen: it serves any number of days."""

    completions: pd.DataFrame
    assessments: pd.DataFrame


@dataclass(frozen=True)
class Frames:
    """Everything the engine needs to know about some people and some competencies."""

    people: pd.DataFrame
    person_roles: pd.DataFrame
    completions: pd.DataFrame
    competencies: pd.DataFrame
    awards: pd.DataFrame
    assessments: pd.DataFrame
    mappings: pd.DataFrame
    ageing: pd.DataFrame
    targets: pd.DataFrame


def read_facts(*, employees: QuerySet[Employee], competencies: QuerySet[Competency]) -> Facts:
    """The facts of these people and competencies, and of earlier ones that count for these."""
    return Facts(
        completions=completions_frame(employees),
        assessments=assessments_frame(employees, earlier_competencies(competencies)),
    )


def read_frames(
    *,
    employees: QuerySet[Employee],
    competencies: QuerySet[Competency],
    as_of: datetime,
    facts: Facts | None = None,
) -> Frames:
    """The frames of these people and competencies. The number of queries never depends on them.

    Awards and assessments of earlier competencies that count for these by a mapping come along.

    Args:
        facts: of at least these people and competencies; None = they are read.
    """
    on = office_day(as_of)
    shown = earlier_competencies(competencies)
    known = facts or read_facts(employees=employees, competencies=competencies)
    return Frames(
        people=people_frame(employees, on),
        person_roles=person_roles_frame(employees, on),
        completions=known.completions,
        competencies=competencies_frame(competencies),
        awards=awards_frame(shown),
        assessments=known.assessments,
        mappings=mappings_frame(),
        ageing=ageing_frame(competencies),
        targets=targets_frame(competencies),
    )


def office_day(moment: datetime) -> date:
    """The calendar day of an instant in the office's time zone."""
    return timezone.localdate(moment)


def day_start(day: date | None) -> datetime | None:
    """The instant at which a day begins in the office; None stays open."""
    return None if day is None else midnight(day)


def midnight(day: date) -> datetime:
    """The instant at which a day begins in the office."""
    return timezone.make_aware(datetime.combine(day, time.min))


def people_frame(employees: QuerySet[Employee], on: date) -> pd.DataFrame:
    rows = (
        postings_on(on)
        .filter(is_main=True, employee__in=employees)
        .order_by()
        .values_list("employee_id", "department_id", "tier_id")
    )
    return frame_from_rows("people", rows)


def postings_frame(departments: Iterable[int], on: date) -> pd.DataFrame:
    """Postings in these departments that are not over on that day; some begin later."""
    rows = (
        Posting.objects.filter(Q(ends_on=None) | Q(ends_on__gt=on), department__in=departments)
        .order_by()
        .values_list("pk", "employee_id", "department_id", "is_main", "starts_on", "ends_on")
    )
    return frame_from_rows(
        "postings", [(*row[:4], midnight(row[4]), day_start(row[5])) for row in rows]
    )


def process_needs_frame(
    units: Mapping[int, int], competencies: QuerySet[Competency]
) -> pd.DataFrame:
    """What business processes take of these competencies; `units`: process id -> id of the unit."""
    rows = ProcessNeed.objects.filter(process__in=units, competency__in=competencies)
    return frame_from_rows(
        "unit_needs",
        [
            (units[process_id], *need)
            for process_id, *need in rows.order_by().values_list(
                "process_id", "competency_id", "level", "headcount"
            )
        ],
    )


def project_needs_frame(
    units: Mapping[int, int], competencies: QuerySet[Competency]
) -> pd.DataFrame:
    """What projects take of these competencies; `units`: project id -> id of the unit.

    A skill that is only nice to have asks for nobody: who can do it is shown and never short.
    """
    rows = ProjectNeed.objects.filter(project__in=units, competency__in=competencies).order_by()
    return frame_from_rows(
        "unit_needs",
        [
            (units[project_id], competency_id, level, headcount if is_must else 0)
            for project_id, competency_id, level, headcount, is_must in rows.values_list(
                "project_id", "competency_id", "level", "headcount", "is_must"
            )
        ],
    )


def project_members_frame(units: Mapping[int, int], on: date) -> pd.DataFrame:
    """Who is in projects on that day or is to join them; `units`: project id -> id of the unit."""
    rows = (
        ProjectMember.objects.filter(Q(left_on=None) | Q(left_on__gt=on), project__in=units)
        .order_by("project_id", "employee_id", "left_on")
        .values_list("project_id", "employee_id", "left_on")
    )
    latest = {(units[project_id], person): day for project_id, person, day in rows}
    return frame_from_rows(
        "members", [(*pair, day_start(left_on)) for pair, left_on in latest.items()]
    )


def person_roles_frame(employees: QuerySet[Employee], on: date) -> pd.DataFrame:
    rows = (
        Posting.roles.through.objects.filter(
            posting__in=postings_on(on).filter(employee__in=employees)
        )
        .order_by()
        .values_list("posting__employee_id", "role_id")
        .distinct()
    )
    return frame_from_rows("person_roles", rows)


def completions_frame(employees: QuerySet[Employee]) -> pd.DataFrame:
    """A score that only the browser claims is no more than a browser's quiz."""
    done = read_columns(
        CourseProgress.objects.filter(employee__in=employees, completed_at__isnull=False),
        numbers={"employee_id": "employee_id", "course_id": "course_id"},
        moments={name: name for name in COMPLETIONS},
        run_by="employee_id",
    )
    moments = [done[name] for name in COMPLETIONS]
    kept = [moment != FOREVER for moment in moments]
    for later, moment in enumerate(moments):
        # The same moment may be several; the later name is the surer.
        for earlier in range(later):
            kept[earlier] &= moments[earlier] != moment
    sizes = [int(which.sum()) for which in kept]
    return frame_of(
        "completions",
        {
            "employee_id": np.concatenate([done["employee_id"][which] for which in kept]),
            "course_id": np.concatenate([done["course_id"][which] for which in kept]),
            "completed_at": np.concatenate(
                [moment[which] for moment, which in zip(moments, kept, strict=True)]
            ),
            "assurance": np.repeat(list(COMPLETIONS.values()), sizes),
        },
    )


def awards_frame(competencies: QuerySet[Competency]) -> pd.DataFrame:
    return frame_of_awards(Award.objects.filter(competency__in=competencies))


def frame_of_awards(awards: Iterable[Award]) -> pd.DataFrame:
    """Awards need not be saved: one without an id gets one that none of the others has."""
    rows = list(awards)
    free = count(max((award.pk or 0 for award in rows), default=0) + 1)
    return frame_from_rows(
        "awards",
        [
            (
                next(free) if award.pk is None else award.pk,
                award.course_id,
                award.competency_id,
                award.level,
                award.valid_for_days,
                day_start(award.effective_from),
                day_start(award.effective_until),
                award.assurance,
            )
            for award in rows
        ],
    )


def assessments_frame(
    employees: QuerySet[Employee], competencies: QuerySet[Competency]
) -> pd.DataFrame:
    kind = Case(
        *(When(kind=word, then=Value(code)) for code, word in enumerate(ASSESSMENT_KINDS)),
        default=Value(ABSENT),
    )
    ids = ("employee_id", "competency_id", "level", "assurance")
    columns = read_columns(
        Assessment.objects.filter(employee__in=employees, competency__in=competencies),
        numbers={"assessment_id": "pk", **{name: name for name in ids}, "kind": kind},
        moments={"assessed_at": "assessed_at", "valid_until": "valid_until"},
        run_by="employee_id",
    )
    frame = frame_of("assessments", columns)
    check_frame("assessments", frame)
    return frame


def targets_frame(competencies: QuerySet[Competency]) -> pd.DataFrame:
    rows = Target.objects.filter(competency__in=competencies).values_list(
        "pk",
        "competency_id",
        "tier_id",
        "role_id",
        "level",
        "effective_from",
        "effective_until",
    )
    return frame_from_rows(
        "targets", [(*row[:5], day_start(row[5]), day_start(row[6])) for row in rows]
    )


def mappings_frame() -> pd.DataFrame:
    rows = CompetencyMapping.objects.values_list(
        "earlier_id", "later_id", "most", "effective_from", "effective_until"
    )
    return frame_from_rows(
        "mappings", [(*row[:3], day_start(row[3]), day_start(row[4])) for row in rows]
    )


def ageing_frame(competencies: QuerySet[Competency]) -> pd.DataFrame:
    rows = AgeingRule.objects.filter(competency__in=competencies).values_list(
        "pk", "competency_id", "kind", "days", "effective_from", "effective_until"
    )
    return frame_from_rows(
        "ageing", [(*row[:4], day_start(row[4]), day_start(row[5])) for row in rows]
    )


def competencies_frame(competencies: QuerySet[Competency]) -> pd.DataFrame:
    return frame_from_rows("competencies", competencies.values_list("pk", "parent_id"))


def courses_frame(courses: Iterable[Any]) -> pd.DataFrame:
    return frame_from_rows(
        "courses",
        [(course.pk, int(course.duration.total_seconds() // 60)) for course in courses],
    )


def course_access_frame(employee: Employee, courses: Iterable[Any]) -> pd.DataFrame:
    return frame_of_access({employee.pk: {course.pk for course in courses}})


def frame_of_access(open_courses: Mapping[int, Iterable[int]]) -> pd.DataFrame:
    """Employee id -> ids of the courses that person may take."""
    return frame_from_rows(
        "course_access",
        [(person, course) for person, courses in open_courses.items() for course in courses],
    )


def projects_frame(projects: QuerySet[Project]) -> pd.DataFrame:
    return frame_from_rows("projects", projects.values_list("pk", "lead_role_id"))


def needs_frame(projects: QuerySet[Project]) -> pd.DataFrame:
    rows = ProjectNeed.objects.filter(project__in=projects).values_list(
        "pk", "project_id", "competency_id", "level", "is_must"
    )
    return frame_from_rows("needs", [(*row, NEED_WEIGHT) for row in rows])


def relevance_frame(projects: QuerySet[Project]) -> pd.DataFrame:
    """Departments in charge of a project's measure, with all departments below them."""
    departments = {row.pk: row for row in Department.objects.all()}

    def concerned_with(department_id: int | None) -> set[str]:
        if department_id is None:
            return set()
        row = departments[department_id]
        return set(row.measures) | concerned_with(row.parent_id)

    measures = {pk: concerned_with(pk) for pk in departments}
    return frame_from_rows(
        "relevance",
        [
            (project_id, department_id)
            for project_id, measure in projects.values_list("pk", "measure")
            for department_id, concerned in measures.items()
            if measure in concerned
        ],
    )
