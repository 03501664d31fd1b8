"""The sample office's made-up past: believable, the same every time, and made only once."""

from collections import Counter
from collections.abc import Iterable
from datetime import UTC, date, datetime
from statistics import mean
from typing import Any

import pytest
from django.db import connection
from django.db.models import Min
from django.test.utils import CaptureQueriesContext

from lms.people.models import Employee, Posting
from lms.starter.audience import load_audience
from lms.starter.office import load_office
from skills_matrix.assessments.models import Assessment
from skills_matrix.competencies.selectors import competencies_held
from skills_matrix.engine.cells import effective_targets
from skills_matrix.frames import people_frame, person_roles_frame, targets_frame
from skills_matrix.reports.suggestions import suggestions
from skills_matrix.reports.values import rows_of
from skills_matrix.starter.files import rows
from skills_matrix.starter.history import FIELDS, LEARNER, NOTE, YEARS, load_history
from skills_matrix.starter.load import load_skills
from tests.factories import make_course

TODAY = date(2026, 11, 1)
AS_OF = datetime(2026, 11, 1, tzinfo=UTC)
Kind = Assessment.Kind


def quiet(_line: str) -> None:
    pass


@pytest.fixture(scope="module")
def made_office(made_once: None) -> None:
    """The sample office with what is asked of its people, and nothing yet that they can do."""
    for key in sorted({row["course"] for row in rows("awards")}):
        make_course(key)
    load_office(say=quiet, as_of=TODAY)
    load_audience(say=quiet, on=TODAY)
    load_skills(say=quiet)


@pytest.fixture
def office(made_office: None, db: None) -> None:
    """Each test has it as it was made."""


def asked() -> set[tuple[int, int, int]]:
    """Person, competency, target: every cell of the matrix that has a target."""
    everybody = Employee.objects.all()
    frame = effective_targets(
        people_frame(everybody, TODAY),
        person_roles_frame(everybody, TODAY),
        targets_frame(competencies_held(date.today())),
        as_of=AS_OF,
    )
    return {(row.employee_id, row.competency_id, row.target) for row in rows_of(frame)}


def newest(kind: str) -> dict[tuple[int, int], int]:
    """The level last written down, by person and competency."""
    found = Assessment.objects.filter(kind=kind).order_by("assessed_at")
    return {(row.employee_id, row.competency_id): row.level for row in found}


def share(cells: Iterable[tuple[int, int]], of: set[tuple[int, int]]) -> float:
    return len(set(cells) & of) / len(of)


def test_about_a_third_of_what_is_asked_was_assessed_and_little_of_it_for_the_lower_tiers(
    office: None,
) -> None:
    load_history(say=quiet)
    tiers = dict(
        Posting.objects.filter(is_main=True, ends_on=None).values_list("employee_id", "tier__key")
    )
    cells = {(person, skill) for person, skill, _target in asked()}
    judged = newest(Kind.SUPERVISOR)
    assert 0.25 <= share(judged.keys() | newest(Kind.SELF).keys(), cells) <= 0.4
    by_tier = {
        tier: share(judged, {cell for cell in cells if tiers[cell[0]] == tier})
        for tier in ("G0", "G1", "G2", "G3")
    }
    assert sorted(by_tier, key=lambda tier: by_tier[tier]) == ["G0", "G1", "G2", "G3"]


def test_judgements_lie_below_at_and_above_the_target(office: None) -> None:
    load_history(say=quiet)
    judged = newest(Kind.SUPERVISOR)
    gaps = Counter(
        judged[person, skill] - target
        for person, skill, target in asked()
        if (person, skill) in judged
    )
    assert {-2, -1, 0, 1} == gaps.keys()
    assert gaps[-1] > gaps[-2]
    assert gaps[0] > gaps[1]


def test_specialists_are_stronger_in_their_own_field(office: None) -> None:
    load_history(say=quiet)
    keys = dict(competencies_held(date.today()).values_list("pk", "key"))
    judged = newest(Kind.SUPERVISOR)
    cells = [cell for cell in asked() if cell[:2] in judged]
    for role, field in FIELDS.items():
        holders = set(
            Posting.objects.filter(ends_on=None, roles__key=role).values_list(
                "employee_id", flat=True
            )
        )
        gaps: dict[bool, list[int]] = {True: [], False: []}
        for person, skill, target in cells:
            if person in holders:
                gaps[keys[skill].startswith(field)].append(judged[person, skill] - target)
        assert mean(gaps[True]) > mean(gaps[False]), role


def test_nobody_is_assessed_before_joining_the_office(office: None) -> None:
    load_history(say=quiet)
    joined = dict(
        Posting.objects.values("employee_id")
        .annotate(day=Min("starts_on"))
        .values_list("employee_id", "day")
    )
    assessed = Assessment.objects.values_list("employee_id", "assessed_at")
    assert [who for who, moment in assessed if moment.date() < joined[who]] == []


def test_the_past_runs_over_the_years_and_says_that_it_is_made_up(office: None) -> None:
    load_history(say=quiet)
    for kind in (Kind.SUPERVISOR, Kind.SELF):
        found = Assessment.objects.filter(kind=kind).values_list("assessed_at", flat=True)
        assert {moment.year for moment in found} == set(YEARS)
        assert max(found) < AS_OF
    assert set(Assessment.objects.values_list("note", flat=True)) == {NOTE}
    assert "架空" in NOTE


def test_nobodys_judged_level_falls(office: None) -> None:
    load_history(say=quiet)
    last: dict[tuple[int, int], int] = {}
    for row in Assessment.objects.filter(kind=Kind.SUPERVISOR).order_by("assessed_at"):
        cell = row.employee_id, row.competency_id
        assert row.level >= last.get(cell, 0)
        last[cell] = row.level


def test_the_learner_starts_with_one_need_met_one_a_level_short_and_one_lacking(
    office: None,
) -> None:
    load_history(say=quiet)
    learner = Employee.objects.get(staff_number=LEARNER)
    assert learner.name == "熊谷 健"
    kinds = Counter(learner.assessments.values_list("kind", flat=True))
    assert kinds.keys() == {Kind.SUPERVISOR, Kind.SELF}
    assert kinds[Kind.SUPERVISOR] <= 2
    first = suggestions(employee=learner, as_of=AS_OF, limit=1).rows[0]
    assert first.is_relevant
    assert {reason.status for reason in first.reasons} == {"met", "one_short", "lacking"}
    assert all(reason.closing_course for reason in first.reasons if reason.status != "met")


def test_the_past_is_made_once_and_the_same_each_time(office: None) -> None:
    def written() -> list[dict[str, Any]]:
        found = Assessment.objects.order_by("employee", "competency", "assessed_at", "kind")
        return [dict(row) | {"id": 0} for row in found.values()]

    load_history(say=quiet)
    made = written()
    assert made
    load_history(say=quiet)
    assert Assessment.objects.count() == len(made)
    Assessment.objects.all().delete()
    load_history(say=quiet)
    assert written() == made


def test_real_judgements_keep_the_made_up_past_out(office: None) -> None:
    learner = Employee.objects.get(staff_number=LEARNER)
    skill = competencies_held(date.today())[0]
    learner.assessments.create(
        competency=skill, level=1, kind=Kind.SELF, assurance=0, assessed_at=AS_OF
    )
    load_history(say=quiet)
    assert Assessment.objects.count() == 1


def test_the_number_of_queries_does_not_grow_with_the_office(office: None) -> None:
    with CaptureQueriesContext(connection) as caught:
        load_history(say=quiet)
    written = [query for query in caught.captured_queries if "INSERT" in query["sql"]]
    assert len(caught) - len(written) <= 20
    # bulk_create by the two thousand.
    assert len(written) == -(-Assessment.objects.count() // 2000)
