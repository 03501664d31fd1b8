"""Every MUST of the Data part of xAPI, as types. Pure: no database, no clock.

Source: xAPI 1.0.3 part 2; IEEE 9274.1.1 (xAPI 2.0), 4.2. A property that is absent is `ABSENT`;
none may be null, so no type here takes None. What a 2.0 statement has and a 1.0.3 one has not is
decided by the `Version` that validation is given as its context.
"""

import math
import re
from collections.abc import Callable
from typing import Annotated, Any, ClassVar, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Discriminator,
    Field,
    Tag,
    ValidationError,
    ValidationInfo,
    model_validator,
)

from lms.exceptions import InvalidStatement
from lms.lrs.values import (
    VERSION_NAMES,
    Duration,
    Extensions,
    Iri,
    Language,
    LanguageMap,
    Mailbox,
    MediaType,
    Number,
    Sha1,
    Sha2,
    Timestamp,
    Uuid,
    Version,
)
from lms.records.statement import VOIDED

ABSENT: Any = None
DEPTH = 40


class _Part(BaseModel):
    """Properties are spelt as xAPI spells them; there are no others (1.0.3 part 2, 2.2)."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


def _by_object_type(*, default: str = "") -> Callable[[Any], str]:
    """Which kind of thing it says it is; where it says nothing, the default."""

    def kind(value: Any) -> str:
        said = value.get("objectType", default) if isinstance(value, dict) else default
        return said if isinstance(said, str) else ""

    return kind


class Account(_Part):
    homePage: Iri
    name: str


IDENTIFIERS = ("mbox", "mbox_sha1sum", "openid", "account")


class _Identified(_Part):
    name: str = ABSENT
    mbox: Mailbox = ABSENT
    mbox_sha1sum: Sha1 = ABSENT
    openid: Iri = ABSENT
    account: Account = ABSENT

    @property
    def _identifiers(self) -> int:
        return len(self.model_fields_set & set(IDENTIFIERS))


class Agent(_Identified):
    objectType: Literal["Agent"] = "Agent"

    @model_validator(mode="after")
    def _identified_once(self) -> "Agent":
        if self._identifiers != 1:
            raise ValueError(f"an agent has exactly one of {', '.join(IDENTIFIERS)}")
        return self


class Group(_Identified):
    objectType: Literal["Group"]
    member: list[Agent] = ABSENT

    @model_validator(mode="after")
    def _identified_or_with_members(self) -> "Group":
        if self._identifiers > 1:
            raise ValueError(f"a group has at most one of {', '.join(IDENTIFIERS)}")
        if not self._identifiers and not self.member:
            raise ValueError("a group without identifier has members")
        return self


Actor = Annotated[
    Annotated[Agent, Tag("Agent")] | Annotated[Group, Tag("Group")],
    Discriminator(_by_object_type(default="Agent")),
]


def _authority(value: Agent | Group) -> Agent | Group:
    """A group is an application and a person: anonymous, of two (1.0.3 part 2, 2.4.9)."""
    if isinstance(value, Group) and (value._identifiers or len(value.member) != 2):
        raise ValueError("a group as authority has no identifier and two members")
    return value


class Verb(_Part):
    id: Iri
    display: LanguageMap = ABSENT


class InteractionComponent(_Part):
    id: str
    description: LanguageMap = ABSENT


def _distinct(value: list[InteractionComponent]) -> list[InteractionComponent]:
    if len({item.id for item in value}) != len(value):
        raise ValueError("ids must be distinct")
    return value


Components = Annotated[list[InteractionComponent], AfterValidator(_distinct)]


class Definition(_Part):
    name: LanguageMap = ABSENT
    description: LanguageMap = ABSENT
    type: Iri = ABSENT
    moreInfo: Iri = ABSENT
    interactionType: Literal[
        "true-false",
        "choice",
        "fill-in",
        "long-fill-in",
        "matching",
        "performance",
        "sequencing",
        "likert",
        "numeric",
        "other",
    ] = ABSENT
    correctResponsesPattern: list[str] = ABSENT
    choices: Components = ABSENT
    scale: Components = ABSENT
    source: Components = ABSENT
    target: Components = ABSENT
    steps: Components = ABSENT
    extensions: Extensions = ABSENT

    _OF_INTERACTIONS: ClassVar[set[str]] = {
        "correctResponsesPattern",
        "choices",
        "scale",
        "source",
        "target",
        "steps",
    }

    @model_validator(mode="after")
    def _interaction_has_a_type(self) -> "Definition":
        if self.model_fields_set & self._OF_INTERACTIONS and self.interactionType is ABSENT:
            raise ValueError("an interaction has an interactionType")
        return self


class Activity(_Part):
    objectType: Literal["Activity"] = "Activity"
    id: Iri
    definition: Definition = ABSENT


class StatementRef(_Part):
    objectType: Literal["StatementRef"]
    id: Uuid


class Score(_Part):
    scaled: Annotated[Number, Field(ge=-1, le=1)] = ABSENT
    raw: Number = ABSENT
    min: Number = ABSENT
    max: Number = ABSENT

    @model_validator(mode="after")
    def _in_order(self) -> "Score":
        low = -math.inf if self.min is ABSENT else self.min
        high = math.inf if self.max is ABSENT else self.max
        if low >= high:
            raise ValueError("min must be below max")
        if self.raw is not ABSENT and not low <= self.raw <= high:
            raise ValueError("raw must lie between min and max")
        return self


class Result(_Part):
    score: Score = ABSENT
    success: bool = ABSENT
    completion: bool = ABSENT
    response: str = ABSENT
    duration: Duration = ABSENT
    extensions: Extensions = ABSENT


def _one_or_many(value: Any) -> str:
    return "many" if isinstance(value, list) else "one"


Activities = Annotated[
    Annotated[list[Activity], Tag("many")] | Annotated[Activity, Tag("one")],
    Discriminator(_one_or_many),
]


class ContextActivities(_Part):
    parent: Activities = ABSENT
    grouping: Activities = ABSENT
    category: Activities = ABSENT
    other: Activities = ABSENT


RelevantTypes = Annotated[list[Iri], Field(min_length=1)]


class ContextAgent(_Part):
    objectType: Literal["contextAgent"]
    agent: Agent
    relevantTypes: RelevantTypes = ABSENT


class ContextGroup(_Part):
    objectType: Literal["contextGroup"]
    group: Group
    relevantTypes: RelevantTypes = ABSENT


class Context(_Part):
    registration: Uuid = ABSENT
    instructor: Actor = ABSENT
    team: Group = ABSENT
    contextActivities: ContextActivities = ABSENT
    contextAgents: list[ContextAgent] = ABSENT
    contextGroups: list[ContextGroup] = ABSENT
    revision: str = ABSENT
    platform: str = ABSENT
    language: Language = ABSENT
    statement: StatementRef = ABSENT
    extensions: Extensions = ABSENT

    @model_validator(mode="after")
    def _known_to_the_version(self, info: ValidationInfo) -> "Context":
        newer = self.model_fields_set & {"contextAgents", "contextGroups"}
        if newer and info.context is Version.V1:
            raise ValueError(f"xAPI 1.0.3 has no {sorted(newer)[0]}")
        return self


class Attachment(_Part):
    usageType: Iri
    display: LanguageMap
    description: LanguageMap = ABSENT
    contentType: MediaType
    length: Annotated[int, Field(ge=0)]
    sha2: Sha2
    fileUrl: Iri = ABSENT


class _Said(_Part):
    """What a statement and a SubStatement have in common."""

    actor: Actor
    verb: Verb
    result: Result = ABSENT
    context: Context = ABSENT
    timestamp: Timestamp = ABSENT
    attachments: list[Attachment] = ABSENT

    @model_validator(mode="after")
    def _context_fits_the_object(self) -> "_Said":
        kind = getattr(self, "object").objectType  # noqa: B009 - the subclasses have it
        of_activities = {"revision", "platform"}
        said = set() if self.context is ABSENT else self.context.model_fields_set
        if said & of_activities and kind != "Activity":
            raise ValueError("revision and platform go with an activity")
        if self.verb.id == VOIDED and kind != "StatementRef":
            raise ValueError("what is voided is a StatementRef")
        return self


_Thing = (
    Annotated[Activity, Tag("Activity")]
    | Annotated[Agent, Tag("Agent")]
    | Annotated[Group, Tag("Group")]
    | Annotated[StatementRef, Tag("StatementRef")]
)


class SubStatement(_Said):
    """Has no id, stored, version or authority, and holds no other SubStatement."""

    objectType: Literal["SubStatement"]
    object: Annotated[_Thing, Discriminator(_by_object_type(default="Activity"))]


class Statement(_Said):
    id: Uuid = ABSENT
    object: Annotated[
        _Thing | Annotated[SubStatement, Tag("SubStatement")],
        Discriminator(_by_object_type(default="Activity")),
    ]
    stored: Timestamp = ABSENT
    authority: Annotated[Actor, AfterValidator(_authority)] = ABSENT
    version: str = ABSENT

    @model_validator(mode="after")
    def _of_a_known_version(self, info: ValidationInfo) -> "Statement":
        version = info.context or Version.V1
        if self.version is not ABSENT and not VERSION_NAMES[version].match(self.version):
            raise ValueError(f"a statement of version {self.version!r} is not taken here")
        return self


def check_statement(value: Any, *, version: Version, place: str = "") -> None:
    """Nothing, or the first fault of a statement as it was decoded from JSON.

    Raises:
        InvalidStatement: with the place of the fault, e.g. `[3].verb.id`.
    """
    check_part(Statement, value, version=version, place=place)


def check_part(
    model: type[_Part], value: Any, *, version: Version = Version.V1, place: str = ""
) -> None:
    """The same for an agent or a group by itself."""
    _check_storable(value, place)
    try:
        model.model_validate(value, context=version)
    except ValidationError as error:
        fault = error.errors(include_url=False, include_context=False, include_input=False)[0]
        where = ".".join(str(step) for step in fault["loc"])
        raise InvalidStatement(
            str(fault["msg"]), place=".".join(filter(None, [place, where]))
        ) from error


def _check_storable(value: Any, place: str, depth: int = 0) -> None:
    """JSON in PostgreSQL holds no U+0000, no half of a character, no infinity."""
    if depth > DEPTH:
        raise InvalidStatement("It is nested too deeply.", place=place)
    if isinstance(value, str):
        if re.search("[\x00\ud800-\udfff]", value):
            raise InvalidStatement("The text holds a character that cannot be stored.", place=place)
    elif isinstance(value, float):
        if not math.isfinite(value):
            raise InvalidStatement("The number is not finite.", place=place)
    elif isinstance(value, dict):
        for key, item in value.items():
            _check_storable(key, place, depth + 1)
            _check_storable(item, place, depth + 1)
    elif isinstance(value, list):
        for item in value:
            _check_storable(item, place, depth + 1)
