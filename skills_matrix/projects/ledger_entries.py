"""The entries behind a sum of the ledger: one row per project, with the figures that make it."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from skills_matrix.engine.benefits import BEFORE, Benefit, Saving, benefit
from skills_matrix.projects.ledger import figures_in_force, rates, savings_by_year, works_of
from skills_matrix.projects.ledger_models import BenefitFigure
from skills_matrix.projects.models import Project


@dataclass(frozen=True)
class Entry:
    """A project's saving of one kind, and the two figures it follows from."""

    project: Project
    saving: Saving
    before: BenefitFigure
    after: BenefitFigure


def entries_of(
    projects: Iterable[Project], *, is_forecast: bool, fiscal_year: int | None = None
) -> list[Entry]:
    """What `ledger.sums_of` adds up over the same projects, in their order. Two queries.

    Args:
        fiscal_year: only what was measured in it, with the last measurement of that year. A
            forecast is of no year: there are no entries then.
    """
    rows = [row for row in projects if row.status != Project.Status.TEMPLATE]
    figures: dict[int, dict[str, BenefitFigure]] = defaultdict(dict)
    for figure in figures_in_force(rows):
        figures[figure.project_id][figure.phase] = figure
    works = works_of((one for held in figures.values() for one in held.values()), rates())
    found = []
    for row in rows:
        held = works.get(row.pk, {})
        if fiscal_year is None:
            saving = _of_kind(benefit(held), is_forecast)
        else:
            saving = None if is_forecast else savings_by_year(held).get(fiscal_year)
        if saving:
            own = figures[row.pk]
            found.append(Entry(row, saving, own[BEFORE], own[saving.phase]))
    return found


def _of_kind(found: Benefit, is_forecast: bool) -> Saving | None:
    return found.forecast if is_forecast else found.measured
