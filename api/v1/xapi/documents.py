"""State documents on their way in."""

import json

from django.utils.translation import gettext as _

from lms.exceptions import InvalidState
from lms.records.models import ActivityState

JSON = "application/json"


def is_json(content_type: str) -> bool:
    return content_type.split(";")[0].strip().lower() == JSON


def merged_document(before: ActivityState | None, document: bytes, content_type: str) -> bytes:
    """What a POST makes of the document that is there: JSON objects are merged at the top level.

    Source: xAPI 1.0.3 part 3, 2.2.

    Raises:
        InvalidState: one of the two is not a JSON object.
    """
    if before is None:
        return document
    if not (is_json(content_type) and is_json(before.content_type)):
        raise InvalidState(_("Only JSON can be added to JSON; use PUT to replace the document."))
    return json.dumps(
        _json_object(bytes(before.document)) | _json_object(document), ensure_ascii=False
    ).encode()


def _json_object(document: bytes) -> dict[str, object]:
    try:
        value = json.loads(document)
    except (ValueError, RecursionError) as error:
        raise InvalidState(_("The state is not JSON as its content type says.")) from error
    if not isinstance(value, dict):
        raise InvalidState(_("Only JSON objects can be merged; use PUT to replace the document."))
    return value
