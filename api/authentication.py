"""How a machine signs in. People use the session of the site.

Named in settings, so it is imported while Django REST framework itself still is.
"""

from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from lms.access.models import ApiToken
from lms.access.selectors import active_token


class BearerTokenAuthentication(BaseAuthentication):
    """`Authorization: Bearer lms_…` (RFC 6750). `request.auth` is the token."""

    scheme = "Bearer"

    def authenticate(self, request: Request) -> tuple[Any, ApiToken] | None:
        scheme, _space, secret = get_authorization_header(request).partition(b" ")
        if scheme.lower() != self.scheme.lower().encode():
            return None
        token = active_token(secret.strip().decode("latin-1"))
        if token is None:
            # One answer for unknown, expired and revoked: a guesser learns nothing.
            raise AuthenticationFailed(_("The token is not valid."), code="invalid_token")
        return token.user, token

    def authenticate_header(self, request: Request) -> str:
        return f'{self.scheme} realm="api"'
