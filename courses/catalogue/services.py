"""Making the stable rows. What they show comes later, from the pages that are published."""

from datetime import timedelta

from django.db import transaction

from courses.catalogue.models import Activity, Course

KEY_PREFIXES = {
    Activity.Kind.LESSON: "L",
    Activity.Kind.H5P: "Q",
    Activity.Kind.EXERCISE: "X",
    Activity.Kind.WORKSHOP: "W",
}


def titles(title: str, language: str) -> dict[str, str]:
    """The title columns; the Japanese one is never empty."""
    return {"title_ja": title} | ({} if language.startswith("ja") else {"title_en": title})


def create_course(*, key: str, title: str, language: str, minutes: int) -> Course:
    """A course that nobody sees yet.

    Raises:
        IntegrityError: the key is taken; forms ask before.
    """
    return Course.objects.create(
        key=key, duration=timedelta(minutes=minutes), **titles(title, language)
    )


@transaction.atomic
def create_activity(
    *, course: Course, kind: str, title: str, language: str, pass_mark: float | None = None
) -> Activity:
    """An activity that is in no published lesson yet; its key is the next free one."""
    # The lock keeps two authors from getting the same key.
    Course.objects.select_for_update().get(pk=course.pk)
    taken = set(course.activities.values_list("key", flat=True))
    prefix = KEY_PREFIXES[Activity.Kind(kind)]
    number = 1
    while f"{prefix}{number}" in taken:
        number += 1
    return Activity.objects.create(
        course=course,
        key=f"{prefix}{number}",
        kind=kind,
        live=False,
        has_unpublished_changes=True,
        pass_mark=pass_mark,
        **titles(title, language),
    )
