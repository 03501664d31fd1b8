"""Every fault of the package. `code` is stable; api/errors.py gives each its HTTP status."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class SkillsError(Exception):
    """Root of the package's errors. `place` says where in the input the fault is."""

    code = "skills_error"

    def __init__(self, message: str, *, place: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.place = place


class NotVisible(SkillsError):
    """There is no such person or competency, or this viewer may not know."""

    code = "not_visible"


class UnknownFilterValue(SkillsError):
    """A filter names something that does not exist; refused rather than ignored."""

    code = "unknown_filter_value"


class ViewNameTaken(SkillsError):
    """A person's saved views have different names."""

    code = "view_name_taken"


class TooManyViews(SkillsError):
    """A person keeps only so many views of the matrix."""

    code = "too_many_views"


class StarterIncomplete(SkillsError):
    """The starter content names courses, tiers or roles that are not loaded."""

    code = "starter_incomplete"


AWARD_REASONS: Mapping[str, Promise | str] = {
    "repeated": _("This competency is awarded from that day already. Change that row."),
    "ends_too_early": _("The end must be later than the beginning."),
    "group": _("This is a heading. Choose one of the competencies below it."),
}


class AwardsRefused(SkillsError):
    """Awards that a course cannot have; `place` is the number of the award, from 1.

    Codes: the keys of `AWARD_REASONS`.
    """

    code = "awards_refused"

    def __init__(self, code: str, *, place: str = "") -> None:
        super().__init__(str(AWARD_REASONS[code]), place=place)
        self.code = code
