"""What a form says about people is what is stored, and what is stored is shown again."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.enrolment.admin.rule_fields import condition_of, fields_of
from lms.enrolment.rules.condition import parse_condition, stored_form

LEAVES = {
    name: st.lists(st.sampled_from(keys), min_size=1, max_size=2)
    for name, keys in (
        ("tier", ("G1", "G2")),
        ("role", ("LDR", "ICT")),
        ("department", ("D1", "D2")),
        ("employment", ("FT", "FY")),
    )
} | {"joined_within_months": st.integers(1, 24)}
GROUPS = st.fixed_dictionaries(
    {"sense": st.sampled_from(("is", "not")), "join": st.sampled_from(("any", "all"))},
    optional=LEAVES,
)
FORMS = st.fixed_dictionaries(
    {"join": st.sampled_from(("any", "all")), "groups": st.lists(GROUPS, max_size=3)},
    optional=LEAVES,
)


@given(FORMS)
def test_what_is_said_is_shown_again_and_says_the_same(values: dict[str, Any]) -> None:
    stored = condition_of(values)
    shown = fields_of(parse_condition(stored))
    # Joined alike, a group within a group melts into one that the form may not hold.
    if shown is not None:
        assert condition_of(shown) == stored


@pytest.mark.parametrize(
    "condition",
    [
        {"all": []},
        {"tier": ["G1", "G2"]},
        {"not": {"employment": ["FY"]}},
        {"any": [{"role": ["LDR"]}, {"tier": ["G3"]}]},
        {"all": [{"any": [{"role": ["LDR"]}, {"tier": ["G3"]}]}, {"department": ["D1"]}]},
        {"any": [{"all": [{"department": ["D1"]}, {"tier": ["G3"]}]}, {"role": ["LDR"]}]},
        {"all": [{"department": ["D1"]}, {"not": {"any": [{"role": ["A"]}, {"tier": ["G"]}]}}]},
        {"all": [{"tier": ["G1"]}, {"tier": ["G2"]}]},
    ],
)
def test_and_or_not_nested_once_can_be_said(condition: dict[str, Any]) -> None:
    stored = stored_form(parse_condition(condition))
    shown = fields_of(parse_condition(condition))
    assert shown is not None
    assert condition_of(shown) == stored


@pytest.mark.parametrize(
    "condition",
    [
        {"people": ["000001"]},
        {"not": {"not": {"tier": ["G1"]}}},
        {"not": {"all": []}},
        {"any": [{"all": [{"any": [{"tier": ["G1"]}, {"role": ["A"]}]}, {"role": ["B"]}]}]},
        {"all": [{"not": {"any": [{"tier": ["G1"]}, {"not": {"role": ["A"]}}]}}]},
    ],
)
def test_what_says_more_is_not_squeezed_into_the_form(condition: dict[str, Any]) -> None:
    shown = fields_of(parse_condition(condition))
    assert shown is None or condition_of(shown) == stored_form(parse_condition(condition))
    if "people" in condition or "not" in condition:
        assert shown is None
