"""The record store as the specification has it, for other systems with a key of their own.

What a learner's browser and the tokens of employees meet at the same addresses is in
`api.v1.xapi.views`. Source: xAPI 1.0.3 part 3; IEEE 9274.1.1 (xAPI 2.0), 4.1.
"""

from collections.abc import Callable, Mapping
from functools import update_wrapper
from typing import Any, ClassVar

from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.http import HttpRequest, QueryDict
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from rest_framework.exceptions import APIException, ParseError
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from api.errors import BodyTooLarge, UnsupportedXapiVersion
from api.v1.xapi.lrs.authentication import LrsClientAuthentication, MayUseStore
from api.v1.xapi.lrs.inputs import ActivityAddress, AgentAddress
from api.v1.xapi.lrs.parsing import RawParser
from api.views import ApiView
from lms.lrs.access import READ_OTHERS, note_reading
from lms.lrs.models import LrsClient
from lms.lrs.selectors import definitions_of, person_of
from lms.lrs.values import Version, version_named

VERSION_HEADER = "X-Experience-API-Version"
# Form fields of the alternate request syntax that stand for headers (1.0.3 part 3, 1.3).
HEADERS = {
    "Authorization": "HTTP_AUTHORIZATION",
    VERSION_HEADER: "HTTP_X_EXPERIENCE_API_VERSION",
    "Content-Type": "CONTENT_TYPE",
    "Content-Length": "CONTENT_LENGTH",
    "If-Match": "HTTP_IF_MATCH",
    "If-None-Match": "HTTP_IF_NONE_MATCH",
    "Accept-Language": "HTTP_ACCEPT_LANGUAGE",
}


def by_caller(own: type[APIView], systems: type[APIView]) -> Callable[..., HttpResponseBase]:
    """One address for two: systems sign in with a key (HTTP Basic), everybody else does not."""
    own_view, systems_view = own.as_view(), systems.as_view()

    def view(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        scheme = request.META.get("HTTP_AUTHORIZATION", "").partition(" ")[0].lower()
        chosen = systems_view if scheme == "basic" or is_alternate(request) else own_view
        return chosen(request, *args, **kwargs)

    # The API's description finds the learner's view behind it.
    return csrf_exempt(update_wrapper(view, own_view))


def is_alternate(request: HttpRequest) -> bool:
    return request.method == "POST" and "method" in request.GET


def turn_around(request: HttpRequest) -> None:
    """Make of a form the request it stands for (1.0.3 part 3, 1.3); xAPI 2.0 has none such.

    Raises:
        ParseError: it is not what such a form is.
        BodyTooLarge: it is larger than a form may be.
    """
    try:
        form = QueryDict(request.body, mutable=True)
    except RequestDataTooBig as error:
        raise BodyTooLarge from error
    except SuspiciousOperation as error:
        raise ParseError(_("The body is no form.")) from error
    version = form.get(VERSION_HEADER, request.headers.get(VERSION_HEADER, ""))
    if version_named(version) is not Version.V1:
        return
    method = request.GET["method"]
    if list(request.GET) != ["method"] or method not in {"GET", "HEAD", "PUT", "POST", "DELETE"}:
        raise ParseError(_("Only method stands in the address; all else stands in the form."))
    if method in {"PUT", "POST"} and "content" not in form:
        raise ParseError(_("The form has no content."))
    request.META["CONTENT_TYPE"] = "application/json"
    for name, key in HEADERS.items():
        if name in form:
            request.META[key] = form[name]
            del form[name]
    content = "".join(form.pop("content", [])).encode()
    request.META["CONTENT_LENGTH"] = str(len(content))
    request.__dict__.pop("headers", None)  # Django has read them once and keeps them.
    request.method = method
    request.GET = QueryDict(form.urlencode())
    request._body = content


class StoreView(ApiView):
    """One address of the store.

    Attributes:
        enough: by method, the scopes of which one is enough.
        version: what this request is made in; every answer says it.
        is_named: whether the request itself says so.
    """

    authentication_classes = [LrsClientAuthentication]
    permission_classes = [MayUseStore]
    parser_classes = [RawParser]
    # The specification describes it, not our schema.
    schema = None  # type: ignore[assignment]

    enough: ClassVar[Mapping[str, set[str]]] = {}
    needs_version = True
    is_named = False
    version = Version.V2
    fault: APIException | None = None

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if is_alternate(request):
            try:
                turn_around(request)
            except APIException as error:
                self.fault = error
        return super().dispatch(request, *args, **kwargs)

    def perform_content_negotiation(self, request: Request, force: bool = False) -> Any:
        # What is returned is the specification's to say, whatever the client accepts.
        return self.renderer_classes[0](), self.renderer_classes[0].media_type

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        named = version_named(request.headers.get(VERSION_HEADER, ""))
        self.version = named or Version.V2
        if self.fault is not None:
            raise self.fault
        self.is_named = named is not None
        super().initial(request, *args, **kwargs)

    def check_permissions(self, request: Request) -> None:
        super().check_permissions(request)
        if self.needs_version and not self.is_named:
            raise UnsupportedXapiVersion(
                _("Name the version as %(header)s: %(versions)s.")
                % {"header": VERSION_HEADER, "versions": ", ".join(Version)}
            )

    def finalize_response(self, request: Request, response: Any, *args: Any, **kwargs: Any) -> Any:
        response = super().finalize_response(request, response, *args, **kwargs)
        response[VERSION_HEADER] = str(self.version)
        return response

    @property
    def client(self) -> LrsClient:
        client: Any = self.request.auth
        return client  # type: ignore[no-any-return]

    def note(self, shown: int) -> None:
        """Put down that the client was shown what others said or keep."""
        note_reading(
            client=self.client,
            address=self.request.path,
            asked=self.request.query_params.dict(),
            shown=shown,
        )


class AboutView(StoreView):
    """What is spoken here, for whoever asks."""

    authentication_classes = []
    permission_classes = []
    needs_version = False

    def get(self, request: Request) -> Response:
        return Response({"version": [str(version) for version in Version]})


class ActivitiesView(StoreView):
    """An activity, with everything that was said of it."""

    enough = {"GET": READ_OTHERS | {"statements/read/mine"}}
    parameters = {"GET": ActivityAddress}

    def get(self, request: Request) -> Response:
        iri = self.asked["activityId"]
        defined = definitions_of([iri])
        known = {"definition": defined[iri]} if iri in defined else {}
        return Response({"objectType": "Activity", "id": iri} | known)


class AgentsView(StoreView):
    """A person, with the names that others gave them."""

    enough = {"GET": READ_OTHERS}
    parameters = {"GET": AgentAddress}

    def get(self, request: Request) -> Response:
        self.note(shown=1)
        return Response(person_of(self.asked["agent"]))
