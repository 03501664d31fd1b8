"""Page mixins: how a course and a lesson look in Wagtail, whatever the host's Page model is."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField, StreamField

from courses.catalogue.blocks import RICH_TEXT_FEATURES, LessonBody
from courses.catalogue.models import Activity


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


class CoursePageMixin(models.Model):
    """A course page; below it are the lessons in page order, straight or in modules."""

    course = models.ForeignKey(
        "lms_courses.Course", on_delete=models.PROTECT, related_name="+", verbose_name=_("course")
    )
    introduction = RichTextField(_("introduction"), blank=True, features=RICH_TEXT_FEATURES)

    template = "lms_courses/course_page.html"
    content_panels = [FieldPanel("title"), FieldPanel("course"), FieldPanel("introduction")]

    class Meta:
        abstract = True
        verbose_name = _("course page")
        verbose_name_plural = _("course pages")


class ModulePageMixin(models.Model):
    """A part of a course: a heading over the lessons below it."""

    template = "lms_courses/module_page.html"

    class Meta:
        abstract = True
        verbose_name = _("module page")
        verbose_name_plural = _("module pages")


class LessonPageMixin(models.Model):
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
    content_panels = [FieldPanel("title"), FieldPanel("lesson"), FieldPanel("body")]

    class Meta:
        abstract = True
        verbose_name = _("lesson page")
        verbose_name_plural = _("lesson pages")

    def clean(self) -> None:
        super().clean()
        if not hasattr(self, "lesson"):
            return
        strangers = [
            block.value.title
            for block in self.body
            if block.block_type == "h5p"
            and block.value is not None
            and block.value.course_id != self.lesson.course_id
        ]
        if strangers:
            raise ValidationError(
                {
                    "body": _("These activities belong to another course: %(titles)s")
                    % {"titles": ", ".join(strangers)}
                }
            )
