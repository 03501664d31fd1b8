import pytest

from courses.models import Activity, Course
from lms.people.models import Employee
from tests.factories import (
    make_audience_rule,
    make_course,
    make_employee,
    make_workshop,
    publish_course,
)


@pytest.fixture
def course(db: None) -> Course:
    """A published course for everybody, of one lesson with one workshop."""
    made = make_course(
        "W100", title="業務改善ワークショップ", lessons=1, activities=0, is_published=False
    )
    make_workshop(made.activities.get())
    publish_course(made)
    make_audience_rule(made)
    return made


@pytest.fixture
def workshop(course: Course) -> Activity:
    return course.activities.get(kind="workshop")


@pytest.fixture
def people(db: None) -> list[Employee]:
    return [make_employee() for _n in range(4)]
