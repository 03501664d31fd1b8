"""The frames' contract, and that nothing leaves the engine in another shape."""

import pandas as pd
import pytest

from skills_matrix.engine.aggregates import sum_department_levels
from skills_matrix.engine.cells import applicable_targets
from skills_matrix.engine.exceptions import FrameError
from skills_matrix.engine.schema import (
    DERIVED,
    FRAMES,
    INPUTS,
    check_columns,
    check_frame,
    empty_frame,
    frame_from_rows,
)
from tests.skills_matrix.engine.office import (
    AS_OF,
    Office,
    day,
    derive_all,
    for_every,
    offices,
    rows,
)


@pytest.mark.parametrize("name", FRAMES)
def test_an_empty_frame_has_its_columns_and_dtypes(name: str) -> None:
    frame = empty_frame(name)
    assert list(frame.columns) == list(FRAMES[name].columns)
    assert len(frame) == 0
    check_frame(name, frame)


@pytest.mark.parametrize("name", FRAMES)
def test_every_key_is_made_of_columns(name: str) -> None:
    assert set(FRAMES[name].key) <= set(FRAMES[name].columns)


def test_nothing_derived_of_empty_frames_loses_its_dtypes() -> None:
    derived = derive_all({name: empty_frame(name) for name in INPUTS})
    derived["applicable_targets"] = applicable_targets(
        empty_frame("people"), empty_frame("person_roles"), empty_frame("targets"), as_of=AS_OF
    )
    assert set(derived) == set(DERIVED)
    for name, frame in derived.items():
        pd.testing.assert_frame_equal(frame, empty_frame(name))
    pd.testing.assert_frame_equal(sum_department_levels([]), empty_frame("department_levels"))


@for_every(offices())
def test_whatever_is_derived_keeps_to_its_schema(office: Office) -> None:
    for name, frame in derive_all(office).items():
        check_frame(name, frame)


def test_rows_become_typed_columns_and_none_becomes_absence() -> None:
    frame = frame_from_rows("people", [(1, 10, None), (2, 10, 3)])
    assert [str(dtype) for dtype in frame.dtypes] == ["int64", "int64", "Int64"]
    assert frame["tier_id"].isna().tolist() == [True, False]


def test_an_instant_in_another_zone_is_the_same_instant() -> None:
    tokyo = pd.Timestamp("2026-04-01T09:00", tz="Asia/Tokyo").to_pydatetime()
    frame = rows("completions", {"completed_at": tokyo})
    assert frame["completed_at"].tolist() == [pd.Timestamp(day("2026-04-01"))]


def _award(**columns: object) -> pd.DataFrame:
    return rows("awards", {}).assign(**columns)


@pytest.mark.parametrize(
    ("frame", "code", "column"),
    [
        (rows("awards", {}).drop(columns="level"), "missing_column", "level"),
        (_award(note=1), "unexpected_column", "note"),
        (_award(level=2), "wrong_dtype", "level"),
        (_award(effective_from=pd.Timestamp("2026-04-01")), "wrong_dtype", "effective_from"),
        (_award(level=pd.array([None], dtype="Int8")), "missing_value", "level"),
        (_award(level=pd.array([5], dtype="Int8")), "out_of_range", "level"),
        (_award(course_id=-1), "out_of_range", "course_id"),
        (pd.concat([rows("awards", {}), rows("awards", {})]), "duplicate_row", "award_id"),
    ],
)
def test_a_frame_that_is_not_as_agreed_is_refused_by_column(
    frame: pd.DataFrame, code: str, column: str
) -> None:
    check_frame("awards", rows("awards", {}))
    with pytest.raises(FrameError, match=column) as fault:
        check_frame("awards", frame)
    assert (fault.value.code, fault.value.frame, fault.value.column) == (code, "awards", column)


@pytest.mark.parametrize(
    ("row", "code", "column"),
    [
        ((1, None, 1), "missing_value", "department_id"),
        ((1, "ten", 1), "wrong_dtype", "department_id"),
        ((1, 10), "ragged_row", None),
    ],
)
def test_rows_that_cannot_be_a_frame_are_refused(
    row: tuple[object, ...], code: str, column: str | None
) -> None:
    with pytest.raises(FrameError) as fault:
        frame_from_rows("people", [row])
    assert (fault.value.code, fault.value.column) == (code, column)


def test_a_word_outside_the_list_is_refused_and_named() -> None:
    with pytest.raises(FrameError, match="hearsay") as fault:
        rows(
            "assessments", {"assessment_id": 1, "level": 1, "assessed_at": AS_OF, "kind": "hearsay"}
        )
    assert (fault.value.code, fault.value.column) == ("out_of_range", "kind")


def test_a_frame_nobody_agreed_on_is_refused() -> None:
    with pytest.raises(FrameError) as fault:
        check_columns("wishes", pd.DataFrame())
    assert fault.value.code == "unknown_frame"
