"""Page mixins: how a course and a lesson look in Wagtail, whatever the host's Page model is."""

import re
from typing import Any

from django.core.validators import MinValueValidator, RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.fields import RichTextField, StreamField

from courses.catalogue.blocks import RICH_TEXT_FEATURES, LessonBody
from courses.catalogue.forms import CoursePageForm, LessonPageForm, check_activities
from courses.catalogue.locks import CoursePermissions, review_above, review_lock
from courses.catalogue.models import Activity, Course

MEASURES_VALIDATOR = RegexValidator(
    r"^[A-Za-z0-9_.-]+([\s,、]+[A-Za-z0-9_.-]+)*\Z", _("Write the keys, separated by commas.")
)


class CourseIndexPageMixin(models.Model):
    template = "lms_courses/course_index_page.html"

    class Meta:
        abstract = True
        verbose_name = _("course list")
        verbose_name_plural = _("course lists")


class CourseSectionPageMixin(models.Model):
    """A part of the course tree that one team of authors owns; its children are courses."""

    template = "lms_courses/course_index_page.html"

    class Meta:
        abstract = True
        verbose_name = _("course section")
        verbose_name_plural = _("course sections")


class PartOfCourseMixin(models.Model):
    """What is reviewed and published with its course, never by itself."""

    class Meta:
        abstract = True

    def permissions_for_user(self, user: Any) -> CoursePermissions:
        return CoursePermissions(user, self)

    def get_workflow(self) -> None:
        """None of its own: the course page's stands for everything below it."""

    def get_lock(self) -> Any:
        return super().get_lock() or review_lock(self)  # type: ignore[misc]

    def can_move_to(self, parent: Any) -> bool:
        """Only within its course: what learners did is recorded per course."""
        return bool(
            super().can_move_to(parent)  # type: ignore[misc]
            and course_of(parent.specific) == course_of(self)
            and review_above(parent) is None
        )


class CoursePageMixin(models.Model):
    """A course page; below it are the lessons in page order, straight or in modules.

    What lists show of a course is written here and copied to its row when it is published.
    """

    course = models.ForeignKey(
        "lms_courses.Course", on_delete=models.PROTECT, related_name="+", verbose_name=_("course")
    )
    summary = models.TextField(
        _("summary"), blank=True, help_text=_("Shown in lists: what one can do after the course.")
    )
    minutes = models.PositiveIntegerField(
        _("planned learning time (minutes)"),
        null=True,
        blank=True,  # the form asks for it; a page made by a program may leave it to the row
        validators=[MinValueValidator(1)],
    )
    measures = models.CharField(
        _("DX measures"),
        max_length=200,
        blank=True,
        validators=[MEASURES_VALIDATOR],
        help_text=_("Keys of the office's DX measures that the course serves, e.g. M04, M08."),
    )
    introduction = RichTextField(_("introduction"), blank=True, features=RICH_TEXT_FEATURES)

    template = "lms_courses/course_page.html"
    base_form_class = CoursePageForm
    content_panels = [
        FieldPanel("title"),
        FieldPanel("key"),
        FieldPanel("summary"),
        FieldRowPanel([FieldPanel("minutes"), FieldPanel("measures")]),
        FieldPanel("introduction"),
    ]

    class Meta:
        abstract = True
        verbose_name = _("course page")
        verbose_name_plural = _("course pages")

    def permissions_for_user(self, user: Any) -> CoursePermissions:
        return CoursePermissions(user, self)

    @property
    def measure_keys(self) -> list[str]:
        return [key for key in re.split(r"[\s,、]+", self.measures) if key]


class ModulePageMixin(PartOfCourseMixin):
    """A part of a course: a heading over the lessons below it."""

    template = "lms_courses/module_page.html"

    class Meta:
        abstract = True
        verbose_name = _("module page")
        verbose_name_plural = _("module pages")


class LessonPageMixin(PartOfCourseMixin):
    """A lesson page. `lesson` is the activity that "read it" statements are about."""

    lesson = models.ForeignKey(
        "lms_courses.Activity",
        on_delete=models.PROTECT,
        related_name="+",
        limit_choices_to={"kind": Activity.Kind.LESSON},
        verbose_name=_("lesson"),
    )
    body = StreamField(LessonBody(), verbose_name=_("body"), blank=True)

    template = "lms_courses/lesson_page.html"
    base_form_class = LessonPageForm
    content_panels = [FieldPanel("title"), FieldPanel("body")]

    class Meta:
        abstract = True
        verbose_name = _("lesson page")
        verbose_name_plural = _("lesson pages")

    def clean(self) -> None:
        super().clean()
        if hasattr(self, "lesson"):
            check_activities(self.body, self.lesson.course)


def course_of(page: Any) -> Course | None:
    """The course that a page of the tree is part of; None = of none."""
    if isinstance(page, CoursePageMixin):
        return page.course if page.course_id is not None else None
    if isinstance(page, LessonPageMixin):
        return page.lesson.course
    if isinstance(page, ModulePageMixin):
        return course_of(page.get_parent().specific)  # type: ignore[attr-defined]
    return None
