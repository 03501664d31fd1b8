"""Faults of going back to an earlier version."""

from courses.exceptions import CoursesError


class CourseLocked(CoursesError):
    """The course is under review, or somebody locked a page or activity of it."""

    code = "course_locked"
