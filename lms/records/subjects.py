"""What statements are about, as it is taught now."""

from collections.abc import Iterable
from typing import NamedTuple
from uuid import UUID

from courses.catalogue.models import activity_iri
from courses.models import Activity

URN = "urn:uuid:"


class Subject(NamedTuple):
    """An activity, reduced to what recording needs. `content` is the uuid of `content_id`."""

    id: int
    uuid: UUID
    course_id: int
    kind: str
    content_id: int | None
    content: UUID | None
    exercise_id: int | None
    pass_mark: float | None
    live: bool
    refused_contents: frozenset[int]
    lesson_id: int | None
    completion: str
    minutes: int | None
    covers: frozenset[int]

    @property
    def iri(self) -> str:
        return activity_iri(self.uuid)


_courses: dict[UUID, int] = {}


def courses_of(iris: Iterable[str]) -> set[int]:
    """Ids of the courses that the activities are in. An IRI that names none adds nothing.

    Kept in memory: an activity stays in its course.
    """
    uuids = uuids_in(iris)
    if new := [uuid for uuid in uuids if uuid not in _courses]:
        _courses.update(Activity.objects.filter(uuid__in=new).values_list("uuid", "course_id"))
    return {_courses[uuid] for uuid in uuids if uuid in _courses}


def uuids_in(iris: Iterable[str]) -> list[UUID]:
    """Those of the IRIs that can name an activity of this site."""
    found = set()
    for iri in iris:
        if iri.startswith(URN):
            try:
                found.add(UUID(iri.removeprefix(URN)))
            except ValueError:
                continue
    return sorted(found)
