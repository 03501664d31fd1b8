"""Reading the ledger: figures that hold, savings by the engine's formula, sums, what is due."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet

from lms.people.calendar import fiscal_year
from lms.people.models import Department
from skills_matrix.engine.benefits import (
    BEFORE,
    FORECAST,
    MEASURED,
    PHASES,
    Benefit,
    Group,
    Saving,
    Total,
    Work,
    benefit,
    due_measurements,
    saving_at,
    totals,
)
from skills_matrix.projects.access import may_edit, may_lead, parts_of
from skills_matrix.projects.ledger_models import BenefitFigure, HourlyRate
from skills_matrix.projects.models import Project

Status = Project.Status
_MEASURED_ONCE = (Status.MEASURED, Status.CLOSED)
Rates = Callable[[int | None, date | None], int | None]


@dataclass(frozen=True)
class DueMeasurement:
    """A project that is to be measured again; due from `due_on`."""

    project: Project
    phase: str
    due_on: date


@dataclass(frozen=True)
class Pair:
    """Sums of one group, side by side and never added up; None = of no project."""

    measured: Total | None
    forecast: Total | None


@dataclass(frozen=True)
class Sums:
    """Hours a year, by measure, by department and by the fiscal year of the measurement.

    By year a project counts in each year in which it was measured, with the last measurement of
    that year; so years show what was known then and do not add up. A forecast is of no year.
    """

    measured: Total | None
    forecast: Total | None
    by_measure: dict[str, Pair]
    by_department: dict[Department | None, Pair]
    by_year: dict[int, Total]


def figures_in_force(projects: Iterable[Project]) -> QuerySet[BenefitFigure]:
    """Figures that no other corrects."""
    return BenefitFigure.objects.filter(project__in=projects, correction=None).select_related(
        "tier", "measured_by"
    )


def ledger_of(project: Project) -> QuerySet[BenefitFigure]:
    """Every row as it was given, corrected ones too, the oldest first."""
    return project.figures.select_related("tier", "measured_by", "correction").order_by("pk")


def rates() -> Rates:
    """What an hour of a tier is worth on a day; None = the office has not said. One query."""
    by_tier: dict[int, list[HourlyRate]] = defaultdict(list)
    for row in HourlyRate.objects.order_by("effective_from"):
        by_tier[row.tier_id].append(row)

    def rate(tier_id: int | None, day: date | None) -> int | None:
        if tier_id is None or day is None:
            return None
        held = [
            row.yen
            for row in by_tier.get(tier_id, ())
            if row.effective_from <= day
            and (row.effective_until is None or day < row.effective_until)
        ]
        return held[-1] if held else None

    return rate


def works_of(figures: Iterable[BenefitFigure], rate: Rates) -> dict[int, dict[str, Work]]:
    """Project id -> phase -> figure, of figures that hold. A forecast is priced on its record."""
    found: dict[int, dict[str, Work]] = defaultdict(dict)
    for row in figures:
        day = row.measured_on or (row.recorded_at.date() if row.phase == FORECAST else None)
        found[row.project_id][row.phase] = row.work(rate(row.tier_id, day))
    return found


def benefits_of(projects: Iterable[Project]) -> dict[int, Benefit]:
    """Project id -> what was expected and what was found. Two queries."""
    rows = list(projects)
    works = works_of(figures_in_force(rows), rates())
    return {row.pk: benefit(works.get(row.pk, {})) for row in rows}


def yearly_savings_of(projects: Iterable[Project]) -> dict[int, dict[int, Saving]]:
    """Project id -> fiscal year -> its last measurement of that year. Two queries."""
    works = works_of(figures_in_force(projects), rates())
    return {pk: savings_by_year(figures) for pk, figures in works.items()}


def sums_of(projects: Iterable[Project]) -> Sums:
    """Over projects that are real: a template's figures are somebody else's."""
    rows = [row for row in projects if row.status != Status.TEMPLATE]
    works = works_of(figures_in_force(rows), rates())
    found = {row.pk: benefit(works.get(row.pk, {})) for row in rows}
    by_measure = sorted(rows, key=lambda row: row.measure)
    by_department = sorted(rows, key=lambda row: row.department.key if row.department else "~")
    by_year = sorted(
        (
            (year, saving)
            for row in rows
            for year, saving in savings_by_year(works.get(row.pk, {})).items()
        ),
        key=lambda pair: pair[0],
    )
    everything = _pairs(("", found[row.pk]) for row in rows).get("", Pair(None, None))
    return Sums(
        measured=everything.measured,
        forecast=everything.forecast,
        by_measure=_pairs((row.measure, found[row.pk]) for row in by_measure),
        by_department=_pairs((row.department, found[row.pk]) for row in by_department),
        by_year=totals(by_year),
    )


def _pairs(rows: Iterable[tuple[Group, Benefit]]) -> dict[Group, Pair]:
    """By group, in the order in which the groups come; without those that have neither."""
    listed = list(rows)
    measured = totals((group, one.measured) for group, one in listed if one.measured)
    forecast = totals((group, one.forecast) for group, one in listed if one.forecast)
    groups = dict.fromkeys(group for group, _one in listed if group in measured | forecast)
    return {group: Pair(measured.get(group), forecast.get(group)) for group in groups}


def savings_by_year(works: dict[str, Work]) -> dict[int, Saving]:
    """The last measurement of each fiscal year."""
    found = {}
    for phase in MEASURED:
        saving = saving_at(works, phase)
        if saving and saving.measured_on:
            found[fiscal_year(saving.measured_on)] = saving
    return found


def measurements_due(on: date) -> list[DueMeasurement]:
    """Measurements after 3 and 12 months that are due on that day and not made, oldest first."""
    projects = Project.objects.filter(status__in=_MEASURED_ONCE).select_related("department")
    found = [one for one in _measurements_ahead(projects) if one.due_on <= on]
    return sorted(found, key=lambda row: (row.due_on, row.project.key))


def measurements_ahead(project: Project) -> list[DueMeasurement]:
    """Those of one project that are still to be made, whenever they are due."""
    return _measurements_ahead([project] if project.status in _MEASURED_ONCE else [])


def _measurements_ahead(projects: Iterable[Project]) -> list[DueMeasurement]:
    rows = list(projects)
    by_project: dict[int, list[BenefitFigure]] = defaultdict(list)
    for row in figures_in_force(rows):
        by_project[row.project_id].append(row)
    found = []
    for project in rows:
        figures = by_project[project.pk]
        first = next((row.measured_on for row in figures if row.phase == MEASURED[0]), None)
        due = due_measurements([row.phase for row in figures], first)
        # Once a later measurement is there, an earlier one that was left out cannot be made up.
        if MEASURED[-1] in {row.phase for row in figures}:
            continue
        found += [DueMeasurement(project, phase, day) for phase, day in due.items()]
    return found


def phases_recorded_by(user: Any, project: Project) -> list[str]:
    """Which figures the user may give: estimates with the proposal, measurements with the lead."""
    if project.status == Status.TEMPLATE:
        return []
    parts = parts_of(user, project)
    if may_lead(parts):
        return list(PHASES)
    return [BEFORE, FORECAST] if may_edit(parts, project) else []


def benefit_facts(projects: Iterable[Project]) -> dict[int, set[str]]:
    """Project id -> which figures that steps ask for are there (keys of `steps.MISSING`)."""
    named = {BEFORE: BEFORE, FORECAST: FORECAST, **dict.fromkeys(MEASURED, "measured")}
    rows = list(projects)
    found: dict[int, set[str]] = {row.pk: set() for row in rows}
    figures = figures_in_force(rows).order_by().values_list("project_id", "phase")
    for project_id, phase in figures:
        found[project_id].add(named[phase])
    return found
