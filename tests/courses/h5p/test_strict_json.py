"""Strict JSON agrees with the standard parser on everything it accepts."""

import json
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.h5p.limits import Limits
from courses.h5p.refusals import PackageRefused
from courses.h5p.strict_json import Decoder, canonical, checked_object, parse, parse_object

TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=8)
VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**63), 2**63 - 1)
    | st.floats(allow_nan=False, allow_infinity=False)
    | TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXT, inner, max_size=4),
    max_leaves=12,
)


def read(data: bytes, **limits: int) -> Any:
    return parse(data, place="content/content.json", limits=Limits(**limits))


@given(VALUES)
def test_what_json_can_say_is_read_as_it_was_written(value: Any) -> None:
    assert read(json.dumps(value).encode()) == value
    assert read(json.dumps(value, ensure_ascii=False).encode()) == value


@given(VALUES)
def test_the_canonical_form_is_the_same_for_the_same_value(value: Any) -> None:
    once = read(canonical(value))
    assert canonical(read(canonical(once))) == canonical(once)


@given(st.binary(max_size=60))
def test_any_bytes_are_read_or_refused_and_never_break_the_reader(data: bytes) -> None:
    with suppress(PackageRefused):
        canonical(read(data))


def test_a_byte_order_mark_is_accepted() -> None:
    assert read(b"\xef\xbb\xbf" + b'{"a": 1}') == {"a": 1}


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"{", "json_invalid"),
        (b"", "json_invalid"),
        (b'{"a": 1} {}', "json_invalid"),
        (b'{"a": "\x01"}', "json_invalid"),
        (b"<html>", "json_invalid"),
        (b"[NaN]", "json_number"),
        (b"[Infinity]", "json_number"),
        (b"[-Infinity]", "json_number"),
        (b"[1e999]", "json_number"),
        (b"[9223372036854775808]", "json_number"),
        (b"[" + b"9" * 100_000 + b"]", "json_number"),
        ("あ".encode("cp932"), "json_not_utf8"),
        ('{"a": 1}'.encode("utf-16"), "json_not_utf8"),
        (b'["\\ud800"]', "json_text"),
        (b'{"\\udfff": 1}', "json_text"),
        (b'["a\\u0000b"]', "json_text"),
        (b'[[["deep\\u0000"]]]', "json_text"),
        (b'{"a": 1, "a": 2}', "json_duplicate_key"),
        (b'[{"x": {"a": 1, "\\u0061": 1}}]', "json_duplicate_key"),
        (b'{"\\ud800": 1, "\\ud800": 2}', "json_duplicate_key"),
    ],
)
def test_json_that_readers_would_understand_differently_is_refused(
    data: bytes, reason: str
) -> None:
    with pytest.raises(PackageRefused) as caught:
        read(data)
    assert caught.value.reason == reason
    assert caught.value.message.encode()


@pytest.mark.parametrize("opening", [b"[", b'{"a":'])
def test_nesting_is_accepted_up_to_the_limit_and_no_further(opening: bytes) -> None:
    closing = b"]" if opening == b"[" else b"}"

    def nested(depth: int) -> bytes:
        return opening * depth + b"1" + closing * depth

    read(nested(64))
    for depth in (65, 5_000, 200_000):
        with pytest.raises(PackageRefused) as caught:
            read(nested(depth))
        assert caught.value.reason == "json_too_deep"


def test_the_size_limit_is_inclusive() -> None:
    assert read(b'"aa"', json_bytes=4) == "aa"
    with pytest.raises(PackageRefused) as caught:
        read(b'"aaa"', json_bytes=4)
    assert caught.value.reason == "json_too_large"


def test_the_outermost_value_can_be_required_to_be_an_object() -> None:
    assert parse_object(b"{}", place="h5p.json", limits=Limits()) == {}
    with pytest.raises(PackageRefused) as caught:
        parse_object(b"[]", place="h5p.json", limits=Limits())
    assert (caught.value.reason, caught.value.place) == ("json_not_object", "h5p.json")


@pytest.mark.parametrize(("text", "number"), [(b"1.0", b"1"), (b"-0.0", b"0"), (b"1e3", b"1000")])
def test_a_whole_number_is_the_same_however_it_is_written(text: bytes, number: bytes) -> None:
    assert canonical(read(text)) == number


def test_what_the_database_writes_out_in_full_comes_back_as_it_was() -> None:
    assert json.loads("1" + "0" * 300, cls=Decoder) == 1e300
    assert json.loads("[9223372036854775807]", cls=Decoder) == [2**63 - 1]


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        ({"a": float("nan")}, "json_number"),
        ({"a": "\ud800"}, "json_text"),
        ({"a": "\0"}, "json_text"),
        ({"a": 2**64}, "json_number"),
        ([], "json_not_object"),
    ],
)
def test_what_json_cannot_hold_is_refused_before_it_is_written(value: Any, reason: str) -> None:
    with pytest.raises(PackageRefused) as caught:
        checked_object(value, place="x", limits=Limits())
    assert caught.value.reason == reason


@pytest.mark.parametrize("depth", [65, 100_000])
def test_values_nested_too_deep_are_refused(depth: int) -> None:
    value: dict[str, Any] = {}
    for _ in range(depth):
        value = {"a": value}
    with pytest.raises(PackageRefused) as caught:
        checked_object(value, place="x", limits=Limits())
    assert caught.value.reason == "json_too_deep"
