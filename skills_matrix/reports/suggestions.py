"""Which DX projects suit a person, and the reasons in plain words."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from courses.models import Course
from lms.enrolment.selectors import courses_open_to
from lms.people.models import Employee
from skills_matrix.chain import derive_chain
from skills_matrix.competencies.models import Competency
from skills_matrix.competencies.selectors import competencies_held
from skills_matrix.conf import conf
from skills_matrix.engine.closing import closing_courses, demands_of
from skills_matrix.engine.suggestions import match_projects
from skills_matrix.frames import (
    course_access_frame,
    courses_frame,
    needs_frame,
    office_day,
    projects_frame,
    relevance_frame,
)
from skills_matrix.projects.models import Project
from skills_matrix.projects.selectors import projects_to_suggest
from skills_matrix.reports.values import rows_of


@dataclass(frozen=True)
class Reason:
    """One need of the project against the person. `status` is met, one_short or lacking."""

    competency: Competency
    needed: int
    level: int | None
    is_must: bool
    status: str
    closing_course: Course | None
    text: str


@dataclass(frozen=True)
class Suggestion:
    """One project for one person; `score` is a fraction."""

    project: Project
    score: float
    rank: int
    is_relevant: bool
    reasons: list[Reason]

    def count(self, status: str) -> int:
        return sum(reason.status == status for reason in self.reasons)


@dataclass(frozen=True)
class Suggestions:
    count: int
    rows: list[Suggestion]


def suggestions(*, employee: Employee, as_of: datetime, limit: int, offset: int = 0) -> Suggestions:
    """The person's projects, best first; the number and its reasons come from one computation."""
    projects = projects_to_suggest()
    competencies = competencies_held(office_day(as_of))
    chain = derive_chain(
        employees=Employee.objects.filter(pk=employee.pk), competencies=competencies, as_of=as_of
    )
    needs = needs_frame(projects)
    courses = list(courses_open_to(employee, office_day(as_of)))
    matches = match_projects(
        people=chain.frames.people,
        person_roles=chain.frames.person_roles,
        levels=chain.levels,
        projects=projects_frame(projects),
        needs=needs,
        relevance=relevance_frame(projects),
        closing_courses=closing_courses(
            demands_of(needs),
            chain.awards,
            courses_frame(courses),
            course_access_frame(employee, courses),
            as_of=as_of,
            minimum_assurance=chain.rule.minimum_assurance,
        ),
        weights=conf.SUGGESTION_WEIGHTS,
        first_n=limit + offset,
    )
    by_id = {project.pk: project for project in projects}
    names = {competency.pk: competency for competency in competencies}
    taught = {course.pk: course for course in courses}
    reasons: dict[int, list[Reason]] = {}
    for row in rows_of(matches.reasons):
        reasons.setdefault(row.project_id, []).append(_reason(row, names, taught))
    return Suggestions(
        count=len(by_id) if len(chain.frames.people) else 0,
        rows=[
            Suggestion(
                project=by_id[row.project_id],
                score=row.score,
                rank=row.rank,
                is_relevant=row.relevant,
                reasons=reasons.get(row.project_id, []),
            )
            for row in rows_of(matches.scores)
            if row.rank > offset
        ],
    )


def _reason(row: Any, names: dict[int, Competency], courses: dict[int, Course]) -> Reason:
    competency = names[row.competency_id]
    course = courses.get(row.closing_course_id)
    return Reason(
        competency=competency,
        needed=row.needed,
        level=row.level,
        is_must=row.must,
        status=row.status,
        closing_course=course,
        text=_sentence(row, competency, course),
    )


def _sentence(row: Any, competency: Competency, course: Course | None) -> str:
    """The reason as everybody reads it: the person, the section head and HR alike."""
    words = {
        "skill": competency.title,
        "needed": row.needed,
        "level": row.level,
        "course": course.title if course else "",
    }
    if row.status == "met":
        return _("%(skill)s: level %(needed)s is needed, you have level %(level)s.") % words
    if row.status == "one_short":
        text = _("%(skill)s: level %(needed)s is needed, you are one level short.") % words
    elif row.level is None:
        text = _("%(skill)s: level %(needed)s is needed, not assessed yet.") % words
    else:
        text = _("%(skill)s: level %(needed)s is needed, you have level %(level)s.") % words
    if course:
        text += " " + _("The course “%(course)s” closes the gap.") % words
    return text
