"""The pages about one path side by side. Other packages add theirs: `courses` knows no learner."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.functional import Promise
from wagtail import hooks

from courses.authoring.course_tabs import TabLink
from courses.paths.models import LearningPath

# A Wagtail hook without arguments; gives a `PathTab`.
REGISTER_PATH_TAB = "register_path_tab"


@dataclass(frozen=True)
class PathTab:
    """A page about a path.

    Attributes:
        url_name: of an admin address whose one argument is the path's id.
        paths: the paths for which a user may open it.
    """

    url_name: str
    label: str | Promise
    icon: str
    paths: Callable[[Any], QuerySet[LearningPath]]
    order: int = 100

    def url(self, path_id: int) -> str:
        return reverse(self.url_name, args=[path_id])


def path_tabs() -> list[PathTab]:
    tabs: list[PathTab] = [make() for make in hooks.get_hooks(REGISTER_PATH_TAB)]
    return sorted(tabs, key=lambda tab: tab.order)


def path_tab_links(user: Any, path: LearningPath, *, current: str = "") -> list[TabLink]:
    """The tabs of the path that the user may open."""
    return [
        TabLink(
            str(tab.label), tab.icon, reverse(tab.url_name, args=[path.pk]), tab.url_name == current
        )
        for tab in path_tabs()
        if tab.paths(user).filter(pk=path.pk).exists()
    ]
