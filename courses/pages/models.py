"""Concrete pages. Everything they do is in the mixins, so that a host can make its own."""

from wagtail.models import Page

from courses.catalogue.pages import (
    CourseIndexPageMixin,
    CoursePageMixin,
    CourseSectionPageMixin,
    LessonPageMixin,
    ModulePageMixin,
)


class CourseIndexPage(CourseIndexPageMixin, Page):
    """Where the course pages of a site hang."""

    subpage_types = ["lms_course_pages.CourseSectionPage", "lms_course_pages.CoursePage"]
    max_count_per_parent = 1


class CourseSectionPage(CourseSectionPageMixin, Page):
    parent_page_types = ["lms_course_pages.CourseIndexPage"]
    subpage_types = ["lms_course_pages.CoursePage"]


class CoursePage(CoursePageMixin, Page):
    parent_page_types = ["lms_course_pages.CourseIndexPage", "lms_course_pages.CourseSectionPage"]
    subpage_types = ["lms_course_pages.ModulePage", "lms_course_pages.LessonPage"]


class ModulePage(ModulePageMixin, Page):
    parent_page_types = ["lms_course_pages.CoursePage"]
    subpage_types = ["lms_course_pages.LessonPage"]


class LessonPage(LessonPageMixin, Page):
    parent_page_types = ["lms_course_pages.CoursePage", "lms_course_pages.ModulePage"]
    subpage_types: list[str] = []
