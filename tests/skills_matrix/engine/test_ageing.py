"""Evidence ages by the rule of its competency; project work renews it."""

from datetime import datetime, timedelta
from typing import Any

from skills_matrix.engine.ageing import age_evidence
from skills_matrix.engine.columns import FrameSchema
from skills_matrix.engine.evidence import derive_evidence
from skills_matrix.engine.schema import FRAMES, check_frame
from tests.skills_matrix.engine.office import (
    AS_OF,
    Office,
    assert_same_rows,
    day,
    for_every,
    offices,
    plain,
    rows,
    shuffled,
)

EVIDENCE: FrameSchema = FRAMES["evidence"]


def aged(*assessments: dict[str, Any], rule: dict[str, Any], as_of: datetime = AS_OF) -> list[Any]:
    """(used_at, expires_at, freshness, state) of each judgement, oldest first."""
    given = [{"assessment_id": n, "level": 2, **row} for n, row in enumerate(assessments, start=1)]
    evidence = derive_evidence(
        rows("completions"), rows("awards"), rows("assessments", *given), as_of=as_of
    )
    found = age_evidence(evidence, rows("ageing", rule), as_of=as_of)
    return plain(found.sort_values("achieved_at"), "used_at", "expires_at", "freshness", "state")


JUDGED = day("2025-04-01")
YEAR = timedelta(days=365)


def test_without_a_rule_of_its_competency_evidence_stays_as_it_is() -> None:
    (row,) = aged({"assessed_at": JUDGED}, rule={"competency_id": 2, "days": 1})
    assert row == (JUDGED, None, 1.0, "valid")


def test_it_holds_for_the_validity_and_not_one_moment_longer() -> None:
    rule = {"days": 365}
    for as_of, state in ((JUDGED + YEAR - timedelta(microseconds=1), "valid"), (AS_OF, "expired")):
        (row,) = aged({"assessed_at": JUDGED}, rule=rule, as_of=as_of)
        assert (row[1], row[3]) == (JUDGED + YEAR, state)


def test_freshness_falls_evenly_over_a_validity() -> None:
    (row,) = aged({"assessed_at": JUDGED}, rule={"days": 730}, as_of=JUDGED + YEAR)
    assert row[2] == 0.5


def test_after_each_half_life_half_is_left_until_the_floor() -> None:
    rule = {"kind": "half_life", "days": 100}
    for days, freshness, state in ((0, 1.0, "valid"), (100, 0.5, "valid"), (200, 0.25, "expired")):
        (row,) = aged({"assessed_at": JUDGED}, rule=rule, as_of=JUDGED + timedelta(days=days))
        assert row == (JUDGED, JUDGED + timedelta(days=200), freshness, state)


def test_an_end_of_its_own_that_comes_first_stays() -> None:
    end = JUDGED + timedelta(days=30)
    (row,) = aged({"assessed_at": JUDGED, "valid_until": end}, rule={"days": 365})
    assert row[1] == end


def test_project_work_renews_what_still_held() -> None:
    worked = JUDGED + timedelta(days=300)
    judged, _project = aged(
        {"assessed_at": JUDGED}, {"assessed_at": worked, "kind": "project"}, rule={"days": 365}
    )
    assert judged[:2] == (worked, worked + YEAR)
    assert judged[3] == "valid"


def test_work_after_the_end_renews_nothing() -> None:
    worked = JUDGED + timedelta(days=366 - 30)
    judged, _project = aged(
        {"assessed_at": JUDGED}, {"assessed_at": worked, "kind": "project"}, rule={"days": 300}
    )
    assert judged[:2] == (JUDGED, JUDGED + timedelta(days=300))
    assert judged[3] == "expired"


def test_one_project_after_the_other_keeps_it_fresh() -> None:
    work = [JUDGED + timedelta(days=days) for days in (80, 160, 240)]
    judged, *_projects = aged(
        {"assessed_at": JUDGED},
        *({"assessed_at": moment, "kind": "project"} for moment in work),
        rule={"days": 90},
        as_of=JUDGED + timedelta(days=250),
    )
    assert judged[0] == work[-1]
    assert judged[3] == "valid"


def test_work_of_somebody_else_or_in_something_else_renews_nothing() -> None:
    worked = JUDGED + timedelta(days=300)
    judged, *_others = aged(
        {"assessed_at": JUDGED},
        {"assessed_at": worked, "kind": "project", "employee_id": 2},
        {"assessed_at": worked, "kind": "project", "competency_id": 7},
        rule={"days": 365},
    )
    assert judged[0] == JUDGED


def test_a_rule_counts_only_while_in_force_and_the_shortest_wins() -> None:
    evidence = derive_evidence(
        rows("completions"),
        rows("awards"),
        rows("assessments", {"assessment_id": 1, "level": 2, "assessed_at": JUDGED}),
        as_of=AS_OF,
    )
    rules = rows(
        "ageing",
        {"rule_id": 1, "days": 800},
        {"rule_id": 2, "days": 700},
        {"rule_id": 3, "days": 10, "effective_until": AS_OF},
        {"rule_id": 4, "days": 10, "effective_from": AS_OF + timedelta(days=1)},
    )
    found = age_evidence(evidence, rules, as_of=AS_OF)
    assert plain(found, "expires_at") == [(JUDGED + timedelta(days=700),)]


@for_every(offices("completions", "awards", "assessments", "ageing"))
def test_ageing_never_prolongs_nor_revives_and_keeps_to_the_schema(office: Office) -> None:
    evidence = derive_evidence(
        office["completions"], office["awards"], office["assessments"], as_of=AS_OF
    )
    found = age_evidence(evidence, office["ageing"], as_of=AS_OF)
    check_frame("evidence", found)
    assert len(found) == len(evidence)
    assert not (found["is_valid"] & ~evidence["is_valid"]).any()
    kept = evidence["expires_at"].notna()
    assert (found["expires_at"][kept] <= evidence["expires_at"][kept]).all()
    assert (found["used_at"] >= found["achieved_at"]).all()
    again = age_evidence(shuffled(evidence, 3), shuffled(office["ageing"], 5), as_of=AS_OF)
    assert_same_rows(again, found, *EVIDENCE.key)
