"""Names of files inside a package: which are acceptable, and under which name they are kept."""

import unicodedata
from collections.abc import Iterable

from courses.h5p.limits import Limits
from courses.h5p.refusals import PackageRefused

# Explicit direction marks make "gpj.exe" read as "exe.jpg".
DIRECTION_MARKS = frozenset(
    "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
)
# Control characters and lone surrogates.
NOT_TEXT = frozenset({"Cc", "Cs"})


def decode_name(raw: bytes, *, is_utf8: bool) -> str:
    """A name as the archive holds it, decoded.

    Without the UTF-8 flag the ZIP specification leaves the encoding open; macOS then writes
    UTF-8 and Japanese Windows writes Shift_JIS.

    Raises:
        PackageRefused: it is neither.
    """
    for encoding in ("utf-8",) if is_utf8 else ("utf-8", "cp932"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise PackageRefused("name_undecodable", place=raw.decode("ascii", "backslashreplace"))


def _check_segment(segment: str, *, place: str, limits: Limits) -> None:
    if segment in ("", ".", ".."):
        raise PackageRefused("name_segment", place=place)
    if len(segment.encode()) > limits.name_bytes:
        raise PackageRefused("name_too_long", place=place, limit=limits.name_bytes)


def clean_name(name: str, *, limits: Limits) -> str:
    """The name a file is kept under: NFC, relative, forward slashes.

    A folder's name keeps its final slash.

    Raises:
        PackageRefused: the name could mean another place on some system, or mislead a reader.
    """
    if any(
        character in DIRECTION_MARKS or unicodedata.category(character) in NOT_TEXT
        for character in name
    ):
        place = name.encode("unicode_escape").decode()
        raise PackageRefused("name_characters", place=place)
    if name.startswith("/"):
        raise PackageRefused("name_absolute", place=name)
    if "\\" in name:
        raise PackageRefused("name_backslash", place=name)
    if ":" in name:
        raise PackageRefused("name_drive", place=name)
    kept = unicodedata.normalize("NFC", name)
    segments = kept.removesuffix("/").split("/")
    for segment in segments:
        _check_segment(segment, place=name, limits=limits)
    if len(segments) > limits.depth:
        raise PackageRefused("name_too_deep", place=name, limit=limits.depth)
    if len(kept.encode()) > limits.path_bytes:
        raise PackageRefused("path_too_long", place=name, limit=limits.path_bytes)
    return kept


def folded(name: str) -> str:
    """Equal for names that a file system blind to letter case takes for one."""
    return unicodedata.normalize("NFC", name.casefold())


def check_distinct(names: Iterable[str]) -> None:
    """No two files may have one name, and no file may be another's folder.

    Raises:
        PackageRefused: the second of two names that clash.
    """
    files: set[str] = set()
    folders: set[str] = set()
    for name in names:
        key = folded(name)
        parents = {key[:at] for at, character in enumerate(key) if character == "/"}
        if key in files or key in folders or parents & files:
            raise PackageRefused("name_duplicate", place=name)
        files.add(key)
        folders |= parents


def is_ignored(name: str) -> bool:
    """Files the H5P core leaves out too: .DS_Store, __MACOSX, thumbnails of file managers."""
    return any(segment[0] in "._" for segment in name.split("/") if segment)


def extension(name: str) -> str:
    """Lower case, without the dot; empty where there is none."""
    stem, dot, ending = name.rpartition("/")[2].rpartition(".")
    return ending.lower() if dot and stem else ""
