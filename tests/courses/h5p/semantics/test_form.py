"""What a browser is told to draw."""

from pathlib import Path
from typing import Any

import pytest

from courses.h5p.library import LibraryName
from courses.h5p.limits import Limits
from courses.h5p.semantics.form import describe
from courses.h5p.semantics.reading import read_fields, with_defaults
from courses.h5p.strict_json import parse

INSTALLED = {LibraryName("H5P.Image", 1, 1): "画像", LibraryName("H5P.Video", 1, 6): "動画"}


def drawn(raw: Any, words: Any = None) -> dict[str, Any]:
    return describe(read_fields([{"name": "f", **raw}], [words]), installed=INSTALLED)[0]


ALWAYS = {
    "name": "f",
    "label": "",
    "description": "",
    "optional": False,
    "important": "low",
    "common": False,
    "hidden": False,
    "show_when": None,
}
NO_TEXT_RULES = {"max_length": None, "regexp": None}
NO_NUMBER_RULES = {"min": None, "max": None, "step": None, "decimals": None}
IMPLIED = ["div", "span", "p", "br"]


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ({"type": "text"}, {"kind": "text", **NO_TEXT_RULES}),
        (
            {
                "type": "text",
                "maxLength": 9,
                "regexp": {"pattern": "^a$", "modifiers": "i"},
                "default": "x",
                "placeholder": "p",
            },
            {
                "kind": "text",
                "max_length": 9,
                "regexp": {"pattern": "^a$", "modifiers": "i"},
                "default": "x",
                "placeholder": "p",
            },
        ),
        ({"type": "text", "widget": "textarea"}, {"kind": "textarea", **NO_TEXT_RULES}),
        ({"type": "text", "widget": "colorSelector"}, {"kind": "color", **NO_TEXT_RULES}),
        ({"type": "text", "widget": "timecode"}, {"kind": "text", **NO_TEXT_RULES}),
        (
            {"type": "text", "widget": "html", "tags": [], "enterMode": "div"},
            {"kind": "html", "tags": IMPLIED, "styles": ["text-align"], "enter_mode": "div"},
        ),
        (
            {"type": "text", "tags": ["b", "ol", "script"], "font": {"size": True}},
            {
                "kind": "html",
                "tags": [*IMPLIED, "b", "strong", "ol", "li"],
                "styles": ["font-size", "text-align"],
                "enter_mode": "p",
            },
        ),
        (
            {"type": "number", "min": 0, "max": 9.5, "steps": 0.5, "decimals": 2},
            {"kind": "number", "min": 0, "max": 9.5, "step": 0.5, "decimals": 2},
        ),
        ({"type": "number", "widget": "none"}, {"kind": "number", **NO_NUMBER_RULES}),
        (
            {"type": "number", "widget": "none", "default": 1},
            {"kind": "number", **NO_NUMBER_RULES, "default": 1, "hidden": True},
        ),
        ({"type": "number", "default": "5"}, {"kind": "number", **NO_NUMBER_RULES, "default": 5}),
        ({"type": "number", "default": "inf"}, {"kind": "number", **NO_NUMBER_RULES}),
        ({"type": "text", "default": 50}, {"kind": "text", **NO_TEXT_RULES, "default": "50"}),
        ({"type": "boolean", "default": False}, {"kind": "boolean", "default": False}),
        ({"type": "boolean", "default": "yes"}, {"kind": "boolean"}),
        (
            {
                "type": "select",
                "multiple": True,
                "options": [
                    {"value": 1},
                    {"type": "optgroup", "options": [{"value": "b", "label": "B"}]},
                ],
            },
            {
                "kind": "select",
                "multiple": True,
                "options": [{"value": 1, "label": "1"}, {"value": "b", "label": "B"}],
            },
        ),
        (
            {"type": "library", "options": ["H5P.Image 1.1", "H5P.Video 1.3", "H5P.Gone 1.0"]},
            {
                "kind": "library",
                "options": [
                    {"library": "H5P.Image 1.1", "title": "画像", "installed": True},
                    {"library": "H5P.Video 1.6", "title": "動画", "installed": True},
                    {"library": "H5P.Gone 1.0", "title": "H5P.Gone", "installed": False},
                ],
            },
        ),
        (
            {"type": "image"},
            {"kind": "image", "extensions": ["png", "jpg", "jpeg", "gif", "svg", "bmp"]},
        ),
        (
            {"type": "file", "mimes": ["text/vtt"]},
            {"kind": "file", "extensions": ["vtt", "webvtt"]},
        ),
        ({"type": "hologram", "default": [1]}, {"kind": "unknown", "default": [1]}),
        ({}, {"kind": "unknown"}),
    ],
)
def test_a_field_is_described_by_its_kind(raw: dict[str, Any], expected: dict[str, Any]) -> None:
    assert drawn(raw) == ALWAYS | expected


def test_drop_zones_that_only_their_widget_knows_are_a_list_of_texts() -> None:
    zones = drawn({"type": "select", "widget": "dynamicCheckboxes", "multiple": True})
    assert (zones["kind"], zones["item"]["kind"]) == ("list", "text")


def test_items_of_a_list_need_no_name() -> None:
    raw = {
        "type": "list",
        "widgets": [{"name": "VerticalTabs"}],
        "entity": "element",
        "min": 1,
        "max": 5,
        "defaultNum": 2,
        "field": {"type": "group", "fields": [{"name": "x", "type": "number"}, {"name": "y"}]},
    }
    described = drawn(raw)
    assert {key: described[key] for key in ("min", "max", "default_number", "entity")} == {
        "min": 1,
        "max": 5,
        "default_number": 2,
        "entity": "element",
    }
    assert described["item"]["name"] == ""
    assert [field["kind"] for field in described["item"]["fields"]] == ["number", "unknown"]


@pytest.mark.parametrize(
    ("raw", "number"), [({}, 1), ({"min": 3}, 3), ({"optional": True}, 0), ({"defaultNum": 0}, 0)]
)
def test_a_new_list_begins_with_as_many_items_as_are_usual(
    raw: dict[str, Any], number: int
) -> None:
    assert drawn({"type": "list", "field": {"type": "text"}, **raw})["default_number"] == number


@pytest.mark.parametrize(
    ("raw", "is_single"),
    [
        ({"fields": [{"name": "a", "type": "text"}]}, True),
        ({"fields": [{"name": "a", "type": "text"}], "isSubContent": True}, False),
        ({"fields": [{"name": "a", "type": "text"}, {"name": "b", "type": "text"}]}, False),
        ({"fields": []}, False),
    ],
)
def test_a_group_of_one_field_is_that_field(raw: dict[str, Any], is_single: bool) -> None:
    described = drawn({"type": "group", **raw})
    assert described["is_single"] is is_single
    assert described["is_sub_content"] is bool(raw.get("isSubContent"))


def test_conditions_wrap_the_widget_they_name() -> None:
    described = drawn(
        {
            "type": "text",
            "widget": "showWhen",
            "showWhen": {
                "type": "and",
                "widget": "textarea",
                "rules": [{"field": "../a", "equals": True}, {"field": "b", "equals": ["x"]}],
            },
        }
    )
    assert described["kind"] == "textarea"
    assert described["show_when"] == {
        "type": "and",
        "rules": [{"field": "../a", "equals": [True]}, {"field": "b", "equals": ["x"]}],
    }


def test_words_are_translated_by_position_and_structure_is_not() -> None:
    raw = {
        "type": "list",
        "label": "Answers",
        "entity": "answer",
        "field": {
            "type": "group",
            "fields": [
                {"name": "a", "type": "text", "default": "Yes", "placeholder": "Say"},
                {"name": "b", "type": "select", "options": [{"value": "x", "label": "X"}]},
                {"name": "c", "type": "number", "default": 3},
            ],
        },
    }
    words = {
        "label": "解答",
        "entity": "選択肢",
        "type": "group",
        "field": {
            "fields": [
                {"default": "はい", "placeholder": "入力", "name": "z", "optional": True},
                {"options": [{"label": "エックス", "value": "y"}]},
                {"default": "many"},
                {"label": "余り"},
            ]
        },
    }
    described = drawn(raw, words)
    first, second, third = described["item"]["fields"]
    assert (described["kind"], described["label"], described["entity"]) == (
        "list",
        "解答",
        "選択肢",
    )
    assert (first["name"], first["default"], first["placeholder"]) == ("a", "はい", "入力")
    assert first["optional"] is False
    assert second["options"] == [{"value": "x", "label": "エックス"}]
    assert third["default"] == 3


def test_descriptions_are_text_although_official_ones_contain_html() -> None:
    described = drawn({"type": "text", "description": 'One.<br/>Two <a href="x">&amp; three</a>'})
    assert described["description"] == "One. Two & three"


def test_names_that_are_numbers_are_keys_and_the_first_of_a_name_counts() -> None:
    fields = read_fields(
        [{"name": 7, "type": "text"}, {"type": "text"}, "x", {"name": "7"}, {"name": True}]
    )
    assert [(field.name, field.kind) for field in fields] == [("7", "text")]


def test_entries_that_are_no_fields_do_not_shift_the_words() -> None:
    fields = read_fields([None, {"name": "a", "type": "text"}], [{"label": "x"}, {"label": "y"}])
    assert fields[0].label == "y"


def test_words_that_a_language_file_lacks_can_be_supplied() -> None:
    fields = read_fields(
        [
            {
                "name": "l",
                "type": "group",
                "fields": [{"name": "a", "type": "text"}, {"name": "b"}],
            },
            {"name": "n", "type": "number", "default": 1},
        ]
    )
    supplied = with_defaults(fields, {"l": {"a": "あ"}, "n": "いち", "gone": "x"})
    assert supplied[0].fields[0].default == "あ"
    assert supplied[1].default == 1


def test_the_official_question_is_described_in_japanese(official: Path) -> None:
    folder = official / "H5P.TrueFalse-1.6"
    semantics, words = (
        parse((folder / name).read_bytes(), place=name, limits=Limits())
        for name in ("semantics.json", "language/ja.json")
    )
    described = {
        field["name"]: field
        for field in describe(read_fields(semantics, words["semantics"]), installed=INSTALLED)
    }
    assert described["question"]["label"] == "設問"
    assert described["question"]["important"] == "high"
    assert described["correct"]["options"] == [
        {"value": "true", "label": "○"},
        {"value": "false", "label": "×"},
    ]
    assert described["l10n"]["common"] is True
    assert described["media"]["fields"][0]["options"][0]["title"] == "画像"
