"""What an author leaves out is filled in, at any depth, in the language of the content."""

from typing import Any
from uuid import UUID

import pytest

from courses.h5p.semantics.defaults import complete
from courses.h5p.semantics.reading import read_fields
from courses.h5p.semantics.walk import ContentType
from tests.courses.h5p.semantics.examples import FIELDS, SOUND, find, picture


def completed(**changes: Any) -> dict[str, Any]:
    return complete(FIELDS, SOUND | changes, find)


def test_what_is_not_given_gets_its_default() -> None:
    assert completed() == SOUND | {
        "l10n": {"check": "Check", "retry": "Retry", "note": ""},
        "tip": "T",
        "answers": [{"text": "A", "x": 1}],
        "more": {"b": "B"},
    }


def test_what_is_given_is_kept_at_any_depth() -> None:
    after = completed(l10n={"check": "確認"}, answers=[{"text": "A", "x": 0}], own={"kept": True})
    assert after["l10n"] == {"check": "確認", "retry": "Retry", "note": ""}
    assert after["answers"] == [{"text": "A", "x": 0}]
    assert after["own"] == {"kept": True}


def test_a_group_of_one_field_is_stored_without_its_object() -> None:
    assert completed(tip="Look")["tip"] == "Look"


def test_items_of_lists_are_not_invented() -> None:
    assert "answers" not in complete(FIELDS, {}, find)


def test_nested_content_is_filled_in_by_its_own_semantics() -> None:
    after = completed(media={"library": "H5P.Image 1.1", "params": {"alt": "窓"}})["media"]
    assert after["params"] == {"alt": "窓", "decorative": False}
    assert UUID(after["subContentId"]).version == 4
    assert after["metadata"] == {"contentType": "Image", "license": "U", "title": "Image"}


def test_nested_content_keeps_its_identity_and_its_title() -> None:
    given = picture() | {"subContentId": "abc", "metadata": {"title": "窓口", "authors": []}}
    after = completed(media=given)["media"]
    assert after["subContentId"] == "abc"
    assert after["metadata"]["title"] == "窓口"
    assert after["metadata"]["authors"] == []


def test_a_program_can_choose_identities_by_place() -> None:
    after = complete(
        FIELDS, SOUND | {"media": picture()}, find, new_id=lambda path: f"id of {path}"
    )
    assert after["media"]["subContentId"] == "id of media"


@pytest.mark.parametrize("given", [{}, {"library": "H5P.Gone 1.0", "params": {}}, "x", None, []])
def test_a_library_that_is_not_known_is_left_as_it_is(given: Any) -> None:
    assert completed(media=given)["media"] == given


def test_defaults_are_not_shared_between_contents() -> None:
    fields = read_fields(
        [{"name": "parts", "type": "list", "default": [{"a": 1}], "field": {"type": "group"}}]
    )
    complete(fields, {}, find)["parts"][0]["a"] = 2
    assert complete(fields, {}, find) == {"parts": [{"a": 1}]}


def test_the_default_of_a_group_comes_before_those_of_its_fields() -> None:
    fields = read_fields(
        [
            {
                "name": "size",
                "type": "group",
                "default": {"width": 620, "field": "background"},
                "fields": [
                    {"name": "width", "type": "number", "default": 1},
                    {"name": "height", "type": "number", "default": 2},
                ],
            }
        ]
    )
    size = {"width": 620, "height": 2, "field": "background"}
    assert complete(fields, {}, find) == {"size": size}


def test_libraries_that_have_each_other_as_default_end() -> None:
    def circle(label: str) -> ContentType:
        other = {"H5P.A 1.0": "H5P.B 1.0", "H5P.B 1.0": "H5P.A 1.0"}[label]
        raw = [{"name": "part", "type": "library", "default": other}]
        return ContentType(label, label, read_fields(raw))

    after = complete(circle("H5P.A 1.0").fields, {}, circle)
    assert after["part"]["params"]["part"]["library"] == "H5P.A 1.0"
    assert after["part"]["params"]["part"]["params"] == {}


def test_a_group_that_is_content_of_its_own_has_an_identity() -> None:
    fields = read_fields([{"name": "chapter", "type": "group", "isSubContent": True}])
    assert complete(fields, {}, find, new_id=lambda path: path) == {
        "chapter": {"subContentId": "chapter"}
    }
