"""How readable Japanese text is, as far as that can be measured. No Django.

The measures follow what the Agency for Cultural Affairs recommends for official texts
(公用文作成の考え方, 2022): short sentences, no long strings of kanji, no double negation, no
characters that depend on the machine.
"""

import re

SENTENCE_LIMIT = 80
KANJI_RUN_LIMIT = 12
# Silent reading of plain prose; narrations and tables are slower.
CHARACTERS_PER_MINUTE = 500
# A text of so many letters is prose, not a name such as "Excel" or "e-Gov".
FOREIGN_LETTERS = 12

JAPANESE = re.compile(r"[\u3041-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff々〆]")
LETTERS = re.compile(r"[^\W\d_]")
SENTENCE = re.compile(r"[^。！？!?\n]+[。！？!?]*")
KANJI_RUN = re.compile(rf"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff々〆]{{{KANJI_RUN_LIMIT + 1},}}")
DOUBLE_NEGATIVE = re.compile(
    r"な(?:い|く)(?:こと|わけ|もの)?(?:で)?(?:は|も)(?:ない|なく|ありません)"
    r"|ないとは(?:限らない|限りません|言えない|言えません|いえない|いえません)"
    r"|な(?:い|く)(?:て|と)?は(?:い|なら)(?:けない|けません|ない|ません)わけでは"
    r"|ざるを得な(?:い|く|かった)(?:わけ|こと)"
)
HALF_WIDTH_KATAKANA = re.compile(r"[\uff61-\uff9f]")
# Characters that the two tables of Shift_JIS only spell differently.
SAME_IN_BOTH = frozenset("～∥－￠￡￢")


def is_japanese(text: str) -> bool:
    return JAPANESE.search(text) is not None


def lacks_japanese(text: str, *, letters: int = FOREIGN_LETTERS) -> bool:
    """Whether it is prose of so many letters at least without any Japanese."""
    return not is_japanese(text) and len(LETTERS.findall(text)) >= letters


def sentences(text: str) -> list[str]:
    return [found.strip() for found in SENTENCE.findall(text) if found.strip()]


def long_sentences(text: str) -> list[str]:
    """Sentences of more than `SENTENCE_LIMIT` characters. What has no Japanese is not measured."""
    return [
        sentence
        for sentence in sentences(text)
        if len(sentence) > SENTENCE_LIMIT and is_japanese(sentence)
    ]


def long_kanji_runs(text: str) -> list[str]:
    """Strings of more than `KANJI_RUN_LIMIT` kanji without a break, each once."""
    return list(dict.fromkeys(KANJI_RUN.findall(text)))


def double_negatives(text: str) -> list[str]:
    """Sentences that deny a denial: ないわけではない, なくはない."""
    return [sentence for sentence in sentences(text) if DOUBLE_NEGATIVE.search(sentence)]


def machine_dependent(text: str) -> list[str]:
    """Characters outside JIS X 0208 that Windows added, half-width katakana and private ones."""
    return list(dict.fromkeys(character for character in text if _depends(character)))


def _depends(character: str) -> bool:
    if character.isascii() or character in SAME_IN_BOTH:
        return False
    if "\ue000" <= character <= "\uf8ff" or HALF_WIDTH_KATAKANA.match(character):
        return True
    return _in(character, "cp932") and not _in(character, "shift_jis")


def _in(character: str, encoding: str) -> bool:
    try:
        character.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


def reading_minutes(characters: int) -> float:
    return characters / CHARACTERS_PER_MINUTE
