"""The OpenAPI description: of this API alone, the same on every host."""

from collections.abc import Callable
from typing import Any, TypeVar

from django.conf import settings
from django.urls import include, path
from django.utils.translation import gettext_lazy as _
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.plumbing import ResolvedComponent, get_doc
from drf_spectacular.settings import patched_settings
from drf_spectacular.utils import extend_schema
from rest_framework import serializers

from api.errors import MEDIA_TYPE, TYPE_PREFIX
from api.permissions import SCOPES, IsSignedInWithinScope

Method = TypeVar("Method", bound=Callable[..., Any])

# The client and the snapshot know these addresses, so every host mounts them here.
MOUNT = "api/v1/"
TITLE = "DX Academy API"

TAGS = {
    "people": _("Who is signed in."),
    "learning": _("Courses to take, and the way through them."),
    "certificates": _("Certificates and badges, and whether they hold."),
    "courses": _("What a course holds."),
    "exercises": _("Data exercises: a file to clean, handed in and graded."),
    "xapi": _("Records of learning, as xAPI 1.0.3 says; about oneself only."),
    "skills": _("What people can do, what is asked of them, and why."),
    "reviews": _("A course as drafted, for those who have a link to its review."),
    "oversight": _("Mandatory courses of the people one oversees, for heads and HR."),
    "projects": _("DX projects, and which of them suit a person."),
    "teams": _("The best teams for projects under the office's rules."),
    "mentoring": _("Who teaches whom, and what came of it."),
}
DESCRIPTION = _(
    "Times are in UTC, scores are fractions 0 to 1, levels whole numbers 0 to 4. Titles come in"
    " the language of Accept-Language (ja or en). Parameters that an address does not name are"
    " refused."
)


class ApiSchemaGenerator(SchemaGenerator):
    """Describes `api.v1.urls` and nothing else, whatever other REST views the host has."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["patterns"] = [path(MOUNT, include("api.v1.urls"))]
        super().__init__(*args, **kwargs)

    def get_schema(self, request: Any = None, public: bool = False) -> dict[str, Any]:
        with patched_settings(
            {
                "OAS_VERSION": "3.1.0",
                "TITLE": TITLE,
                "VERSION": "1",
                "DESCRIPTION": str(DESCRIPTION),
                "TAGS": [{"name": name, "description": str(text)} for name, text in TAGS.items()],
                "SCHEMA_PATH_PREFIX": "/" + MOUNT,
                # Choices stay where they are used: a program reads them as a union of literals.
                "POSTPROCESSING_HOOKS": [],
                "ENUM_GENERATE_CHOICE_DESCRIPTION": False,
            }
        ):
            schema: dict[str, Any] = _without_marks(super().get_schema(request, public))
        return schema


def _without_marks(part: Any) -> Any:
    """The schema without what drf-spectacular notes for its own hook about choices."""
    if isinstance(part, dict):
        return {
            name: _without_marks(item) for name, item in part.items() if name != "x-spec-enum-id"
        }
    if isinstance(part, list):
        return [_without_marks(item) for item in part]
    return part


class ProblemPlace(serializers.Serializer[Any]):
    place = serializers.CharField(help_text=_("Where in the input, e.g. `[3].verb.id` or `tier`."))
    code = serializers.CharField()
    detail = serializers.CharField()


class Problem(serializers.Serializer[Any]):
    """A refusal as RFC 9457 describes it. `code` is stable; the texts are for people."""

    type = serializers.CharField()
    title = serializers.CharField()
    status = serializers.IntegerField(min_value=400, max_value=599)
    detail = serializers.CharField(allow_blank=True)
    code = serializers.CharField()
    errors = ProblemPlace(many=True, required=False)  # type: ignore[assignment]


class ApiSchema(AutoSchema):
    """Takes parameters and scopes from the view's own tables; one problem answer for all."""

    view: Any

    def get_override_parameters(self) -> list[Any]:
        declared = self.view.parameters.get(self.method)
        return [declared] if declared else []

    def get_description(self) -> str:  # type: ignore[override]
        """What the method says of itself; what the class says is for its maintainers."""
        method = getattr(self.view, self.method.lower())
        return str(get_doc(method))

    def get_serializer_name(self, serializer: Any, direction: Any) -> str:
        """`CourseOut`, named so beside the model `Course`, is `Course` to the outside."""
        return super().get_serializer_name(serializer, direction).removesuffix("Out")

    def get_paginated_name(self, serializer_name: str) -> str:
        return f"{serializer_name}Page"

    def get_auth(self) -> list[dict[str, list[str]]]:
        if IsSignedInWithinScope not in self.view.permission_classes:
            return []
        super().get_auth()
        scope = self.view.scopes.get(self.method)
        bearer = [{BearerScheme.name: [scope]}] if scope else []
        return [*bearer, {SessionScheme.name: []}]

    def _get_response_bodies(self, direction: Any = "response") -> dict[str, Any]:
        bodies: dict[str, Any] = super()._get_response_bodies(direction)
        for body in bodies.values():
            body["description"] = body["description"] or str(_("As asked."))
        self.registry.register_on_missing(
            ResolvedComponent(
                name="Problem",
                type=ResolvedComponent.RESPONSE,
                object=Problem,
                schema={
                    "description": str(_("Refused; `code` says why.")),
                    "content": {
                        MEDIA_TYPE: {
                            "schema": self.resolve_serializer(Problem, "response").ref,
                            "example": {
                                "type": f"{TYPE_PREFIX}not_enrolled",
                                "title": "Not enrolled",
                                "status": 403,
                                "detail": "You are not enrolled in this course.",
                                "code": "not_enrolled",
                            },
                        }
                    },
                },
            )
        )
        return bodies | {"default": {"$ref": "#/components/responses/Problem"}}


def describe(**said: Any) -> Callable[[Method], Method]:
    """`extend_schema` for a method of an ApiView, whatever the host's DEFAULT_SCHEMA_CLASS is."""

    def decorate(method: Method) -> Method:
        # Without it drf-spectacular builds on the host's class and loses ApiSchema.
        method.schema = ApiSchema  # type: ignore[attr-defined]
        return extend_schema(**said)(method)

    return decorate


class BearerScheme(OpenApiAuthenticationExtension):
    target_class = "api.authentication.BearerTokenAuthentication"
    name = "bearerAuth"

    def get_security_definition(self, auto_schema: Any) -> dict[str, Any]:
        scopes = "\n".join(f"- `{name}`: {text}" for name, text in SCOPES.items())
        return {
            "type": "http",
            "scheme": "bearer",
            "description": f"`manage.py create_api_token`. {_('Scopes:')}\n\n{scopes}",
        }


class SessionScheme(OpenApiAuthenticationExtension):
    target_class = "rest_framework.authentication.SessionAuthentication"
    name = "sessionCookie"
    priority = 1

    def get_security_definition(self, auto_schema: Any) -> dict[str, Any]:
        return {
            "type": "apiKey",
            "in": "cookie",
            "name": settings.SESSION_COOKIE_NAME,
            "description": str(
                _("The site's own session; unsafe methods need the header X-CSRFToken too.")
            ),
        }
