# ruff: noqa: N815 - the names are xAPI's
"""xAPI's own parameters, with xAPI's names (1.0.3 part 3, 2.1.3 and 2.3)."""

import base64
import re
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from api.parameters import QueryParameters
from courses.models import Activity
from lms.records.selectors import activities_by_iri

MAX_STATEMENTS = 100


@extend_schema_field(OpenApiTypes.STR)
class ActivityField(serializers.Field[Activity, str, str, Any]):
    """The IRI of an activity of this site; its value is the activity."""

    def to_internal_value(self, data: str) -> Activity:
        activity = activities_by_iri([data]).get(data)
        if activity is None:
            raise serializers.ValidationError(
                _("No activity of this site has that id."), code="unknown_activity"
            )
        return activity


@extend_schema_field(OpenApiTypes.STR)
class CursorField(serializers.Field[tuple[datetime, UUID], str, str, Any]):
    """Where a list of statements goes on: after this moment and id. Opaque to clients."""

    def to_internal_value(self, data: str) -> tuple[datetime, UUID]:
        try:
            stored, _space, key = base64.urlsafe_b64decode(data.encode()).decode().partition(" ")
            moment = datetime.fromisoformat(stored)
            if moment.tzinfo is None:
                raise ValueError(stored)
            return moment, UUID(key)
        except ValueError as error:
            raise serializers.ValidationError(
                _("Take the address from `more` as it is."), code="invalid_cursor"
            ) from error


def cursor_after(stored: datetime, statement_id: UUID) -> str:
    """What CursorField reads."""
    return base64.urlsafe_b64encode(f"{stored.isoformat()} {statement_id}".encode()).decode()


class BooleanWord(serializers.ChoiceField):
    """xAPI writes true and false, nothing else."""

    def __init__(self, **kwargs: object) -> None:
        super().__init__(["true", "false"], **kwargs)  # type: ignore[arg-type]


class StatementsParameters(QueryParameters):
    """With statementId: that statement; it goes with nothing else."""

    statementId = serializers.UUIDField(required=False)
    activity = ActivityField(required=False)
    verb = serializers.CharField(required=False, max_length=255)
    since = serializers.DateTimeField(
        required=False, help_text=gettext_lazy("Stored after this moment.")
    )
    until = serializers.DateTimeField(
        required=False, help_text=gettext_lazy("Stored at this moment or before.")
    )
    limit = serializers.IntegerField(
        min_value=0,
        max_value=MAX_STATEMENTS,
        default=0,
        help_text=gettext_lazy("0 = as many as the server gives at once."),
    )
    ascending = BooleanWord(default="false")
    cursor = CursorField(required=False, help_text=gettext_lazy("Part of `more`."))

    def validate(self, attrs: dict[str, object]) -> dict[str, object]:
        alone = "statementId" in attrs
        if alone and set(self.initial_data) != {"statementId"}:
            raise serializers.ValidationError(
                {"statementId": _("statementId goes with no other parameter.")}, code="not_alone"
            )
        return attrs


class StatementParameters(QueryParameters):
    statementId = serializers.UUIDField()


class StateParameters(QueryParameters):
    activityId = ActivityField()
    stateId = serializers.RegexField(
        re.compile(r"^[^\x00-\x1f]{1,64}\Z"), help_text=gettext_lazy("Name of the document.")
    )
    agent = serializers.CharField(
        required=False, help_text=gettext_lazy("Not looked at: it is whoever is signed in.")
    )


class StateReadParameters(StateParameters):
    """Without stateId: the names of all documents."""

    stateId = serializers.RegexField(
        re.compile(r"^[^\x00-\x1f]{1,64}\Z"),
        required=False,
        help_text=gettext_lazy("Name of the document; left out: list the names."),
    )
