"""Texts cut into what a translator works on at a time, and put together again. No Django.

A rich text is cut at its paragraphs, headings, list items and table cells. Inline tags stay in
the text without their attributes (`<a>`, or `<a n="2">` where there are several), which come back
when it is put together: a translator can place a link, not change where it leads.
"""

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import unescape
from html.parser import HTMLParser
from typing import Literal

import nh3

INLINE = frozenset(
    {
        *("a", "abbr", "b", "bdi", "bdo", "br", "cite", "code", "del", "dfn", "em", "i", "img"),
        *("ins", "kbd", "mark", "q", "rp", "rt", "ruby", "s", "samp", "small", "span", "strike"),
        *("strong", "sub", "sup", "tt", "u", "var", "wbr"),
    }
)
# A translator breaks lines as the language asks.
FREE = frozenset({"br", "wbr"})

State = Literal["untranslated", "outdated", "translated"]
UNTRANSLATED: State = "untranslated"
OUTDATED: State = "outdated"
TRANSLATED: State = "translated"


def digest(text: str) -> str:
    """Short name of a text: equal for equal texts, whatever spaces stand around it."""
    return hashlib.sha256(text.strip().encode()).hexdigest()[:16]


def _text_of(html: str) -> str:
    return unescape(re.sub(r"<[^>]*>", "", html)).strip()


def has_words(html: str) -> bool:
    """Numbers and punctuation need no translator."""
    return any(character.isalpha() for character in _text_of(html))


# --- rich text --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Tag:
    """A start tag as it stands in the HTML."""

    name: str
    source: str
    has_attributes: bool


class _Tokens(HTMLParser):
    """HTML as tags and texts, character references left as they are."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=False)
        self.found: list[tuple[str, str, Tag | None]] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        source = self.get_starttag_text() or f"<{tag}>"
        self.found.append((tag, source, Tag(tag, source, bool(attrs))))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        self.found.append((tag, f"</{tag}>", None))

    def handle_data(self, data: str) -> None:
        # A text is a text even where it looks like the beginning of a tag.
        self.found.append(("", data.replace("<", "&lt;"), None))

    def handle_entityref(self, name: str) -> None:
        self.found.append(("", f"&{name};", None))

    def handle_charref(self, name: str) -> None:
        self.found.append(("", f"&#{name};", None))


@dataclass(frozen=True, slots=True)
class RichText:
    """A rich text in pieces. `parts` are (HTML, whether it is a segment), in order."""

    parts: tuple[tuple[str, bool], ...]

    @property
    def segments(self) -> tuple[str, ...]:
        """As a translator gets them."""
        return tuple(_bare(html) for html, is_segment in self.parts if is_segment)

    def with_segments(self, texts: Sequence[str | None]) -> str:
        """The HTML with other texts. None = the text there is.

        Args:
            texts: as many as there are segments, with the inline tags of each.
        """
        waiting = iter(texts)
        return "".join(
            _filled(html, next(waiting)) if is_segment else html for html, is_segment in self.parts
        )


def cut(html: str) -> RichText:
    """The pieces of a rich text; joined they are the same again."""
    parts: list[tuple[str, bool]] = []
    run = ""
    for name, source, _tag in _Tokens(html).found:
        if not name or name in INLINE:
            run += source
        else:
            parts += _run(run)
            parts.append((source, False))
            run = ""
    return RichText((*parts, *_run(run)))


def _run(html: str) -> Iterator[tuple[str, bool]]:
    """What stands between two tags of structure: a segment, and the spaces around it.

    A number is one too: its translation may have words, or the other way round.
    """
    text = html.strip()
    if not _text_of(html):
        if html:
            yield html, False
        return
    start = html.index(text)
    for piece, is_segment in (
        (html[:start], False),
        (text, True),
        (html[start + len(text) :], False),
    ):
        if piece:
            yield piece, is_segment


def _tags(html: str) -> list[Tag]:
    return [tag for _name, _source, tag in _Tokens(html).found if tag is not None]


def _names(tags: Sequence[Tag]) -> list[str]:
    """Each tag as a translator sees it: numbered where it would not be clear which is meant."""
    total = Counter(tag.name for tag in tags)
    unclear = {tag.name for tag in tags if tag.has_attributes and total[tag.name] > 1}
    seen: Counter[str] = Counter()
    names = []
    for tag in tags:
        seen[tag.name] += 1
        names.append(
            f'<{tag.name} n="{seen[tag.name]}">' if tag.name in unclear else f"<{tag.name}>"
        )
    return names


def _bare(html: str) -> str:
    names = iter(_names(_tags(html)))
    return "".join(
        next(names) if tag is not None else source for _name, source, tag in _Tokens(html).found
    )


def _filled(html: str, text: str | None) -> str:
    """The text with the attributes of the tags in `html`."""
    if text is None:
        return html
    tags = _tags(html)
    sources: dict[str, list[str]] = {}
    for name, tag in zip(_names(tags), tags, strict=True):
        sources.setdefault(name, []).append(tag.source)
    restored = ""
    for _name, source, own in _Tokens(text).found:
        waiting = sources.get(source, []) if own is not None else []
        restored += waiting.pop(0) if waiting else source
    return restored


def tags_differ(source: str, text: str) -> tuple[list[str], list[str]]:
    """Tags that a translation lacks, and tags that it has too many; both empty = all is well."""
    wanted = Counter(name for name in _shown(source) if not _is_free(name))
    given = Counter(name for name in _shown(text) if not _is_free(name))
    return sorted((wanted - given).elements()), sorted((given - wanted).elements())


def _shown(text: str) -> list[str]:
    return [tag.source for tag in _tags(text)]


def _is_free(name: str) -> bool:
    return name.strip("<>").split(" ")[0].rstrip("/") in FREE


def cleaned(source: str, text: str) -> str:
    """The translation with the tags of its source and no others, each of them closed."""
    allowed = {tag.name for tag in _tags(source)} | set(FREE)
    return nh3.clean(
        text.strip(),
        tags=allowed,
        attributes={name: {"n"} for name in allowed},
        link_rel=None,
    )


# --- what was made from what ------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Made:
    """What a part of a translation was made from. Not `done` = it is a copy that stands in."""

    source: str
    done: bool


@dataclass(frozen=True, slots=True)
class Pair:
    """A segment and its translation. `target` empty = there is none yet.

    `made` = what is known of the translation, or of the copy that is to stand in for it.
    """

    source: str
    target: str
    state: State
    made: Made


def taken_over(sources: Sequence[str], targets: Sequence[str]) -> list[Made]:
    """What to believe of a translation that was made elsewhere: what differs is translated."""
    return [
        Made(digest(source), digest(target) != digest(source))
        for source, target in zip(sources, targets, strict=False)
    ]


def aligned(sources: Sequence[str], targets: Sequence[str], made: Sequence[Made]) -> list[Pair]:
    """Each segment of the original with its translation.

    A translation stays with the text it was made from, wherever that stands now. What is left
    goes by position and is out of date.
    """
    free = list(range(min(len(targets), len(made))))
    found: dict[int, int] = {}
    for number, source in enumerate(sources):
        # The one at the same place first: the same words may stand twice.
        for candidate in sorted(free, key=lambda place: place != number):
            if made[candidate].source == digest(source):
                found[number] = candidate
                free.remove(candidate)
                break
    for number in range(len(sources)):
        if number not in found and number in free and _is_own(targets[number], made[number]):
            found[number] = number
            free.remove(number)
    return [
        _pair(source, found.get(number), targets, made) for number, source in enumerate(sources)
    ]


def _is_own(target: str, made: Made) -> bool:
    """Somebody's translation, not the copy that stands in for it."""
    return made.done or digest(target) != made.source


def _pair(source: str, place: int | None, targets: Sequence[str], made: Sequence[Made]) -> Pair:
    if place is None or not _is_own(targets[place], made[place]):
        return untranslated(source)
    is_current = made[place].source == digest(source)
    state = TRANSLATED if is_current else OUTDATED
    return Pair(source, targets[place], state, Made(made[place].source, True))


def untranslated(source: str) -> Pair:
    return Pair(source, "", UNTRANSLATED, Made(digest(source), False))


def translated(source: str, target: str) -> Pair:
    """What a translator says now."""
    return Pair(source, target, TRANSLATED, Made(digest(source), True))


def count_states(states: Iterable[State]) -> Mapping[State, int]:
    """How many there are of each."""
    counted = Counter(states)
    return {state: counted[state] for state in (TRANSLATED, OUTDATED, UNTRANSLATED)}
