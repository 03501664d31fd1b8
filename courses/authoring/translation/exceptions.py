"""Faults of translating a course."""

from courses.exceptions import CoursesError


class NotTranslatable(CoursesError):
    """The course cannot be had in that language: it is its own, or the site does not offer it."""

    code = "not_translatable"
