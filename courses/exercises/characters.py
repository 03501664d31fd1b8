"""Characters and spaces that look like nothing and mean something to a machine. Pure."""

import re
from unicodedata import category, decomposition, normalize

# What offices mean by the signs that one machine has and another has not.
_WORDS = {
    "㈱": "株式会社",
    "㈲": "有限会社",
    "㈹": "代表",
    "℡": "電話",
    "㊤": "上",
    "㊥": "中",
    "㊦": "下",
    "㏍": "株式会社",
}
# Signs made of others: circled, squared, in brackets, Roman numerals as one character.
_MADE_OF = ("<circle>", "<square>", "<super>", "<sub>", "<fraction>")
_COMPATIBLE = re.compile(
    "[\u2100-\u2101\u2105-\u2106\u2116\u2121\u2160-\u217f\u3200-\u33ff\u2474-\u249b]"
)
_HALFWIDTH_KANA = re.compile("[\uff61-\uff9f]+")
_WIDE_ALPHANUMERIC = re.compile("[０-９Ａ-Ｚａ-ｚ]")
_NARROW_ALPHANUMERIC = re.compile("[0-9A-Za-z]")
_LINE_BREAK = re.compile(r"\s*[\r\n\u2028\u2029\u000b\u000c]+\s*")
# Scripts that are written without spaces between words.
_JAPANESE = "[\u3040-\u30ff\u3400-\u9fff\u3005]"


def character_fault(text: str) -> tuple[str, str, str] | None:
    """The fault, its first character and the text without it; None = every machine has them all."""
    for character in text:
        fault = _fault_of(character)
        if fault:
            return fault, character, repaired(text)
    return None


def _fault_of(character: str) -> str:
    if category(character) == "Co":
        return "private_character"
    if category(character) in ("Cf", "Cc") and character not in "\t\r\n":
        return "invisible_character"
    if _HALFWIDTH_KANA.match(character):
        return "halfwidth_kana"
    if decomposition(character).startswith(_MADE_OF) or _COMPATIBLE.match(character):
        return "machine_dependent"
    return ""


def repaired(text: str) -> str:
    """The text in characters every machine has; "" where somebody must look it up."""
    text = _HALFWIDTH_KANA.sub(lambda kana: normalize("NFKC", kana[0]), text)
    out = []
    for character in text:
        fault = _fault_of(character)
        if fault == "private_character":
            return ""
        if fault == "invisible_character":
            continue
        whole = normalize("NFKC", character) if fault else character
        out.append(_WORDS.get(character, whole))
    return "".join(out)


def tidy(text: str) -> tuple[str, str]:
    """The text without spaces for looks, and the fault there was; "" = none."""
    fault = ""
    inner = text.strip()
    if _LINE_BREAK.search(inner):
        fault = "line_break"
    elif inner != text:
        fault = "edge_space"
    elif "\u3000" in inner:
        fault = "wide_space"
    elif re.search(r"\s{2,}|[\t\u00a0]", inner):
        fault = "space_run"
    if not fault:
        return text, ""
    inner = _LINE_BREAK.sub(" ", inner)
    inner = re.sub(r"[\s\u3000\u00a0]+", " ", inner)
    return re.sub(rf"(?<={_JAPANESE}) (?={_JAPANESE})", "", inner), fault


def widths(text: str) -> set[str]:
    """Which widths its letters and digits have: `wide`, `narrow`, both or none."""
    found = set()
    if _WIDE_ALPHANUMERIC.search(text):
        found.add("wide")
    if _NARROW_ALPHANUMERIC.search(text):
        found.add("narrow")
    return found


def in_width(text: str, width: str) -> str:
    """The text with its letters and digits in one width."""
    if width == "narrow":
        return _WIDE_ALPHANUMERIC.sub(lambda sign: chr(ord(sign[0]) - 0xFEE0), text)
    return _NARROW_ALPHANUMERIC.sub(lambda sign: chr(ord(sign[0]) + 0xFEE0), text)
