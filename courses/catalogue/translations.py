"""An activity in another language than its own: what a translator works on, and what was published.

The Japanese content of an activity is its own; an English one is made from it, text by text, and
has no answer key, pass mark or record of its own.
"""

from collections.abc import Collection
from uuid import UUID

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from courses.catalogue.models import Activity, ActivityVersion
from courses.exercises.models import ExerciseContent
from courses.h5p.models import H5PContent


class ActivityTranslation(models.Model):
    """One row per activity and language: the draft that a translator works on.

    `content` None = nothing of the H5P content is translated yet; it was made from `made_from`,
    and where that is not what the activity has any more, texts may be out of date; `instructions`
    of a data exercise likewise from `made_from_exercise`. Empty texts = not translated. No row =
    nobody began.
    """

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="translations")
    language = models.CharField(_("language"), max_length=16)
    title = models.CharField(_("title"), max_length=200, blank=True)
    content = models.ForeignKey(
        H5PContent,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("H5P content"),
    )
    made_from = models.ForeignKey(H5PContent, on_delete=models.PROTECT, null=True, related_name="+")
    instructions = models.TextField(_("what to do"), blank=True)
    made_from_exercise = models.ForeignKey(
        ExerciseContent, on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        verbose_name = _("activity translation")
        verbose_name_plural = _("activity translations")
        constraints = [
            models.UniqueConstraint(
                fields=["activity", "language"], name="lms_courses_activity_translation_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.activity_id} {self.language}"


class TranslatedVersion(models.Model):
    """One row per published translation of an activity version. Never changed.

    A version may be translated more than once, better each time; `number` counts over all
    versions of the activity in that language. What was done with any of its contents was done
    with that version.
    """

    version = models.ForeignKey(
        ActivityVersion, on_delete=models.CASCADE, related_name="translations"
    )
    activity = models.ForeignKey(
        Activity, on_delete=models.CASCADE, related_name="translated_versions"
    )
    language = models.CharField(_("language"), max_length=16)
    number = models.PositiveIntegerField(_("version"))
    content = models.ForeignKey(
        H5PContent,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("H5P content"),
    )
    title = models.CharField(_("title"), max_length=200, blank=True)
    instructions = models.TextField(_("what to do"), blank=True)
    published_at = models.DateTimeField(_("published at"))
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )

    class Meta:
        verbose_name = _("translated version")
        verbose_name_plural = _("translated versions")
        ordering = ["activity", "language", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["activity", "language", "number"],
                name="lms_courses_translated_version_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.activity_id} {self.language} v{self.number}"


def title_column(language: str) -> str | None:
    """The column of an activity's title in that language; None = there is none."""
    column = f"title_{language.split('-')[0]}"
    return column if column in {"title_ja", "title_en"} else None


def is_own_language(language: str) -> bool:
    """Whether activities have their own content in that language; the others are translations."""
    return language.split("-")[0] == settings.LANGUAGE_CODE.split("-")[0]


def published_translation(activity: Activity, language: str) -> TranslatedVersion | None:
    """The translation learners have; None = there is none, or it is of a version that is void.

    That of an earlier version serves for as long as completions of that version count: the
    author then said that the change is not one of substance.
    """
    if is_own_language(language):
        return None
    newest = (
        activity.translated_versions.filter(language=language.split("-")[0])
        .select_related("content", "version")
        .order_by("number")
        .last()
    )
    if newest is None or newest.version.material_id in activity.refused_contents:
        return None
    return newest


def content_in(activity: Activity, language: str) -> H5PContent | None:
    """What a learner who reads that language plays; None = the activity has no content."""
    translation = published_translation(activity, language)
    if translation is not None and translation.content is not None:
        return translation.content
    return activity.content


def instructions_in(activity: Activity, language: str) -> str:
    """The task of a data exercise as a reader of that language gets it."""
    translation = published_translation(activity, language)
    if translation is not None and translation.instructions:
        return translation.instructions
    return activity.exercise.instructions if activity.exercise is not None else ""


def published_contents(uuids: Collection[UUID]) -> dict[tuple[int, UUID], int]:
    """(activity id, content uuid) -> content id, for all that was ever published, in one query."""
    versions = ActivityVersion.objects.filter(content__uuid__in=uuids)
    translated = TranslatedVersion.objects.filter(content__uuid__in=uuids)
    columns = ("activity_id", "content__uuid", "content_id")
    rows = (
        versions.order_by().values_list(*columns).union(translated.order_by().values_list(*columns))
    )
    return {(activity_id, uuid): content_id for activity_id, uuid, content_id in rows}
