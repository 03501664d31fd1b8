"""How alike two descriptions are, by their pairs of characters: Japanese has no spaces to go by.

Pure, and the same on every database.
"""

import math
import unicodedata
from collections import Counter
from collections.abc import Hashable, Mapping
from typing import TypeVar

Key = TypeVar("Key", bound=Hashable)

# Fewer pairs than this say too little to be compared.
FEWEST = 3
# From here on two texts have something in common that is worth showing; from there on they are
# about the same thing.
ALIKE = 0.12
SAME = 0.5


def pairs_of(text: str) -> frozenset[str]:
    """The different pairs of neighbouring letters and digits, whatever their width and case.

    Example:
        >>> sorted(pairs_of("ＲＰＡ、導入"))
        ['pa', 'rp', '導入']
    """
    folded = unicodedata.normalize("NFKC", text).casefold()
    words = "".join(sign if sign.isalnum() else " " for sign in folded).split()
    return frozenset(word[n : n + 2] for word in words for n in range(len(word) - 1))


def most_alike(
    text: str, known: Mapping[Key, tuple[str, str]], *, first_n: int = 5, floor: float = ALIKE
) -> list[tuple[Key, float]]:
    """Which of the known descriptions are like this text, the most alike first.

    A pair counts the more the fewer descriptions have it. The likeness, 0..1, is the cosine of
    the two sets of pairs; or the share of the title that the text repeats, if that is more, less
    a tenth: somebody who writes the title of a project means that project.

    Args:
        known: a title and a description, by key.
        floor: what is less alike is left out.

    Returns:
        Ties by the order of ``known``. Nothing, where the text says too little.
    """
    asked = pairs_of(text)
    if len(asked) < FEWEST:
        return []
    titles = {key: pairs_of(title) for key, (title, _rest) in known.items()}
    whole = {key: titles[key] | pairs_of(rest) for key, (_title, rest) in known.items()}
    held = Counter(pair for pairs in whole.values() for pair in pairs)

    def weight(pairs: frozenset[str]) -> float:
        return sum(math.log((len(known) + 1) / (held[pair] + 0.5)) ** 2 for pair in sorted(pairs))

    found = []
    asked_weight = weight(asked)
    for key in known:
        product = asked_weight * weight(whole[key])
        likeness = weight(asked & whole[key]) / math.sqrt(product) if product else 0.0
        if len(titles[key]) >= FEWEST and (title_weight := weight(titles[key])):
            likeness = max(likeness, 0.9 * weight(asked & titles[key]) / title_weight)
        if likeness >= floor:
            found.append((key, min(likeness, 1.0)))
    return sorted(found, key=lambda pair: -pair[1])[:first_n]
