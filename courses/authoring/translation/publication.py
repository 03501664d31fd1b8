"""Publishing translations of activities. Only `publish_course` calls this."""

from datetime import datetime
from typing import Any

from courses.authoring.drafts import CourseDraft
from courses.catalogue.models import Activity, ActivityVersion
from courses.catalogue.translations import (
    ActivityTranslation,
    TranslatedVersion,
    title_column,
)


def publish_translations(
    draft: CourseDraft, *, by: Any, now: datetime
) -> tuple[list[ActivityVersion], dict[str, int]]:
    """Make the translations of a course's activities what readers of the language have.

    A translation of what is not published yet, or of a version that is void, waits for the next
    publication.

    Returns:
        The versions of the activities that learners have now, and activity key -> number of the
        translated version, for those that have one.
    """
    language = draft.page.locale.language_code
    drafts = {
        row.activity_id: row
        for row in ActivityTranslation.objects.filter(
            activity__in=[item.pk for item in draft.activities], language=language
        )
    }
    versions: list[ActivityVersion] = []
    translated: dict[str, int] = {}
    for item in draft.activities:
        activity = Activity.objects.get(pk=item.pk)
        newest = activity.versions.order_by("number").last()
        if newest is None:
            continue
        versions.append(newest)
        row = _publish(activity, drafts.get(item.pk), newest, language, by=by, now=now)
        if row is not None:
            translated[activity.key] = row.number
    return versions, translated


def _publish(
    activity: Activity,
    draft: ActivityTranslation | None,
    newest: ActivityVersion,
    language: str,
    *,
    by: Any,
    now: datetime,
) -> TranslatedVersion | None:
    """The translated version that readers have now; None = there is none."""
    last = _last(activity, language)
    if draft is None or not (draft.title or draft.content_id or draft.instructions):
        return last
    version: ActivityVersion | None = newest
    if draft.made_from_id is not None or draft.made_from_exercise_id is not None:
        version = (
            activity.versions.filter(
                content_id=draft.made_from_id, exercise_id=draft.made_from_exercise_id
            )
            .order_by("number")
            .last()
        )
    if version is None or version.material_id in activity.refused_contents:
        return last
    says = _says(draft)
    if last is not None and (last.version_id, _says(last)) == (version.pk, says):
        return last
    column = title_column(language)
    if draft.title and column is not None and getattr(activity, column) != draft.title:
        setattr(activity, column, draft.title)
        activity.save(update_fields=[column])
    return TranslatedVersion.objects.create(
        activity=activity,
        version=version,
        language=language,
        number=last.number + 1 if last is not None else 1,
        published_at=now,
        published_by=by,
        **says,
    )


def _says(row: ActivityTranslation | TranslatedVersion) -> dict[str, Any]:
    return {name: getattr(row, name) for name in ("content_id", "title", "instructions")}


def _last(activity: Activity, language: str) -> TranslatedVersion | None:
    return activity.translated_versions.filter(language=language).order_by("number").last()


def published_titles(activity: Activity) -> dict[str, str]:
    """Column -> the title that was published there with a translation."""
    rows = activity.translated_versions.exclude(title="").order_by("number")
    found = {
        title_column(language): title for language, title in rows.values_list("language", "title")
    }
    return {column: title for column, title in found.items() if column is not None}


def translated_contents(activity: Activity) -> list[tuple[int, int | None]]:
    """(number of the version, id of a content that translates it), for all ever published."""
    rows = activity.translated_versions.filter(content__isnull=False)
    return list(rows.values_list("version__number", "content_id"))
