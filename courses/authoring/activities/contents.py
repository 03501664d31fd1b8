"""Contents and files as the editor names them."""

from typing import Any
from uuid import UUID

from courses.h5p.making import STORED_PATH
from courses.h5p.models import H5PContent, H5PFile


def content_with_uuid(given: Any) -> H5PContent | None:
    """None = there is none, or what was given names none."""
    try:
        uuid = UUID(given) if isinstance(given, str) else None
    except ValueError:
        uuid = None
    return H5PContent.objects.filter(uuid=uuid).first() if uuid is not None else None


def file_named(path: str, *, content: H5PContent | None) -> H5PFile | None:
    """The file that a form's value names: of the content it began with, or newly uploaded.

    The name of an uploaded file holds 128 bits of its digest: who knows it, has the file.
    """
    used = content.files.filter(name=path).select_related("file").first() if content else None
    if used is not None:
        row: H5PFile = used.file
        return row
    match = STORED_PATH.fullmatch(path)
    if match is None:
        return None
    return H5PFile.objects.filter(
        digest__startswith=match["digest"], extension=match["ending"]
    ).first()
