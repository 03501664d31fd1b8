"""The envelope of every list."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import QuerySet
from rest_framework.pagination import BasePagination
from rest_framework.request import Request


def pages_of(count: int, page_size: int) -> int:
    """How many pages there are; an empty list has one, empty page."""
    return max(1, -(-count // page_size))


def envelope(*, count: int, asked: Mapping[str, Any], results: Any) -> dict[str, Any]:
    """`{count, page, page_size, pages, results}`. A page past the end has no results."""
    return {
        "count": count,
        "page": asked["page"],
        "page_size": asked["page_size"],
        "pages": pages_of(count, asked["page_size"]),
        "results": results,
    }


class PageNumberPagination(BasePagination):
    """`?page=1&page_size=50`, read by `PageParameters` of the view."""

    count = 0

    def paginate_queryset(
        self, queryset: QuerySet[Any] | Sequence[Any], request: Request, view: Any = None
    ) -> list[Any]:
        self.asked = view.asked
        self.count = queryset.count() if isinstance(queryset, QuerySet) else len(queryset)
        start = (self.asked["page"] - 1) * self.asked["page_size"]
        return list(queryset[start : start + self.asked["page_size"]])

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        number = {"type": "integer", "minimum": 0}
        members = dict.fromkeys(("count", "page", "page_size", "pages"), number)
        return {
            "type": "object",
            "required": [*members, "results"],
            "properties": members | {"results": schema},
        }

    def get_schema_operation_parameters(self, view: Any) -> list[dict[str, Any]]:
        return []
