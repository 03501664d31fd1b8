"""Answers that hold, for whom they are meant."""

from collections.abc import Collection
from typing import Any

from django.db.models import Max, QuerySet

from lms.people.models import Employee
from skills_matrix.conf import conf
from skills_matrix.projects.access import Who, parts_of
from skills_matrix.projects.models import Project
from skills_matrix.suggestions.models import SuggestionAnswer, SuggestionNotices

Choice = SuggestionAnswer.Choice
# Whoever said one of these does not appear to others among those who suit the project.
UNSEEN = (Choice.NOT_FOR_ME, Choice.HIDDEN)


def answers_in_force() -> QuerySet[SuggestionAnswer]:
    """The last answer of each person and project, unless it was withdrawn."""
    last = (
        SuggestionAnswer.objects.order_by()
        .values("employee", "project")
        .annotate(last=Max("pk"))
        .values("last")
    )
    return SuggestionAnswer.objects.filter(pk__in=last).exclude(choice=Choice.WITHDRAWN)


def answers_of(employee: Employee) -> QuerySet[SuggestionAnswer]:
    """What the person says today, the latest first. Nobody else reads these."""
    rows = answers_in_force().filter(employee=employee)
    return rows.select_related("project").order_by("-pk")


def answer_of(employee: Employee, project: Project) -> SuggestionAnswer | None:
    return answers_of(employee).filter(project=project).first()


def projects_answered(employee: Employee, *choices: str) -> set[int]:
    """Ids of the projects to which the person says one of these."""
    rows = answers_in_force().filter(employee=employee, choice__in=choices)
    return set(rows.order_by().values_list("project_id", flat=True))


def pairs_that_said(choice: str, project_ids: Collection[int]) -> set[tuple[int, int]]:
    """(employee_id, project_id) of everybody who says so to one of these projects."""
    rows = answers_in_force().filter(project__in=project_ids, choice=choice)
    return set(rows.order_by().values_list("employee_id", "project_id"))


def may_see_interested(viewer: Any, project: Project) -> bool:
    """The DX office, and whoever leads the project."""
    return bool({Who.OFFICE, Who.LEAD} & parts_of(viewer, project))


def interested_visible_to(viewer: Any, project: Project) -> QuerySet[SuggestionAnswer]:
    """Who would like to be in the project, the first to say so first; for others nobody.

    Whoever is in it already is not asking any more.
    """
    rows = answers_in_force().filter(project=project, choice=Choice.INTERESTED)
    if not may_see_interested(viewer, project):
        return rows.none()
    present = project.members.filter(left_on=None).order_by().values("employee")
    return rows.exclude(employee__in=present).select_related("employee").order_by("pk")


def most_notices_a_month(employee: Employee) -> int:
    row = SuggestionNotices.objects.filter(employee=employee).first()
    return conf.MATCH_NOTICES if row is None else row.most_a_month
