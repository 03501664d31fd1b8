"""What somebody looks for, and what of a text to show where it stands. Pure."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from courses.catalogue.search.folding import fold, folded

# Folded, so that the full-width forms of space and quotes are these too.
WORD = re.compile(r'「([^「」]*)」|『([^『』]*)』|“([^“”]*)”|"([^"]*)"|([^\s"「」『』“”]+)')
# Characters of a line shown before the first place found, and in all: two lines on a phone.
BEFORE, SHOWN = 24, 90
CUT = "…"


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a text; the pieces in order are the text."""

    text: str
    is_match: bool


def words_of(query: str) -> list[str]:
    """The folded words of a query, each once. What stands in quotes (「」, "") is one word."""
    found = (" ".join("".join(match.groups("")).split()) for match in WORD.finditer(fold(query)))
    return [word for word in dict.fromkeys(found) if word]


def marked(text: str, words: Iterable[str]) -> list[Part]:
    """The whole text in pieces; those that hold one of the folded words are matches."""
    return list(_parts(text, _ranges(text, words), 0, len(text)))


def excerpt(text: str, folded_text: str, words: Iterable[str]) -> list[Part]:
    """The line with the most of the words, cut around the first; empty = none of them is in it.

    Never more than a line: what stands side by side in content, such as the right answer before
    the wrong ones, says something that the learner is to find out.

    Args:
        folded_text: the same text folded; it has the same lines.
        words: folded.
    """
    words = list(words)
    lines = folded_text.split("\n")
    counts = [sum(word in line for word in words) for line in lines]
    if not any(counts):
        return []
    line = text.split("\n")[counts.index(max(counts))]
    ranges = _ranges(line, words)
    first = ranges[0][0]
    start = max(0, min(first - BEFORE, len(line) - SHOWN))
    end = min(len(line), max(start + SHOWN, ranges[0][1]))
    parts = list(_parts(line, ranges, start, end))
    before = [Part(CUT, False)] if start > 0 else []
    after = [Part(CUT, False)] if end < len(line) else []
    return before + parts + after


def _ranges(text: str, words: Iterable[str]) -> list[tuple[int, int]]:
    """Where the words stand, in order, those that touch joined."""
    source = folded(text)
    found: list[tuple[int, int]] = []
    for start, end in sorted(place for word in words for place in source.ranges(word)):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((start, end))
    return found


def _parts(text: str, ranges: list[tuple[int, int]], at: int, end: int) -> Iterator[Part]:
    for first, last in ranges:
        first, last = max(first, at), min(last, end)
        if first >= last:
            continue
        if at < first:
            yield Part(text[at:first], False)
        yield Part(text[first:last], True)
        at = last
    if at < end:
        yield Part(text[at:end], False)
