"""The order of names in kana, the same on every database.

After JIS X 4061: width and script (ひらがな, カタカナ) make no difference at first, nor do
voiced marks, small letters and the long vowel; only between names that are otherwise the same.
"""

import unicodedata
from functools import lru_cache
from typing import Final

_SMALL: Final = dict(zip("ァィゥェォッャュョヮヵヶ", "アイウエオツヤユヨワカケ", strict=True))
_TO_KATAKANA: Final = {code: code + 0x60 for code in range(ord("ぁ"), ord("ゖ") + 1)}
# Sound marks as they stand after decomposition; a space never counts, nor does a middle dot.
_IGNORED: Final = "\u3099\u309a\u0020\u30fb"
_FOLDED: Final = {
    **{code: _SMALL.get(chr(to), chr(to)) for code, to in _TO_KATAKANA.items()},
    **{ord(small): large for small, large in _SMALL.items()},
    **dict.fromkeys(map(ord, _IGNORED), None),
}
_VOWELS: Final = {
    letter: vowel
    for vowel, letters in {
        "ア": "アカサタナハマヤラワ",
        "イ": "イキシチニヒミリ",
        "ウ": "ウクスツヌフムユル",
        "エ": "エケセテネヘメレ",
        "オ": "オコソトノホモヨロヲ",
    }.items()
    for letter in letters
}
_LONG: Final = "ー"


@lru_cache(maxsize=65_536)
def kana_order(text: str) -> tuple[str, str]:
    """What to sort a name in kana by.

    Example:
        >>> sorted(["ガトウ", "カトウ", "カドタ"], key=kana_order)
        ['カトウ', 'ガトウ', 'カドタ']
    """
    folded = unicodedata.normalize("NFKD", text).translate(_FOLDED)
    if _LONG in folded:
        letters: list[str] = []
        for letter in folded:
            is_long = letter == _LONG and letters
            letters.append(_VOWELS.get(letters[-1], letter) if is_long else letter)
        folded = "".join(letters)
    return folded, text
