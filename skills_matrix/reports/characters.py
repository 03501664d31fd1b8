"""What CP932 cannot hold, and what stands there instead. Pure.

CP932 is what old office systems and Excel without a byte-order mark read. It has 髙 and 﨑, but
not 𠮷, nor the variation selectors that choose a form of a kanji.
"""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

ENCODING: Final = "cp932"
# The mark that Japanese typesetters put where a character is missing.
GETA: Final = "〓"
# The same signs under another number: Python's table knows only one of each pair.
SAME_SIGN: Final = str.maketrans(
    "\u301c\u2212\u2014\u2016\u00a2\u00a3\u00ac\u00a5",
    "\uff5e\uff0d\u2015\u2225\uffe0\uffe1\uffe2\uffe5",
)

# They choose a form of the kanji before them, which is written without.
_SELECTORS: Final = frozenset(map(chr, (*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0))))


@dataclass(frozen=True)
class Loss:
    """One character of a text, and what is written instead; empty = it is left out."""

    character: str
    replacement: str

    @property
    def code(self) -> str:
        return f"U+{ord(self.character):04X}"


def losses(text: str) -> list[Loss]:
    """The characters of the text that are written otherwise, each once, in their order."""
    if _fits(text):
        return []
    return list(dict.fromkeys(_losses(text)))


def as_cp932(text: str) -> str:
    """The text with every loss replaced, so that it can be written."""
    if _fits(text):
        return text
    return "".join(character if _fits(character) else _instead(character) for character in text)


def _losses(text: str) -> Iterator[Loss]:
    for character in text:
        if not _fits(character):
            yield Loss(character, _instead(character))


def _fits(text: str) -> bool:
    try:
        text.encode(ENCODING)
    except UnicodeEncodeError:
        return False
    return True


def _instead(character: str) -> str:
    kind = unicodedata.category(character)
    if kind == "Cf" or character in _SELECTORS:
        return ""
    same = character.translate(SAME_SIGN)
    # A kanji is never put in the place of another: 吉 is not how 𠮷 is written.
    if same == character and kind != "Lo":
        parts = unicodedata.normalize("NFKD", character)
        same = "".join(part for part in parts if not unicodedata.combining(part))
    return same if same and _fits(same) else GETA
