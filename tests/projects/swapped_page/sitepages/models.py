from django.db import models
from wagtail.models import AbstractPage

from courses.catalogue.pages import (
    CourseIndexPageMixin,
    CoursePageMixin,
    CourseSectionPageMixin,
    LessonPageMixin,
    ModulePageMixin,
)


class SitePage(AbstractPage):
    """The site's own base page, with a column Wagtail's has not."""

    reviewed_by = models.CharField(max_length=100, blank=True)


class SiteCourseIndexPage(CourseIndexPageMixin, SitePage):
    pass


class SiteCourseSectionPage(CourseSectionPageMixin, SitePage):
    pass


class SiteModulePage(ModulePageMixin, SitePage):
    pass


class SiteCoursePage(CoursePageMixin, SitePage):
    pass


class SiteLessonPage(LessonPageMixin, SitePage):
    pass
