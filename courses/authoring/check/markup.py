"""What is in a piece of HTML: of a rich text block, or of an H5P text field. No Django."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple
from urllib.parse import urlsplit

from bs4 import BeautifulSoup
from bs4.element import Tag

from courses.authoring.check.colours import WHITE, Colour, parse_colour

HEADINGS = ["h1", "h2", "h3", "h4", "h5", "h6"]
BLOCKS = ["p", "li", "td", "th", "dt", "dd", "figcaption", "blockquote", "div", *HEADINGS]
FAKE_HEADING_LIMIT = 40
ENDS_A_SENTENCE = "。．.！!？?、,：:"


class Heading(NamedTuple):
    level: int
    text: str


class Link(NamedTuple):
    """`host` empty = it stays on the site. `text` = what a screen reader says for it."""

    host: str
    address: str
    text: str


class Painted(NamedTuple):
    """Text in a colour of its own. `behind` is white where nothing says otherwise."""

    text: str
    colour: Colour
    behind: Colour


def host_of(address: str) -> str:
    """The host a link leads to; empty = none, or it cannot be read as an address."""
    try:
        parts = urlsplit(address.strip())
        return (parts.hostname or "") if parts.scheme in ("http", "https", "ftp", "") else ""
    except ValueError:
        return ""


@dataclass(frozen=True)
class Markup:
    """HTML, parsed once. Broken HTML is read as a browser would read it."""

    html: str

    @cached_property
    def _soup(self) -> BeautifulSoup:
        return BeautifulSoup(self.html, "html.parser")

    @cached_property
    def paragraphs(self) -> tuple[str, ...]:
        """The text, one string per paragraph, item of a list or cell; empty ones left out."""
        soup = BeautifulSoup(self.html, "html.parser")
        for tag in soup.find_all(BLOCKS):
            tag.append("\n")
        for tag in soup.find_all("br"):
            tag.replace_with("\n")
        lines = (_plain(line) for line in soup.get_text().split("\n"))
        return tuple(line for line in lines if line)

    @property
    def text(self) -> str:
        return "\n".join(self.paragraphs)

    @property
    def headings(self) -> list[Heading]:
        return [
            Heading(int(tag.name[1]), _plain(tag.get_text()))
            for tag in self._soup.find_all(HEADINGS)
        ]

    @property
    def fake_headings(self) -> list[str]:
        """Paragraphs that are bold from end to end and read like a heading."""
        return [text for tag in self._soup.find_all("p") if (text := _all_bold(tag))]

    @property
    def links(self) -> list[Link]:
        found = [
            Link(host_of(address), address, _spoken(tag))
            for tag in self._soup.find_all("a")
            if (address := _attribute(tag, "href")) or tag.has_attr("linktype")
        ]
        # What Wagtail's rich text embeds, and what plays from elsewhere.
        for tag in self._soup.find_all(["embed", "iframe", "img", "video", "audio", "source"]):
            address = _attribute(tag, "url") or _attribute(tag, "src")
            if host_of(address):
                found.append(Link(host_of(address), address, address))
        return found

    @property
    def pictures_without_text(self) -> list[str]:
        """What pictures are called that have no text. `alt=""` on an `img` says: decoration."""
        bare = [_attribute(tag, "src") for tag in self._soup.find_all("img", alt=False)]
        embedded = self._soup.find_all("embed", embedtype="image")
        return bare + [
            _attribute(tag, "id") for tag in embedded if not _attribute(tag, "alt").strip()
        ]

    @property
    def painted(self) -> list[Painted]:
        return list(_painted(self._soup, None, None))


def _plain(text: str) -> str:
    return " ".join(text.split())


def _attribute(tag: Tag, name: str) -> str:
    value = tag.get(name)
    return value if isinstance(value, str) else ""


def _all_bold(tag: Tag) -> str:
    """The paragraph's text where all of it is bold and it could be a heading; else empty."""
    text = _plain(tag.get_text())
    bold = "".join(part.get_text() for part in tag.find_all(["b", "strong"], recursive=False))
    is_heading = 0 < len(text) <= FAKE_HEADING_LIMIT and text[-1] not in ENDS_A_SENTENCE
    return text if is_heading and _plain(bold) == text else ""


def _spoken(tag: Tag) -> str:
    said = _attribute(tag, "aria-label") or tag.get_text()
    pictures = (_attribute(picture, "alt") for picture in tag.find_all("img"))
    return _plain(f"{said} {' '.join(pictures)}")


def _style(tag: Tag) -> dict[str, str]:
    declared = (part.partition(":") for part in _attribute(tag, "style").split(";"))
    return {name.strip().lower(): value.strip() for name, _, value in declared}


def _painted(tag: Tag, colour: Colour | None, behind: Colour | None) -> Iterator[Painted]:
    """Every text with a colour around it, in the nearest colour and on the nearest ground."""
    for child in tag.children:
        if isinstance(child, Tag):
            style = _style(child)
            own = style.get("color") or _attribute(child, "color")
            ground = style.get("background-color") or style.get("background", "")
            yield from _painted(child, parse_colour(own) or colour, parse_colour(ground) or behind)
        elif colour is not None and (text := _plain(str(child))):
            yield Painted(text, colour, behind or WHITE)
