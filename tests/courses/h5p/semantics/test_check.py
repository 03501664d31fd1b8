"""Every fault has the place a form can point at; what is hidden has none."""

from typing import Any

import pytest

from courses.h5p.semantics.check import INCOMPLETE, REASONS, Fault, ParamsRefused, faults
from courses.h5p.semantics.defaults import complete
from courses.h5p.semantics.reading import read_fields
from tests.courses.h5p.semantics.examples import FIELDS, FILES, SOUND, find, picture

LONG = "x" * 6
SEEN: set[str] = set()


def found(params: dict[str, Any]) -> list[tuple[str, str]]:
    reasons = faults(FIELDS, complete(FIELDS, params, find), find, files=FILES)
    for fault in reasons:
        assert REASONS[fault.reason] % fault.params
    return [(fault.path, fault.reason) for fault in reasons]


CASES: list[tuple[dict[str, Any], list[tuple[str, str]]]] = [
    ({}, []),
    ({"question": ""}, [("question", "required")]),
    ({"question": "<p>&nbsp;</p>"}, [("question", "required")]),
    ({"question": None}, [("question", "required")]),
    ({"question": 7}, [("question", "wrong_type")]),
    ({"hint": "x" * 6}, [("hint", "too_long")]),
    ({"hint": "&lt;" * 5}, []),
    ({"correct": "maybe"}, [("correct", "not_an_option")]),
    ({"correct": "2"}, []),
    ({"correct": []}, [("correct", "required")]),
    ({"correct": ["true"]}, [("correct", "wrong_type")]),
    ({"l10n": []}, [("l10n", "wrong_type")]),
    ({"l10n": {"check": " "}}, [("l10n.check", "required")]),
    ({"tip": "x"}, []),
    ({"tip": {"text": "x"}}, [("tip", "wrong_type")]),
    ({"answers": []}, [("answers", "too_few")]),
    ({"answers": None}, [("answers", "too_few")]),
    ({"answers": [{"text": "A"}] * 4}, [("answers", "too_many")]),
    ({"answers": {}}, [("answers", "wrong_type")]),
    ({"answers": [{"text": "A"}, {}]}, [("answers[1].text", "required")]),
    ({"answers": ["A"]}, [("answers[0]", "wrong_type")]),
    ({"answers": [{"text": "A", "x": -1}]}, [("answers[0].x", "too_small")]),
    ({"answers": [{"text": "A", "x": 101}]}, [("answers[0].x", "too_large")]),
    ({"answers": [{"text": "A", "x": 43.8512}]}, []),
    ({"answers": [{"text": "A", "x": "43.5"}]}, []),
    ({"answers": [{"text": "A", "x": True}]}, [("answers[0].x", "wrong_type")]),
    ({"answers": [{"text": "A", "x": "1e999"}]}, [("answers[0].x", "wrong_type")]),
    ({"media": {}}, []),
    ({"media": "H5P.Image 1.1"}, [("media", "wrong_type")]),
    ({"media": picture(), "zoom": "x"}, []),
    ({"media": picture()}, [("zoom", "required")]),
    (
        {"media": {"library": "H5P.Image 1.1", "params": {"alt": "x"}}, "zoom": "x"},
        [("media.params.file", "required")],
    ),
    ({"media": picture("images/b.png"), "zoom": "x"}, [("media.params.file", "file_missing")]),
    ({"media": picture("../../a.png"), "zoom": "x"}, [("media.params.file", "file_missing")]),
    ({"media": picture("images/a.pdf"), "zoom": "x"}, [("media.params.file", "file_kind")]),
    ({"media": picture("https://city.example/a.png"), "zoom": "x"}, []),
    ({"media": picture("javascript:x"), "zoom": "x"}, [("media.params.file", "file_missing")]),
    ({"media": picture(file=[{"path": "x"}]), "zoom": "x"}, [("media.params.file", "wrong_type")]),
    ({"media": picture(file={"mime": "x"}), "zoom": "x"}, [("media.params.file", "wrong_type")]),
    ({"media": picture(alt=""), "zoom": "x"}, [("media.params.alt", "required")]),
    ({"media": picture(alt="", decorative=True), "zoom": "x"}, []),
    ({"media": picture(decorative="no"), "zoom": "x"}, [("media.params.decorative", "wrong_type")]),
    ({"media": {"library": "H5P.Chart 1.0"}}, [("media", "library_not_offered")]),
    ({"media": {"library": "H5P.Image 1.0"}, "zoom": "x"}, [("media", "library_not_installed")]),
    ({"more": {"a": 1}}, [("more.a", "wrong_type")]),
    ({"unknown": object}, []),
    (
        {"question": "", "answers": [{"text": ""}]},
        [("question", "required"), ("answers[0].text", "required")],
    ),
]


@pytest.mark.parametrize(("changes", "expected"), CASES)
def test_every_fault_is_found_at_its_place(
    changes: dict[str, Any], expected: list[tuple[str, str]]
) -> None:
    assert found(SOUND | changes) == expected


def test_every_reason_is_met_by_some_content() -> None:
    assert {reason for _, expected in CASES for _, reason in expected} == REASONS.keys()


@pytest.mark.parametrize(
    ("condition", "values", "is_shown"),
    [
        ({"rules": []}, {}, False),
        ({"rules": [{"field": "a", "equals": True}]}, {"a": True}, True),
        ({"rules": [{"field": "a", "equals": True}]}, {"a": 1}, False),
        ({"rules": [{"field": "a", "equals": False}]}, {}, True),
        ({"rules": [{"field": "a", "equals": ["x", "y"]}]}, {"a": "y"}, True),
        ({"rules": [{"field": "g/a", "equals": "x"}]}, {"g": {"a": "x"}}, True),
        ({"rules": [{"field": "g/a", "equals": "x"}]}, {"g": "x"}, True),
        ({"rules": [{"field": "../../a", "equals": "x"}]}, {"a": "x"}, False),
        ({"rules": [{"field": "a", "equals": "x"}, {"field": "b", "equals": 2}]}, {"b": 2}, True),
        (
            {"type": "and", "rules": [{"field": "a", "equals": 1}, {"field": "b", "equals": 2}]},
            {"b": 2},
            False,
        ),
    ],
)
def test_a_field_is_looked_at_only_when_its_condition_holds(
    condition: dict[str, Any], values: dict[str, Any], is_shown: bool
) -> None:
    fields = read_fields([{"name": "f", "type": "text", "showWhen": condition}])
    assert bool(faults(fields, values, find)) is is_shown


def test_a_condition_leads_out_of_the_items_of_a_list() -> None:
    condition = {"rules": [{"field": "../../mode", "equals": "long"}]}
    inside = [
        {"name": "text", "type": "text", "showWhen": condition},
        {"name": "other", "type": "boolean"},
    ]
    fields = read_fields(
        [
            {"name": "mode", "type": "text"},
            {"name": "items", "type": "list", "field": {"type": "group", "fields": inside}},
        ]
    )
    for mode, expected in (("long", ["items[0].text"]), ("short", [])):
        found = faults(fields, {"mode": mode, "items": [{}]}, find)
        assert [fault.path for fault in found] == expected


def test_what_hides_a_group_hides_all_in_it() -> None:
    fields = read_fields(
        [
            {
                "name": "g",
                "type": "group",
                "showWhen": {"rules": []},
                "fields": [{"name": "a", "type": "text"}, {"name": "b", "type": "text"}],
            }
        ]
    )
    assert faults(fields, {}, find) == []


def test_a_films_formats_are_looked_at_one_by_one() -> None:
    fields = read_fields([{"name": "film", "type": "video"}])
    params = {"film": [{"path": "v/a.mp4"}, {"path": "v/b.mp4"}, "x"]}
    found = faults(fields, params, find, files={"v/a.mp4"})
    assert [(fault.path, fault.reason) for fault in found] == [
        ("film[1]", "file_missing"),
        ("film[2]", "wrong_type"),
    ]


def test_a_packages_own_regexp_cannot_hang_the_server() -> None:
    raw = {"name": "a", "type": "text", "regexp": {"pattern": "(a+)+$", "modifiers": ""}}
    assert faults(read_fields([raw]), {"a": "a" * 50_000 + "!"}, find) == []


def test_the_refusal_names_every_place() -> None:
    refused = ParamsRefused(faults(FIELDS, {}, find), library="H5P.Quiz 1.2")
    assert refused.place == "question"
    assert "question, correct" in refused.message
    assert refused.code == "h5p_params_refused"


def test_only_what_is_not_there_yet_is_incomplete() -> None:
    """A table of every reason, so that a new one is decided upon."""
    assert REASONS.keys() >= INCOMPLETE
    assert {reason for reason in REASONS if Fault("a", reason).is_incomplete} == {
        "required",
        "too_few",
    }
