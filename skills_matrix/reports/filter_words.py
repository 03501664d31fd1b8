"""What narrows and orders a matrix, in the reader's words: for files that stand alone."""

from collections.abc import Iterator

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lms.people.models import Department, JobTier, Role
from skills_matrix.competencies.models import Assurance, Competency, Framework
from skills_matrix.reports.matrix import MatrixFilters, MatrixLayout
from skills_matrix.reports.roster import named

_NAMED: tuple[tuple[str, type[models.Model], Promise], ...] = (
    ("department", Department, gettext_lazy("Department (with those below it)")),
    ("tier", JobTier, gettext_lazy("Job tier")),
    ("role", Role, gettext_lazy("Role")),
    ("framework", Framework, gettext_lazy("Framework")),
    ("group", Competency, gettext_lazy("Group of competencies")),
    ("competency", Competency, gettext_lazy("Competency the conditions are about")),
)
_LEVELS: dict[str, Promise] = {
    "at_least": gettext_lazy("level %(level)d or above"),
    "at_most": gettext_lazy("level %(level)d or below"),
    "exactly": gettext_lazy("just level %(level)d"),
    "never": gettext_lazy("never assessed"),
}
_SORTS: dict[str, Promise] = {
    "department": gettext_lazy("by department"),
    "kana": gettext_lazy("by kana"),
    "tier": gettext_lazy("by job tier, highest first"),
    "level": gettext_lazy("by level, lowest first"),
    "gap": gettext_lazy("by levels missing, fewest first"),
}
_TURNED: dict[str, Promise] = {
    "department": gettext_lazy("by department, from the end"),
    "kana": gettext_lazy("by kana, from the end"),
    "tier": gettext_lazy("by job tier, lowest first"),
    "level": gettext_lazy("by level, highest first"),
    "gap": gettext_lazy("by levels missing, most first"),
}
_GROUPS: dict[str, Promise] = {
    "": gettext_lazy("none"),
    "department": gettext_lazy("by section"),
    "tier": gettext_lazy("by job tier"),
    "role": gettext_lazy("by role"),
}


def filter_words(filters: MatrixFilters, layout: MatrixLayout) -> list[tuple[str, str]]:
    """Title and value of each condition that is set, then of order, groups and columns.

    Raises:
        UnknownFilterValue: a key names nothing.
    """
    return [*_conditions(filters), *_shown(layout)]


def _conditions(filters: MatrixFilters) -> Iterator[tuple[str, str]]:
    for name, model, title in _NAMED:
        if key := getattr(filters, name):
            yield str(title), str(named(model, key, name))
    if filters.level is not None or filters.level_is == "never":
        words = str(_LEVELS[filters.level_is or "at_least"])
        yield _("Level"), words % {"level": filters.level or 0}
    if filters.gap is not None:
        short = _("at least %(gap)d levels short") % {"gap": filters.gap}
        yield _("Distance to the target"), short if filters.gap else _("target reached")
    if filters.expires_within is not None:
        yield _("End of validity"), _("within %(days)d days") % {"days": filters.expires_within}
    if filters.older_than is not None:
        days = {"days": filters.older_than}
        yield _("Last shown"), _("more than %(days)d days ago") % days
    if filters.assurance is not None:
        surer = _("%(assurance)s or surer")
        yield _("Evidence"), surer % {"assurance": Assurance(filters.assurance).label}


def _shown(layout: MatrixLayout) -> Iterator[tuple[str, str]]:
    name = layout.sort.removeprefix("-")
    yield _("Order"), str((_TURNED if layout.sort.startswith("-") else _SORTS)[name])
    yield _("Grouped by"), str(_GROUPS[layout.group_by])
    yield _("Columns"), _("categories") if layout.collapse else _("competencies")
