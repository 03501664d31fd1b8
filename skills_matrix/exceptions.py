"""Every fault of the package. `code` is stable; api/errors.py gives each its HTTP status."""


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


class StarterIncomplete(SkillsError):
    """The starter content names courses, tiers or roles that are not loaded."""

    code = "starter_incomplete"
