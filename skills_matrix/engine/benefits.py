"""What a project saves: one formula, of forecasts and of measurements, which are never mixed.

Hours a year = cases a year × minutes a case ÷ 60. A saving is the hours before less the hours
after; its rate is the part of the hours before. Figures are decimals
of 28 digits, rounded only when shown.
"""

from calendar import monthrange
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final, TypeVar

Group = TypeVar("Group", bound=Hashable)

MINUTES_AN_HOUR: Final = 60
BEFORE: Final = "before"
FORECAST: Final = "forecast"
# The later one says what holds now.
MEASURED: Final = ("measured", "measured_3m", "measured_12m")
PHASES: Final = (BEFORE, FORECAST, *MEASURED)
# Which measurement is due so many months after the first.
DUE_AFTER: Final[Mapping[str, int]] = {"measured_3m": 3, "measured_12m": 12}


@dataclass(frozen=True)
class Work:
    """One figure of the ledger: how often, how long, and who says so when.

    `yen_per_hour` None = the office has set no rate for whoever does the work on that day.
    """

    cases: Decimal
    minutes: Decimal
    measured_on: date | None = None
    yen_per_hour: int | None = None

    @property
    def hours(self) -> Decimal:
        """Hours a year."""
        return self.cases * self.minutes / MINUTES_AN_HOUR


@dataclass(frozen=True)
class Saving:
    """Hours a year before, after and saved. `rate` is a fraction; None = there was nothing.

    `phase` says which figure "after" is. `yen` a year; None = no rate is set.
    """

    phase: str
    before: Decimal
    after: Decimal
    measured_on: date | None
    yen: Decimal | None

    @property
    def saved(self) -> Decimal:
        return self.before - self.after

    @property
    def rate(self) -> Decimal | None:
        return self.saved / self.before if self.before else None


@dataclass(frozen=True)
class Benefit:
    """What was expected and what was found, side by side; None = not known."""

    forecast: Saving | None
    measured: Saving | None


@dataclass(frozen=True)
class Total:
    """Sums over `projects` savings of one kind. `yen` sums what is priced; None = nothing is.

    `unpriced` projects have hours and no rate.
    """

    projects: int
    before: Decimal
    after: Decimal
    yen: Decimal | None
    unpriced: int

    @property
    def saved(self) -> Decimal:
        return self.before - self.after

    @property
    def rate(self) -> Decimal | None:
        return self.saved / self.before if self.before else None


def benefit(figures: Mapping[str, Work]) -> Benefit:
    """What a project saves, by its figures in force, phase -> figure.

    Without a figure of before there is no saving. Of the measurements the latest phase counts.
    """
    latest = next((phase for phase in reversed(MEASURED) if phase in figures), None)
    return Benefit(
        forecast=saving_at(figures, FORECAST),
        measured=saving_at(figures, latest) if latest else None,
    )


def saving_at(figures: Mapping[str, Work], phase: str) -> Saving | None:
    """The saving as that one phase has it; None where it or the figure of before is missing."""
    before, after = figures.get(BEFORE), figures.get(phase)
    if phase == BEFORE or before is None or after is None:
        return None
    saved = before.hours - after.hours
    price = after.yen_per_hour
    return Saving(
        phase=phase,
        before=before.hours,
        after=after.hours,
        measured_on=after.measured_on,
        yen=None if price is None else saved * price,
    )


def totals(rows: Iterable[tuple[Group, Saving]]) -> dict[Group, Total]:
    """Sums by group, in the order in which the groups come. Savings of one kind only.

    Raises:
        ValueError: forecasts and measurements come together.
    """
    groups: dict[Group, list[Saving]] = {}
    kinds = set()
    for group, saving in rows:
        groups.setdefault(group, []).append(saving)
        kinds.add(saving.phase == FORECAST)
    if len(kinds) > 1:
        raise ValueError("Forecasts and measurements are not added up.")
    return {group: _total(savings) for group, savings in groups.items()}


def _total(savings: list[Saving]) -> Total:
    priced = [saving.yen for saving in savings if saving.yen is not None]
    return Total(
        projects=len(savings),
        before=sum((saving.before for saving in savings), Decimal(0)),
        after=sum((saving.after for saving in savings), Decimal(0)),
        yen=sum(priced, Decimal(0)) if priced else None,
        unpriced=len(savings) - len(priced),
    )


def due_measurements(phases: Iterable[str], measured_on: date | None) -> dict[str, date]:
    """Which measurements are still to be made, phase -> the day from which they are due.

    Args:
        phases: of which there is a figure.
        measured_on: the day of the first measurement; None = not measured, nothing is due.
    """
    if measured_on is None:
        return {}
    have = set(phases)
    return {
        phase: months_later(measured_on, months)
        for phase, months in DUE_AFTER.items()
        if phase not in have
    }


def months_later(day: date, months: int) -> date:
    """The same day so many months later, or the last of that month where there is no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
