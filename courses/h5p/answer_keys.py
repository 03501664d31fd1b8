"""The answer keys of stored contents, kept in memory: a content never changes."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from uuid import UUID

from courses.h5p.grading import GRADERS, Answer, Points, grade
from courses.h5p.models import H5PContent

KEPT = 512


@dataclass(frozen=True)
class AnswerKey:
    """What grading needs of a content."""

    machine_name: str
    major: int
    params: Mapping[str, Any]

    def grade(self, answer: Answer) -> Points | None:
        """None: a part of it cannot be graded."""
        return grade(self.machine_name, self.major, self.params, answer)


@lru_cache(maxsize=KEPT)
def answer_key(content: UUID) -> AnswerKey | None:
    """The key of a content; None: its type cannot be graded here.

    Raises:
        H5PContent.DoesNotExist: there is none with that uuid.
    """
    row = H5PContent.objects.select_related("main_library").only(
        "params", "main_library__machine_name", "main_library__major"
    )
    found = row.get(uuid=content)
    library = found.main_library
    if (library.machine_name, library.major) not in GRADERS:
        return None
    return AnswerKey(library.machine_name, library.major, found.params)
