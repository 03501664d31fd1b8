"""Documents of other systems: states, and profiles of activities and agents.

Source: xAPI 1.0.3 part 3, 2.2 (document resources) and 3.1 (concurrency).
"""

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from lms.lrs.exceptions import DocumentChanged, DocumentConflict, InvalidDocument
from lms.lrs.models import LrsDocument
from lms.lrs.terms import agent_key, number_of

JSON = "application/json"


@dataclass(frozen=True)
class Place:
    """Where a document is. `name` None = all that belong there; `registration` None = whichever.

    A document that was stored without a registration is found without one.
    """

    kind: LrsDocument.Kind
    activity: str = ""
    agent: dict[str, Any] | None = None
    registration: UUID | None = None
    name: str | None = None

    @property
    def shelf(self) -> UUID:
        return number_of(self.kind, self.activity, agent_key(self.agent or {}))

    @property
    def key(self) -> UUID:
        return number_of(str(self.shelf), str(self.registration or ""), self.name or "")


@dataclass(frozen=True)
class Expectation:
    """What the request says of the document that is there: If-Match and If-None-Match."""

    match: str = ""
    none_match: str = ""

    def __bool__(self) -> bool:
        return bool(self.match or self.none_match)

    def check(self, before: LrsDocument | None) -> None:
        """Nothing where it is so.

        Raises:
            DocumentChanged: it is not.
        """
        there = {"*", etag_of(bytes(before.document))} if before else set()
        named = _tags(self.match)
        unwanted = _tags(self.none_match)
        if (self.match and not named & there) or unwanted & there:
            raise DocumentChanged(_("The document is not the one that the request expects."))


def _tags(header: str) -> set[str]:
    return {tag.strip().removeprefix("W/") for tag in header.split(",") if tag.strip()}


def etag_of(document: bytes) -> str:
    """In quotes (xAPI 1.0.3 part 3, 3.1: the SHA-1 of the document)."""
    return f'"{hashlib.sha1(document, usedforsecurity=False).hexdigest()}"'


def document_at(place: Place) -> LrsDocument | None:
    return LrsDocument.objects.filter(key=place.key).first()


def documents_on(place: Place, *, since: datetime | None = None) -> QuerySet[LrsDocument]:
    """All that belong there; with `since` those stored after that moment."""
    rows = LrsDocument.objects.filter(shelf=place.shelf)
    if place.registration is not None:
        rows = rows.filter(registration=place.registration)
    if since is not None:
        rows = rows.filter(updated_at__gt=since)
    return rows.order_by("updated_at", "key")


@transaction.atomic
def put_document(
    *,
    place: Place,
    document: bytes,
    content_type: str,
    expected: Expectation,
    is_guarded: bool,
) -> LrsDocument:
    """Replace what is there.

    Args:
        is_guarded: what is there is only replaced if the request says that it knows it.

    Raises:
        DocumentChanged: it is not what the request expects.
        DocumentConflict: there is one, and the request expects nothing.
        InvalidDocument: it claims to be JSON and is not.
    """
    before = _locked(place)
    if before is not None and is_guarded and not expected:
        raise DocumentConflict(
            _("There is a document already. Read it first, then send its ETag as If-Match.")
        )
    expected.check(before)
    return _save(place, document, content_type)


@transaction.atomic
def post_document(
    *, place: Place, document: bytes, content_type: str, expected: Expectation
) -> LrsDocument:
    """Add to what is there: JSON objects are merged at the top level.

    Raises:
        DocumentChanged: it is not what the request expects.
        InvalidDocument: it claims to be JSON and is no object, or there is one that is none.
    """
    before = _locked(place)
    expected.check(before)
    if _is_json(content_type):
        _json_object(document)
    if before is not None:
        if not (_is_json(content_type) and _is_json(before.content_type)):
            raise InvalidDocument(
                _("Only JSON can be added to JSON; use PUT to replace the document.")
            )
        merged = _json_object(bytes(before.document)) | _json_object(document)
        document = json.dumps(merged, ensure_ascii=False).encode()
    return _save(place, document, content_type)


@transaction.atomic
def delete_documents(*, place: Place, expected: Expectation) -> None:
    """Forget the document; without a name all that belong there.

    Raises:
        DocumentChanged: it is not what the request expects.
    """
    if place.name is None:
        documents_on(place).delete()
        return
    expected.check(_locked(place))
    LrsDocument.objects.filter(key=place.key).delete()


def _locked(place: Place) -> LrsDocument | None:
    return LrsDocument.objects.select_for_update().filter(key=place.key).first()


def _save(place: Place, document: bytes, content_type: str) -> LrsDocument:
    if _is_json(content_type):
        _json(document)
    saved, _is_new = LrsDocument.objects.update_or_create(
        key=place.key,
        defaults={
            "kind": place.kind,
            "shelf": place.shelf,
            "registration": place.registration,
            "name": place.name or "",
            "document": document,
            "content_type": content_type[:255],
            "updated_at": timezone.now(),
        },
    )
    return saved


def _is_json(content_type: str) -> bool:
    return content_type.split(";")[0].strip().lower() == JSON


def _json(document: bytes) -> Any:
    try:
        return json.loads(document)
    except (ValueError, RecursionError) as error:
        raise InvalidDocument(_("The document is not JSON as its content type says.")) from error


def _json_object(document: bytes) -> dict[str, Any]:
    value = _json(document)
    if not isinstance(value, dict):
        raise InvalidDocument(
            _("Only JSON objects can be merged; use PUT to replace the document.")
        )
    return value
