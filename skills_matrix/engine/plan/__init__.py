"""A learning plan: the fewest hours of courses that close somebody's gaps; pure, SciPy's HiGHS.

::

    problem.Goal, Offer, Gives + levels held
            │
            ├── choose.choose_courses ──► which courses: no others take fewer minutes
            ├── order.in_order ─────────► what is waited for first, then what presses
            └── calendar.calendar_of ───► days and weeks, whether the deadline is met

``plan.learning_plan`` names the whole way.
"""
