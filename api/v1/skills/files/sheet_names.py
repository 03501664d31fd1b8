"""Names of worksheets that every spreadsheet takes. Pure."""

import re
import unicodedata
from collections.abc import Iterable
from typing import Final

LENGTH: Final = 31
_FORBIDDEN = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
_RESERVED: Final = frozenset({"history"})


def sheet_names(titles: Iterable[str], *, taken: Iterable[str] = ()) -> list[str]:
    """A name for each title: legal, at most 31 characters, and none like another or one taken.

    What differs only in case or width counts as the same name.
    """
    used = {_folded(name) for name in taken} | _RESERVED
    names = []
    for title in titles:
        plain = _FORBIDDEN.sub(" ", title).strip("' \u3000")
        name, number = _cut(plain or "-", LENGTH), 1
        while _folded(name) in used:
            number += 1
            ending = f" ({number})"
            name = _cut(plain, LENGTH - len(ending)) + ending
        used.add(_folded(name))
        names.append(name)
    return names


def _folded(name: str) -> str:
    return unicodedata.normalize("NFKC", name).casefold()


def _cut(text: str, length: int) -> str:
    """So many UTF-16 units at most, since Excel counts those."""
    data = text.encode("utf-16-le", "ignore")[: length * 2]
    return data.decode("utf-16-le", "ignore").strip("' \u3000")
