"""Query parameters: everything is declared, what is not declared is refused."""

from collections.abc import Mapping
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rest_framework import serializers
from rest_framework.exceptions import ErrorDetail

from api.errors import InvalidParameter, UnknownParameter


class QueryParameters(serializers.Serializer[Any]):
    """The parameters an address takes. By itself: none at all."""

    @classmethod
    def read(cls, query: QueryDict) -> Mapping[str, Any]:
        """The values asked for, with the defaults of those left out.

        Raises:
            UnknownParameter: a name that is not declared.
            InvalidParameter: a value that is not acceptable, or a name given twice.
        """
        if not query and not cls._declared_fields:
            return {}
        declared = cls().fields
        unknown = {
            name: [ErrorDetail(_("There is no such parameter."), code="unknown_parameter")]
            for name in query
            if name not in declared
        }
        if unknown:
            raise UnknownParameter(unknown)
        repeated = {
            name: [ErrorDetail(_("Give it once only."), code="repeated")]
            for name, values in query.lists()
            if len(values) > 1
        }
        if repeated:
            raise InvalidParameter(repeated)
        bound = cls(data=query.dict())
        if not bound.is_valid():
            raise InvalidParameter(bound.errors)
        values: Mapping[str, Any] = bound.validated_data
        return values


class PageParameters(QueryParameters):
    """Which part of a list."""

    page = serializers.IntegerField(
        min_value=1, max_value=1_000_000, default=1, help_text=gettext_lazy("Page, from 1.")
    )
    page_size = serializers.IntegerField(
        min_value=1, max_value=200, default=50, help_text=gettext_lazy("Rows a page.")
    )
