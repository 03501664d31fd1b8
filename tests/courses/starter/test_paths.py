import tomllib
from datetime import timedelta

import pytest

from courses.models import Course, CoursePrerequisite, LearningPath
from courses.paths.selectors import live_paths, missing_prerequisites
from courses.paths.services import set_prerequisites
from courses.starter.load import CONTENT_DIR
from courses.starter.paths import PATHS_FILE, load_paths

DATA = tomllib.loads(PATHS_FILE.read_text(encoding="utf-8"))
# Where a new employee, and the tests of the whole site, begin.
FREE = {"C101", "C102", "C103", "C104", "C105", "C106", "C108", "C208", "C401"}


def silent(line: str) -> None:
    """Nobody listens."""


@pytest.fixture
def courses(db: None) -> None:
    for file in CONTENT_DIR.glob("*.toml"):
        Course.objects.create(key=file.stem, title_ja=file.stem, duration=timedelta(minutes=30))


@pytest.mark.usefixtures("courses")
def test_the_starter_paths_lead_through_starter_courses() -> None:
    load_paths(say=silent)
    for row in DATA["paths"]:
        path = LearningPath.objects.get(key=row["key"])
        assert list(path.steps.values_list("course__key", flat=True)) == [
            *row["steps"],
            *row["optional"],
        ]
    assert live_paths().count() == len(DATA["paths"])


@pytest.mark.usefixtures("courses")
def test_nothing_comes_before_the_courses_that_everybody_begins_with() -> None:
    load_paths(say=silent)
    waiting = set(CoursePrerequisite.objects.values_list("course__key", flat=True))
    assert waiting == DATA["prerequisites"].keys()
    assert not waiting & FREE


@pytest.mark.usefixtures("courses")
def test_what_a_step_that_must_be_done_waits_for_is_in_its_path() -> None:
    load_paths(say=silent)
    for path in live_paths():
        needed = [before.key for _course, before in missing_prerequisites(path)]
        assert set(needed) <= FREE, path.key


@pytest.mark.usefixtures("courses")
def test_loading_again_leaves_what_the_office_changed() -> None:
    load_paths(say=silent)
    LearningPath.objects.filter(key="P-DATA").update(title_ja="わたしたちの道筋")
    set_prerequisites(course=Course.objects.get(key="C203"), requires=[])
    assert load_paths(say=silent) == []
    assert LearningPath.objects.get(key="P-DATA").title_ja == "わたしたちの道筋"
    assert not CoursePrerequisite.objects.filter(course__key="C203").exists()
