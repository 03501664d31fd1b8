"""The font certificates are printed with, and what it cannot print."""

import unicodedata
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFError, TTFont

FONT_NAME = "LmsCertificate"
# The sign that Japanese printers put in the place of a character they do not have.
GETA = "〓"
_PROBE = "修了証"


class Printable(NamedTuple):
    """A text as the font can print it, and the characters it stands in for, in order."""

    text: str
    replaced: tuple[str, ...]


def font_fault(path: Path) -> str | None:
    """Why the file cannot print Japanese; None = it can."""
    if not path.is_file():
        return f"there is no file {path.name}."
    try:
        font = _load(path)
    except TTFError as error:
        return str(error)
    if any(ord(char) not in font.face.charToGlyph for char in _PROBE):
        return f"{path.name} has no Japanese."
    return None


def register_font(path: Path) -> None:
    """Make FONT_NAME the font of this file."""
    pdfmetrics.registerFont(_load(path))


def printable(text: str, path: Path) -> Printable:
    """The text with 〓 for what the font lacks (外字), never an empty box without a word.

    Variant selectors choose among shapes of one character (葛󠄀 and 葛󠄁); the font prints the
    common shape, so they are taken out and named among what was replaced.
    """
    glyphs = _load(path).face.charToGlyph
    shown: list[str] = []
    replaced: list[str] = []
    for char in unicodedata.normalize("NFC", text):
        if _is_selector(char):
            replaced.append(char)
        elif unicodedata.category(char) in {"Cc", "Cf"}:
            continue
        elif ord(char) in glyphs:
            shown.append(char)
        else:
            shown.append(GETA)
            replaced.append(char)
    return Printable("".join(shown), tuple(replaced))


def _is_selector(char: str) -> bool:
    return "\ufe00" <= char <= "\ufe0f" or "\U000e0100" <= char <= "\U000e01ef"


@lru_cache(maxsize=2)
def _load(path: Path) -> TTFont:
    return TTFont(FONT_NAME, str(path))
