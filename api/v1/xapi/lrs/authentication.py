"""How another system signs in to the record store, and what it may do there."""

import base64
import binascii
from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.permissions import BasePermission
from rest_framework.request import Request

from api.permissions import OutOfScope
from lms.lrs.access import active_lrs_client
from lms.lrs.models import LrsClient


class LrsClientAuthentication(BaseAuthentication):
    """HTTP Basic with the key and the secret of `create_lrs_client` (xAPI 1.0.3 part 3, 4)."""

    def authenticate(self, request: Request) -> tuple[LrsClient, LrsClient]:
        scheme, _space, sent = get_authorization_header(request).partition(b" ")
        try:
            key, _colon, secret = base64.b64decode(sent.strip(), validate=True).partition(b":")
            named = key.decode(), secret.decode()
        except (binascii.Error, UnicodeDecodeError):
            named = "", ""
        if "\x00" in named[0]:  # No text of the database holds it.
            named = "", ""
        client = active_lrs_client(*named) if scheme.lower() == b"basic" else None
        if client is None:
            # One answer for unknown, wrong and revoked: a guesser learns nothing.
            raise AuthenticationFailed(_("The key or the secret is not valid."), code="invalid_key")
        return client, client

    def authenticate_header(self, request: Request) -> str:
        return 'Basic realm="xapi"'


class MayUseStore(BasePermission):
    """A view names by method the scopes of which one is enough; `all` always is."""

    def has_permission(self, request: Request, view: Any) -> bool:
        method = "GET" if request.method == "HEAD" else str(request.method)
        enough = view.enough.get(method)
        client: Any = request.auth
        if enough is not None and not client.may(enough):
            raise OutOfScope
        return True
