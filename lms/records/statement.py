"""What an acceptable xAPI statement looks like. Pure: no database, no clock.

Source: xAPI 1.0.3, part 2 (Data), sections 2.4 (statement properties) and 4 (special types).
"""

import hashlib
import json
import math
import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import (
    AfterValidator,
    AwareDatetime,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationError,
)

from lms.exceptions import InvalidStatement

ADL = "http://adlnet.gov/expapi/verbs/"
ANSWERED = ADL + "answered"
ATTENDED = ADL + "attended"
COMPLETED = ADL + "completed"
EXPERIENCED = ADL + "experienced"
# Of a lesson: somebody has it in view; `result.duration` says for how long since the last such.
PROGRESSED = ADL + "progressed"
VOIDED = ADL + "voided"

PRESENCE = {ATTENDED: "出席した", EXPERIENCED: "学習した"}

# Whatever this project names itself begins with it: here, and the problems of the API.
NAMESPACE = "urn:x-lms:"
# Context extension: which try of the person at the activity this was, from 1.
ATTEMPT = f"{NAMESPACE}attempt"
# Context extension: uuid of the content that was played, as the launch said. Absent = the
# published one of that moment.
CONTENT = f"{NAMESPACE}content"
# Result extension: {sub-content id: response} of the parts of a composite, whose own statement
# has no response.
RESPONSES = f"{NAMESPACE}responses"

# How many objects and lists may stand in one another.
DEEPEST = 40
# Nothing anybody does in a browser takes longer; it keeps absurd durations out of the database.
LONGEST = timedelta(days=1)

_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`]+\Z")
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*\Z")
_DURATION = re.compile(
    r"P(?!\Z)(?P<years>\d+Y)?(?P<months>\d+M)?(?P<weeks>\d+W)?(?P<days>\d+D)?"
    r"(T(?=\d)(?P<hours>\d+H)?(?P<minutes>\d+M)?(?P<seconds>\d+(\.\d+)?S)?)?\Z"
)


def _iri(value: str) -> str:
    if not _IRI.match(value):
        raise ValueError("must be an IRI")
    return value


def _language_map(value: dict[str, str]) -> dict[str, str]:
    for tag in value:
        if not _LANGUAGE.match(tag):
            raise ValueError(f"{tag!r} is not a language tag")
    return value


def _duration(value: str) -> str:
    if not _DURATION.match(value):
        raise ValueError("must be an ISO 8601 duration")
    return value


def _text_only(value: Any) -> Any:
    if not isinstance(value, str):
        raise ValueError("must be a string")
    return value


Iri = Annotated[str, Field(max_length=2000), AfterValidator(_iri)]
LanguageMap = Annotated[dict[str, str], AfterValidator(_language_map)]
Extensions = dict[Iri, Any]
# From text only: pydantic would also take a number as seconds since 1970.
Timestamp = Annotated[AwareDatetime, BeforeValidator(_text_only)]


class _Part(BaseModel):
    """xAPI forbids properties it does not define, and nulls outside extensions (2.2)."""

    model_config = ConfigDict(extra="forbid", strict=False, frozen=True)


class Verb(_Part):
    id: Annotated[Iri, Field(max_length=255)]
    display: LanguageMap | None = None


class Definition(_Part):
    name: LanguageMap | None = None
    description: LanguageMap | None = None
    type: Iri | None = None
    moreInfo: Iri | None = None
    interactionType: str | None = None
    correctResponsesPattern: list[str] | None = None
    choices: list[dict[str, Any]] | None = None
    scale: list[dict[str, Any]] | None = None
    source: list[dict[str, Any]] | None = None
    target: list[dict[str, Any]] | None = None
    steps: list[dict[str, Any]] | None = None
    extensions: Extensions | None = None


class ActivityObject(_Part):
    objectType: Literal["Activity"] = "Activity"
    id: Iri
    definition: Definition | None = None


class Score(_Part):
    scaled: Annotated[float, Field(ge=-1, le=1, allow_inf_nan=False)] | None = None
    raw: Annotated[float, Field(allow_inf_nan=False)] | None = None
    min: Annotated[float, Field(allow_inf_nan=False)] | None = None
    max: Annotated[float, Field(allow_inf_nan=False)] | None = None


class Result(_Part):
    score: Score | None = None
    success: Annotated[bool, Field(strict=True)] | None = None
    completion: Annotated[bool, Field(strict=True)] | None = None
    response: str | None = None
    duration: Annotated[str, AfterValidator(_duration)] | None = None
    extensions: Extensions | None = None


class ContextActivities(_Part):
    parent: list[ActivityObject] | ActivityObject | None = None
    grouping: list[ActivityObject] | ActivityObject | None = None
    category: list[ActivityObject] | ActivityObject | None = None
    other: list[ActivityObject] | ActivityObject | None = None


class Context(_Part):
    registration: UUID | None = None
    contextActivities: ContextActivities | None = None
    language: str | None = None
    platform: str | None = None
    revision: str | None = None
    extensions: Extensions | None = None


class _Statement(_Part):
    id: UUID
    # Whoever the client claims to be: replaced by the server, so not even looked at.
    actor: dict[str, Any] | None = None
    verb: Verb
    object: ActivityObject
    result: Result | None = None
    context: Context | None = None
    timestamp: Timestamp | None = None
    stored: Timestamp | None = None
    authority: dict[str, Any] | None = None
    version: Annotated[str, Field(pattern=r"^1\.0(\.[0-9]+)?$")] | None = None


@dataclass(frozen=True)
class ParsedStatement:
    """A valid statement, reduced to what the server decides on, plus its normalised body.

    Attributes:
        part: id of the sub-content the statement is about; empty = the activity itself.
        score: fraction 0 to 1; negative scores count as 0; None = not scored.
        content: uuid of the content it was made on; None = it does not say.
        duration: how long it says it took, at most a day; None = it does not say.
        claimed_at: when the client says it happened; None = it does not say.
        fingerprint: SHA-256 of everything the client decides; equal for a retry.
        body: the statement without actor, authority, stored, timestamp and version.
    """

    id: UUID
    verb: str
    activity_iri: str
    part: str
    score: float | None
    content: UUID | None
    duration: timedelta | None
    claimed_at: datetime | None
    fingerprint: str
    body: dict[str, Any]

    @property
    def is_root(self) -> bool:
        return not self.part


def scaled_score(score: Score | None) -> float | None:
    """Fraction 0 to 1 of a score; from raw and max where the client sent no `scaled`."""
    if score is None:
        return None
    if score.scaled is not None:
        return max(0.0, score.scaled)
    if score.raw is None or score.max is None:
        return None
    low = score.min if score.min is not None else 0.0
    span = score.max - low
    # Finite bounds can still overflow when subtracted, and full marks may be zero.
    if not math.isfinite(span) or span <= 0:
        return None
    return min(1.0, max(0.0, (score.raw - low) / span))


def parse_statement(value: Any, *, place: str = "") -> ParsedStatement:
    """One statement as a client sent it.

    Raises:
        InvalidStatement: with the place of the first fault, e.g. `[3].verb.id`.
    """
    if not isinstance(value, dict):
        raise InvalidStatement("A statement must be a JSON object.", place=place)
    if not _is_harmless(value):
        _refuse_nulls(value, place)
    try:
        statement = _Statement.model_validate(value)
    except ValidationError as error:
        fault = error.errors(include_url=False, include_context=False, include_input=False)[0]
        where = ".".join(str(step) for step in fault["loc"])
        raise InvalidStatement(
            str(fault["msg"]), place=".".join(filter(None, [place, where]))
        ) from error
    _check_score(statement.result, place)
    iri, _, part = statement.object.id.partition("#")
    # Of what the client decides: the server's own columns would differ on every retry.
    body = {key: value[key] for key in ("verb", "object", "result", "context") if key in value}
    decided = body | {"timestamp": value.get("timestamp")}
    return ParsedStatement(
        id=statement.id,
        verb=statement.verb.id,
        activity_iri=iri,
        part=part,
        score=scaled_score(statement.result.score if statement.result else None),
        content=_content_of(statement.context, place),
        duration=duration_of(statement.result.duration if statement.result else None),
        claimed_at=statement.timestamp,
        fingerprint=hashlib.sha256(
            json.dumps(decided, sort_keys=True, ensure_ascii=False).encode("utf-8", "replace")
        ).hexdigest(),
        body=body,
    )


def parse_statements(values: Any, *, limit: int) -> list[ParsedStatement]:
    """One statement or a list of them; all are valid or none is taken.

    Raises:
        InvalidStatement: a fault, its place, or more than `limit` statements, or an id twice.
    """
    if isinstance(values, dict):
        return [parse_statement(values)]
    if not isinstance(values, list) or not values:
        raise InvalidStatement("Send one statement or a list of statements.")
    if len(values) > limit:
        raise InvalidStatement(f"Send at most {limit} statements at a time.")
    parsed = [parse_statement(value, place=f"[{n}]") for n, value in enumerate(values)]
    seen: set[UUID] = set()
    for n, statement in enumerate(parsed):
        if statement.id in seen:
            raise InvalidStatement("The same id stands twice in the list.", place=f"[{n}].id")
        seen.add(statement.id)
    return parsed


def grade_statement(
    activity_iri: str, *, statement_id: UUID, score: float, success: bool | None, attempt: int
) -> dict[str, Any]:
    """What the server says of a file it graded itself. `success` None = there is no pass mark."""
    result: dict[str, Any] = {
        "score": {"scaled": score, "raw": score, "min": 0, "max": 1},
        "completion": True,
    }
    if success is not None:
        result["success"] = success
    return {
        "id": str(statement_id),
        "verb": {"id": ANSWERED, "display": {"en": "answered", "ja": "解答した"}},
        "object": {"objectType": "Activity", "id": activity_iri},
        "result": result,
        "context": {"extensions": {ATTEMPT: attempt}},
    }


def presence_statement(
    activity_iri: str, *, statement_id: UUID, verb: str, took: timedelta = timedelta(0)
) -> dict[str, Any]:
    """What the server says of somebody whom the office saw there. `took` nothing = not known."""
    name = verb.removeprefix(ADL)
    result: dict[str, Any] = {"completion": True}
    if took:
        minutes = int(took.total_seconds() // 60)
        result["duration"] = f"PT{minutes}M"
    return {
        "id": str(statement_id),
        "verb": {"id": verb, "display": {"en": name, "ja": PRESENCE[verb]}},
        "object": {"objectType": "Activity", "id": activity_iri},
        "result": result,
    }


def voiding_of(statement_id: UUID) -> dict[str, Any]:
    """Verb and object of what takes a statement back (xAPI 1.0.3, part 2, 2.3.2)."""
    return {
        "verb": {"id": VOIDED, "display": {"en": "voided", "ja": "取り消した"}},
        "object": {"objectType": "StatementRef", "id": str(statement_id)},
    }


def settle_timestamp(
    claimed_at: datetime | None, *, stored: datetime, max_age: timedelta | None
) -> datetime:
    """When it happened, as far as the server believes: never later than `stored`, never too old.

    `max_age` None = however old.
    """
    if claimed_at is None or claimed_at > stored:
        return stored
    return claimed_at if max_age is None else max(claimed_at, stored - max_age)


def duration_of(text: object) -> timedelta | None:
    """An ISO 8601 duration, at most a day. None = it is none, absurd, or in weeks and longer."""
    found = _DURATION.match(text) if isinstance(text, str) else None
    if found is None or found["years"] or found["months"] or found["weeks"]:
        return None
    parts = {
        unit: float(found[unit][:-1])
        for unit in ("days", "hours", "minutes", "seconds")
        if found[unit]
    }
    try:
        return min(timedelta(**parts), LONGEST)
    except OverflowError:
        return None


def _content_of(context: Context | None, place: str) -> UUID | None:
    extensions = (context.extensions if context else None) or {}
    if CONTENT not in extensions:
        return None
    try:
        return UUID(extensions[CONTENT])
    except (ValueError, TypeError, AttributeError) as error:
        where = ".".join(filter(None, [place, "context.extensions", CONTENT]))
        raise InvalidStatement("The content must be a UUID.", place=where) from error


def _check_score(result: Result | None, place: str) -> None:
    score = result.score if result else None
    if score is None:
        return
    where = ".".join(filter(None, [place, "result.score"]))
    low = score.min if score.min is not None else -math.inf
    high = score.max if score.max is not None else math.inf
    if low >= high:
        raise InvalidStatement("min must be below max.", place=where)
    if score.raw is not None and not low <= score.raw <= high:
        raise InvalidStatement("raw must lie between min and max.", place=f"{where}.raw")


def _is_harmless(value: Any) -> bool:
    """Whether `_refuse_nulls` has nothing to find, as its text shows at once; no = have a look."""
    try:
        text = json.dumps(value, ensure_ascii=False, allow_nan=False)
        text.encode()
    except (ValueError, RecursionError):
        return False
    nested = text.count("{") + text.count("[")
    return "null" not in text and "\\u0000" not in text and nested <= DEEPEST


def _refuse_nulls(value: Any, place: str, depth: int = 0) -> None:
    """xAPI 2.2: null is an error outside extensions. PostgreSQL text cannot hold U+0000 either."""
    if depth > DEEPEST:
        raise InvalidStatement("The statement is nested too deeply.", place=place)
    if value is None:
        raise InvalidStatement("null is not allowed here.", place=place)
    if isinstance(value, str) and not _is_storable(value):
        raise InvalidStatement("The text holds a character that cannot be stored.", place=place)
    if isinstance(value, float) and not math.isfinite(value):
        raise InvalidStatement("The number is not finite.", place=place)
    if isinstance(value, dict):
        for key, item in value.items():
            where = ".".join(filter(None, [place, key[:100]]))
            if not _is_storable(key):
                raise InvalidStatement("A name cannot be stored as it is.", place=place)
            if key == "extensions" and isinstance(item, dict):
                # Extensions may hold nulls, but must be storable all the same.
                _refuse_nulls(_without_nulls(item, depth + 1), where, depth + 1)
            else:
                _refuse_nulls(item, where, depth + 1)
    elif isinstance(value, list):
        for n, item in enumerate(value):
            _refuse_nulls(item, f"{place}[{n}]", depth + 1)


def _without_nulls(value: Any, depth: int) -> Any:
    if depth > DEEPEST:
        raise InvalidStatement("The statement is nested too deeply.")
    if value is None:
        return ""
    if isinstance(value, dict):
        return {key: _without_nulls(item, depth + 1) for key, item in value.items()}
    if isinstance(value, list):
        return [_without_nulls(item, depth + 1) for item in value]
    return value


def _is_storable(text: str) -> bool:
    return "\x00" not in text and not any("\ud800" <= char <= "\udfff" for char in text)
