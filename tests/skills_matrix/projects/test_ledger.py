"""The ledger: figures and corrections as rows, sums by the one formula, what is due again."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone

from lms.notices.kinds import notice_path, notice_text
from lms.notices.models import Notice
from skills_matrix.exceptions import ProjectRefused
from skills_matrix.nightly import remind_of_measurements
from skills_matrix.projects.ledger import benefits_of, ledger_of, measurements_due, sums_of
from skills_matrix.projects.ledger_models import BenefitFigure, HourlyRate
from skills_matrix.projects.ledger_services import record_figure
from skills_matrix.projects.models import Project
from tests.factories import make_project, make_tier
from tests.skills_matrix.projects.conftest import RunningProject


def record(running: RunningProject, phase: str, hours: int, **fields: Any) -> BenefitFigure:
    by = fields.pop("by", running.lead_person.user)
    values: dict[str, Any] = {
        "project": running.project,
        "cases_per_year": Decimal(1),
        "minutes_per_case": Decimal(hours * 60),
        "measured_on": None if phase == "forecast" else date(2026, 5, 1),
        "how": "記録簿",
    }
    return record_figure(figure=BenefitFigure(phase=phase, **values | fields), by=by)


@pytest.mark.parametrize(("before", "after", "rate"), [(1471, 441, "0.700"), (1450, 680, "0.531")])
def test_the_two_known_cases_go_through_the_ledger(
    running: RunningProject, before: int, after: int, rate: str
) -> None:
    record(running, "before", before)
    record(running, "measured", after)
    found = benefits_of([running.project])[running.project.pk].measured
    assert found is not None
    assert found.rate is not None
    assert (found.saved, f"{found.rate:.3f}") == (before - after, rate)


def test_a_correction_is_a_new_row_and_the_old_one_stays(running: RunningProject) -> None:
    record(running, "before", 100)
    first = record(running, "measured", 60)
    second = record(running, "measured", 70, how="集計の誤りを訂正")
    assert second.corrects == first
    assert [row.phase for row in ledger_of(running.project)] == ["before", "measured", "measured"]
    found = benefits_of([running.project])[running.project.pk].measured
    assert found is not None
    assert found.saved == 30


@pytest.mark.parametrize(
    ("phase", "fields", "code"),
    [
        ("measured", {"measured_on": None}, "no_day"),
        ("measured", {"how": " "}, "no_how"),
        ("measured", {"measured_on": timezone.localdate() + timedelta(days=2)}, "future"),
    ],
)
def test_a_measurement_says_when_and_how(
    running: RunningProject, phase: str, fields: dict[str, Any], code: str
) -> None:
    with pytest.raises(ProjectRefused) as caught:
        record(running, phase, 1, **fields)
    assert caught.value.code == code


@pytest.mark.parametrize("who", ["person", "head"])
def test_only_the_lead_and_the_dx_office_measure(running: RunningProject, who: str) -> None:
    with pytest.raises(ProjectRefused) as caught:
        record(running, "measured", 1, by=getattr(running, who).user)
    assert caught.value.code == "not_allowed"
    assert record(running, "measured", 1, by=running.office.user).pk


def test_yen_follow_the_rate_of_the_day_and_are_unknown_without_one(
    running: RunningProject,
) -> None:
    tier = make_tier("G1")
    record(running, "before", 100, tier=tier)
    record(running, "measured", 40, tier=tier)
    sums = sums_of([running.project])
    assert sums.measured is not None
    assert (sums.measured.saved, sums.measured.yen, sums.measured.unpriced) == (60, None, 1)
    HourlyRate.objects.create(tier=tier, yen=1000, effective_from=date(2020, 4, 1))
    HourlyRate.objects.create(tier=tier, yen=2500, effective_from=date(2026, 4, 1))
    HourlyRate.objects.create(tier=tier, yen=9999, effective_from=date(2026, 6, 1))
    sums = sums_of([running.project])
    assert sums.measured is not None
    assert (sums.measured.yen, sums.measured.unpriced) == (150_000, 0)


def test_sums_by_measure_section_and_fiscal_year(running: RunningProject) -> None:
    record(running, "before", 100)
    record(running, "forecast", 10)
    record(running, "measured", 60, measured_on=date(2025, 3, 31))
    record(running, "measured_3m", 50, measured_on=date(2025, 6, 30))
    record(running, "measured_12m", 40, measured_on=date(2026, 3, 31))
    template = make_project("T1")
    BenefitFigure.objects.create(
        project=template,
        phase="before",
        cases_per_year=1,
        minutes_per_case=60,
        how="資料",
        recorded_at=timezone.now(),
    )
    sums = sums_of([running.project, template])
    assert sums.measured is not None
    assert sums.forecast is not None
    assert (sums.measured.projects, sums.measured.saved, sums.forecast.saved) == (1, 60, 90)
    assert {key: row.measured.saved for key, row in sums.by_measure.items()} == {"M08": 60}
    (pair,) = sums.by_department.values()
    assert (list(sums.by_department), pair.measured.saved) == ([running.section], 60)
    assert {year: row.saved for year, row in sums.by_year.items()} == {2024: 40, 2025: 60}


def test_what_is_due_again_is_listed_until_it_is_measured(running: RunningProject) -> None:
    record(running, "before", 100)
    record(running, "measured", 60, measured_on=date(2026, 1, 31))
    running.become(Project.Status.MEASURED)
    assert measurements_due(date(2026, 4, 29)) == []
    (due,) = measurements_due(date(2026, 4, 30))
    assert (due.project, due.phase, due.due_on) == (
        running.project,
        "measured_3m",
        date(2026, 4, 30),
    )
    record(running, "measured_3m", 50, measured_on=date(2026, 5, 1))
    assert measurements_due(date(2026, 12, 1)) == []
    assert [row.phase for row in measurements_due(date(2027, 1, 31))] == ["measured_12m"]


def test_the_lead_is_told_once_that_a_measurement_is_due(running: RunningProject) -> None:
    record(running, "before", 100)
    record(running, "measured", 60, measured_on=date(2026, 1, 31))
    running.become(Project.Status.CLOSED)
    assert "0" in remind_of_measurements(date(2026, 4, 29))
    remind_of_measurements(date(2026, 4, 30))
    remind_of_measurements(date(2026, 5, 1))
    (notice,) = Notice.objects.all()
    assert (notice.recipient, notice.topic, notice.occasion) == (
        running.lead_person,
        "RPA",
        date(2026, 4, 30),
    )
    assert notice_path(notice) == "/projects/RPA"
    assert running.project.title in notice_text(notice)
    remind_of_measurements(date(2027, 2, 1))
    assert Notice.objects.count() == 2
