"""What changed between two versions, as one reads it."""

from typing import Any

import pytest

from courses.h5p.semantics.compare import Difference, differences
from courses.h5p.semantics.reading import read_fields
from tests.courses.h5p.semantics.examples import FIELDS, SOUND, find, picture

COLUMN = read_fields(
    [
        {
            "name": "content",
            "type": "list",
            "label": "Parts",
            "entity": "Part",
            "field": {
                "type": "group",
                "fields": [
                    {"name": "part", "type": "library", "options": ["H5P.Image 1.1"]},
                    {"name": "line", "type": "boolean"},
                ],
            },
        }
    ]
)


def changes(before: dict[str, Any], after: dict[str, Any]) -> list[Difference]:
    return differences(FIELDS, SOUND | before, SOUND | after, find)


def part(identity: str, alt: str = "窓") -> dict[str, Any]:
    return {"part": picture(alt=alt) | {"subContentId": identity}}


def parts(before: list[Any], after: list[Any]) -> list[tuple[str, Any, Any]]:
    found = differences(COLUMN, {"content": before}, {"content": after}, find)
    return [(one.path, one.before, one.after) for one in found]


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ({}, {}, []),
        ({"tip": "a"}, {"tip": "b"}, [Difference("tip", "tip", "a", "b")]),
        (
            {"l10n": {"check": "a"}},
            {"l10n": {"check": "b"}},
            [Difference("l10n.check", "Words", "a", "b")],
        ),
        ({}, {"hint": "x"}, [Difference("hint", "hint", None, "x")]),
        ({"own": True}, {"own": 1}, [Difference("own", "own", True, 1)]),
        (
            {},
            {"answers": [{"text": "B"}, {"text": "C"}]},
            [
                Difference("answers[0].text", "Answer 1 › Text", "A", "B"),
                Difference("answers[1]", "Answer 2", None, {"text": "C"}),
            ],
        ),
        (
            {"media": picture(alt="a")},
            {"media": picture(alt="b")},
            [Difference("media.params.alt", "Alternative text", "a", "b")],
        ),
        (
            {"media": {"library": "H5P.Image 1.0", "params": {}}},
            {"media": {"library": "H5P.Image 1.1", "params": {}}},
            [Difference("media.library", "media.library", "H5P.Image 1.0", "H5P.Image 1.1")],
        ),
        (
            {"media": {"library": "H5P.Video 1.0"}},
            {"media": {"library": "H5P.Image 1.1"}},
            [
                Difference(
                    "media", "media", {"library": "H5P.Video 1.0"}, {"library": "H5P.Image 1.1"}
                )
            ],
        ),
    ],
)
def test_only_what_changed_is_named(
    before: dict[str, Any], after: dict[str, Any], expected: list[Difference]
) -> None:
    assert changes(before, after) == expected


def test_an_item_put_in_front_does_not_change_the_others() -> None:
    assert parts([part("1"), part("2")], [part("0"), part("1"), part("2", "門")]) == [
        ("content[0]", None, part("0")),
        ("content[2].part.params.alt", "窓", "門"),
    ]


def test_a_removed_item_is_named_at_its_old_place() -> None:
    assert parts([part("1"), part("2")], [part("2")]) == [("content[0]", part("1"), None)]


def test_another_content_at_the_same_place_is_another_content() -> None:
    assert parts([part("1")], [part("2")]) == [
        ("content[0]", None, part("2")),
        ("content[0]", part("1"), None),
    ]


def test_a_changed_order_is_a_difference_of_the_list() -> None:
    assert parts([part("1"), part("2"), part("3")], [part("3"), part("1"), part("2")]) == [
        ("content", [1, 2, 3], [3, 1, 2])
    ]


def test_items_without_identity_are_compared_by_position() -> None:
    assert parts([{"line": True}], [{"line": False}]) == [("content[0].line", True, False)]
