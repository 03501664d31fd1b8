"""The one form in which texts and what is looked for are compared. Pure.

Width, case and kana are no difference to a reader: `ＲＰＡ` is `rpa`, `ｶﾀｶﾅ` and `カタカナ` are
`かたかな`. Offices leave out the long vowel mark at the end of a word of three sounds or more
(JIS Z 8301: サーバ), newspapers write it (サーバー), so it is left out here; キー keeps its own.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

# A character with the voicing marks and accents that belong to it.
CLUSTER = re.compile("(?s:.)[\u0300-\u036f\u3099\u309a\uff9e\uff9f]*")
LONG = "ー"
FINAL_LONG = re.compile(
    f"(?<=[ァ-ヺ{LONG}][ァ-ヺ]){LONG}(?![ァ-ヺ{LONG}])|"
    f"(?<=[ぁ-ゖ{LONG}][ぁ-ゖ]){LONG}(?![ぁ-ゖァ-ヺ{LONG}])"
)
KATAKANA_TO_HIRAGANA = {code: code - 0x60 for code in (*range(0x30A1, 0x30F7), 0x30FD, 0x30FE)}


@dataclass(frozen=True, slots=True)
class Folded:
    """A folded text that knows where it came from.

    Attributes:
        text: the folded form.
        places: for each character of it, start and end in the original of what it stands for.
    """

    text: str
    places: tuple[tuple[int, int], ...]

    def ranges(self, word: str) -> Iterator[tuple[int, int]]:
        """Start and end in the original of every place of a folded, non-empty word."""
        at = self.text.find(word)
        while at >= 0:
            last = at + len(word)
            yield self.places[at][0], self.places[last - 1][1]
            at = self.text.find(word, last)


def folded(text: str) -> Folded:
    """The text folded; lines stay lines, other white space becomes a space."""
    characters: list[str] = []
    places: list[tuple[int, int]] = []
    for cluster in CLUSTER.finditer(text):
        for character in unicodedata.normalize("NFKC", cluster.group()).casefold():
            is_space = character != "\n" and character.isspace()
            characters.append(" " if is_space else character)
            places.append(cluster.span())
    joined = "".join(characters)
    # What is left out belongs to the character before it. From the end: places move up.
    for match in reversed(list(FINAL_LONG.finditer(joined))):
        before = match.start() - 1
        places[before : before + 2] = [(places[before][0], places[before + 1][1])]
    joined = FINAL_LONG.sub("", joined)
    return Folded(joined.translate(KATAKANA_TO_HIRAGANA), tuple(places))


def fold(text: str) -> str:
    return folded(text).text
