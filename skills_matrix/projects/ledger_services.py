"""Writing the ledger: a figure is a row, and so is its correction."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from lms.people.calendar import office_today
from skills_matrix.engine.benefits import FORECAST
from skills_matrix.exceptions import ProjectRefused
from skills_matrix.projects.ledger import phases_recorded_by
from skills_matrix.projects.ledger_models import BenefitFigure
from skills_matrix.projects.models import Project

Status = Project.Status


@transaction.atomic
def record_figure(*, figure: BenefitFigure, by: Any) -> BenefitFigure:
    """Add a figure; where its project and phase have one, it becomes that one's correction.

    Args:
        figure: not saved; what it corrects and who recorded it are set here.

    Raises:
        ProjectRefused: `not_allowed` before and forecast are the proposer's too, measurements
            only the lead's and the DX office's; `template`; `no_how`; `no_day` of a measurement;
            `future`.
    """
    project = Project.objects.select_for_update().get(pk=figure.project_id)
    if project.status == Status.TEMPLATE:
        raise ProjectRefused("template")
    if figure.phase not in phases_recorded_by(by, project):
        raise ProjectRefused("not_allowed")
    if not figure.how.strip():
        raise ProjectRefused("no_how", place="how")
    if figure.measured_on is None and figure.phase != FORECAST:
        raise ProjectRefused("no_day", place="measured_on")
    if figure.measured_on is not None and figure.measured_on > office_today():
        raise ProjectRefused("future", place="measured_on")
    figure.corrects = BenefitFigure.objects.filter(
        project=project, phase=figure.phase, correction=None
    ).first()
    figure.recorded_by, figure.recorded_at = by, timezone.now()
    figure.save(force_insert=True)
    return figure
