"""What would change a score: the very score that the person would have."""

from typing import Any

import pandas as pd
import pytest
from hypothesis import strategies as st

from skills_matrix.engine.gains import gained_scores
from skills_matrix.engine.schema import check_frame
from skills_matrix.engine.suggestions import match_projects
from tests.skills_matrix.engine.office import (
    SUGGESTIONS,
    Office,
    assert_same_rows,
    for_every,
    match_inputs,
    offices,
    plain,
    rows,
    shuffled,
)


def inputs(
    levels: dict[int, int], needs: list[dict[str, Any]], **more: Any
) -> dict[str, pd.DataFrame]:
    return {
        "people": rows("people", {}),
        "person_roles": rows("person_roles"),
        "levels": rows("levels", *({"competency_id": c, "level": n} for c, n in levels.items())),
        "projects": rows("projects", {"project_id": 1}),
        "needs": rows("needs", *({"need_id": n, **row} for n, row in enumerate(needs, start=1))),
        "relevance": rows("relevance"),
        "closing_courses": rows("closing_courses"),
    } | more


def test_a_need_that_is_met_is_no_gain_and_each_other_is_met_on_its_own() -> None:
    given = inputs(
        {1: 2, 2: 1},
        [
            {"competency_id": 1, "level": 2},
            {"competency_id": 2, "level": 2},
            {"competency_id": 3, "level": 1},
        ],
    )
    found = match_projects(**given)
    (score,) = found.scores["score"]
    assert score == pytest.approx(0.8 * 1.5 / 3)
    gains = gained_scores(found.reasons, **given)
    check_frame("gains", gains)
    assert plain(gains, "need_id", "project_id", "score") == [
        (2, 1, pytest.approx(0.8 * 2 / 3)),
        (3, 1, pytest.approx(0.8 * 2.5 / 3)),
    ]


def test_the_last_must_takes_the_factor_away_too() -> None:
    given = inputs({}, [{"competency_id": 1, "level": 3, "must": True}])
    found = match_projects(**given)
    assert found.scores["score"].tolist() == [0.0]
    assert gained_scores(found.reasons, **given)["score"].tolist() == [pytest.approx(0.8)]


def test_nothing_unmet_is_no_row() -> None:
    given = inputs({1: 2}, [{"competency_id": 1, "level": 2}])
    assert gained_scores(match_projects(**given).reasons, **given).empty


@for_every(offices(*SUGGESTIONS), st.integers(0, 9))
def test_a_gain_is_what_scoring_the_changed_person_gives(office: Office, seed: int) -> None:
    given = match_inputs(office)
    found = match_projects(**given)
    gains = gained_scores(found.reasons, **given)
    mixed = {name: shuffled(frame, seed) for name, frame in given.items()}
    assert_same_rows(gains, gained_scores(found.reasons, **mixed), "employee_id", "need_id")
    reasons = found.reasons.set_index(["employee_id", "need_id"])
    assert len(gains) == (reasons["status"] != "met").sum()
    before = found.scores.set_index(["employee_id", "project_id"])["score"]
    for row in list(gains.itertuples(index=False))[:5]:
        need = reasons.loc[(row.employee_id, row.need_id)]
        levels = given["levels"]
        held = (levels["employee_id"] == row.employee_id) & (
            levels["competency_id"] == need["competency_id"]
        )
        changed = pd.concat(
            [
                levels[~held],
                rows(
                    "levels",
                    {
                        "employee_id": row.employee_id,
                        "competency_id": need["competency_id"],
                        "level": need["needed"],
                    },
                ),
            ],
            ignore_index=True,
        )
        after = match_projects(**given | {"levels": changed}).scores
        wanted = after[
            (after["employee_id"] == row.employee_id) & (after["project_id"] == row.project_id)
        ]
        assert wanted["score"].tolist() == [row.score]
        assert row.score >= before[row.employee_id, row.project_id]
