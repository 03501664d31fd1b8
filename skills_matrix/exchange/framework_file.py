"""A framework as it travels between offices, whatever the format. Pure."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from lms.people.csv_table import Fault
from skills_matrix.engine.columns import LEVEL_MAX, LEVELS

KEY = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,63}")
TITLE_LENGTH = 200


@dataclass(frozen=True)
class Step:
    """What a level of one competency means."""

    level: int
    title_ja: str
    title_en: str = ""
    text_ja: str = ""
    text_en: str = ""


@dataclass(frozen=True)
class Item:
    """One competency or heading. `parent` "" = top; `line` is where a fault of it is shown."""

    key: str
    title_ja: str
    title_en: str = ""
    parent: str = ""
    is_group: bool = False
    steps: tuple[Step, ...] = ()
    line: int = 0


@dataclass(frozen=True)
class Link:
    """What shows `earlier` also shows `later`, at most at level `most` (None = the same level)."""

    earlier: str
    later: str
    most: int | None = None
    effective_from: date | None = None
    line: int = 0


@dataclass(frozen=True)
class FrameworkFile:
    """A framework with its items in order, and the links to or from them."""

    key: str
    version: str
    title_ja: str
    title_en: str = ""
    source_note_ja: str = ""
    source_note_en: str = ""
    effective_from: date | None = None
    effective_until: date | None = None
    items: Sequence[Item] = ()
    links: Sequence[Link] = ()


def faults_of(file: FrameworkFile) -> list[Fault]:
    """Everything in the file that no framework can be; empty = it can be taken.

    Keys of links may lie outside the file: whether they exist is not known here.
    """
    return list(_faults(file))


def _faults(file: FrameworkFile) -> Iterator[Fault]:
    if not KEY.fullmatch(file.key):
        yield _fault(0, "key", file.key, "key")
    for column, value in (("title_ja", file.title_ja), ("version", file.version)):
        if not value:
            yield _fault(0, column, "", "missing")
    if not file.items:
        yield _fault(0, "key", "", "empty")
    times = Counter(item.key for item in file.items)
    parents = {item.key: item.parent for item in file.items}
    groups = {item.key for item in file.items if item.is_group}
    for item in file.items:
        if not KEY.fullmatch(item.key):
            yield _fault(item.line, "key", item.key, "key")
        elif times[item.key] > 1:
            yield _fault(item.line, "key", item.key, "repeated")
        if not item.title_ja:
            yield _fault(item.line, "title_ja", "", "missing")
        for column, title in (("title_ja", item.title_ja), ("title_en", item.title_en)):
            if len(title) > TITLE_LENGTH:
                yield _fault(item.line, column, title, "too_long")
        if item.parent and item.parent not in parents:
            yield _fault(item.line, "parent", item.parent, "unknown_parent")
        elif item.parent and item.parent not in groups:
            yield _fault(item.line, "parent", item.parent, "parent_no_group")
        elif _leads_back(item.key, parents):
            yield _fault(item.line, "parent", item.parent, "circle")
        levels = Counter(step.level for step in item.steps)
        for level, number in levels.items():
            if level not in LEVELS or number > 1:
                yield _fault(item.line, "level", str(level), "level")
    for link in file.links:
        if link.earlier == link.later:
            yield _fault(link.line, "later", link.later, "to_itself")
        if link.most is not None and link.most not in LEVELS:
            yield _fault(link.line, "most", str(link.most), "level")


def _leads_back(key: str, parents: dict[str, str]) -> bool:
    seen = {key}
    above = parents.get(key, "")
    while above:
        if above in seen:
            return True
        seen.add(above)
        above = parents.get(above, "")
    return False


def _fault(line: int, column: str, value: str, code: str) -> Fault:
    texts = {
        "key": _("A key has up to 64 letters, digits, hyphens, underscores and full stops."),
        "missing": _("This must not be empty."),
        "empty": _("There is no competency in it."),
        "repeated": _("This key stands here more than once."),
        "too_long": _("This is longer than %(most)d characters.") % {"most": TITLE_LENGTH},
        "unknown_parent": _("No row has this key."),
        "parent_no_group": _("The row with this key is no heading."),
        "circle": _("The headings lead back to this row."),
        "level": _("A level is a number from 0 to %(most)d, each once.") % {"most": LEVEL_MAX},
        "to_itself": _("A competency is not mapped to itself."),
    }
    return Fault(line, column, value, code, texts[code])
