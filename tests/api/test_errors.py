import importlib
import pkgutil
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client
from rest_framework.exceptions import APIException

import courses
import lms
import skills_matrix
from api.errors import FAULTS, fault_of
from courses.exceptions import CoursesError
from lms.exceptions import LmsError
from lms.people.models import Employee
from skills_matrix.engine.exceptions import EngineError
from skills_matrix.exceptions import SkillsError
from tests.api.problems import places_of, problem_of

ROOTS = (LmsError, CoursesError, SkillsError, EngineError)
PACKAGES = (lms, courses, skills_matrix)


def subclasses(cls: type[Any]) -> Iterator[type[Any]]:
    yield cls
    for child in cls.__subclasses__():
        yield from subclasses(child)


def load_every_module() -> None:
    """Classes exist only once their module is imported."""
    for package in PACKAGES:
        for found in pkgutil.walk_packages(package.__path__, package.__name__ + "."):
            if ".migrations" not in found.name:
                importlib.import_module(found.name)


def test_every_fault_of_every_package_has_a_row_of_its_own() -> None:
    load_every_module()
    ours = {cls for root in ROOTS for cls in subclasses(root)}
    assert ours - FAULTS.keys() == set()


def test_every_fault_of_the_framework_has_a_row() -> None:
    missing = {
        cls for cls in APIException.__subclasses__() if fault_of(cls.__new__(cls)).status == 500
    }
    assert missing == set()


def test_codes_are_stable_names() -> None:
    for root in ROOTS:
        for cls in subclasses(root):
            assert cls.code.replace("_", "").isalnum(), cls


@pytest.mark.django_db
def test_an_unknown_address_is_a_problem_and_not_the_clients_page() -> None:
    problem_of(Client().get("/api/v1/no/such/thing"), 404, "not_found")


@pytest.mark.django_db
def test_a_method_that_an_address_does_not_have_is_a_problem(visitor: Client) -> None:
    problem_of(visitor.post("/api/v1/me/"), 405, "method_not_allowed")


def test_malformed_json_is_refused_with_line_and_column(visitor: Client) -> None:
    response = visitor.post(
        "/api/v1/xapi/statements", '{\n  "id": ,\n}', content_type="application/json"
    )
    problem = problem_of(response, 400, "malformed_json")
    assert places_of(problem) == ["line 2 column 9"]


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b'{"id": NaN}', "malformed_json"),
        (b'"\xff"', "malformed_json"),
        (b"[" * 100_000, "malformed_json"),
        (b'"' + b" " * 5 * 1024 * 1024 + b'"', "body_too_large"),
    ],
)
def test_hostile_bodies_are_refused(visitor: Client, body: bytes, code: str) -> None:
    response = visitor.post("/api/v1/xapi/statements", body, content_type="application/json")
    problem_of(response, 413 if code == "body_too_large" else 400, code)


def test_another_content_type_is_refused(visitor: Client) -> None:
    response = visitor.post("/api/v1/xapi/statements", "<a/>", content_type="text/xml")
    problem_of(response, 415, "unsupported_media_type")


def test_a_fault_of_the_server_says_nothing_about_itself(
    employee: Employee,
    visitor_of: Callable[[Any], Client],
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    def broken(*args: object) -> None:
        raise RuntimeError("password of the database")

    monkeypatch.setattr("api.v1.learning.views.learning_of", broken)
    client = visitor_of(employee)
    client.raise_request_exception = False
    response = client.get("/api/v1/learning/")
    problem_of(response, 500, "server_error")
    assert "password" not in response.content.decode()
    assert "password of the database" in caplog.text


@pytest.mark.parametrize(
    "address",
    [
        "/api/v1/me/?colour=red",
        "/api/v1/learning/?colour=red",
        "/api/v1/courses/?colour=red",
        "/api/v1/skills/me/?colour=red",
        "/api/v1/skills/matrix/?colour=red",
        "/api/v1/projects/?colour=red",
        "/api/v1/suggestions/me/?colour=red",
        "/api/v1/xapi/statements?colour=red",
    ],
)
def test_unknown_parameters_are_refused_and_named(visitor: Client, address: str) -> None:
    problem = problem_of(visitor.get(address), 400, "unknown_parameter")
    assert places_of(problem) == ["colour"]


@pytest.mark.parametrize(
    ("address", "place"),
    [
        ("/api/v1/learning/?page=0", "page"),
        ("/api/v1/learning/?page=one", "page"),
        ("/api/v1/learning/?page_size=201", "page_size"),
        ("/api/v1/learning/?state=finished", "state"),
        ("/api/v1/learning/?state=done&state=all", "state"),
        ("/api/v1/learning/?format=csv", None),
        ("/api/v1/courses/?search=%00", "search"),
        ("/api/v1/projects/?status=gone", "status"),
        ("/api/v1/skills/matrix/?as_of=31-12-2025", "as_of"),
        ("/api/v1/skills/matrix/?as_of=0001-01-01", "as_of"),
        ("/api/v1/skills/matrix/?format=pdf", "format"),
    ],
)
def test_values_that_are_not_acceptable_are_refused_and_named(
    visitor: Client, address: str, place: str | None
) -> None:
    code = "invalid_parameter" if place else "unknown_parameter"
    problem = problem_of(visitor.get(address), 400, code)
    assert places_of(problem) == [place or "format"]


def test_texts_of_a_problem_follow_the_reader(visitor: Client) -> None:
    english = visitor.get("/api/v1/learning/?page=0").json()
    japanese = visitor.get("/api/v1/learning/?page=0", headers={"accept-language": "ja"}).json()
    assert japanese["code"] == english["code"]
    assert japanese["detail"] != english["detail"]
