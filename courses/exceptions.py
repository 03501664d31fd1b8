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


class LibraryInUse(CoursesError):
    """An H5P library cannot be removed: content or another library needs it.

    `params["library"]` is the library, `params["users"]` names what needs it.
    """

    code = "library_in_use"


class BundleChanged(CoursesError):
    """Installing the bundle would now do something else than what was shown before."""

    code = "bundle_changed"


class UpgradeRefused(CoursesError):
    """A piece of H5P content cannot be brought to another version of its type."""

    code = "upgrade_refused"


class InvalidDate(CoursesError):
    """A text that is not one certain day.

    Codes: `empty`, `not_a_day`, `outside_era`, `years_disagree`, `wrong_weekday`, `old_calendar`,
    `excel_serial`, `ambiguous_year`, `missing_year`, `missing_day`, `has_time`, `unrecognised`.

    Attributes:
        hint: what was probably meant, where there is a guess.
    """

    code = "invalid_date"

    def __init__(self, code: str, message: str, *, hint: str = "") -> None:
        super().__init__(message)
        self.code = code
        self.hint = hint


class CourseUnfinished(CoursesError):
    """An activity of the course lacks something that its type needs. Nothing was published.

    `params["activities"]` = `{key: [what is missing, in words]}`.
    """

    code = "course_unfinished"


class CourseNotReady(CoursesError):
    """The course check found errors, so the course is not submitted.

    Attributes:
        check_url: where the errors stand, each with the way to its place.
    """

    code = "course_not_ready"

    def __init__(self, message: str, *, check_url: str) -> None:
        super().__init__(message)
        self.check_url = check_url


class CourseLocked(CoursesError):
    """The course is under review or locked; what would be published must not change now."""

    code = "course_locked"


class PrerequisiteCycle(CoursesError):
    """Courses would wait for one another, so that nobody could begin any of them.

    `params["courses"]` are their keys, each to be finished before the next, the last before the
    first; `message` names them.
    """

    code = "prerequisite_cycle"


class PathRefused(CoursesError):
    """A learning path cannot be saved like this; `place` is the number of the step, from 1.

    Codes: `repeated`, `unknown_course`, `empty`, `not_allowed`.
    """

    code = "path_refused"

    def __init__(self, code: str, message: str, *, place: str = "") -> None:
        super().__init__(message, place=place)
        self.code = code


class GradingRefused(CoursesError):
    """What a course would ask of its learners does not fit together.

    Codes: `minutes_needed`, `no_such_lesson`, `covers_itself`, `one_test_out`.
    """

    code = "grading_refused"

    def __init__(self, code: str, message: str, *, place: str = "") -> None:
        super().__init__(message, place=place)
        self.code = code
