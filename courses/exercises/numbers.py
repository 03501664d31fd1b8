"""Numbers as people write them into tables. Pure."""

import re
from decimal import Decimal
from unicodedata import normalize

from courses.exercises.grid import Cell

_PLAIN = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")
_WORDS = {"無料": "0", "ゼロ": "0", "零": "0"}
_WIDE = re.compile("[０-９．，－＋％]")

# Taken off one after the other until nothing more comes off. Texts are in NFKC, without spaces.
_LAYERS = (
    ("approximate", re.compile(r"^(?:約|およそ|おおよそ|おおむね|概ね|ほぼ|計)")),
    ("approximate", re.compile(r"(?:程度|ほど|前後|以上|以下|未満|余り?|弱|強|まで|~)$")),
    ("footnote", re.compile(r"^[※*†‡]|(?:[※*†‡][0-9]*|[(\[]?(?:注|\*|※)[0-9]*[)\]]?|\[[0-9]+\])$")),
    ("footnote", re.compile(r"(?<=.)\([^()]*\)$")),
    ("currency_mark", re.compile(r"^[¥\\$€£]|[¥$€£]$|円$")),
    ("minus_mark", re.compile(r"^[▲△▼−‐–—](?=[0-9])")),
    ("unit_in_value", re.compile(r"(?<=[0-9])(?:[kcm]?m[23]?|[^0-9.,()※*]+)$", re.IGNORECASE)),
)
_THOUSANDS = re.compile(r"-?[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?")


def read_number(cell: Cell, *, unit: str, is_whole: bool) -> tuple[list[str], str | None]:
    """The faults of a number, and the number in plain digits; None = cannot be told.

    Args:
        unit: what the column counts in; taken off as such, whatever it looks like.
    """
    text = cell.text
    if _PLAIN.fullmatch(text):
        if is_whole and "." in text and Decimal(text) % 1:
            return ["decimal"], None
        return (["number_as_text"] if cell.kind == "text" else []), _meaning(text)
    if text in _WORDS:
        return ["word_for_number"], _WORDS[text]
    rest = re.sub(r"\s", "", normalize("NFKC", text))
    faults = ["fullwidth_digits"] if _WIDE.search(text) else []
    plain_unit = normalize("NFKC", unit)
    if plain_unit and rest.endswith(plain_unit) and rest != plain_unit:
        rest = rest.removesuffix(plain_unit)
        faults.append("currency_mark" if unit == "円" else "unit_in_value")
    while True:
        before = rest
        for fault, layer in _LAYERS:
            rest, times = layer.subn("-" if fault == "minus_mark" else "", rest, count=1)
            if times and fault not in faults:
                faults.append(fault)
        if rest == before:
            break
    if re.fullmatch(r"\([0-9,.]+\)", rest):
        rest, faults = f"-{rest[1:-1]}", [*faults, "minus_mark"]
    if _THOUSANDS.fullmatch(rest):
        rest, faults = rest.replace(",", ""), [*faults, "thousands"]
    if not _PLAIN.fullmatch(rest) or not faults:
        return ["not_a_number"], None
    if is_whole and Decimal(rest) % 1:
        return ["decimal"], None
    return faults, _meaning(rest)


def _meaning(plain: str) -> str:
    """Without leading and trailing zeros that change nothing."""
    number = Decimal(plain)
    return format(
        number.quantize(Decimal(1)) if number == number.to_integral() else number.normalize(), "f"
    )
