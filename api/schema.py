"""What the OpenAPI description says of every operation without being told by each."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.plumbing import ResolvedComponent
from rest_framework import serializers

from api.errors import MEDIA_TYPE
from api.permissions import SCOPES


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
    errors = ProblemPlace(many=True, required=False)


class ApiSchema(AutoSchema):
    """Parameters and scopes from the view's own tables; one problem answer for all."""

    def get_override_parameters(self) -> list[Any]:
        declared = self.view.parameters.get(self.method)
        return [declared] if declared else []

    def get_auth(self) -> list[dict[str, list[str]]]:
        scope = self.view.scopes.get(self.method)
        bearer = [{"bearerAuth": [scope]}] if scope else []
        for extension in (BearerScheme, SessionScheme):
            self._register(
                extension.name,
                ResolvedComponent.SECURITY_SCHEMA,
                extension.get_security_definition(extension, self),
            )
        return [*bearer, {"sessionCookie": []}]

    def _get_response_bodies(self, direction: Any = "response") -> dict[str, Any]:
        bodies: dict[str, Any] = super()._get_response_bodies(direction)
        schema = self.resolve_serializer(Problem, "response").ref
        self._register(
            "Problem",
            ResolvedComponent.RESPONSE,
            {
                "description": _("Refused; `code` says why."),
                "content": {
                    MEDIA_TYPE: {
                        "schema": schema,
                        "example": {
                            "type": "urn:lms:problem:not_enrolled",
                            "title": "Not enrolled",
                            "status": 403,
                            "detail": "You are not enrolled in this course.",
                            "code": "not_enrolled",
                        },
                    }
                },
            },
        )
        return bodies | {"default": {"$ref": "#/components/responses/Problem"}}

    def _register(self, name: str, kind: str, schema: dict[str, Any]) -> None:
        self.registry.register_on_missing(
            ResolvedComponent(name=name, type=kind, schema=schema, object=name)
        )


class BearerScheme(OpenApiAuthenticationExtension):
    target_class = "api.authentication.BearerTokenAuthentication"
    name = "bearerAuth"

    def get_security_definition(self, auto_schema: Any) -> dict[str, Any]:
        scopes = "\n".join(f"- `{name}`: {text}" for name, text in SCOPES.items())
        return {
            "type": "http",
            "scheme": "bearer",
            "description": "`manage.py create_api_token`. " + str(_("Scopes:")) + "\n\n" + scopes,
        }


class SessionScheme(OpenApiAuthenticationExtension):
    target_class = "rest_framework.authentication.SessionAuthentication"
    name = "sessionCookie"
    priority = 1

    def get_security_definition(self, auto_schema: Any) -> dict[str, Any]:
        return {
            "type": "apiKey",
            "in": "cookie",
            "name": "sessionid",
            "description": str(
                _("The site's own session; unsafe methods need the header X-CSRFToken too.")
            ),
        }
