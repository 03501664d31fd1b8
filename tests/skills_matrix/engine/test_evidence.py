"""What counts as evidence, each edge of time by hand. The matrix is read on 1 April 2026."""

from datetime import datetime, timedelta
from typing import Any

import pandas as pd
import pytest

from skills_matrix.engine.evidence import derive_evidence
from skills_matrix.engine.exceptions import FrameError, NaiveInstant
from skills_matrix.engine.schema import empty_frame
from tests.skills_matrix.engine.office import AS_OF, Office, day, for_every, offices, plain, rows


def evidence_of(
    *,
    completed: tuple[str, ...] = (),
    award: dict[str, Any] | None = None,
    assessed: tuple[dict[str, Any], ...] = (),
    as_of: datetime = AS_OF,
) -> pd.DataFrame:
    return derive_evidence(
        rows("completions", *({"completed_at": day(text)} for text in completed)),
        rows("awards", award or {}),
        rows("assessments", *assessed),
        as_of=as_of,
    )


def test_a_completion_gives_what_its_course_awards() -> None:
    found = evidence_of(completed=("2025-05-01",), award={"award_id": 7, "level": 3})
    assert plain(found, "employee_id", "competency_id", "level", "source", "source_id") == [
        (1, 1, 3, "course", 7)
    ]
    assert plain(found, "course_id", "kind", "assurance", "achieved_at", "expires_at", "state") == [
        (1, "course", 2, day("2025-05-01"), None, "valid")
    ]


def test_evidence_is_no_surer_than_the_completion_it_comes_from() -> None:
    found = derive_evidence(
        rows(
            "completions",
            {"completed_at": day("2025-05-01"), "assurance": 1},
            {"completed_at": day("2025-06-01"), "assurance": 5},
        ),
        rows("awards", {"assurance": 2}),
        rows("assessments"),
        as_of=AS_OF,
    )
    assert sorted(plain(found, "achieved_at", "assurance")) == [
        (day("2025-05-01"), 1),
        (day("2025-06-01"), 2),
    ]


@pytest.mark.parametrize(
    ("case", "completed", "award", "expected"),
    [
        ("mapped in June, May's completion counts",
         "2025-05-01", {"effective_from": day("2025-06-01")}, ("valid", None)),
        ("mapped this very moment",
         "2025-05-01", {"effective_from": AS_OF}, ("valid", None)),
        ("mapped tomorrow",
         "2025-05-01", {"effective_from": day("2026-04-02")}, None),
        ("completed this very moment",
         "2026-04-01", {}, ("valid", None)),
        ("completed tomorrow",
         "2026-04-02", {}, None),
        ("expires tomorrow",
         "2026-03-03", {"valid_for_days": 30}, ("valid", "2026-04-02")),
        ("expires exactly now",
         "2026-03-02", {"valid_for_days": 30}, ("expired", "2026-04-01")),
        ("expired yesterday",
         "2026-03-01", {"valid_for_days": 30}, ("expired", "2026-03-31")),
        ("mapping withdrawn exactly now",
         "2025-05-01", {"effective_until": AS_OF}, ("withdrawn", "2026-04-01")),
        ("mapping to be withdrawn, so it holds until then",
         "2025-05-01", {"effective_until": day("2026-06-01")}, ("valid", "2026-06-01")),
        ("mapping to be withdrawn, but it expires before that",
         "2026-03-15", {"effective_until": day("2026-06-01"), "valid_for_days": 30},
         ("valid", "2026-04-14")),
        ("expired before the mapping was withdrawn",
         "2025-05-01", {"effective_until": day("2025-12-01"), "valid_for_days": 30},
         ("expired", "2025-05-31")),
        ("expired the moment the mapping was withdrawn",
         "2025-05-01", {"effective_until": day("2025-05-31"), "valid_for_days": 30},
         ("expired", "2025-05-31")),
        ("expired before it was ever mapped",
         "2025-05-01", {"effective_from": day("2025-06-01"), "valid_for_days": 31}, None),
        ("completed after the mapping was withdrawn",
         "2025-05-01", {"effective_until": day("2025-05-01")}, None),
    ],
)  # fmt: skip
def test_a_completion_counts_while_the_mapping_and_its_validity_last(
    case: str, completed: str, award: dict[str, Any], expected: tuple[str, str | None] | None
) -> None:
    found = evidence_of(completed=(completed,), award=award)
    if expected is None:
        assert plain(found, "state") == []
        return
    state, expires = expected
    assert plain(found, "state", "expires_at", "achieved_at") == [
        (state, expires and day(expires), day(completed))
    ]
    assert found["is_valid"].tolist() == [state == "valid"]


def test_a_renewal_is_evidence_of_its_own() -> None:
    found = evidence_of(completed=("2025-01-01", "2026-01-01"), award={"valid_for_days": 365})
    assert sorted(plain(found, "achieved_at", "state")) == [
        (day("2025-01-01"), "expired"),
        (day("2026-01-01"), "valid"),
    ]


def test_one_course_may_show_several_competencies_and_one_competency_come_from_several() -> None:
    found = derive_evidence(
        rows(
            "completions",
            {"course_id": 1, "completed_at": day("2025-05-01")},
            {"course_id": 2, "completed_at": day("2025-06-01")},
            {"course_id": 3, "completed_at": day("2025-06-01")},
        ),
        rows(
            "awards",
            {"award_id": 1, "course_id": 1, "competency_id": 1},
            {"award_id": 2, "course_id": 1, "competency_id": 2},
            {"award_id": 3, "course_id": 2, "competency_id": 1},
        ),
        empty_frame("assessments"),
        as_of=AS_OF,
    )
    assert sorted(plain(found, "course_id", "competency_id")) == [(1, 1), (1, 2), (2, 1)]


def assessed(number: int, moment: str, level: int = 2, **more: Any) -> dict[str, Any]:
    return {"assessment_id": number, "assessed_at": day(moment), "level": level, **more}


@pytest.mark.parametrize(
    ("case", "assessments", "states"),
    [
        ("a newer one supersedes, though it is lower",
         [assessed(1, "2025-04-01", 3), assessed(2, "2026-03-01", 1)],
         {1: "superseded", 2: "valid"}),
        ("of two at the same moment the higher id is the newer",
         [assessed(2, "2025-04-01"), assessed(1, "2025-04-01")],
         {1: "superseded", 2: "valid"}),
        ("one after as_of does not exist yet and supersedes nothing",
         [assessed(1, "2025-04-01"), assessed(2, "2026-04-02")],
         {1: "valid"}),
        ("one of this very moment does",
         [assessed(1, "2025-04-01"), assessed(2, "2026-04-01")],
         {1: "superseded", 2: "valid"}),
        ("another kind supersedes nothing",
         [assessed(1, "2025-04-01"), assessed(2, "2026-03-01", kind="test")],
         {1: "valid", 2: "valid"}),
        ("another competency supersedes nothing",
         [assessed(1, "2025-04-01"), assessed(2, "2026-03-01", competency_id=2)],
         {1: "valid", 2: "valid"}),
        ("another person supersedes nothing",
         [assessed(1, "2025-04-01"), assessed(2, "2026-03-01", employee_id=2)],
         {1: "valid", 2: "valid"}),
        ("an expired newer one does not bring the older back",
         [assessed(1, "2025-04-01"), assessed(2, "2025-06-01", valid_until=AS_OF)],
         {1: "superseded", 2: "expired"}),
        ("valid until tomorrow is valid",
         [assessed(1, "2025-06-01", valid_until=day("2026-04-02"))],
         {1: "valid"}),
    ],
)  # fmt: skip
def test_of_one_kind_only_the_newest_assessment_is_valid(
    case: str, assessments: list[dict[str, Any]], states: dict[int, str]
) -> None:
    found = evidence_of(assessed=tuple(assessments))
    assert dict(plain(found, "source_id", "state")) == states
    assert set(found["source"]) == {"assessment"}
    assert found["course_id"].isna().all()


@for_every(offices("completions", "awards", "assessments"))
def test_before_everything_there_is_no_evidence(office: Office) -> None:
    first = AS_OF - timedelta(days=30)
    found = derive_evidence(
        office["completions"], office["awards"], office["assessments"], as_of=first
    )
    pd.testing.assert_frame_equal(found, empty_frame("evidence"))


@for_every(offices("completions", "awards", "assessments"))
def test_later_facts_change_nothing_seen_before_them(office: Office) -> None:
    known = {
        "completions": office["completions"]["completed_at"] <= AS_OF,
        "awards": office["awards"]["effective_from"] <= AS_OF,
        "assessments": office["assessments"]["assessed_at"] <= AS_OF,
    }
    whole = derive_evidence(*(office[name] for name in known), as_of=AS_OF)
    then = derive_evidence(*(office[name][rows] for name, rows in known.items()), as_of=AS_OF)
    pd.testing.assert_frame_equal(whole, then)


def test_as_of_without_a_zone_is_refused() -> None:
    with pytest.raises(NaiveInstant):
        evidence_of(as_of=AS_OF.replace(tzinfo=None))


def test_a_frame_of_another_shape_is_refused_by_column() -> None:
    with pytest.raises(FrameError, match=r"completions\.completed_at"):
        derive_evidence(
            rows("completions", {"completed_at": AS_OF}).assign(completed_at="2026-04-01"),
            empty_frame("awards"),
            empty_frame("assessments"),
            as_of=AS_OF,
        )
