"""From an idea to a proposal: what is like it already, and how much work it is about."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from lms.people.calendar import office_today
from lms.people.models import Employee
from lms.people.selectors import main_posting_on
from skills_matrix.engine.benefits import Benefit
from skills_matrix.projects.access import projects_visible_to
from skills_matrix.projects.ledger import benefits_of
from skills_matrix.projects.ledger_models import BenefitFigure
from skills_matrix.projects.ledger_services import record_figure
from skills_matrix.projects.likeness import SAME, most_alike
from skills_matrix.projects.models import Project, ProjectNeed
from skills_matrix.projects.selectors import projects_listed
from skills_matrix.projects.services import propose_project

Phase = BenefitFigure.Phase


@dataclass(frozen=True)
class SimilarProject:
    """`likeness` is a fraction; `is_same`: it may be the very thing that somebody describes."""

    project: Project
    likeness: float
    is_same: bool
    benefit: Benefit


@dataclass(frozen=True)
class ProposedWork:
    """The work as the proposer reckons it: cases a year, minutes a case now and as expected.

    `people` who do it; None = not said.
    """

    cases_per_year: Decimal
    minutes_per_case: Decimal
    minutes_expected: Decimal
    people: int | None = None


def similar_projects(viewer: Any, text: str) -> list[SimilarProject]:
    """Templates and projects that the viewer may see and that are like the text, at most five."""
    visible = projects_visible_to(viewer).order_by().values("pk")
    rows = {row.pk: row for row in projects_listed().filter(pk__in=visible)}
    alike = most_alike(
        text,
        {
            pk: (f"{row.title_ja} {row.title_en}", f"{row.summary_ja} {row.summary_en}")
            for pk, row in rows.items()
        },
    )
    benefits = benefits_of([rows[pk] for pk, _likeness in alike])
    return [
        SimilarProject(rows[pk], likeness, likeness >= SAME, benefits[pk]) for pk, likeness in alike
    ]


@transaction.atomic
def propose_with_work(
    *,
    project: Project,
    needs: Sequence[ProjectNeed],
    work: ProposedWork,
    employee: Employee,
    by: Any,
) -> Project:
    """A proposal with its first two figures: how the work is today, and what is expected.

    Unless it names another department it changes the work of the proposer's own, whose head is
    then the one to assess it.

    Raises:
        ProjectRefused: as `propose_project` and `record_figure`.
    """
    if project.department is None:
        posting = main_posting_on(employee, office_today())
        project.department = posting.department if posting else None
    propose_project(project=project, needs=needs, employee=employee, by=by)
    for phase, minutes, how in (
        (Phase.BEFORE, work.minutes_per_case, _("As the proposer reckons the work today.")),
        (Phase.FORECAST, work.minutes_expected, _("As the proposer expects it.")),
    ):
        record_figure(
            figure=BenefitFigure(
                project=project,
                phase=phase,
                cases_per_year=work.cases_per_year,
                minutes_per_case=minutes,
                people=work.people,
                measured_on=office_today() if phase == Phase.BEFORE else None,
                how=how,
            ),
            by=by,
        )
    return project
