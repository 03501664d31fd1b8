"""Bodies as xAPI has them: JSON without repeated names, and parts with files.

Source: xAPI 1.0.3 part 3, 1.3 (alternate request syntax) and 1.5 (content types).
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from email.message import Message
from email.parser import HeaderParser
from typing import IO, Any, NoReturn

from django.utils.translation import gettext as _
from rest_framework.parsers import BaseParser

from api.errors import MalformedJson
from api.parsers import read_at_most
from lms.conf import conf
from lms.lrs.exceptions import InvalidAttachment
from lms.lrs.multipart import HASH_HEADER
from lms.lrs.services import File

JSON = "application/json"
MULTIPART = "multipart/mixed"


class RawParser(BaseParser):
    """Any body as it came, at most LMS_LRS_MAX_BYTES of it. `request.data` is bytes."""

    media_type = "*/*"

    def parse(
        self,
        stream: IO[bytes],
        media_type: str | None = None,
        parser_context: Mapping[str, Any] | None = None,
    ) -> Any:
        return read_at_most(stream, conf.LRS_MAX_BYTES)


def body_of(data: Any) -> bytes:
    """What RawParser read. The REST framework does not ask it about an empty body."""
    return data if isinstance(data, bytes) else b""


@dataclass(frozen=True)
class Sent:
    """Statements and what came with them."""

    statements: Any
    files: Mapping[str, File]


def read_statements(body: bytes, content_type: str) -> Sent:
    """The statements of a request.

    Raises:
        MalformedJson: they are none.
        InvalidAttachment: the content type is neither JSON nor parts, or the parts are not right.
    """
    header = header_of(content_type)
    if header.get_content_type() == JSON:
        return Sent(read_json(body), {})
    if header.get_content_type() != MULTIPART:
        raise InvalidAttachment(
            _("Send %(json)s or %(parts)s.") % {"json": JSON, "parts": MULTIPART},
            place="Content-Type",
        )
    return _read_parts(body, str(header.get_boundary("")))


def header_of(content_type: str) -> Message:
    header = Message()
    header["Content-Type"] = content_type
    return header


def read_json(body: bytes) -> Any:
    """A JSON value.

    Raises:
        MalformedJson: it is none, or an object has a name twice.
    """
    try:
        return json.loads(
            body.decode(), parse_constant=_refuse_constant, object_pairs_hook=_no_name_twice
        )
    except UnicodeDecodeError as error:
        raise MalformedJson(_("The body is not UTF-8.")) from error
    except json.JSONDecodeError as error:
        raise MalformedJson(error.msg, place=f"line {error.lineno} column {error.colno}") from error
    except RecursionError as error:
        raise MalformedJson(_("The body is nested too deeply.")) from error


def _refuse_constant(name: str) -> NoReturn:
    raise MalformedJson(_("%(name)s is not JSON.") % {"name": name})


def _no_name_twice(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise MalformedJson(_("An object has a name twice."))
    return found


def _read_parts(body: bytes, boundary: str) -> Sent:
    """The first part is the statements, each other one a file under its hash."""
    if not boundary:
        raise InvalidAttachment(_("The parts have no boundary."), place="Content-Type")
    # What stands before the first boundary and after the last is no part (RFC 2046, 5.1.1).
    lines = rb"\r\n--" + re.escape(boundary.encode("utf-8", "replace")) + rb"(--)?[ \t]*(?:\r\n|\Z)"
    cut = re.split(lines, b"\r\n" + body)
    parts = [_read_part(part) for part in cut[2:-1:2]]
    if len(cut) < 4 or cut[-2] != b"--":
        raise InvalidAttachment(_("The parts do not end with their boundary."))
    (header, statements), *others = parts
    if header.get_content_type() != JSON or "Content-Type" not in header:
        raise InvalidAttachment(_("The first part is the statements, as JSON."))
    files = {}
    for header, content in others:
        sha2 = header.get(HASH_HEADER, "").strip()
        if not sha2 or header.get("Content-Transfer-Encoding", "").strip().lower() != "binary":
            raise InvalidAttachment(
                _("Each file has a hash and the transfer encoding binary."), place=sha2
            )
        kind = "".join(filter(str.isprintable, header.get("Content-Type", ""))).strip()
        files[sha2] = File(content_type=kind[:255], content=content)
    return Sent(read_json(statements), files)


def _read_part(part: bytes) -> tuple[Message, bytes]:
    head, _blank, content = part.partition(b"\r\n\r\n")
    return HeaderParser().parsestr(head.decode("latin-1")), content
