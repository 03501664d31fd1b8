"""The single values of xAPI: versions, identifiers, moments, durations, languages. Pure.

Source: xAPI 1.0.3 part 2, 4 (special data types); IEEE 9274.1.1, 4.2.7.
"""

import re
from datetime import UTC, datetime
from enum import StrEnum
from typing import Annotated, Any

from pydantic import AfterValidator, Field, ValidationInfo


class Version(StrEnum):
    """What the server answers with, by what it was asked in."""

    V1 = "1.0.3"
    V2 = "2.0.0"

    @property
    def of_statements(self) -> str:
        """What a statement without a version of its own gets (1.0.3 part 2, 2.4.10)."""
        return {"1.0.3": "1.0.0", "2.0.0": "2.0.0"}[self]


# What a header or a statement may name, by the version the request is made in.
VERSION_NAMES = {
    Version.V1: re.compile(r"1\.0(\.\d+)?\Z"),
    Version.V2: re.compile(r"(1\.0|2\.0)(\.\d+)?\Z"),
}


def version_named(name: str) -> Version | None:
    """The version a header asks for; None = none that is spoken here."""
    return next((version for version in Version if VERSION_NAMES[version].match(name)), None)


_IRI = r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`]+"
# RFC 5646, 2.1: language, script, region, variants, extensions, private use; or one of the few
# tags that are older than this grammar and do not fit it.
_TAG = (
    r"(?i:"
    r"(?:[a-z]{2,3}(?:-[a-z]{3}){0,3}|[a-z]{4,8})(?:-[a-z]{4})?(?:-(?:[a-z]{2}|\d{3}))?"
    r"(?:-(?:[a-z0-9]{5,8}|\d[a-z0-9]{3}))*(?:-[0-9a-wy-z](?:-[a-z0-9]{2,8})+)*"
    r"(?:-x(?:-[a-z0-9]{1,8})+)?"
    r"|x(?:-[a-z0-9]{1,8})+|i-[a-z]{3,8}|en-gb-oed|sgn-be-fr|sgn-be-nl|sgn-ch-de)"
)
_AMOUNT = r"\d+(?:[.,]\d+)?"
_TIME = rf"T(?=\d)(?:{_AMOUNT}H)?(?:{_AMOUNT}M)?(?:{_AMOUNT}S)?"
_DATE = rf"(?:{_AMOUNT}Y)?(?:{_AMOUNT}M)?(?:{_AMOUNT}D)?"
# A fraction is of the smallest unit only.
_DURATION = rf"(?!.*[.,]\d+[A-Z]T?\d)P(?:{_AMOUNT}W|(?=\d|T){_DATE}(?:{_TIME})?)"
_HOST = r"[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?"
_MOMENT = re.compile(
    r"\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d(?::\d\d(?:[.,]\d+)?)?(Z|z|[+-]\d\d(?::?\d\d)?)?\Z"
)


def _like(pattern: str, fault: str) -> AfterValidator:
    """The pattern describes the string as a whole."""
    compiled = re.compile(pattern)

    def check(value: str) -> str:
        if not compiled.fullmatch(value):
            raise ValueError(fault)
        return value

    return AfterValidator(check)


Iri = Annotated[str, _like(_IRI, "must be an IRI")]
Uuid = Annotated[
    str, _like(r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}", "must be a UUID")
]
Mailbox = Annotated[
    str, _like(rf"mailto:[^\s@<>\",;:]+@{_HOST}", "must be mailto: and an e-mail address")
]
Sha1 = Annotated[str, _like(r"[0-9a-fA-F]{40}", "must be a SHA-1 in hexadecimal digits")]
Sha2 = Annotated[str, _like(r"(?:[0-9a-fA-F]{2}){28,64}", "must be a SHA-2 in hexadecimal digits")]
Language = Annotated[str, _like(_TAG, "must be a language tag (RFC 5646)")]
Duration = Annotated[str, _like(_DURATION, "must be an ISO 8601 duration")]
MediaType = Annotated[str, _like(r"[\w!#$&^.+-]+/[\w!#$&^.+-]+(?:\s*;.*)?", "must be a media type")]
LanguageMap = dict[Language, str]
Extensions = dict[Iri, Any]
Number = Annotated[float, Field(allow_inf_nan=False)]


def moment_of(value: str, *, needs_offset: bool = False) -> datetime:
    """A moment as xAPI writes it, aware; without an offset it is UTC.

    Raises:
        ValueError: it is none, or its offset is -00, which says that nobody knows it.
    """
    written = _MOMENT.match(value)
    if not written:
        raise ValueError("must be an ISO 8601 timestamp")
    offset = written.group(1) or ""
    if re.fullmatch(r"-00(:?00)?", offset):
        raise ValueError("must not have the offset -00")
    if needs_offset and not offset:
        raise ValueError("must say its offset from UTC (RFC 3339)")
    # Python reads six digits of a second; more of them are no fault.
    moment = datetime.fromisoformat(
        re.sub(r"[.,](\d{1,6})\d*", lambda found: f".{found[1]:0<6}", value.upper())
    )
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _timestamp(value: str, info: ValidationInfo) -> str:
    moment_of(value, needs_offset=info.context is Version.V2)
    return value


Timestamp = Annotated[str, AfterValidator(_timestamp)]
