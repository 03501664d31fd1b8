"""Media that an author uploads for a field of the content being made."""

import hashlib
import logging
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, BinaryIO

from django.db import IntegrityError, transaction
from django.utils import timezone
from PIL import Image, UnidentifiedImageError

from courses.conf import conf
from courses.h5p import storage
from courses.h5p.archive import CHUNK, PackedFile
from courses.h5p.content_store import in_readers_language, removed_on_failure, store_files
from courses.h5p.limits import Limits
from courses.h5p.media import FIELD_EXTENSIONS, PICTURES, TYPES, check_extension
from courses.h5p.models import H5PFile
from courses.h5p.names import clean_name, extension
from courses.h5p.package import check_content_file
from courses.h5p.refusals import PackageRefused

logger = logging.getLogger(__name__)

FOLDERS = {"image": "images", "audio": "audios", "video": "videos", "file": "files"}
# How much of a digest is the name of a file in a package: enough that nobody guesses another's.
DIGITS = 32
UPLOADABLE = frozenset(FIELD_EXTENSIONS["file"])


def _received(file: BinaryIO, name: str, into: Path, *, limits: Limits) -> PackedFile:
    """The upload in a file of our own, counted while it is written."""
    digest, size = hashlib.sha256(), 0
    path = into / "upload"
    file.seek(0)
    with path.open("wb") as target:
        while piece := file.read(CHUNK):
            size += len(piece)
            if size > limits.entry_bytes:
                raise PackageRefused("entry_too_large", place=name, limit=limits.entry_bytes)
            digest.update(piece)
            target.write(piece)
    return PackedFile(name, path, size, digest.hexdigest())


def _store(packed: PackedFile) -> H5PFile:
    with removed_on_failure() as written, transaction.atomic():
        row = store_files([packed], written)[packed.digest]
        if not written:
            row.made_at = timezone.now()
            row.save(update_fields=["made_at"])
        return row


def store_media(*, file: BinaryIO, name: str, made_by: object | None = None) -> H5PFile:
    """Keeps an uploaded media file; the same bytes again give the row there is.

    Args:
        file: seekable, binary.
        name: as uploaded; folders in it are left out. Its extension says what the file is.
        made_by: who, for the log.

    Raises:
        PackageRefused: a kind of file that content may not hold, an image that is none, an SVG
            with script, or too large. Nothing was written then.
    """
    limits = conf.H5P_LIMITS
    with in_readers_language(), TemporaryDirectory(prefix="h5p-") as folder:
        kept = clean_name(name.replace("\\", "/").rpartition("/")[2], limits=limits)
        check_extension(kept, allowed=UPLOADABLE)
        packed = _received(file, kept, Path(folder), limits=limits)
        check_content_file(packed, limits=limits)
        try:
            row = _store(packed)
        except IntegrityError:
            # Somebody stored the same at the same moment; it is there now.
            row = _store(packed)
    logger.info("H5P media %s stored by %s", row, made_by or "the system")
    return row


def kind_of(file: H5PFile) -> str:
    """The type of field a file is for, where nobody says it: image, audio, video or file."""
    if file.extension in PICTURES:
        return "image"
    mime = TYPES.get(file.extension, "").partition("/")[0]
    return mime if mime in FOLDERS else "file"


def package_path(*, file: H5PFile, kind: str | None = None) -> str:
    """The name of a stored file in content, e.g. "images/0a1b….png".

    Args:
        kind: type of the field; None = what the extension says.
    """
    return f"{FOLDERS[kind or kind_of(file)]}/{file.digest[:DIGITS]}.{file.extension}"


def image_size(*, file: H5PFile) -> tuple[int, int] | None:
    """Width and height in pixels; None = no pixel image, or one that cannot be read."""
    if file.extension not in PICTURES - {"svg"}:
        return None
    stored = storage.open_file(file.stored_in)
    if stored is None:
        return None
    with stored:
        try:
            # Only the head is read; nothing is unpacked.
            with Image.open(stored) as image:
                return image.size
        except (UnidentifiedImageError, Image.DecompressionBombError, OSError, ValueError):
            return None


def media_entry(*, file: H5PFile, kind: str | None = None) -> dict[str, Any]:
    """What a media field holds for a stored file; audio and video fields hold a list of these.

    `{"path": "images/….png", "mime": "image/png", "width": 640, "height": 480,
    "copyright": {"license": "U"}}`; width and height of pixel images only.
    """
    kind = kind or kind_of(file)
    mime = TYPES.get(extension(f"x.{file.extension}"), "application/octet-stream").partition(";")[0]
    # Ogg and WebM hold sound or film.
    if kind in ("audio", "video"):
        mime = f"{kind}/{mime.partition('/')[2]}"
    entry: dict[str, Any] = {"path": package_path(file=file, kind=kind), "mime": mime}
    size = image_size(file=file) if kind == "image" else None
    if size is not None:
        entry |= {"width": size[0], "height": size[1]}
    return entry | {"copyright": {"license": "U"}}
