"""The course to take: each preference by hand, and the whole against the rule in plain Python."""

from typing import Any

import pytest
from hypothesis import strategies as st

from skills_matrix.engine.closing import closing_courses, demands_of
from tests.skills_matrix.engine.office import AS_OF, Office, day, for_every, offices, plain, rows


def award(course: int, level: int, **more: Any) -> dict[str, Any]:
    return {"award_id": course * 10 + level, "course_id": course, "level": level, **more}


@pytest.mark.parametrize(
    ("case", "awards", "minutes", "may_take", "expected"),
    [
        ("exactly the level", [award(1, 2)], {1: 60}, [1], 1),
        ("more than the level", [award(1, 3)], {1: 60}, [1], 1),
        ("less than the level", [award(1, 1)], {1: 60}, [1], None),
        ("not open to the person", [award(1, 2)], {1: 60}, [], None),
        ("not a course that is given now", [award(1, 2)], {}, [1], None),
        ("another competency", [award(1, 2, competency_id=2)], {1: 60}, [1], None),
        ("no longer mapped", [award(1, 2, effective_until=AS_OF)], {1: 60}, [1], None),
        ("not mapped yet", [award(1, 2, effective_from=day("2026-04-02"))], {1: 60}, [1], None),
        ("not sure enough", [award(1, 2, assurance=0)], {1: 60}, [1], None),
        ("the least overshoot first, though longer",
         [award(1, 4), award(2, 3)], {1: 10, 2: 90}, [1, 2], 2),
        ("then the shortest", [award(1, 2), award(2, 2)], {1: 90, 2: 10}, [1, 2], 2),
        ("then the lowest id", [award(2, 2), award(1, 2)], {1: 10, 2: 10}, [1, 2], 1),
        ("of those that are open", [award(1, 2), award(2, 4)], {1: 10, 2: 10}, [2], 2),
        ("a course that gives two levels is judged by the nearer",
         [award(1, 4), award(1, 2), award(2, 3)], {1: 90, 2: 10}, [1, 2], 1),
    ],
)  # fmt: skip
def test_the_course_that_closes_level_2_is_chosen(
    case: str,
    awards: list[dict[str, Any]],
    minutes: dict[int, int],
    may_take: list[int],
    expected: int | None,
) -> None:
    taught = [{"course_id": course, "minutes": time} for course, time in minutes.items()]
    for order in (1, -1):
        found = closing_courses(
            rows("demands", {"competency_id": 1, "level": 2}),
            rows("awards", *awards[::order]),
            rows("courses", *taught[::order]),
            rows("course_access", *({"course_id": course} for course in may_take[::order])),
            as_of=AS_OF,
            minimum_assurance=1,
        )
        assert plain(found, "employee_id", "competency_id", "level", "course_id") == (
            [] if expected is None else [(1, 1, 2, expected)]
        )


def test_demands_may_come_in_any_order() -> None:
    found = closing_courses(
        rows("demands", *({"competency_id": c, "level": n} for c, n in ((2, 1), (1, 2), (1, 1)))),
        rows("awards", award(1, 3), award(2, 3, competency_id=2)),
        rows("courses", {"course_id": 2}, {"course_id": 1}),
        rows("course_access", {"course_id": 2}, {"course_id": 1}),
        as_of=AS_OF,
    )
    assert plain(found, "competency_id", "level", "course_id") == [(1, 1, 1), (1, 2, 1), (2, 1, 2)]


def test_demands_are_each_competency_and_level_once_and_never_level_0() -> None:
    needs = rows(
        "needs",
        {"need_id": 1, "competency_id": 2, "level": 3},
        {"need_id": 2, "competency_id": 2, "level": 3},
        {"need_id": 3, "competency_id": 1, "level": 4},
    )
    targets = rows(
        "targets",
        {"target_id": 1, "competency_id": 1, "level": 0},
        {"target_id": 2, "competency_id": 1, "level": 1},
    )
    assert plain(demands_of(needs, targets), "competency_id", "level") == [(1, 1), (1, 4), (2, 3)]


@for_every(offices("needs", "awards", "courses", "course_access"), st.integers(0, 2))
def test_courses_and_the_rule_in_plain_words_agree(office: Office, minimum: int) -> None:
    demands = demands_of(office["needs"])
    minutes = dict(plain(office["courses"], "course_id", "minutes"))
    awards = plain(office["awards"], *office["awards"].columns)
    expected = []
    for competency, needed in plain(demands, "competency_id", "level"):
        for employee in sorted(set(office["course_access"]["employee_id"])):
            fitting = [
                (level, minutes[course], course)
                for _, course, of, level, _, start, end, assurance in awards
                if of == competency
                and level >= needed
                and assurance >= minimum
                and start <= AS_OF
                and (end is None or end > AS_OF)
                and course in minutes
                and (employee, course) in plain(office["course_access"], "employee_id", "course_id")
            ]
            if fitting:
                expected.append((employee, competency, needed, min(fitting)[-1]))
    found = closing_courses(
        demands,
        office["awards"],
        office["courses"],
        office["course_access"],
        as_of=AS_OF,
        minimum_assurance=minimum,
    )
    assert plain(found, "employee_id", "competency_id", "level", "course_id") == expected
