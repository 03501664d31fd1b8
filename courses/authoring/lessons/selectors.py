"""The modules and lessons of a course in their order."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from courses.authoring.drafts import as_drafted
from courses.catalogue.models import Course
from courses.catalogue.pages import LessonPageMixin, ModulePageMixin
from courses.catalogue.selectors import course_pages


@dataclass(frozen=True)
class Place:
    """Where a module or lesson stands among those beside it. `number` counts from 1."""

    page: Any
    title: str
    number: int
    of: int
    below: tuple["Place", ...] = ()

    @property
    def is_first(self) -> bool:
        return self.number == 1

    @property
    def is_last(self) -> bool:
        return self.number == self.of

    @property
    def is_module(self) -> bool:
        return isinstance(self.page, ModulePageMixin)

    @property
    def up_label(self) -> str:
        return _("Move “%(title)s” up") % {"title": self.title}

    @property
    def down_label(self) -> str:
        return _("Move “%(title)s” down") % {"title": self.title}

    @property
    def position(self) -> str:
        """The place in words, as said after a move."""
        return _("“%(title)s” is now number %(number)d of %(of)d.") % {
            "title": self.title,
            "number": self.number,
            "of": self.of,
        }


def course_outline(course: Course) -> tuple[Place, ...]:
    """The course in its own language, with the titles of the drafts; empty = it has no pages."""
    pages = course_pages(course)
    return _places_below(pages[0]) if pages else ()


def siblings(page: Any) -> list[Any]:
    """The modules and lessons beside a page, and the page itself, in order."""
    return _parts_below(page.get_parent())


def _parts_below(page: Any) -> list[Any]:
    children = page.get_children().order_by("path").specific()
    return [child for child in children if isinstance(child, LessonPageMixin | ModulePageMixin)]


def _places_below(page: Any) -> tuple[Place, ...]:
    parts = _parts_below(page)
    return tuple(
        Place(part, as_drafted(part).title, number, len(parts), _places_below(part))
        for number, part in enumerate(parts, start=1)
    )
