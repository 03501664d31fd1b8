"""JSON as H5P packages may hold it: what every parser, the player and PostgreSQL agree on."""

import json
from collections.abc import Iterator
from math import isfinite
from typing import Any, NoReturn

from courses.h5p.limits import Limits
from courses.h5p.refusals import PackageRefused

BOM = b"\xef\xbb\xbf"
# Beyond 64 bits a number is not the same in Python, in JavaScript and in the database.
INTEGERS = range(-(2**63), 2**63)
INTEGER_DIGITS = 20
# Each value costs one of these, and up to a hundred times its own size in memory.
MARKS = (b",", b":", b"[", b"{")


class _Refused(Exception):
    """Carries a refusal out of the parser's callbacks, which do not know the place."""

    def __init__(self, reason: str, **params: object) -> None:
        super().__init__(reason)
        self.reason = reason
        self.params = params


def _integer(digits: str) -> int:
    # The length first: turning a million digits into a number takes minutes.
    if len(digits) > INTEGER_DIGITS or int(digits) not in INTEGERS:
        raise _Refused("json_number", what=f"{digits[:INTEGER_DIGITS]}…")
    return int(digits)


def _fraction(digits: str) -> float | int:
    """1.0 is 1, as JavaScript and the database have it: content has one digest wherever it was."""
    number = float(digits)
    if not isfinite(number):
        raise _Refused("json_number", what=digits[:INTEGER_DIGITS])
    return int(number) if number.is_integer() and int(number) in INTEGERS else number


def _stored_integer(digits: str) -> float | int:
    return (
        int(digits) if len(digits) <= INTEGER_DIGITS and int(digits) in INTEGERS else float(digits)
    )


class Decoder(json.JSONDecoder):
    """Reads JSON back from the database, which writes 1e300 out in full."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"parse_int": _stored_integer} | options)


def _constant(name: str) -> NoReturn:
    raise _Refused("json_number", what=name)


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        seen: set[str] = set()
        for key, _value in pairs:
            if key in seen:
                raise _Refused("json_duplicate_key", key=key.encode(errors="replace").decode())
            seen.add(key)
    return found


def _children(value: Any) -> Iterator[Any]:
    if isinstance(value, dict):
        yield from value
        yield from value.values()
    elif isinstance(value, list):
        yield from value


def _is_plain(text: str) -> bool:
    """Whether the text has no NUL and no lone surrogate."""
    if "\0" in text:
        return False
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _check(value: Any, *, depth: int) -> None:
    """Breadth first, so that no depth of nesting can exhaust the stack."""
    level, reached = [value], 0
    while level:
        if not all(_is_plain(item) for item in level if isinstance(item, str)):
            raise _Refused("json_text")
        reached += any(isinstance(item, dict | list) for item in level)
        if reached > depth:
            raise _Refused("json_too_deep", limit=depth)
        level = [child for item in level for child in _children(item)]


def parse(data: bytes, *, place: str, limits: Limits) -> Any:
    """The value of a JSON file. A UTF-8 byte order mark is accepted.

    Raises:
        PackageRefused: not UTF-8, not JSON, too large, too deep, too many values, or something
            in it that other readers understand differently: NaN, duplicate keys, numbers beyond
            64 bits, text with NUL or lone surrogates.
    """
    if len(data) > limits.json_bytes:
        raise PackageRefused("json_too_large", place=place, limit=limits.json_bytes)
    if sum(map(data.count, MARKS)) > limits.json_values:
        raise PackageRefused("json_too_many", place=place, limit=limits.json_values)
    try:
        text = data.removeprefix(BOM).decode()
    except UnicodeDecodeError:
        raise PackageRefused("json_not_utf8", place=place) from None
    try:
        value = json.loads(
            text,
            parse_int=_integer,
            parse_float=_fraction,
            parse_constant=_constant,
            object_pairs_hook=_object,
        )
        _check(value, depth=limits.json_depth)
    except _Refused as refused:
        raise PackageRefused(refused.reason, place=place, **refused.params) from None
    except RecursionError:
        raise PackageRefused("json_too_deep", place=place, limit=limits.json_depth) from None
    except json.JSONDecodeError as error:
        raise PackageRefused("json_invalid", place=place, line=error.lineno) from None
    return value


def parse_object(data: bytes, *, place: str, limits: Limits) -> dict[str, Any]:
    """Like `parse`, for files whose outermost value must be an object."""
    value = parse(data, place=place, limits=limits)
    if not isinstance(value, dict):
        raise PackageRefused("json_not_object", place=place)
    return value


def checked_object(value: Any, *, place: str, limits: Limits) -> dict[str, Any]:
    """An object made in Python, as if it had been read from a file.

    Raises:
        PackageRefused: as `parse_object`; also where it holds what JSON cannot.
    """
    try:
        data = json.dumps(value, ensure_ascii=False, allow_nan=False).encode()
    except RecursionError:
        raise PackageRefused("json_too_deep", place=place, limit=limits.json_depth) from None
    except UnicodeEncodeError:
        raise PackageRefused("json_text", place=place) from None
    except ValueError:
        raise PackageRefused("json_number", place=place, what="NaN") from None
    return parse_object(data, place=place, limits=limits)


def canonical(value: Any) -> bytes:
    """The same bytes for the same value, whatever its spacing and order of keys."""
    return json.dumps(
        value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
    ).encode()
