"""The chain behind a cell: one told by hand, and every one equal to the matrix."""

import pytest
from hypothesis import strategies as st

from skills_matrix.engine.cells import applicable_targets
from skills_matrix.engine.exceptions import UnknownRule
from skills_matrix.engine.explain import CellExplanation, explain_cell
from skills_matrix.engine.schema import check_frame, empty_frame
from tests.skills_matrix.engine.office import (
    AS_OF,
    COMPETENCIES,
    EMPLOYEES,
    Office,
    assert_same_rows,
    day,
    derive_matrix,
    for_every,
    offices,
    plain,
    rows,
)

FACTS = (
    "people",
    "person_roles",
    "completions",
    "awards",
    "assessments",
    "mappings",
    "ageing",
    "targets",
    "courses",
    "course_access",
)


def explain(office: Office, employee: int, competency: int, minimum: int = 0) -> CellExplanation:
    return explain_cell(
        employee_id=employee,
        competency_id=competency,
        **{name: office[name] for name in FACTS},
        as_of=AS_OF,
        minimum_assurance=minimum,
    )


def rpa_office() -> Office:
    """One person who took a course, was judged twice and believes more than that."""
    return {
        "people": rows("people", {"employee_id": 1, "tier_id": 2}, {"employee_id": 2}),
        "person_roles": rows("person_roles", {"role_id": 5}),
        "completions": rows("completions", {"course_id": 3, "completed_at": day("2025-05-20")}),
        "awards": rows(
            "awards",
            {"award_id": 11, "course_id": 3, "level": 2, "assurance": 1, "valid_for_days": 730},
            {"award_id": 12, "course_id": 4, "level": 3, "assurance": 3},
            {"award_id": 13, "course_id": 5, "level": 4, "assurance": 0},
        ),
        "mappings": empty_frame("mappings"),
        "ageing": empty_frame("ageing"),
        "assessments": rows(
            "assessments",
            {"assessment_id": 21, "level": 3, "assessed_at": day("2024-04-01")},
            {"assessment_id": 22, "level": 1, "assessed_at": day("2026-02-01")},
            {"assessment_id": 23, "level": 4, "assessed_at": day("2026-02-01"), "kind": "self"},
        ),
        "targets": rows(
            "targets",
            {"target_id": 31, "level": 1},
            {"target_id": 32, "level": 3, "tier_id": 2, "role_id": 5},
            {"target_id": 33, "level": 4, "role_id": 6},
        ),
        "courses": rows("courses", {"course_id": 4}, {"course_id": 5}),
        "course_access": rows(
            "course_access",
            {"course_id": 4},
            {"course_id": 5},
            {"employee_id": 2, "course_id": 4},
        ),
    }


def test_a_cell_is_explained_from_its_evidence_to_what_would_raise_it() -> None:
    found = explain(rpa_office(), 1, 1)
    assert plain(found.cell, "level", "self_level", "target", "gap", "since", "expires_at") == [
        (2, 4, 3, 1, day("2025-05-20"), day("2027-05-20"))
    ]
    assert plain(found.cell, "source", "source_id", "course_id", "target_id") == [
        ("course", 11, 3, 32)
    ]
    assert plain(found.evidence, "source_id", "level", "state", "counts") == [
        (23, 4, "valid", False),
        (22, 1, "valid", True),
        (11, 2, "valid", True),
        (21, 3, "superseded", False),
    ]
    assert plain(found.targets, "target_id", "target") == [(32, 3), (31, 1)]
    assert plain(found.raising_courses, "level", "course_id") == [(3, 4), (4, 5)]
    assert (found.rule, found.minimum_assurance) == ("highest_valid", 0)


def test_a_higher_asked_assurance_passes_over_the_course_and_names_surer_ones() -> None:
    found = explain(rpa_office(), 1, 1, minimum=2)
    assert plain(found.cell, "level", "source_id") == [(1, 22)]
    assert plain(found.evidence[found.evidence["counts"]], "source_id") == [(22,)]
    assert plain(found.raising_courses, "level", "course_id") == [(2, 4), (3, 4)]


def test_a_person_with_nothing_but_a_target_is_explained_by_it() -> None:
    found = explain(rpa_office(), 2, 1)
    assert plain(found.cell, "level", "target", "gap", "target_id") == [(None, 1, 1, 31)]
    assert len(found.evidence) == 0
    assert plain(found.raising_courses, "level", "course_id") == [(1, 4), (2, 4), (3, 4)]


def test_where_there_is_nothing_to_say_there_is_no_cell() -> None:
    found = explain(rpa_office(), 1, 99)
    assert_same_rows(found.cell, empty_frame("cells"))


def test_a_rule_nobody_named_is_refused() -> None:
    with pytest.raises(UnknownRule):
        explain_cell(
            employee_id=1,
            competency_id=1,
            **{name: rpa_office()[name] for name in FACTS},
            as_of=AS_OF,
            rule="kindest",
        )


@for_every(
    offices(*FACTS),
    st.sampled_from(EMPLOYEES),
    st.sampled_from(COMPETENCIES),
    st.integers(0, 3),
)
def test_the_explained_cell_is_the_cell_of_the_matrix(
    office: Office, employee: int, competency: int, minimum: int
) -> None:
    found = explain(office, employee, competency, minimum)
    whole = derive_matrix(office, minimum_assurance=minimum)

    def mine(frame: object) -> object:
        return frame[(frame["employee_id"] == employee) & (frame["competency_id"] == competency)]

    key = ("source", "source_id", "achieved_at")
    assert_same_rows(found.cell, mine(whole["cells"]))
    assert_same_rows(found.evidence.drop(columns="counts"), mine(whole["evidence"]), *key)
    applying = applicable_targets(
        office["people"], office["person_roles"], office["targets"], as_of=AS_OF
    )
    assert_same_rows(found.targets, mine(applying), "target_id")
    check_frame("closing_courses", found.raising_courses)
    level = found.cell["level"].max() if found.cell["level"].notna().any() else 0
    assert (found.raising_courses["level"] > level).all()
