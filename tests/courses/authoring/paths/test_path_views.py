"""Paths and prerequisites in the admin, as HR and as a course's outside author see them."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from courses.authoring.services import set_up_authors
from courses.models import Course, CoursePrerequisite, LearningPath
from courses.pages.models import CoursePage, CourseSectionPage
from courses.starter.load import course_index
from lms.starter.accounts import HR_PERMISSIONS
from tests.factories import make_course, make_path, make_user, require
from tests.factories.courses import publish_course as make_pages

pytestmark = pytest.mark.django_db
INDEX = "/admin/paths/"


@pytest.fixture
def courses(db: None) -> dict[str, Course]:
    """A is the author's; B and C are others'."""
    section = course_index().add_child(instance=CourseSectionPage(title="業務改革", slug="mine"))
    mine = make_course("A", title="講座A", is_published=False)
    make_pages(mine).move(section, pos="last-child")
    make_user("author").groups.add(set_up_authors(section=section))
    return {"A": mine} | {key: make_course(key, title=f"講座{key}") for key in "BC"}


@pytest.fixture
def hr() -> Client:
    client = Client(headers={"accept-language": "ja"})
    client.force_login(make_user("hr", permissions=[".".join(pair) for pair in HR_PERMISSIONS]))
    return client


@pytest.fixture
def author(courses: dict[str, Course], django_user_model: Any) -> Client:
    client = Client(headers={"accept-language": "ja"})
    client.force_login(django_user_model.objects.get(username="author"))
    return client


def posted(*rows: str, **fields: str) -> dict[str, str]:
    """A form of a path with these courses as rows; "B?" = optional, "-B" = removed."""
    data = {
        "key": "P1",
        "title_ja": "道筋",
        "title_en": "",
        "summary_ja": "",
        "summary_en": "",
        "position": "0",
        "live": "on",
        "steps-TOTAL_FORMS": str(len(rows)),
        "steps-INITIAL_FORMS": "0",
    }
    for number, row in enumerate(rows):
        data[f"steps-{number}-course"] = row.strip("?-")
        data[f"steps-{number}-ORDER"] = str(number + 1)
        if row.endswith("?"):
            data[f"steps-{number}-is_optional"] = "on"
        if row.startswith("-"):
            data[f"steps-{number}-DELETE"] = "on"
    return data | fields


def steps_of(key: str) -> list[tuple[str, bool]]:
    rows = LearningPath.objects.get(key=key).steps.all()
    return list(rows.values_list("course__key", "is_optional"))


@pytest.mark.usefixtures("courses")
def test_hr_makes_a_path_and_puts_its_steps_in_order(hr: Client) -> None:
    assert hr.get(f"{INDEX}add/").status_code == 200
    made = hr.post(f"{INDEX}add/", posted("A", "B?", "-C"))
    path = LearningPath.objects.get()
    assert made.headers["Location"] == f"{INDEX}{path.pk}/"
    assert steps_of("P1") == [("A", False), ("B", True)]
    order = {"steps-0-ORDER": "2", "steps-1-ORDER": "1"}
    hr.post(f"{INDEX}{path.pk}/", posted("A", "B", **order))
    assert steps_of("P1") == [("B", False), ("A", False)]
    assert "道筋" in hr.get(INDEX).content.decode()


@pytest.mark.parametrize(
    ("rows", "fields", "fault"),
    [
        (["A", "A"], {}, "講座A"),
        (["A?"], {}, "任意でない研修"),
        ([""], {}, "必須"),
        (["A"], {"key": "ア"}, "半角"),
    ],
)
@pytest.mark.usefixtures("courses")
def test_what_is_wrong_with_a_path_is_said_beside_it(
    hr: Client, rows: list[str], fields: dict[str, str], fault: str
) -> None:
    answer = hr.post(f"{INDEX}add/", posted(*rows, **fields))
    assert answer.status_code == 200
    assert fault in answer.content.decode()
    assert not LearningPath.objects.exists()


def test_the_preview_shows_the_stages_and_what_is_missing_and_saves_nothing(
    hr: Client, courses: dict[str, Course]
) -> None:
    require(courses["B"], courses["A"])
    require(courses["C"], courses["B"])
    shown = hr.post(f"{INDEX}add/", posted("C", "B", preview="fragment")).content.decode()
    assert "<html" not in shown
    assert shown.index("講座B") < shown.index("講座C")
    assert "「講座A」" in shown
    assert not LearningPath.objects.exists()


def test_hr_deletes_a_path_after_being_asked(hr: Client, courses: dict[str, Course]) -> None:
    path = make_path("P1", courses.values())
    assert hr.get(f"{INDEX}{path.pk}/delete/").status_code == 200
    hr.post(f"{INDEX}{path.pk}/delete/")
    assert not LearningPath.objects.exists()


def test_an_author_sees_the_paths_of_own_courses_and_changes_none(
    author: Client, courses: dict[str, Course]
) -> None:
    mine, other = make_path("mine", [courses["A"]]), make_path("other", [courses["B"]])
    listed = author.get(INDEX).content.decode()
    assert "道筋mine" in listed
    assert "道筋other" not in listed
    shown = author.get(f"{INDEX}{mine.pk}/").content.decode()
    assert "講座A" in shown
    assert "<textarea" not in shown
    for address, method in (
        (f"{INDEX}{other.pk}/", author.get),
        (f"{INDEX}add/", author.get),
        (f"{INDEX}{mine.pk}/", author.post),
        (f"{INDEX}{mine.pk}/delete/", author.post),
        (f"{INDEX}{mine.pk}/audience/", author.post),
    ):
        assert method(address).status_code == 302, address
    assert LearningPath.objects.count() == 2


def prerequisites_url(course: Course) -> str:
    return reverse("lms_courses_prerequisites", args=[course.pk])


def requires(*keys: str, **fields: str) -> dict[str, str]:
    rows = {f"requires-{n}-course": key for n, key in enumerate(keys)}
    counts = {"requires-TOTAL_FORMS": str(len(keys)), "requires-INITIAL_FORMS": "0"}
    return counts | rows | fields


def test_hr_says_what_comes_before_a_course(hr: Client, courses: dict[str, Course]) -> None:
    url = prerequisites_url(courses["C"])
    hr.post(url, requires("A", "B"))
    assert set(courses["C"].prerequisites.values_list("requires__key", flat=True)) == {"A", "B"}
    assert "講座C" in hr.get(prerequisites_url(courses["A"])).content.decode()


def test_a_cycle_is_named_before_and_when_it_is_saved(
    hr: Client, courses: dict[str, Course]
) -> None:
    require(courses["B"], courses["A"])
    url = prerequisites_url(courses["A"])
    for fields in ({"preview": "fragment"}, {}):
        said = hr.post(url, requires("B", **fields)).content.decode()
        assert "互いの修了" in said
        assert "「講座B」" in said
    assert CoursePrerequisite.objects.count() == 1


def test_an_author_sets_the_prerequisites_of_a_course_that_nobody_has_yet(
    author: Client, courses: dict[str, Course]
) -> None:
    url = prerequisites_url(courses["A"])
    assert author.post(url, requires("B")).status_code == 302
    assert not CoursePrerequisite.objects.exists()
    CoursePage.objects.filter(course=courses["A"]).update(live=False)
    author.post(url, requires("B"))
    assert CoursePrerequisite.objects.get().requires == courses["B"]
    assert author.get(prerequisites_url(courses["B"])).status_code == 302
