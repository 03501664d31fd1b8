"""What every refusal must look like."""

from typing import Any


def problem_of(response: Any, status: int, code: str) -> dict[str, Any]:
    """The problem of a response, which must have this status and code."""
    assert response.status_code == status, response.content
    assert response["Content-Type"] == "application/problem+json"
    problem: dict[str, Any] = response.json()
    assert problem["status"] == status
    assert problem["code"] == code, problem
    assert problem["type"] == f"urn:x-lms:problem:{code}"
    assert problem["title"]
    return problem


def places_of(problem: dict[str, Any]) -> list[str]:
    return [error["place"] for error in problem["errors"]]
