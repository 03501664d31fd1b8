from typing import Any

import pytest

from courses.h5p.semantics.old import complete, misfits, overlaid, translate

FIELDS: list[dict[str, Any]] = [
    {"name": "question", "type": "text"},
    {"name": "hint", "type": "text", "optional": True},
    {"name": "correct", "type": "select", "options": [{"value": "true"}, {"value": "false"}]},
    {
        "name": "l10n",
        "type": "group",
        "fields": [
            {"name": "check", "type": "text", "default": "Check"},
            {"name": "retry", "type": "text", "default": "Retry"},
        ],
    },
    {
        "name": "tip",
        "type": "group",
        "fields": [{"name": "text", "type": "text", "default": "Tip"}],
    },
    {
        "name": "answers",
        "type": "list",
        "field": {
            "type": "group",
            "fields": [
                {"name": "text", "type": "text"},
                {"name": "correct", "type": "boolean", "default": False},
            ],
        },
    },
    {"name": "tries", "type": "number", "default": 3},
    {"name": "zoom", "type": "text", "showWhen": {"rules": []}},
]
SOUND = {"question": "はい？", "correct": "true"}


def test_what_is_not_given_gets_its_default() -> None:
    assert complete(FIELDS, SOUND) == SOUND | {
        "l10n": {"check": "Check", "retry": "Retry"},
        "tip": "Tip",
        "tries": 3,
    }


def test_what_is_given_is_kept_at_any_depth() -> None:
    given = SOUND | {"l10n": {"check": "確認"}, "tries": 0, "own": {"kept": True}}
    completed = complete(FIELDS, given)
    assert completed["l10n"] == {"check": "確認", "retry": "Retry"}
    assert completed["tries"] == 0
    assert completed["own"] == {"kept": True}


def test_items_of_a_list_are_completed_although_the_item_has_no_name() -> None:
    completed = complete(FIELDS, SOUND | {"answers": [{"text": "A"}, {"correct": True}]})
    assert completed["answers"] == [{"text": "A", "correct": False}, {"correct": True}]


def test_a_group_of_one_field_is_stored_without_its_object() -> None:
    assert complete(FIELDS, SOUND | {"tip": "Look"})["tip"] == "Look"
    assert misfits(FIELDS, SOUND | {"tip": "Look"}) == []
    assert misfits(FIELDS, SOUND | {"tip": {"text": "Look"}}) == ["tip"]


def test_defaults_are_not_shared_between_contents() -> None:
    fields = [{"name": "parts", "type": "list", "default": [{"a": 1}]}]
    complete(fields, {})["parts"][0]["a"] = 2
    assert complete(fields, {}) == {"parts": [{"a": 1}]}


@pytest.mark.parametrize(
    "words",
    [
        [{}, {}, {}, {"fields": [{"default": "チェック"}, {"label": "ボタン"}]}],
        [{}, {}, {}, {"fields": [{"default": "チェック"}]}, {}, {}, {}, {}, {"default": "x"}],
    ],
)
def test_a_language_file_changes_words_and_may_be_incomplete(words: list[Any]) -> None:
    translated = complete(translate(FIELDS, words), SOUND)
    assert translated["l10n"] == {"check": "チェック", "retry": "Retry"}
    assert complete(FIELDS, SOUND)["l10n"]["check"] == "Check"


@pytest.mark.parametrize("words", [None, {}, [None] * 9, [{"default": "many"}] * 9, "x"])
def test_a_language_file_never_changes_what_is_no_text(words: Any) -> None:
    completed = complete(translate(FIELDS, words), SOUND)
    assert completed["tries"] == 3
    assert "question" in completed


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({}, ["question", "correct"]),
        (SOUND | {"question": 7}, ["question"]),
        (SOUND | {"correct": "maybe"}, ["correct"]),
        (SOUND | {"l10n": []}, ["l10n"]),
        (SOUND | {"l10n": {"check": None}}, ["l10n.check"]),
        (SOUND | {"answers": {}}, ["answers"]),
        (SOUND | {"answers": [{"text": "A", "correct": "yes"}]}, ["answers[0].correct"]),
        (SOUND | {"tries": True}, ["tries"]),
        (SOUND | {"unknown": object()}, []),
    ],
)
def test_values_that_cannot_be_meant_are_named_by_path(
    given: dict[str, Any], expected: list[str]
) -> None:
    assert misfits(FIELDS, complete(FIELDS, given)) == expected


def test_an_overlay_fills_in_without_replacing() -> None:
    assert overlaid({"a": {"b": 1, "c": 2}, "d": 3}, {"a": {"b": 9}, "d": {"e": 4}}) == {
        "a": {"b": 9, "c": 2},
        "d": {"e": 4},
    }
