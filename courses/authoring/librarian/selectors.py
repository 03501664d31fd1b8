"""What is installed, what uses it, and what nothing uses."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Count, Q, QuerySet

from courses.catalogue.models import Activity, ActivityVersion
from courses.h5p.models import H5PContent, H5PLibrary, H5PLibraryDependency
from courses.h5p.unused import unused_contents

# An author's form makes content a moment before its draft refers to it.
GRACE = timedelta(days=1)


def drafted_contents() -> dict[int, int | None]:
    """Primary key of the content each H5P activity has in its latest draft, by activity.

    Where there is no draft, what learners have is the draft. None = no content yet.
    """
    rows = Activity.objects.filter(kind=Activity.Kind.H5P).select_related("latest_revision")
    return {
        row.pk: row.latest_revision.content.get("content")
        if row.latest_revision
        else row.content_id
        for row in rows
    }


def contents_in_use() -> QuerySet[H5PContent]:
    """Contents that any row or Wagtail revision refers to, also earlier ones."""
    return H5PContent.objects.exclude(pk__in=unused_contents(timedelta(0)).values("pk"))


def counted_libraries() -> QuerySet[H5PLibrary]:
    """Libraries with `content_count` (contents in use) and `library_count` (that need it)."""
    used = Q(used_by__in=contents_in_use().values("pk"))
    return H5PLibrary.objects.annotate(
        content_count=Count("used_by", filter=used, distinct=True),
        library_count=Count("dependents__library", distinct=True),
    )


def needed_libraries(roots: Iterable[int]) -> set[int]:
    """The libraries with these primary keys, and all that these need for whatever reason."""
    needs = defaultdict(set)
    for library, required in H5PLibraryDependency.objects.values_list("library_id", "required_id"):
        needs[library].add(required)
    found: set[int] = set()
    waiting = list(roots)
    while waiting:
        pk = waiting.pop()
        if pk not in found:
            found.add(pk)
            waiting.extend(needs[pk])
    return found


def unused_libraries() -> QuerySet[H5PLibrary]:
    """Libraries that no content in use needs, neither itself nor through another library.

    A content type that nobody has used yet is among them, and so are the parts only it needs.
    """
    played = H5PLibrary.objects.filter(used_by__in=contents_in_use().values("pk")).values_list(
        "pk", flat=True
    )
    return H5PLibrary.objects.exclude(pk__in=needed_libraries(played))


@dataclass(frozen=True, slots=True)
class Removal:
    """What removing some libraries takes along.

    Attributes:
        libraries: the chosen ones, and parts that nothing needs without them.
        parts: those of `libraries` that were not chosen.
        contents: abandoned contents that are of these libraries; nothing refers to them.
        blockers: (library, what still needs it); not empty = nothing may be removed.
    """

    libraries: tuple[H5PLibrary, ...]
    parts: tuple[H5PLibrary, ...]
    contents: tuple[H5PContent, ...]
    blockers: tuple[tuple[H5PLibrary, str], ...]


def removal_of(chosen: Collection[H5PLibrary]) -> Removal:
    """What removing the chosen libraries means. Nothing is changed."""
    wanted = {library.pk for library in chosen}
    stay = H5PLibrary.objects.exclude(pk__in=wanted)
    needed = needed_libraries(
        stay.filter(Q(runnable=True) | Q(used_by__in=contents_in_use().values("pk"))).values_list(
            "pk", flat=True
        )
    )
    below = needed_libraries(wanted) - wanted
    parts = list(stay.filter(pk__in=below - needed, runnable=False))
    going = wanted | {part.pk for part in parts}
    contents = unused_contents(GRACE).filter(libraries__in=going).distinct()
    return Removal(
        libraries=(*chosen, *parts),
        parts=tuple(parts),
        contents=tuple(contents),
        blockers=tuple(_blockers(going, {content.pk for content in contents})),
    )


def _blockers(going: set[int], contents: set[int]) -> Iterable[tuple[H5PLibrary, str]]:
    for library in H5PLibrary.objects.filter(pk__in=going):
        for content in library.used_by.exclude(pk__in=contents):
            yield library, content.title
        for row in library.dependents.exclude(library_id__in=going).select_related("library"):
            yield library, str(row.library)


@dataclass(frozen=True, slots=True)
class ActivityUse:
    """One row per activity that has content with a certain library.

    Attributes:
        is_live, is_drafted: learners have it; the latest draft has it.
        is_earlier: only an earlier version has it; attempts made on that can still be looked at.
    """

    activity: Activity
    is_live: bool
    is_drafted: bool

    @property
    def is_earlier(self) -> bool:
        return not (self.is_live or self.is_drafted)


def activities_using(library: H5PLibrary) -> list[ActivityUse]:
    """In course order."""
    contents = set(library.used_by.values_list("pk", flat=True))
    drafted = drafted_contents()
    versions = ActivityVersion.objects.filter(content__in=contents).values_list("activity_id")
    in_draft = {activity for activity, content in drafted.items() if content in contents}
    rows = (
        Activity.objects.filter(Q(content__in=contents) | Q(pk__in=in_draft) | Q(pk__in=versions))
        .select_related("course")
        .order_by("course", "position", "pk")
    )
    return [
        ActivityUse(row, row.live and row.content_id in contents, row.pk in in_draft)
        for row in rows
    ]


@dataclass(frozen=True, slots=True)
class Upgradable:
    """One row per content of the older version that is the latest draft of some activity."""

    content: H5PContent
    activities: tuple[Activity, ...]


def upgradable_contents(library: H5PLibrary) -> list[Upgradable]:
    """Drafted contents whose type is exactly this version, by title."""
    drafted = defaultdict(list)
    for activity, content in drafted_contents().items():
        drafted[content].append(activity)
    rows = H5PContent.objects.filter(main_library=library, pk__in=[pk for pk in drafted if pk])
    activities = Activity.objects.select_related("course").in_bulk(
        [pk for row in rows for pk in drafted[row.pk]]
    )
    return [
        Upgradable(row, tuple(activities[pk] for pk in drafted[row.pk]))
        for row in rows.order_by("title", "pk")
    ]
