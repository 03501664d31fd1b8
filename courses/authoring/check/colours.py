"""Contrast of two colours as WCAG 2.2 computes it (1.4.3 and 1.4.11). No Django."""

import re
from typing import NamedTuple

# Text, and what is no text but must be seen: icons, frames of inputs.
TEXT_CONTRAST = 4.5
OTHER_CONTRAST = 3.0

# CSS level 1 names; editors that offer names offer these.
NAMES = {
    "black": "#000000",
    "silver": "#c0c0c0",
    "gray": "#808080",
    "grey": "#808080",
    "white": "#ffffff",
    "maroon": "#800000",
    "red": "#ff0000",
    "purple": "#800080",
    "fuchsia": "#ff00ff",
    "magenta": "#ff00ff",
    "green": "#008000",
    "lime": "#00ff00",
    "olive": "#808000",
    "yellow": "#ffff00",
    "navy": "#000080",
    "blue": "#0000ff",
    "teal": "#008080",
    "aqua": "#00ffff",
    "cyan": "#00ffff",
    "orange": "#ffa500",
}
HEX = re.compile(r"#([0-9a-f]{3}|[0-9a-f]{4}|[0-9a-f]{6}|[0-9a-f]{8})\Z", re.ASCII)
RGB = re.compile(
    r"rgba?\(\s*(\d{1,3})\s*[, ]\s*(\d{1,3})\s*[, ]\s*(\d{1,3})\s*([,/]\s*([\d.]+)%?\s*)?\)\Z",
    re.ASCII,
)


class Colour(NamedTuple):
    """Red, green, blue, each 0 to 255."""

    red: int
    green: int
    blue: int

    @property
    def css(self) -> str:
        return f"#{self.red:02x}{self.green:02x}{self.blue:02x}"


WHITE = Colour(255, 255, 255)


def parse_colour(text: str) -> Colour | None:
    """A CSS colour; None = not one, or partly see-through, so that nobody knows how it looks."""
    text = text.strip().lower().removesuffix("!important").strip()
    text = NAMES.get(text, text)
    if found := HEX.match(text):
        digits = found[1]
        if len(digits) in (3, 4):
            digits = "".join(digit * 2 for digit in digits)
        if digits[6:] not in ("", "ff"):
            return None
        return Colour(int(digits[:2], 16), int(digits[2:4], 16), int(digits[4:6], 16))
    if found := RGB.match(text):
        values = [int(found[number]) for number in (1, 2, 3)]
        if max(values) > 255 or (found[4] and found[5] not in ("1", "1.0", "100")):
            return None
        return Colour(*values)
    return None


def _luminance(colour: Colour) -> float:
    parts = [value / 255 for value in colour]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: Colour, other: Colour) -> float:
    """1 (the same) to 21 (black on white)."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)
