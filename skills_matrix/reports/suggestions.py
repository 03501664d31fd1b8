"""Which DX projects suit a person, and the reasons in plain words, for every reader the same."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from courses.models import Course
from lms.enrolment.selectors import courses_open_to
from lms.people.models import Employee
from lms.people.selectors import employee_of
from skills_matrix.access import employees_with_skills_visible_to
from skills_matrix.assessments.services import log_skills_views
from skills_matrix.chain import Chain, derive_chain
from skills_matrix.competencies.models import Competency
from skills_matrix.competencies.selectors import competencies_held
from skills_matrix.conf import conf
from skills_matrix.engine.closing import closing_courses, demands_of
from skills_matrix.engine.gains import gained_scores
from skills_matrix.engine.suggestions import match_projects
from skills_matrix.exceptions import NotVisible
from skills_matrix.frames import (
    course_access_frame,
    courses_frame,
    needs_frame,
    office_day,
    projects_frame,
    relevance_frame,
)
from skills_matrix.mentoring.willing import willing_mentors
from skills_matrix.projects.models import Project, ProjectMember
from skills_matrix.projects.selectors import projects_to_suggest
from skills_matrix.reports.reasons import Named, Reason, reason_of
from skills_matrix.reports.values import rows_of
from skills_matrix.suggestions.models import SuggestionAnswer
from skills_matrix.suggestions.selectors import UNSEEN, projects_answered

LOOK = "suggestions"
NOT_FOR_ME = SuggestionAnswer.Choice.NOT_FOR_ME


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
    person: Employee
    count: int
    rows: list[Suggestion]


def my_suggestions(
    *, employee: Employee, as_of: datetime, limit: int, offset: int = 0, declined: bool = False
) -> Suggestions:
    """What the person is shown: what they said no to stands apart, in the part `declined`."""
    answered = projects_answered(employee, NOT_FOR_ME)
    offered = projects_offered_to(employee)
    projects = offered.filter(pk__in=answered) if declined else offered.exclude(pk__in=answered)
    return suggestions(
        employee=employee, as_of=as_of, limit=limit, offset=offset, projects=projects
    )


def suggestions_seen_by(
    viewer: Any, *, staff_number: str, as_of: datetime, limit: int, offset: int = 0
) -> Suggestions:
    """The same of somebody whose skills the viewer may see. A look at somebody else is logged.

    What the person said no to, or hides from others, is left out as if it were not there.

    Raises:
        NotVisible: there is no such person, or not for this viewer.
    """
    employee = employees_with_skills_visible_to(viewer).filter(staff_number=staff_number).first()
    if employee is None:
        raise NotVisible(_("No such person."))
    if employee == employee_of(viewer):
        return my_suggestions(employee=employee, as_of=as_of, limit=limit, offset=offset)
    log_skills_views(viewer=viewer, subject_ids=[employee.pk], what=LOOK)
    unseen = projects_answered(employee, *UNSEEN)
    return suggestions(
        employee=employee,
        as_of=as_of,
        limit=limit,
        offset=offset,
        projects=projects_offered_to(employee).exclude(pk__in=unseen),
    )


def suggestion_of(*, employee: Employee, project: Project, as_of: datetime) -> Suggestion | None:
    """One project for the person, whatever they said to it; None = it is not offered to them."""
    offered = projects_offered_to(employee).filter(pk=project.pk)
    rows = suggestions(employee=employee, as_of=as_of, limit=1, projects=offered).rows
    return rows[0] if rows else None


def projects_offered_to(employee: Employee) -> QuerySet[Project]:
    """Whoever is in a project already is not offered it."""
    mine = ProjectMember.objects.filter(employee=employee, left_on=None)
    return projects_to_suggest().exclude(pk__in=mine.order_by().values("project"))


def suggestions(
    *,
    employee: Employee,
    as_of: datetime,
    limit: int,
    offset: int = 0,
    projects: QuerySet[Project] | None = None,
) -> Suggestions:
    """The person's projects, best first; the number and its reasons come from one computation.

    Args:
        projects: those to choose from; None = all that look for people.
    """
    projects = projects_to_suggest() if projects is None else projects
    competencies = competencies_held(office_day(as_of))
    chain = derive_chain(
        employees=Employee.objects.filter(pk=employee.pk), competencies=competencies, as_of=as_of
    )
    needs = needs_frame(projects)
    courses = list(courses_open_to(employee, office_day(as_of)))
    matched = {
        "people": chain.frames.people,
        "person_roles": chain.frames.person_roles,
        "levels": chain.levels,
        "projects": projects_frame(projects),
        "needs": needs,
        "relevance": relevance_frame(projects),
        "closing_courses": closing_courses(
            demands_of(needs),
            chain.awards,
            courses_frame(courses),
            course_access_frame(employee, courses),
            as_of=as_of,
            minimum_assurance=chain.rule.minimum_assurance,
        ),
    }
    weights = conf.SUGGESTION_WEIGHTS
    matches = match_projects(**matched, weights=weights, first_n=limit + offset)
    scores = [row for row in rows_of(matches.scores) if row.rank > offset]
    shown = matches.reasons[matches.reasons["project_id"].isin([row.project_id for row in scores])]
    lacking = [row for row in rows_of(shown) if row.status != "met"]
    named = Named(
        competencies=Competency.objects.in_bulk(set(shown["competency_id"].tolist())),
        courses=_courses_named(chain, courses),
        cells={row.competency_id: row for row in rows_of(chain.cells)},
        mentors=willing_mentors(
            {(row.competency_id, row.needed) for row in lacking}, learner=employee, as_of=as_of
        ),
        gains={
            row.need_id: row.score
            for row in rows_of(gained_scores(shown, **matched, weights=weights))
        },
        minimum_assurance=chain.rule.minimum_assurance,
    )
    by_id = {project.pk: project for project in projects}
    score_of = {row.project_id: row.score for row in scores}
    reasons: dict[int, list[Reason]] = {}
    for row in rows_of(shown):
        told = reason_of(row, score=score_of[row.project_id], named=named)
        reasons.setdefault(row.project_id, []).append(told)
    return Suggestions(
        person=employee,
        count=len(by_id) if len(chain.frames.people) else 0,
        rows=[
            Suggestion(
                project=by_id[row.project_id],
                score=row.score,
                rank=row.rank,
                is_relevant=row.relevant,
                reasons=reasons.get(row.project_id, []),
            )
            for row in scores
        ],
    )


def _courses_named(chain: Chain, courses: Sequence[Course]) -> Mapping[int, Course]:
    """Those open to the person, and those that levels come from, open or not. One query."""
    earned = Course.objects.filter(pk__in=chain.levels["course_id"].dropna().tolist())
    return {course.pk: course for course in earned} | {course.pk: course for course in courses}
