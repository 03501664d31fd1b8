"""Reads a zip archive strictly, as a stream, into a temporary folder.

The standard library's reader is made to open whatever can be opened: it looks for an archive
anywhere in the file, believes sizes and takes names as they come. Two programs can then see two
different packages in one file. Here every byte must belong to exactly one thing
(PKWARE APPNOTE 6.3.10: 4.3.7 local header, 4.3.9 data descriptor, 4.3.12 central directory,
4.3.16 end record).
"""

import hashlib
import stat
import struct
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from types import TracebackType
from typing import BinaryIO, Self

from courses.h5p.limits import Limits
from courses.h5p.names import check_distinct, clean_name, decode_name, is_ignored
from courses.h5p.refusals import PackageRefused

LOCAL = struct.Struct("<4sHHHHHIIIHH")
CENTRAL = struct.Struct("<4sHHHHHHIIIHHHHHII")
END = struct.Struct("<4sHHHHIIH")
LOCAL_SIGNATURE = b"PK\x03\x04"
CENTRAL_SIGNATURE = b"PK\x01\x02"
END_SIGNATURE = b"PK\x05\x06"
DESCRIPTOR_SIGNATURE = b"PK\x07\x08"
ZIP64_LOCATOR_SIGNATURE = b"PK\x06\x07"
ZIP64_LOCATOR_BYTES = 20
LONGEST_COMMENT = 0xFFFF
MASKED = 0xFFFFFFFF

ENCRYPTED = 0x0001 | 0x0040 | 0x2000
HAS_DESCRIPTOR = 0x0008
PATCHED = 0x0020
UTF8_NAME = 0x0800
STORED, DEFLATED = 0, 8
# MS-DOS attributes: a volume label, a Windows reparse point (link).
SPECIAL_DOS_ATTRIBUTES = 0x08 | 0x400

# Nothing at all, deflated.
LONGEST_EMPTY = 2
CHUNK = 64 * 1024


@dataclass(frozen=True, slots=True)
class PackedFile:
    """One file taken out of an archive or found in a folder.

    Attributes:
        name: as checked by `names.clean_name`, relative to the package.
        path: where its bytes lie, under a name that owes nothing to the package.
        digest: SHA-256 of its bytes, hexadecimal.
    """

    name: str
    path: Path
    size: int
    digest: str

    def read(self) -> bytes:
        return self.path.read_bytes()


class Unpacked:
    """What was taken out of an archive; its files are in `folder` until it is closed."""

    __slots__ = ()
    folder: TemporaryDirectory[str]

    def close(self) -> None:
        self.folder.cleanup()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()


@dataclass(frozen=True, slots=True)
class _Entry:
    """What the central directory says of one entry."""

    raw_name: bytes
    name: str
    flags: int
    method: int
    crc: int
    packed: int
    size: int
    offset: int

    @property
    def is_folder(self) -> bool:
        return self.name.endswith("/")


def _exactly(file: BinaryIO, count: int, *, place: str = "") -> bytes:
    data = file.read(count)
    if len(data) < count:
        raise PackageRefused("truncated", place=place)
    return data


def _end_record(file: BinaryIO, size: int) -> tuple[int, int, int]:
    """Count of entries, offset of the central directory, offset of the end record."""
    file.seek(max(0, size - END.size - LONGEST_COMMENT))
    tail = file.read()
    at = tail.rfind(END_SIGNATURE)
    if at < 0:
        raise PackageRefused("end_missing")
    record = tail[at : at + END.size]
    if len(record) < END.size:
        raise PackageRefused("truncated")
    _signature, disk, directory_disk, here, count, length, offset, comment = END.unpack(record)
    after = tail[at + END.size :]
    if len(after) != comment or any(
        signature in after for signature in (LOCAL_SIGNATURE, CENTRAL_SIGNATURE)
    ):
        raise PackageRefused("trailing_bytes")
    locator = tail[max(0, at - ZIP64_LOCATOR_BYTES) : at]
    if locator.startswith(ZIP64_LOCATOR_SIGNATURE) or MASKED in (length, offset):
        raise PackageRefused("zip64")
    if disk or directory_disk or here != count:
        raise PackageRefused("split_archive")
    start = size - len(after) - END.size
    if offset + length != start:
        # The directory lies elsewhere than it says: something was put before or between.
        if offset + length < start:
            raise PackageRefused("second_archive")
        raise PackageRefused("directory_damaged")
    return count, offset, start


def _central_entry(file: BinaryIO, *, limits: Limits) -> _Entry:
    fields = CENTRAL.unpack(_exactly(file, CENTRAL.size))
    if fields[0] != CENTRAL_SIGNATURE:
        raise PackageRefused("directory_damaged")
    flags, method, crc, packed, size = fields[3], fields[4], fields[7], fields[8], fields[9]
    raw_name = _exactly(file, fields[10])
    _exactly(file, fields[11] + fields[12])
    attributes, offset = fields[15], fields[16]
    name = clean_name(decode_name(raw_name, is_utf8=bool(flags & UTF8_NAME)), limits=limits)
    if flags & ENCRYPTED:
        raise PackageRefused("encrypted", place=name)
    if method not in (STORED, DEFLATED) or flags & PATCHED:
        raise PackageRefused("unknown_compression", place=name)
    if MASKED in (packed, size, offset):
        raise PackageRefused("zip64", place=name)
    kind = stat.S_IFMT(attributes >> 16)
    if kind not in (0, stat.S_IFREG, stat.S_IFDIR) or attributes & SPECIAL_DOS_ATTRIBUTES:
        raise PackageRefused("special_file", place=name)
    entry = _Entry(raw_name, name, flags, method, crc, packed, size, offset)
    if size > limits.entry_bytes:
        raise PackageRefused("entry_too_large", place=name, limit=limits.entry_bytes)
    if size > limits.ratio_floor and size > packed * limits.ratio:
        raise PackageRefused("ratio_too_high", place=name, limit=limits.ratio)
    if entry.is_folder and (size or packed > LONGEST_EMPTY):
        raise PackageRefused("hidden_bytes", place=name)
    return entry


def _directory(file: BinaryIO, *, limits: Limits) -> tuple[list[_Entry], int]:
    """The entries in the order of their bytes, and the offset at which the directory starts."""
    size = file.seek(0, 2)
    if size > limits.package_bytes:
        raise PackageRefused("package_too_large", limit=limits.package_bytes)
    file.seek(0)
    start = file.read(len(LOCAL_SIGNATURE))
    if start == END_SIGNATURE:
        raise PackageRefused("h5p_json_missing")
    if start != LOCAL_SIGNATURE:
        raise PackageRefused("not_a_zip")
    count, offset, end = _end_record(file, size)
    if count > limits.entries:
        raise PackageRefused("too_many_entries", limit=limits.entries)
    file.seek(offset)
    entries = [_central_entry(file, limits=limits) for _ in range(count)]
    if file.tell() != end:
        raise PackageRefused("hidden_bytes")
    if sum(entry.size for entry in entries) > limits.total_bytes:
        raise PackageRefused("total_too_large", limit=limits.total_bytes)
    check_distinct(entry.name for entry in entries if not entry.is_folder)
    return sorted(entries, key=lambda entry: entry.offset), offset


def _check_descriptor(gap: bytes, entry: _Entry) -> None:
    """Between two entries only the data descriptor of the first may stand, saying the same."""
    rest = gap.removeprefix(DESCRIPTOR_SIGNATURE) if len(gap) in (16, 24) else gap
    layout = {12: "<III", 20: "<IQQ"}.get(len(rest))
    if layout is None or not entry.flags & HAS_DESCRIPTOR:
        raise PackageRefused("hidden_bytes", place=entry.name)
    if struct.unpack(layout, rest) != (entry.crc, entry.packed, entry.size):
        raise PackageRefused("headers_disagree", place=entry.name)


def _seek_data(file: BinaryIO, entry: _Entry) -> None:
    """Reads the local header, which must say what the central directory says."""
    file.seek(entry.offset)
    fields = LOCAL.unpack(_exactly(file, LOCAL.size, place=entry.name))
    raw_name = _exactly(file, fields[9], place=entry.name)
    _exactly(file, fields[10], place=entry.name)
    flags, method = fields[2], fields[3]
    # With a descriptor the local header leaves sizes open: zero, or masked by zip64 writers.
    is_open = (0, MASKED) if flags & HAS_DESCRIPTOR else ()
    said = (entry.crc, entry.packed, entry.size)
    same_sizes = all(
        here == there or here in is_open for here, there in zip(fields[6:9], said, strict=True)
    )
    if (
        fields[0] != LOCAL_SIGNATURE
        or raw_name != entry.raw_name
        or method != entry.method
        or (flags ^ entry.flags) & (ENCRYPTED | HAS_DESCRIPTOR | PATCHED)
        or not same_sizes
    ):
        raise PackageRefused("headers_disagree", place=entry.name)


def _check_layout(file: BinaryIO, entries: list[_Entry], directory: int) -> None:
    """Every byte from the first to the directory belongs to exactly one entry.

    Raises:
        PackageRefused: bytes in front, between or shared: a second archive, or a bomb whose
            entries all inflate the same data.
    """
    position = 0
    for number, entry in enumerate(entries):
        if entry.offset != position:
            raise PackageRefused("prefix_bytes" if number == 0 else "overlapping_entries")
        _seek_data(file, entry)
        end = file.tell() + entry.packed
        position = entries[number + 1].offset if number + 1 < len(entries) else directory
        if end > position:
            raise PackageRefused("overlapping_entries", place=entry.name)
        if end < position:
            file.seek(end)
            gap = _exactly(file, min(position - end, 25), place=entry.name)
            if LOCAL_SIGNATURE in gap or END_SIGNATURE in gap:
                raise PackageRefused("second_archive", place=entry.name)
            _check_descriptor(gap, entry)


def _inflated(file: BinaryIO, entry: _Entry) -> Iterator[bytes]:
    """The entry's bytes in pieces of at most `CHUNK`."""
    left = entry.packed
    if entry.method == STORED:
        while left:
            piece = _exactly(file, min(CHUNK, left), place=entry.name)
            left -= len(piece)
            yield piece
        return
    inflater = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        while left:
            packed = _exactly(file, min(CHUNK, left), place=entry.name)
            left -= len(packed)
            while packed:
                if inflater.eof:
                    raise PackageRefused("hidden_bytes", place=entry.name)
                yield inflater.decompress(packed, CHUNK)
                packed = inflater.unconsumed_tail or inflater.unused_data
        while not inflater.eof:
            piece = inflater.decompress(b"", CHUNK)
            if not piece and not inflater.eof:
                raise PackageRefused("truncated", place=entry.name)
            yield piece
    except zlib.error:
        raise PackageRefused("not_inflatable", place=entry.name) from None
    if inflater.unused_data:
        raise PackageRefused("hidden_bytes", place=entry.name)


def _extract(file: BinaryIO, entry: _Entry, target: Path) -> PackedFile:
    """Stops at the size the archive gives, which was found to be within every limit."""
    _seek_data(file, entry)
    size, crc, digest = 0, 0, hashlib.sha256()
    with target.open("wb") as output:
        for piece in _inflated(file, entry):
            size += len(piece)
            if size > entry.size:
                raise PackageRefused("wrong_size", place=entry.name)
            crc = zlib.crc32(piece, crc)
            digest.update(piece)
            output.write(piece)
    if size != entry.size:
        raise PackageRefused("wrong_size", place=entry.name)
    if crc != entry.crc:
        raise PackageRefused("wrong_checksum", place=entry.name)
    return PackedFile(entry.name, target, size, digest.hexdigest())


def _any_name(name: str) -> None:
    """Every name will do."""


def extract_archive(
    file: BinaryIO,
    *,
    into: Path,
    limits: Limits,
    check_name: Callable[[str], None] = _any_name,
) -> list[PackedFile]:
    """Every file of the archive, extracted into the folder `into` under numbers as names.

    Files that the H5P core leaves out (names with a leading dot or underscore) are left out
    here too, but must be as well-formed as the rest.

    Args:
        file: seekable.
        check_name: raises for a name that may not be there, before anything is extracted: the
            last of ten thousand files must not cost the others.

    Raises:
        PackageRefused: any rule about archives, names or sizes is broken.
    """
    entries, directory = _directory(file, limits=limits)
    for entry in entries:
        if not entry.is_folder and not is_ignored(entry.name):
            check_name(entry.name)
    _check_layout(file, entries, directory)
    files: list[PackedFile] = []
    for number, entry in enumerate(entry for entry in entries if not entry.is_folder):
        packed = _extract(file, entry, into / str(number))
        if is_ignored(entry.name):
            packed.path.unlink()
        else:
            files.append(packed)
    return files
