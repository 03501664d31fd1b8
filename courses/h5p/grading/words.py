"""Types whose key stands between asterisks in a text."""

import re
from collections.abc import Iterator, Mapping
from html import unescape
from html.parser import HTMLParser
from typing import Any

from courses.h5p.grading.points import SEPARATOR, Answer, Points, group, indices, text

# What H5P.trim and \s of a browser take for a space.
_SPACE = r"[\s\ufeff]"
_TRIM = re.compile(rf"^{_SPACE}+|{_SPACE}+$")
_STARRED = re.compile(r"\*(.*?)\*")
# Where the word ends and a tip (`:`) or feedback (`\+`, `\-`) begins.
_REMARK = re.compile(r":|\\\+|\\-")

_BREAKS = re.compile(r"&nbsp;|\r\n|\n|\r")
_WORDS = re.compile(rf" \*[^* ]+\* |(?:(?!{_SPACE}).)+")
_OPENING = re.compile(r"^[\[({⟨¿¡“\"«„]+")
_CLOSING = re.compile(r"[\",….:;?!\])}⟩»”]+$")


def blanks(params: Mapping[str, Any], answer: Answer) -> Points:
    """One point per blank. The response holds what was typed, trimmed, in the order of the blanks.

    `*one/two:tip*`: alternatives and a tip. Letter case counts unless `caseSensitive` is off;
    `acceptSpellingErrors` lets one slip pass in a word of 4 letters or more, two above 9.

    Source: h5p-blanks, js/blanks.js (`handleBlanks`, `parseSolution`, `getxAPIResponse`) and
    js/cloze.js (`correct`).
    """
    behaviour = group(params, "behaviour")
    questions = params.get("questions")
    keys = [
        key
        for question in (questions if isinstance(questions, list) else [])
        if isinstance(question, str)
        for key in _blanks_of(question)
    ]
    typed = answer.response.split(SEPARATOR)
    if len(typed) != len(keys):
        return Points(0, len(keys))
    folds = behaviour.get("caseSensitive", True) is not True
    is_lenient = behaviour.get("acceptSpellingErrors") is True
    earned = sum(
        _is_right(_fold(given, folds), [_fold(word, folds) for word in key], is_lenient)
        for given, key in zip(typed, keys, strict=True)
    )
    return Points(earned, len(keys))


def drag_text(params: Mapping[str, Any], answer: Answer) -> Points:
    """One point per gap. The response holds the words dropped there, empty where there is none.

    Words of the same text are interchangeable; distractors are right nowhere.

    Source: h5p-drag-text, src/scripts/drag-text.js (`getXAPIResponse`), droppable.js
    (`isCorrect`), parse-text.js (`lex`) and tests/parse-solution.test.js.
    """
    written = re.sub(r"\r\n|\n|\r", "<br/>", text(params, "textField"))
    keys = [_trim(_REMARK.split(word, maxsplit=1)[0]) for word in _STARRED.findall(written)]
    dropped = answer.response.split(SEPARATOR)
    if len(dropped) != len(keys):
        return Points(0, len(keys))
    pairs = zip(dropped, keys, strict=True)
    return Points(sum(bool(given) and given == key for given, key in pairs), len(keys))


def mark_the_words(params: Mapping[str, Any], answer: Answer) -> Points:
    """Words marked rightly less those marked wrongly. The response holds places of words.

    Where no word is right, marking none is worth the one point.

    Source: h5p-mark-the-words, scripts/mark-the-words.js (`createHtmlForWords`,
    `calculateScore`), word.js (`checkForAnswer`) and xAPI-generator.js (`getUserSelections`).
    """
    words = list(_selectable(text(params, "textField")))
    right = {place for place, word in enumerate(words) if _is_starred(word)}
    marked = {place for place in indices(answer) if place < len(words)}
    wrong = len(marked - right)
    if not right:
        return Points(0 if wrong else 1, 1)
    return Points(max(0, len(marked & right) - wrong), len(right))


def _trim(word: str) -> str:
    return _TRIM.sub("", word)


def _fold(word: str, folds: bool) -> str:
    return word.lower() if folds else word


def _blanks_of(question: str) -> Iterator[list[str]]:
    """Alternatives of each blank. Two asterisks in a row are no blank."""
    start = question.find("*")
    while start != -1:
        end = question.find("*", start + 1)
        if end == -1:
            return
        if end > start + 1:
            words = question[start + 1 : end].partition(":")[0]
            yield [unescape(_trim(word)) for word in words.split("/")]
        # The library looks on one place further than it need: a blank that follows another
        # without anything between is none.
        start = question.find("*", end + 1 if end == start + 1 else end + 2)


def _is_right(given: str, words: list[str], is_lenient: bool) -> bool:
    for word in words:
        slips = 2 if len(word) > 9 else 1 if len(word) > 3 else 0
        if given == word or (is_lenient and slips and _distance(given, word) <= slips):
            return True
    return False


def _distance(left: str, right: str) -> int:
    """Insertions, deletions, replacements and swaps of neighbours from one to the other."""
    if abs(len(left) - len(right)) > 2:
        return 3
    before: list[int] = []
    row = list(range(len(right) + 1))
    for i, a in enumerate(left, 1):
        older, before, row = before, row, [i]
        for j, b in enumerate(right, 1):
            best = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (a != b))
            if i > 1 and j > 1 and a == right[j - 2] and left[i - 2] == b:
                best = min(best, older[j - 2] + 1)
            row.append(best)
    return row[-1]


class _Texts(HTMLParser):
    """The text nodes of a piece of HTML, in order."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.nodes: list[str] = []
        self._is_open = False
        self.feed(html)
        self.close()

    def handle_data(self, data: str) -> None:
        if self._is_open:
            self.nodes[-1] += data
        else:
            self.nodes.append(data)
        self._is_open = True

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._is_open = False

    def handle_endtag(self, tag: str) -> None:
        self._is_open = False

    def handle_comment(self, data: str) -> None:
        self._is_open = False


def _selectable(html: str) -> Iterator[str]:
    """The words one can mark, asterisks and all, without the punctuation around them."""
    for node in _Texts(html).nodes:
        for match in _WORDS.findall(_BREAKS.sub(" ", node)):
            entry = _trim(match)
            before = _OPENING.match(entry)
            after = _CLOSING.search(entry)
            start = before.end() if before else 0
            word = entry[start : after.start() if after else None]
            if word:
                yield word


def _is_starred(word: str) -> bool:
    """Two asterisks in a row stand for one that is part of the word."""
    bare = word.replace("**", "")
    return len(bare) > 2 and bare[0] == "*" and "*" in (bare[-1], bare[-2])
