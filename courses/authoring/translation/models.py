"""What each text of a translated course was made from."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from courses.catalogue.models import Course


class TranslatedText(models.Model):
    """One row per course, language and place with text; a place is a field, or a text of a block.

    The text itself stands in the draft of the translated page or activity, nowhere else, so that
    it may be edited there too. `made` says of each part of it, in order, which text it was made
    from: `[{"source": digest, "done": bool}, …]`; not done = a copy of the original that stands
    in until somebody translates it.
    """

    course = models.ForeignKey(Course, on_delete=models.CASCADE, related_name="+")
    language = models.CharField(_("language"), max_length=16)
    place = models.CharField(max_length=255)
    made = models.JSONField(default=list)
    translated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    translated_at = models.DateTimeField(_("translated at"))

    class Meta:
        verbose_name = _("translated text")
        verbose_name_plural = _("translated texts")
        constraints = [
            models.UniqueConstraint(
                fields=["course", "language", "place"], name="lms_courses_translated_text_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.course_id} {self.language} {self.place}"
