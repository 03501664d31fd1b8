"""What statements are about, as it is taught now."""

from collections.abc import Iterable
from typing import NamedTuple
from uuid import UUID

from courses.catalogue.models import activity_iri

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
    refused_contents: list[int]

    @property
    def iri(self) -> str:
        return activity_iri(self.uuid)


# Where each stands in a query over activities.
COLUMNS = [name if name != "content" else "content__uuid" for name in Subject._fields]


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
