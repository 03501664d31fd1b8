"""Packages made on the spot: sound ones, and any hostile one that bytes can say."""

import json
import struct
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from courses.h5p.library import Library, LibraryName, parse_library
from courses.h5p.package import Installed

DEFLATE, STORE = 8, 0
UTF8 = 0x0800
DESCRIPTOR = 0x0008


@dataclass(frozen=True)
class Entry:
    """One entry of an archive; whatever is given here is written, true or not."""

    name: str | bytes
    data: bytes = b""
    method: int = DEFLATE
    flags: int = UTF8
    attributes: int = 0
    crc: int | None = None
    size: int | None = None
    packed: bytes | None = None
    packed_size: int | None = None
    local_name: str | bytes | None = None
    local_method: int | None = None
    local_size: int | None = None
    descriptor_crc: int | None = None
    gap: bytes = b""
    offset: int | None = None

    def raw_name(self) -> bytes:
        return self.name.encode() if isinstance(self.name, str) else self.name

    def raw_local_name(self) -> bytes:
        name = self.name if self.local_name is None else self.local_name
        return name.encode() if isinstance(name, str) else name

    def body(self) -> bytes:
        if self.packed is not None:
            return self.packed
        return deflated(self.data) if self.method == DEFLATE else self.data


def deflated(data: bytes) -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    return packer.compress(data) + packer.flush()


def _or(value: int | None, otherwise: int) -> int:
    return otherwise if value is None else value


def archive(
    entries: list[Entry],
    *,
    prefix: bytes = b"",
    suffix: bytes = b"",
    comment: bytes = b"",
    before_end: bytes = b"",
    count: int | None = None,
    disk: int = 0,
    shift: int = 0,
) -> bytes:
    """The bytes of a zip archive. `shift` moves the directory's stated offset."""
    out = bytearray(prefix)
    directory = bytearray()
    for entry in entries:
        offset = len(out)
        body = entry.body()
        crc = _or(entry.crc, zlib.crc32(entry.data))
        size = _or(entry.size, len(entry.data))
        packed = _or(entry.packed_size, len(body))
        streamed = bool(entry.flags & DESCRIPTOR)
        said = (0, 0, 0) if streamed else (crc, packed, _or(entry.local_size, size))
        local_name = entry.raw_local_name()
        out += struct.pack(
            "<4sHHHHHIIIHH",
            *(b"PK\x03\x04", 20, entry.flags, _or(entry.local_method, entry.method), 0, 0x21),
            *(*said, len(local_name), 0),
        )
        out += local_name + body
        if streamed:
            descriptor = (_or(entry.descriptor_crc, crc), packed, size)
            out += struct.pack("<4sIII", b"PK\x07\x08", *descriptor)
        out += entry.gap
        name = entry.raw_name()
        directory += struct.pack(
            "<4sHHHHHHIIIHHHHHII",
            *(b"PK\x01\x02", 20, 20, entry.flags, entry.method, 0, 0x21, crc, packed, size),
            *(len(name), 0, 0, 0, 0, entry.attributes, _or(entry.offset, offset)),
        )
        directory += name
    start = len(out)
    out += directory + before_end
    number = _or(count, len(entries))
    out += struct.pack(
        "<4sHHHHIIH",
        *(b"PK\x05\x06", disk, disk, number, number, len(directory), start + shift, len(comment)),
    )
    return bytes(out + comment + suffix)


def need(name: str) -> dict[str, Any]:
    """`H5P.Quiz 1.2` as a dependency is written."""
    machine_name, _, version = name.rpartition(" ")
    major, minor = version.split(".")
    return {"machineName": machine_name, "majorVersion": int(major), "minorVersion": int(minor)}


def library_json(name: str = "H5P.Quiz 1.2", **changes: Any) -> dict[str, Any]:
    """A library.json; None as a value leaves the field out."""
    metadata = need(name) | {
        "title": "Quiz",
        "patchVersion": 3,
        "runnable": 1,
        "license": "MIT",
        "preloadedJs": [{"path": "quiz.js"}],
    }
    return {key: value for key, value in (metadata | changes).items() if value is not None}


def library_of(name: str = "H5P.Quiz 1.2", **changes: Any) -> Library:
    metadata = library_json(name, **changes)
    return parse_library(metadata, folder=name.replace(" ", "-"), place="")


def as_installed(*libraries: Library) -> dict[LibraryName, Installed]:
    return {library.name: Installed(library, digest="0" * 64) for library in libraries}


def as_json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode()


def h5p_json(**changes: Any) -> dict[str, Any]:
    metadata = {
        "title": "窓口の確認",
        "language": "ja",
        "mainLibrary": "H5P.Quiz",
        "embedTypes": ["div"],
        "license": "U",
        "preloadedDependencies": [need("H5P.Quiz 1.2")],
    }
    return {key: value for key, value in (metadata | changes).items() if value is not None}


def library_folder(
    name: str = "H5P.Quiz 1.2", script: bytes = b"// quiz", **changes: Any
) -> dict[str, bytes]:
    folder = name.replace(" ", "-")
    return {
        f"{folder}/library.json": as_json(library_json(name, **changes)),
        f"{folder}/quiz.js": script,
    }


def package_files(
    *,
    metadata: Mapping[str, Any] | None = None,
    params: Any = None,
    libraries: Mapping[str, bytes] | None = None,
    **content: bytes,
) -> dict[str, bytes]:
    """The files of a sound package with one small type of its own, H5P.Quiz 1.2."""
    return {
        "h5p.json": as_json(metadata if metadata is not None else h5p_json()),
        "content/content.json": as_json({"question": "はい"} if params is None else params),
        **(library_folder() if libraries is None else libraries),
        **content,
    }


def pack(files: Mapping[str, bytes], *extra: Entry, **options: Any) -> BytesIO:
    entries = [Entry(name, data) for name, data in files.items()]
    return BytesIO(archive([*entries, *extra], **options))


def package(*extra: Entry, **changes: Any) -> BytesIO:
    """A package with further entries."""
    return pack(package_files(**changes), *extra)
