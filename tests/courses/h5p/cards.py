"""An installed type with rich text, media and nested content: H5P.Card, which may hold a note."""

import struct
import zlib
from io import BytesIO
from pathlib import Path
from typing import Any

from courses.h5p.models import H5PFile, H5PLibrary
from courses.h5p.services import install_libraries_from_directory, store_media
from tests.courses.h5p.packages import as_json, library_folder
from tests.courses.h5p.test_directory import unpack

CARD: list[dict[str, Any]] = [
    {"name": "text", "type": "text", "widget": "html", "tags": ["strong"], "label": "Text"},
    {"name": "button", "type": "text", "default": "Turn", "common": True},
    {"name": "picture", "type": "image", "optional": True},
    {"name": "film", "type": "video", "optional": True},
    {"name": "x", "type": "number", "optional": True},
    {
        "name": "notes",
        "type": "list",
        "optional": True,
        "field": {"name": "note", "type": "library", "options": ["H5P.Note 1.0"]},
    },
]
NOTE: list[dict[str, Any]] = [
    {"name": "text", "type": "text"},
    {"name": "sound", "type": "audio", "optional": True},
    {"name": "close", "type": "text", "default": "Close"},
]
JAPANESE = {"semantics": [{"label": "本文"}, {"default": "めくる"}]}


def install_cards(folder: Path) -> H5PLibrary:
    files = library_folder("H5P.Card 1.0", title="Card") | {
        "H5P.Card-1.0/semantics.json": as_json(CARD),
        "H5P.Card-1.0/language/ja.json": as_json(JAPANESE),
    }
    files |= library_folder("H5P.Note 1.0", title="Note", runnable=0) | {
        "H5P.Note-1.0/semantics.json": as_json(NOTE)
    }
    libraries = install_libraries_from_directory(directory=unpack(folder / "cards", files))
    return next(library for library in libraries if library.machine_name == "H5P.Card")


def png(width: int = 3, height: int = 2) -> bytes:
    """A real picture."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        crc = struct.pack(">I", zlib.crc32(kind + data))
        return struct.pack(">I", len(data)) + kind + data + crc

    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    rows = zlib.compress((b"\0" + b"\0" * width) * height)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")
    )


def upload(data: bytes, name: str) -> H5PFile:
    return store_media(file=BytesIO(data), name=name)
