"""Which courses stand on which, and the paths that lead through them."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from courses.bilingual import BilingualTitle, Keyed, in_language
from courses.catalogue.models import Course


class CoursePrerequisite(models.Model):
    """One row per course and course to be finished before it. Together they have no cycle."""

    course = models.ForeignKey(
        Course, on_delete=models.CASCADE, related_name="prerequisites", verbose_name=_("course")
    )
    requires = models.ForeignKey(
        Course,
        on_delete=models.CASCADE,
        related_name="required_for",
        verbose_name=_("course to finish before"),
    )

    class Meta:
        verbose_name = _("prerequisite")
        verbose_name_plural = _("prerequisites")
        ordering = ["course", "requires__position", "requires__key"]
        constraints = [
            models.UniqueConstraint(
                fields=["course", "requires"], name="lms_courses_prerequisite_once"
            ),
            models.CheckConstraint(
                condition=~Q(course=F("requires")), name="lms_courses_prerequisite_of_another"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.requires_id} → {self.course_id}"


class LearningPath(Keyed, BilingualTitle):
    """One row per path: courses that together lead somewhere. Not `live` = nobody learns by it."""

    summary_ja = models.TextField(_("summary (Japanese)"), blank=True)
    summary_en = models.TextField(_("summary (English)"), blank=True)
    position = models.PositiveIntegerField(_("order in lists"), default=0)
    live = models.BooleanField(_("shown to learners"), default=False)
    courses = models.ManyToManyField(Course, through="PathStep", related_name="paths")

    class Meta:
        verbose_name = _("learning path")
        verbose_name_plural = _("learning paths")
        ordering = ["position", "key"]

    @property
    def summary(self) -> str:
        return in_language(self, "summary")


class PathStep(models.Model):
    """One row per course of a path. Optional ones are not needed to have done the path."""

    path = models.ForeignKey(
        LearningPath, on_delete=models.CASCADE, related_name="steps", verbose_name=_("path")
    )
    course = models.ForeignKey(
        Course, on_delete=models.CASCADE, related_name="steps", verbose_name=_("course")
    )
    position = models.PositiveIntegerField(_("order in the path"))
    is_optional = models.BooleanField(_("optional"), default=False)

    class Meta:
        verbose_name = _("step")
        verbose_name_plural = _("steps")
        ordering = ["path", "position", "id"]
        constraints = [
            models.UniqueConstraint(fields=["path", "course"], name="lms_courses_step_once"),
        ]

    def __str__(self) -> str:
        return f"{self.path_id} {self.position}"
