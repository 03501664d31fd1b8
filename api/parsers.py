"""Reading bodies: never more than the address takes, and with the place of a fault."""

import json
from collections.abc import Mapping
from typing import IO, Any, NoReturn

from django.conf import settings
from django.utils.translation import gettext as _
from rest_framework.exceptions import UnsupportedMediaType
from rest_framework.parsers import BaseParser
from rest_framework.request import is_form_media_type

from api.errors import BodyTooLarge, MalformedJson
from lms.conf import conf


def read_at_most(stream: IO[bytes], limit: int) -> bytes:
    """The whole body.

    Raises:
        BodyTooLarge: it has more than `limit` bytes; the rest was not read.
    """
    body = stream.read(limit + 1)
    if len(body) > limit:
        raise BodyTooLarge
    return body


class BoundedJSONParser(BaseParser):
    """JSON of at most DATA_UPLOAD_MAX_MEMORY_SIZE bytes, which DRF's own parser does not heed."""

    media_type = "application/json"

    def parse(
        self,
        stream: IO[bytes],
        media_type: str | None = None,
        parser_context: Mapping[str, Any] | None = None,
    ) -> Any:
        body = read_at_most(stream, settings.DATA_UPLOAD_MAX_MEMORY_SIZE)
        try:
            return json.loads(body.decode(), parse_constant=_refuse_constant)
        except UnicodeDecodeError as error:
            raise MalformedJson(
                _("The body is not UTF-8."), place=f"byte {error.start + 1}"
            ) from error
        except json.JSONDecodeError as error:
            raise MalformedJson(
                error.msg, place=f"line {error.lineno} column {error.colno}"
            ) from error
        except RecursionError as error:
            raise MalformedJson(_("The body is nested too deeply.")) from error


class DocumentParser(BaseParser):
    """A body of any type as it came, at most LMS_STATE_MAX_BYTES of it. `request.data` is bytes.

    Forms are refused: Django and DRF would look for a CSRF token in them.
    """

    media_type = "*/*"

    def parse(
        self,
        stream: IO[bytes],
        media_type: str | None = None,
        parser_context: Mapping[str, Any] | None = None,
    ) -> Any:
        if is_form_media_type(media_type or ""):
            raise UnsupportedMediaType(media_type or "")
        return read_at_most(stream, conf.STATE_MAX_BYTES)


def _refuse_constant(name: str) -> NoReturn:
    raise MalformedJson(_("%(name)s is not JSON.") % {"name": name})
