"""The project to ask for a place in: each preference by hand."""

from typing import Any

import pytest

from skills_matrix.engine.showing import showing_projects
from tests.skills_matrix.engine.office import plain, rows


def need(project: int, level: int, **more: Any) -> dict[str, Any]:
    identity = project * 10 + more.get("competency_id", 1)
    return {
        "need_id": identity, "project_id": project, "competency_id": 1, "level": level, **more
    }  # fmt: skip


@pytest.mark.parametrize(
    ("needs", "near", "expected"),
    [
        pytest.param([need(1, 2)], [], 1, id="exactly the level"),
        pytest.param([need(1, 3)], [], 1, id="more than the level"),
        pytest.param([need(1, 1)], [], None, id="less than the level"),
        pytest.param([need(1, 2, competency_id=2)], [], None, id="another competency"),
        pytest.param([need(1, 4), need(2, 3)], [], 2, id="the least overshoot"),
        pytest.param([need(1, 2), need(2, 4)], [2], 2, id="the own department's first"),
        pytest.param([need(1, 2), need(2, 2, must=True)], [], 2, id="then what it must have"),
        pytest.param([need(2, 2), need(1, 2)], [], 1, id="then the lowest id"),
    ],
)
def test_the_project_that_shows_level_2(
    needs: list[dict[str, Any]], near: list[int], expected: int | None
) -> None:
    for order in (1, -1):
        found = showing_projects(
            rows("demands", {"competency_id": 1, "level": 2}),
            rows("needs", *needs[::order]),
            rows("people", {}),
            rows("relevance", *({"project_id": one, "department_id": 10} for one in near)),
        )
        assert plain(found, "employee_id", "competency_id", "level", "project_id") == (
            [] if expected is None else [(1, 1, 2, expected)]
        )
