"""Scores and reasons: by hand, against the formula in exact fractions, and their promises."""

from fractions import Fraction
from typing import Any
from unittest.mock import patch

import numpy as np
import pytest
from hypothesis import strategies as st

from skills_matrix.engine import suggestions
from skills_matrix.engine.exceptions import InvalidWeights
from skills_matrix.engine.schema import empty_frame
from skills_matrix.engine.suggestions import Matches, match_projects
from skills_matrix.engine.weights import Weights
from tests.skills_matrix.engine.office import (
    COMPETENCIES,
    EMPLOYEES,
    SUGGESTIONS,
    Office,
    assert_same_rows,
    for_every,
    match_inputs,
    offices,
    plain,
    rows,
)

LEVEL_COLUMNS = ("employee_id", "competency_id", "level")


def match(
    *,
    levels: dict[int, int],
    needs: list[dict[str, Any]],
    closable: tuple[tuple[int, int, int], ...] = (),
    relevant_departments: tuple[int, ...] = (),
    lead_role: int | None = None,
    roles: tuple[int, ...] = (),
    weights: Weights | None = None,
) -> Matches:
    """One person of department 10 against project 1."""
    numbered = ({"need_id": number, **need} for number, need in enumerate(needs, start=1))
    return match_projects(
        people=rows("people", {}),
        person_roles=rows("person_roles", *({"role_id": role} for role in roles)),
        levels=rows("levels", *({"competency_id": c, "level": n} for c, n in levels.items())),
        projects=rows("projects", {"project_id": 1, "lead_role_id": lead_role}),
        needs=rows("needs", *numbered),
        relevance=rows(
            "relevance", *({"project_id": 1, "department_id": d} for d in relevant_departments)
        ),
        closing_courses=rows(
            "closing_courses",
            *({"competency_id": c, "level": n, "course_id": course} for c, n, course in closable),
        ),
        weights=weights,
    )


def need(competency: int, level: int, **more: Any) -> dict[str, Any]:
    return {"competency_id": competency, "level": level, **more}


@pytest.mark.parametrize(
    ("case", "levels", "closable", "status", "course", "credit"),
    [
        ("met exactly", {1: 3}, (), "met", None, 1.0),
        ("surpassed", {1: 4}, (), "met", None, 1.0),
        ("met, so no course is named", {1: 3}, ((1, 3, 9),), "met", None, 1.0),
        ("one short", {1: 2}, (), "one_short", None, 0.5),
        ("one short and closable", {1: 2}, ((1, 3, 9),), "one_short", 9, 0.6),
        ("lacking", {1: 1}, (), "lacking", None, 0.0),
        ("lacking and closable", {1: 1}, ((1, 3, 9),), "lacking", 9, 0.3),
        ("never assessed", {}, (), "lacking", None, 0.0),
        ("a course for a lower level does not close it", {1: 2}, ((1, 2, 9),),
         "one_short", None, 0.5),
        ("a course for another competency neither", {1: 2}, ((2, 3, 9),), "one_short", None, 0.5),
    ],
)  # fmt: skip
def test_a_need_of_level_3_earns_its_credit(
    case: str,
    levels: dict[int, int],
    closable: tuple[tuple[int, int, int], ...],
    status: str,
    course: int | None,
    credit: float,
) -> None:
    found = match(levels=levels, needs=[need(1, 3)], closable=closable)
    assert plain(found.reasons, "needed", "level", "status", "closing_course_id") == [
        (3, levels.get(1), status, course)
    ]
    assert plain(found.scores, "needs_score") == [(credit,)]
    assert found.scores["score"].tolist() == pytest.approx([0.8 * credit])
    assert found.reasons["contribution"].tolist() == pytest.approx([0.8 * credit])


@pytest.mark.parametrize(("levels", "status"), [({1: 0}, "one_short"), ({}, "lacking")])
def test_level_0_is_one_short_of_level_1_but_never_assessed_lacks_it(
    levels: dict[int, int], status: str
) -> None:
    assert plain(match(levels=levels, needs=[need(1, 1)]).reasons, "status") == [(status,)]


def test_needs_weigh_by_weight_and_musts_double() -> None:
    found = match(
        levels={1: 2, 2: 1},
        needs=[need(1, 2, weight=3.0), need(2, 2, must=True), need(3, 1, weight=5.0)],
    )
    # 3 of 10 met, 2 (a must) of 10 half met; relevant to nobody; a must is unmet.
    assert found.scores["needs_score"].tolist() == [0.4]
    assert found.scores["unmet_musts"].tolist() == [1]
    assert found.scores["score"].tolist() == pytest.approx([0.4 * 0.8 * 0.7])
    assert found.reasons["contribution"].tolist() == pytest.approx(
        [0.3 * 0.8 * 0.7, 0.1 * 0.8 * 0.7, 0.0]
    )


@pytest.mark.parametrize(
    ("case", "departments", "lead_role", "roles", "relevant"),
    [
        ("my department", (10,), None, (), True),
        ("another department", (20,), None, (), False),
        ("my role leads it", (), 5, (4, 5), True),
        ("another role leads it", (), 5, (4,), False),
        ("no role leads it and I have none", (), None, (), False),
        ("both, counted once", (10, 20), 5, (5,), True),
    ],
)
def test_relevance_is_my_department_or_my_role(
    case: str,
    departments: tuple[int, ...],
    lead_role: int | None,
    roles: tuple[int, ...],
    relevant: bool,
) -> None:
    found = match(
        levels={1: 2},
        needs=[need(1, 2)],
        relevant_departments=departments,
        lead_role=lead_role,
        roles=roles,
    )
    assert found.scores["relevant"].tolist() == [relevant]
    assert found.scores["score"].tolist() == pytest.approx([1.0 if relevant else 0.8])


def test_a_project_without_needs_is_suggested_by_relevance_alone() -> None:
    found = match(levels={1: 4}, needs=[], relevant_departments=(10,))
    assert plain(found.scores, "needs_score") == [(0.0,)]
    assert found.scores["score"].tolist() == pytest.approx([0.2])
    assert_same_rows(found.reasons, empty_frame("reasons"))


def test_other_weights_give_other_scores() -> None:
    weights = Weights(one_short=0.25, needs_share=0.5, unmet_must_factor=0.5, must_multiplier=1.0)
    found = match(
        levels={1: 1},
        needs=[need(1, 2, must=True)],
        relevant_departments=(10,),
        weights=weights,
    )
    assert found.scores["score"].tolist() == [(0.5 * 0.25 + 0.5) * 0.5]


@pytest.mark.parametrize(
    "setting",
    [
        {"met": 1.1},
        {"lacking": -0.1},
        {"needs_share": 1.5},
        {"must_multiplier": -1.0},
        {"unmet_must_factor": float("nan")},
        {"one_short": 0.7, "one_short_closable": 0.6},
        {"lacking_closable": 0.7},
        {"lacking": 0.55, "lacking_closable": 0.6},
        {"met": 0.5},
        {"lacking": 0.2, "lacking_closable": 0.1},
        {"one_short": 0.5, "one_short_closable": 0.4},
    ],
)
def test_weights_under_which_gaining_a_skill_could_hurt_are_refused(
    setting: dict[str, float],
) -> None:
    with pytest.raises(InvalidWeights):
        Weights(**setting)


def test_equal_scores_stand_by_project_id_and_first_n_cuts_after_them() -> None:
    office = {
        "people": rows("people", {"employee_id": 1}, {"employee_id": 2}),
        "person_roles": empty_frame("person_roles"),
        "levels": rows("levels", {"competency_id": 1, "level": 2}),
        "projects": rows("projects", *({"project_id": number} for number in (30, 10, 20))),
        "needs": rows(
            "needs",
            {"need_id": 1, "project_id": 10, **need(1, 4)},
            {"need_id": 2, "project_id": 20, **need(1, 2)},
            {"need_id": 3, "project_id": 30, **need(1, 2)},
        ),
        "relevance": empty_frame("relevance"),
        "closing_courses": empty_frame("closing_courses"),
    }
    columns = ("employee_id", "rank", "project_id")
    assert plain(match_projects(**office).scores, *columns) == [
        (1, 1, 20), (1, 2, 30), (1, 3, 10),
        (2, 1, 10), (2, 2, 20), (2, 3, 30),
    ]  # fmt: skip
    first = match_projects(**office, first_n=1)
    assert plain(first.scores, *columns) == [(1, 1, 20), (2, 1, 10)]
    assert plain(first.reasons, "employee_id", "need_id") == [(1, 2), (2, 1)]


def test_many_equal_scores_stand_by_project_id() -> None:
    numbers = range(1, 61)
    found = match_projects(
        people=rows("people", {}),
        person_roles=empty_frame("person_roles"),
        levels=rows("levels", {"competency_id": 1, "level": 2}),
        projects=rows("projects", *({"project_id": number} for number in reversed(numbers))),
        needs=rows(
            "needs", *({"need_id": n, "project_id": n, **need(1, 2 + n % 2)} for n in numbers)
        ),
        relevance=empty_frame("relevance"),
        closing_courses=empty_frame("closing_courses"),
    )
    met = [number for number in numbers if number % 2 == 0]
    short = [number for number in numbers if number % 2 == 1]
    assert found.scores["project_id"].tolist() == met + short


@for_every(offices(*SUGGESTIONS), st.integers(0, 4))
def test_the_first_n_are_the_head_of_all(office: Office, first_n: int) -> None:
    given_frames = match_inputs(office)
    whole, first = match_projects(**given_frames), match_projects(**given_frames, first_n=first_n)
    head = whole.scores[whole.scores["rank"] <= first_n]
    assert_same_rows(first.scores, head)
    kept = plain(head, "employee_id", "project_id")
    pairs = plain(whole.reasons, "employee_id", "project_id")
    among_them = np.array([pair in kept for pair in pairs], dtype=np.bool_)
    assert_same_rows(first.reasons, whole.reasons[among_them])


@for_every(offices(*SUGGESTIONS))
def test_scores_and_the_formula_in_exact_fractions_agree(office: Office) -> None:
    given_frames = match_inputs(office)
    levels = {row[:2]: row[2] for row in plain(given_frames["levels"], *LEVEL_COLUMNS)}
    closing = {row[:3] for row in plain(given_frames["closing_courses"], *LEVEL_COLUMNS)}
    roles = plain(office["person_roles"], "employee_id", "role_id")
    linked = plain(office["relevance"], "project_id", "department_id")
    leads = plain(office["projects"], "project_id", "lead_role_id")
    credits = {"met": ("1", "1"), "one_short": ("0.5", "0.6"), "lacking": ("0", "0.3")}
    expected = {}
    for employee, department in plain(office["people"], "employee_id", "department_id"):
        for project, lead in leads:
            whole = earned = Fraction(0)
            factor = Fraction(1)
            for of, competency, needed, must, weight in plain(
                office["needs"], "project_id", "competency_id", "level", "must", "weight"
            ):
                if of != project:
                    continue
                level = levels.get((employee, competency))
                status = "lacking"
                if level is not None and level >= needed:
                    status = "met"
                elif level is not None and level == needed - 1:
                    status = "one_short"
                share = Fraction(str(weight)) * (2 if must else 1)
                whole += share
                closable = (employee, competency, needed) in closing
                earned += share * Fraction(credits[status][closable])
                if must and status != "met":
                    factor = Fraction("0.7")
            relevant = (project, department) in linked or (employee, lead) in roles
            needs_score = earned / whole if whole else Fraction(0)
            score = (Fraction("0.8") * needs_score + Fraction("0.2") * relevant) * factor
            expected[employee, project] = float(score)
    found = match_projects(**given_frames).scores
    pairs = plain(found, "employee_id", "project_id")
    assert dict(zip(pairs, found["score"].tolist(), strict=True)) == pytest.approx(expected)
    assert pairs == sorted(
        pairs, key=lambda pair: (pair[0], -found["score"][pairs.index(pair)], pair[1])
    )


@for_every(offices(*SUGGESTIONS))
def test_the_reasons_add_up_to_the_score(office: Office) -> None:
    found = match_projects(**match_inputs(office))
    for employee, project, score, relevant, unmet in plain(
        found.scores, "employee_id", "project_id", "score", "relevant", "unmet_musts"
    ):
        mine = found.reasons[
            (found.reasons["employee_id"] == employee) & (found.reasons["project_id"] == project)
        ]
        assert len(mine) == (office["needs"]["project_id"] == project).sum()
        assert unmet == (mine["must"] & (mine["status"] != "met")).sum()
        by_relevance = 0.2 * relevant * (0.7 if unmet else 1.0)
        assert mine["contribution"].sum() + by_relevance == pytest.approx(score)


weights = st.builds(
    lambda credits, multiplier, share, factor: Weights(
        lacking=credits[0],
        lacking_closable=credits[1],
        one_short=credits[1],
        one_short_closable=credits[2],
        met=credits[3],
        must_multiplier=multiplier,
        needs_share=share,
        unmet_must_factor=factor,
    ),
    st.lists(st.floats(0, 1), min_size=4, max_size=4).map(sorted),
    st.floats(0, 10),
    st.floats(0, 1),
    st.floats(0, 1),
)


@for_every(
    offices(*SUGGESTIONS),
    weights,
    st.sampled_from(EMPLOYEES),
    st.sampled_from(COMPETENCIES),
    st.integers(0, 4),
)
def test_gaining_a_skill_never_lowers_a_score(
    office: Office, weights: Weights, employee: int, competency: int, level: int
) -> None:
    given_frames = match_inputs(office)
    before = given_frames["levels"]
    mine = (before["employee_id"] == employee) & (before["competency_id"] == competency)
    held = before[mine]["level"].max() if mine.any() else 0
    gained = rows(
        "levels",
        *(
            dict(zip(before.columns, row, strict=True))
            for row in plain(before[~mine], *before.columns)
        ),
        {"employee_id": employee, "competency_id": competency, "level": max(level, int(held))},
    )
    then = match_projects(**given_frames, weights=weights).scores
    now = match_projects(**{**given_frames, "levels": gained}, weights=weights).scores
    key = ["employee_id", "project_id"]
    risen = now.sort_values(key)["score"].to_numpy() - then.sort_values(key)["score"].to_numpy()
    assert (risen >= 0).all()


@for_every(offices(*SUGGESTIONS))
def test_neither_tier_nor_the_age_or_kind_of_evidence_moves_a_score(office: Office) -> None:
    given_frames = match_inputs(office)
    people, levels = given_frames["people"], given_frames["levels"]
    blank = rows(
        "levels",
        *(dict(zip(LEVEL_COLUMNS, row, strict=True)) for row in plain(levels, *LEVEL_COLUMNS)),
    )
    other = {
        **given_frames,
        "people": people.assign(tier_id=people["tier_id"] + 1),
        "levels": blank,
    }
    for one, same in zip(match_projects(**other), match_projects(**given_frames), strict=True):
        assert_same_rows(one, same)


@for_every(offices(), st.integers(1, 3), st.integers(0, 4))
def test_it_does_not_matter_how_many_people_are_taken_at_a_time(
    office: Office, block: int, first_n: int
) -> None:
    given_frames = match_inputs(office)
    whole = match_projects(**given_frames, first_n=first_n)
    with patch.object(suggestions, "_BLOCK", block):
        parts = match_projects(**given_frames, first_n=first_n)
    assert_same_rows(parts.scores, whole.scores)
    assert_same_rows(parts.reasons, whole.reasons)
