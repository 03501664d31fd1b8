"""What a data exercise is made of. Rows are never changed: an edit makes a new one."""

import uuid
from typing import TYPE_CHECKING, Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from courses.bilingual import in_language

if TYPE_CHECKING:
    from courses.exercises.spec import Spec


class ExerciseFile(models.Model):
    """One row per different file that an author gave. Never changed.

    The bytes stand in the database, in a table of their own: they are small, belong to the same
    transaction and backup as what refers to them, and have no address that could be guessed.
    """

    digest = models.CharField(max_length=64, unique=True)
    data = models.BinaryField()

    class Meta:
        verbose_name = _("exercise file")
        verbose_name_plural = _("exercise files")

    def __str__(self) -> str:
        return self.digest[:12]


class ExerciseContent(models.Model):
    """One row per version of a data exercise: task, files and rules. Never changed.

    `spec` is what `courses.exercises.spec.parse_spec` reads. No `expected` = nothing but the
    rules decides.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    digest = models.CharField(max_length=64, unique=True)
    instructions_ja = models.TextField(_("task (Japanese)"))
    instructions_en = models.TextField(_("task (English)"), blank=True)
    messy = models.ForeignKey(
        ExerciseFile, on_delete=models.PROTECT, related_name="+", verbose_name=_("messy file")
    )
    messy_name = models.CharField(max_length=200)
    messy_size = models.PositiveIntegerField(help_text=_("In bytes."))
    expected = models.ForeignKey(
        ExerciseFile,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("expected file"),
    )
    expected_name = models.CharField(max_length=200, blank=True)
    spec = models.JSONField(_("columns and rules"))
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)

    class Meta:
        verbose_name = _("data exercise content")
        verbose_name_plural = _("data exercise contents")
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return self.messy_name

    @property
    def instructions(self) -> str:
        return in_language(self, "instructions")

    def parsed_spec(self) -> "Spec":
        from courses.exercises.spec import parse_spec

        return parse_spec(self.spec)

    def messy_file(self) -> tuple[bytes, str]:
        return bytes(self.messy.data), self.messy_name

    def expected_file(self) -> tuple[bytes, str] | None:
        """None = there is none."""
        expected: Any = self.expected
        return (bytes(expected.data), self.expected_name) if expected else None
