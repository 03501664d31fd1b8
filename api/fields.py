"""How values are written."""

from datetime import UTC, datetime
from typing import Any

from rest_framework import serializers


def utc_text(moment: datetime | None) -> str | None:
    """An instant as UtcDateTimeField writes it; for long lists, where fields are too slow."""
    if moment is None:
        return None
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")


class UtcDateTimeField(serializers.DateTimeField):
    """An instant, always in UTC: `2026-04-01T00:00:00Z`. Clients show their own time zone."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(default_timezone=UTC, **kwargs)


class FractionField(serializers.FloatField):
    """A share or score, 0 to 1."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(min_value=0, max_value=1, **kwargs)


class LevelField(serializers.IntegerField):
    """A level of the common scale."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(min_value=0, max_value=4, **kwargs)


class MinutesField(serializers.IntegerField):
    """A duration in whole minutes."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(min_value=0, **kwargs)

    def to_representation(self, value: Any) -> int:
        return int(value.total_seconds() // 60)
