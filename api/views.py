"""What every address has in common, whatever the host's own REST settings are."""

from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Any, ClassVar

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import translation
from django.utils.cache import add_never_cache_headers, patch_vary_headers
from rest_framework.authentication import SessionAuthentication
from rest_framework.exceptions import NotFound
from rest_framework.negotiation import DefaultContentNegotiation
from rest_framework.renderers import BaseRenderer, JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import Serializer
from rest_framework.views import APIView

from api.authentication import BearerTokenAuthentication
from api.errors import NotAnEmployee, problem_response
from api.pagination import PageNumberPagination, envelope
from api.parameters import QueryParameters
from api.parsers import BoundedJSONParser
from api.permissions import IsSignedInWithinScope
from api.schema import ApiSchema
from lms.people.models import Employee
from lms.people.selectors import employee_of


class Negotiation(DefaultContentNegotiation):
    """`?format=` chooses among several renderers; a wrong value is left to the parameters."""

    def filter_renderers(
        self, renderers: Iterable[BaseRenderer], format: str
    ) -> list[BaseRenderer]:
        offered = list(renderers)
        return [item for item in offered if item.format == format] or offered


class ApiView(APIView):
    """One address. Subclasses name, by method, the scope a token needs and the parameters.

    Attributes:
        asked: the query parameters of this request, checked, with defaults.
    """

    authentication_classes = [BearerTokenAuthentication, SessionAuthentication]
    permission_classes = [IsSignedInWithinScope]
    throttle_classes = []
    renderer_classes = [JSONRenderer]
    parser_classes = [BoundedJSONParser]
    content_negotiation_class = Negotiation
    metadata_class = None
    versioning_class = None
    schema = ApiSchema()

    scopes: ClassVar[Mapping[str, str]] = {}
    parameters: ClassVar[Mapping[str, type[QueryParameters]]] = {}
    asked: Mapping[str, Any]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        # Titles come in the reader's language also on hosts without LocaleMiddleware.
        language = translation.get_language_from_request(request)
        with translation.override(language):
            response = super().dispatch(request, *args, **kwargs)
        response.headers.setdefault("Content-Language", language)
        patch_vary_headers(response, ["Accept-Language"])
        add_never_cache_headers(response)
        return response

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        method = "GET" if request.method == "HEAD" else str(request.method)
        self.asked = self.parameters.get(method, QueryParameters).read(request.query_params)

    def get_exception_handler(self) -> Any:
        return problem_response

    @cached_property
    def employee(self) -> Employee:
        """Who is signed in.

        Raises:
            NotAnEmployee: the account belongs to none.
        """
        employee = employee_of(self.request.user)
        if employee is None:
            raise NotAnEmployee
        return employee


class ListView(ApiView):
    """One address that lists things page by page; its parameters are PageParameters."""

    pagination_class = PageNumberPagination

    def page_of(self, rows: Any, serializer: type[Serializer[Any]]) -> Response:
        """The page asked for of all the rows, a query set or a list."""
        paginator = PageNumberPagination()
        shown = paginator.paginate_queryset(rows, self.request, view=self)
        return self.envelope_of(shown, paginator.count, serializer)

    def envelope_of(
        self, shown: list[Any], count: int, serializer: type[Serializer[Any]]
    ) -> Response:
        """A page that was cut elsewhere, out of `count` rows."""
        results = serializer(shown, many=True).data
        return Response(envelope(count=count, asked=self.asked, results=results))


class UnknownAddressView(ApiView):
    """Whatever else stands under the API: a problem, not the client's page."""

    permission_classes = []
    schema = None  # type: ignore[assignment]

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        raise NotFound
