"""What counted for an earlier competency counts for the later ones it became."""

from datetime import timedelta
from typing import Any

import pytest

from skills_matrix.engine.evidence import derive_evidence
from skills_matrix.engine.levels import current_levels
from skills_matrix.engine.mapping import follow_mappings, reached
from skills_matrix.engine.schema import check_frame
from tests.skills_matrix.engine.office import (
    AS_OF,
    LONG_AGO,
    Office,
    assert_same_rows,
    for_every,
    offices,
    plain,
    rows,
    shuffled,
)

JUDGED = AS_OF - timedelta(days=400)


def levels(judged: dict[int, int], *mappings: tuple[Any, ...]) -> dict[int, int]:
    """Competency -> level of one person judged so, under mappings (earlier, later[, most])."""
    assessments = rows(
        "assessments",
        *(
            {"assessment_id": n, "competency_id": key, "level": level, "assessed_at": JUDGED}
            for n, (key, level) in enumerate(judged.items(), start=1)
        ),
    )
    mapped = rows(
        "mappings",
        *(
            {"earlier_id": row[0], "competency_id": row[1], "most": row[2] if row[2:] else None}
            for row in mappings
        ),
    )
    followed = follow_mappings("assessments", assessments, mapped, as_of=AS_OF)
    check_frame("assessments", followed)
    evidence = derive_evidence(rows("completions"), rows("awards"), followed, as_of=AS_OF)
    found = current_levels(evidence)
    return dict(plain(found, "competency_id", "level"))


@pytest.mark.parametrize(
    ("judged", "mappings", "expected"),
    [
        ({1: 3}, [], {1: 3}),
        ({1: 3}, [(1, 2)], {1: 3, 2: 3}),
        ({1: 3}, [(1, 2, 2)], {1: 3, 2: 2}),
        ({1: 1}, [(1, 2, 2)], {1: 1, 2: 1}),
        ({1: 3}, [(1, 2), (1, 3, 1)], {1: 3, 2: 3, 3: 1}),
        ({1: 3}, [(1, 2, 2), (2, 3)], {1: 3, 2: 2, 3: 2}),
        ({1: 3}, [(1, 2, 1), (2, 3), (1, 4), (4, 3, 2)], {1: 3, 2: 1, 3: 2, 4: 3}),
        ({1: 3}, [(1, 2), (2, 1)], {1: 3, 2: 3}),
        ({1: 3}, [(1, 1)], {1: 3}),
        ({5: 2}, [(1, 2)], {5: 2}),
    ],
    ids=[
        "none",
        "rename",
        "rename with a cap",
        "a cap above the level",
        "split",
        "one after the other",
        "the better of two ways",
        "circle",
        "to itself",
        "of something else",
    ],
)
def test_levels_follow(
    judged: dict[int, int], mappings: list[tuple[Any, ...]], expected: dict[int, int]
) -> None:
    assert levels(judged, *mappings) == expected


def test_a_mapping_counts_only_while_in_force() -> None:
    mappings = rows(
        "mappings",
        {"earlier_id": 1, "competency_id": 2, "effective_until": AS_OF},
        {"earlier_id": 1, "competency_id": 3, "effective_from": AS_OF},
        {"earlier_id": 1, "competency_id": 4, "effective_from": AS_OF + timedelta(days=1)},
    )
    assert {key: dict(further) for key, further in reached(mappings, as_of=AS_OF).items()} == {
        1: {3: 4}
    }


def test_a_newer_judgement_of_the_later_competency_supersedes_the_earlier_one() -> None:
    assessments = rows(
        "assessments",
        {"assessment_id": 1, "competency_id": 1, "level": 3, "assessed_at": LONG_AGO},
        {"assessment_id": 2, "competency_id": 2, "level": 1, "assessed_at": JUDGED},
    )
    mapping = rows("mappings", {"earlier_id": 1, "competency_id": 2})
    followed = follow_mappings("assessments", assessments, mapping, as_of=AS_OF)
    evidence = derive_evidence(rows("completions"), rows("awards"), followed, as_of=AS_OF)
    assert dict(plain(current_levels(evidence), "competency_id", "level")) == {1: 3, 2: 1}


@for_every(offices("completions", "awards", "assessments", "mappings"))
def test_following_takes_no_level_away_and_ignores_the_order_of_rows(office: Office) -> None:
    for name in ("awards", "assessments"):
        followed = follow_mappings(name, office[name], office["mappings"], as_of=AS_OF)
        check_frame(name, followed)
        again = follow_mappings(
            name, shuffled(office[name], 1), shuffled(office["mappings"], 2), as_of=AS_OF
        )
        assert_same_rows(again, followed, f"{name[:-1]}_id", "competency_id")
        assert len(followed) >= len(office[name])
