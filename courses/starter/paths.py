"""Loading the starter paths, and what their courses stand on.

What exists is left alone, so that an office's own changes survive a second run.
"""

import tomllib
from collections.abc import Callable
from pathlib import Path

from django.db import transaction

from courses.catalogue.models import Course
from courses.paths.models import CoursePrerequisite, LearningPath
from courses.paths.services import NewStep, save_path, set_prerequisites

PATHS_FILE = Path(__file__).parent / "paths.toml"
Say = Callable[[str], None]


@transaction.atomic
def load_paths(*, say: Say) -> list[LearningPath]:
    """The courses must be loaded; gives the paths that are new.

    Args:
        say: told one line of progress at a time.
    """
    data = tomllib.loads(PATHS_FILE.read_text(encoding="utf-8"))
    if not CoursePrerequisite.objects.exists():
        courses = Course.objects.in_bulk(list(data["prerequisites"]), field_name="key")
        for key, requires in data["prerequisites"].items():
            set_prerequisites(course=courses[key], requires=requires)
    known = set(LearningPath.objects.values_list("key", flat=True))
    made = []
    for position, row in enumerate(data["paths"], start=1):
        if row["key"] in known:
            continue
        path = LearningPath(position=position, live=True)
        for name in ("key", "title_ja", "title_en", "summary_ja", "summary_en"):
            setattr(path, name, row[name])
        steps = [
            *(NewStep(key) for key in row["steps"]),
            *(NewStep(key, is_optional=True) for key in row["optional"]),
        ]
        made.append(save_path(path=path, steps=steps))
        say(f"{path.key} {path.title_ja}")
    return made
