"""Every fault of the package. `code` is stable; api/errors.py gives each its HTTP status."""

from collections.abc import Mapping


class CoursesError(Exception):
    """Root of the package's errors.

    Attributes:
        message: what is wrong, in words for the person who caused it.
        place: where in the input the fault is, e.g. an entry of an archive; empty = all of it.
        params: the values the message speaks of, for a program.
    """

    code: str = "courses_error"

    def __init__(
        self, message: str, *, place: str = "", params: Mapping[str, object] | None = None
    ) -> None:
        super().__init__(message)
        self.message = message
        self.place = place
        self.params = dict(params or {})


class CourseLocked(CoursesError):
    """The course is under review or locked; what would be published must not change now."""

    code = "course_locked"
