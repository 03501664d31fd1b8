"""Differences between two sets of parameters, as the librarian reads them."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.h5p.changes import ABSENT, Change, changes

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=3),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from("abc"), inner, max_size=3)
    ),
    max_leaves=10,
)


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ({"a": 1}, {"a": 2}, [Change("a", 1, 2)]),
        ({}, {"a": {"b": 1}}, [Change("a", ABSENT, {"b": 1})]),
        ({"a": 1}, {}, [Change("a", 1, ABSENT)]),
        ({"a": {"b": [1, 2]}}, {"a": {"b": [1]}}, [Change("a.b[1]", 2, ABSENT)]),
        ({"a": [{"b": 1}]}, {"a": [{"b": 3}]}, [Change("a[0].b", 1, 3)]),
        ({"a": True}, {"a": 1}, [Change("a", True, 1)]),
        ({"a": [1]}, {"a": {"b": 1}}, [Change("a", [1], {"b": 1})]),
    ],
)
def test_each_difference_is_told_by_its_path(
    before: Any, after: Any, expected: list[Change]
) -> None:
    assert list(changes(before, after)) == expected


@given(JSON)
def test_nothing_differs_from_itself(value: Any) -> None:
    assert list(changes(value, value)) == []


@given(JSON, JSON)
def test_there_are_as_many_differences_in_either_direction(one: Any, other: Any) -> None:
    there = {(change.path, repr(change.before)) for change in changes(one, other)}
    back = {(change.path, repr(change.after)) for change in changes(other, one)}
    assert there == back
