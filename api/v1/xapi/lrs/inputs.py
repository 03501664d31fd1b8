# ruff: noqa: N815 - the names are xAPI's
"""What an address of the record store may be asked, with xAPI's names (1.0.3 part 3, 2)."""

import json
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from pydantic import TypeAdapter, ValidationError
from rest_framework import serializers

from api.parameters import QueryParameters
from api.v1.xapi.inputs import BooleanWord, CursorField
from lms.exceptions import InvalidStatement
from lms.lrs.validation import Agent, Group, check_part
from lms.lrs.values import Iri, moment_of

IRI: TypeAdapter[str] = TypeAdapter(Iri)


class IriField(serializers.CharField):
    """An IRI, compared letter by letter."""

    def to_internal_value(self, data: str) -> str:
        try:
            return IRI.validate_python(data)
        except ValidationError as error:
            raise serializers.ValidationError(_("This is no IRI."), code="no_iri") from error


class MomentField(serializers.Field[datetime, str, str, Any]):
    """A moment as xAPI writes it; without an offset it is UTC."""

    def to_internal_value(self, data: str) -> datetime:
        try:
            return moment_of(data)
        except ValueError as error:
            raise serializers.ValidationError(_("This is no moment."), code="no_moment") from error


class AgentField(serializers.Field[dict[str, Any], str, str, Any]):
    """An agent as JSON; or, where groups have what is asked for, an identified group."""

    def __init__(self, *, or_group: bool = False, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.or_group = or_group

    def to_internal_value(self, data: str) -> dict[str, Any]:
        try:
            agent = json.loads(data)
            is_group = isinstance(agent, dict) and agent.get("objectType") == "Group"
            check_part(Group if self.or_group and is_group else Agent, agent)
        except (ValueError, RecursionError, InvalidStatement) as error:
            raise serializers.ValidationError(_("This is no agent."), code="no_agent") from error
        return agent  # type: ignore[no-any-return]


class StatementsQuestion(QueryParameters):
    """With an id: that statement; nothing goes with it but how it is to be shown."""

    statementId = serializers.UUIDField(required=False)
    voidedStatementId = serializers.UUIDField(required=False)
    agent = AgentField(required=False, or_group=True)
    verb = IriField(required=False)
    activity = IriField(required=False)
    registration = serializers.UUIDField(required=False)
    related_activities = BooleanWord(default="false")
    related_agents = BooleanWord(default="false")
    since = MomentField(required=False)
    until = MomentField(required=False)
    limit = serializers.IntegerField(min_value=0, default=0)
    format = serializers.ChoiceField(["ids", "exact", "canonical"], default="exact")
    attachments = BooleanWord(default="false")
    ascending = BooleanWord(default="false")
    cursor = CursorField(required=False)

    def validate(self, attrs: dict[str, object]) -> dict[str, object]:
        ids = {"statementId", "voidedStatementId"} & set(self.initial_data)
        if ids and set(self.initial_data) - {"format", "attachments"} != {min(ids)}:
            raise serializers.ValidationError(
                {min(ids): _("Only format and attachments go with an id.")}, code="not_alone"
            )
        return attrs


class StatementAddress(QueryParameters):
    statementId = serializers.UUIDField()


class ActivityAddress(QueryParameters):
    activityId = IriField()


class AgentAddress(QueryParameters):
    agent = AgentField()


class _StateShelf(QueryParameters):
    activityId = IriField()
    agent = AgentField()
    registration = serializers.UUIDField(required=False)


class StateAddress(_StateShelf):
    stateId = serializers.CharField(trim_whitespace=False)


class StateRemoval(_StateShelf):
    """Without stateId: all of them."""

    stateId = serializers.CharField(required=False, trim_whitespace=False)


class StateQuestion(StateRemoval):
    """Without stateId: the names of those stored after `since`."""

    since = MomentField(required=False)


class ActivityProfileAddress(ActivityAddress):
    profileId = serializers.CharField(trim_whitespace=False)


class ActivityProfileQuestion(ActivityAddress):
    profileId = serializers.CharField(required=False, trim_whitespace=False)
    since = MomentField(required=False)


class AgentProfileAddress(AgentAddress):
    profileId = serializers.CharField(trim_whitespace=False)


class AgentProfileQuestion(AgentAddress):
    profileId = serializers.CharField(required=False, trim_whitespace=False)
    since = MomentField(required=False)
