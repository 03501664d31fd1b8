"""A learning plan: the fewest hours of courses that close somebody's gaps, and in which order.

Everything is sorted before it is used, so that the plan does not depend on the order of what was
given.
"""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Final

from skills_matrix.engine.plan.calendar import calendar_of
from skills_matrix.engine.plan.choose import choose_courses
from skills_matrix.engine.plan.order import in_order, steps_of
from skills_matrix.engine.plan.problem import (
    Gives,
    Goal,
    LearningPlan,
    Left,
    Offer,
    begun_some_day,
    reached,
    require_sense,
)

# A programme of hundreds of courses takes a fraction of it.
SECONDS: Final = 5.0


def learning_plan(
    *,
    levels: Mapping[str, int],
    goals: Collection[Goal],
    offers: Collection[Offer],
    gives: Collection[Gives],
    hours_per_week: int,
    starts_on: date,
    before: date | None = None,
    seconds: float = SECONDS,
) -> LearningPlan:
    """The courses of fewest minutes that close every gap that courses can close, in order.

    Of equal minutes the fewest courses are taken, then those the person must take anyway, then the
    first by key. A goal that no course reaches is planned for as far as courses lead. Courses that
    wait for each other in a circle can never be begun and are left out.

    Args:
        levels: held, by competency; absent = never assessed.
        before: the last day on which it may end; None = no deadline.

    Raises:
        InvalidPlan: less than one hour a week, minutes below 0, a level that is none, or a course
            or competency named twice.
    """
    aims = sorted(goals, key=lambda goal: (goal.competency, goal.level))
    courses = {offer.course: offer for offer in sorted(offers, key=lambda row: row.course)}
    rules = sorted(set(gives), key=lambda row: (row.course, row.competency, row.level))
    require_sense(goals, offers, rules, hours_per_week)

    open_aims = [goal for goal in aims if goal.level > levels.get(goal.competency, 0)]
    wanted = {goal.competency for goal in open_aims}
    courses = begun_some_day(courses)
    rules = [row for row in rules if row.course in courses and row.competency in wanted]
    reach = reached(levels, rules, courses)
    ends = {goal.competency: min(goal.level, reach.get(goal.competency, 0)) for goal in open_aims}
    chosen, is_proven = choose_courses(levels, ends, courses, rules, seconds)
    musts = {goal.competency for goal in open_aims if goal.is_must}
    order = in_order(chosen, courses, rules, levels, musts)
    calendar = calendar_of(
        [(key, courses[key].minutes) for key in order],
        hours_per_week=hours_per_week,
        starts_on=starts_on,
        before=before,
    )
    return LearningPlan(
        steps=tuple(steps_of(order, courses, rules, levels, musts, calendar)),
        met=tuple(goal for goal in aims if goal not in open_aims),
        left=tuple(
            Left(goal, reached=max(levels.get(goal.competency, 0), ends[goal.competency]))
            for goal in open_aims
            if ends[goal.competency] < goal.level
        ),
        minutes=sum(courses[key].minutes for key in order),
        is_proven=is_proven,
        ends_on=calendar.ends_on,
        is_in_time=calendar.is_in_time,
        hours_needed=calendar.hours_needed,
        weeks=calendar.weeks,
    )
