"""Who heads a department on a day, and whose learning somebody oversees. The only door to it."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from lms.conf import conf
from lms.people.models import Employee
from lms.people.selectors import (
    VIEW_ALL_EMPLOYEES,
    Viewer,
    department_paths,
    employee_of,
    employees_visible_to,
    postings_on,
)


@dataclass(frozen=True)
class Post:
    """One posting at a head's tier: all that decides who heads its department."""

    department_id: int
    employee_id: int
    is_main: bool
    rank: int


def heads_among(posts: Iterable[Post]) -> dict[int, set[int]]:
    """Department id -> ids of its heads. Pure.

    Main postings come before concurrent ones (a manager who helps elsewhere does not head that
    place, unless it has no head of its own), then the highest tier; equals head it together.
    """
    rivals: dict[int, list[Post]] = defaultdict(list)
    for post in posts:
        rivals[post.department_id].append(post)
    heads = {}
    for department_id, found in rivals.items():
        best = max((post.is_main, post.rank) for post in found)
        heads[department_id] = {
            post.employee_id for post in found if (post.is_main, post.rank) == best
        }
    return heads


def department_heads(on: date) -> dict[int, set[int]]:
    """Department id -> ids of its heads on that day; absent = it has none. One query."""
    rows = (
        postings_on(on)
        .filter(tier__key__in=conf.HEAD_TIERS)
        .order_by()
        .values_list("department_id", "employee_id", "is_main", "tier__rank")
    )
    return heads_among(Post(*row) for row in rows)


def heads_of_staff(on: date) -> dict[int, set[int]]:
    """Employee id -> ids of the nearest heads above them that are not themselves; three queries.

    Absent = nobody heads any department on the line of their main posting.
    """
    heads = department_heads(on)
    lines = {pk: [row.pk for row in reversed(path)] for pk, path in department_paths().items()}
    mains = postings_on(on).filter(is_main=True).order_by()
    found = {}
    for employee_id, department_id in mains.values_list("employee_id", "department_id"):
        above = (heads.get(pk, set()) - {employee_id} for pk in lines[department_id])
        nearest = next(filter(None, above), None)
        if nearest:
            found[employee_id] = nearest
    return found


def sees_whole_office(viewer: Viewer) -> bool:
    """HR, and whoever else the office gave the permission."""
    return bool(viewer.has_perm(VIEW_ALL_EMPLOYEES))


def departments_headed_by(viewer: Viewer, on: date) -> set[int]:
    """Ids of the departments the viewer heads that day, and of all below them."""
    employee = employee_of(viewer)
    if employee is None:
        return set()
    led = {pk for pk, heads in department_heads(on).items() if employee.pk in heads}
    return {
        pk for pk, path in department_paths().items() if led.intersection(row.pk for row in path)
    }


def staff_headed_by(viewer: Viewer, on: date) -> QuerySet[Employee]:
    """Whoever has a main posting that day in a department the viewer heads; not the viewer."""
    mains = postings_on(on).filter(
        is_main=True, department_id__in=departments_headed_by(viewer, on)
    )
    own = employee_of(viewer)
    staff = Employee.objects.filter(pk__in=mains.order_by().values("employee_id"))
    return staff.exclude(pk=own.pk) if own else staff


def departments_overseen_by(viewer: Viewer, on: date) -> set[int]:
    """Ids of the departments the viewer heads and of all below them. HR: every department."""
    if sees_whole_office(viewer):
        return set(department_paths())
    return departments_headed_by(viewer, on)


def may_oversee(viewer: Viewer, on: date) -> bool:
    """Whether the viewer has anybody's learning to look after that day."""
    return bool(departments_overseen_by(viewer, on))


def staff_overseen_by(viewer: Viewer, on: date) -> QuerySet[Employee]:
    """Whose learning the viewer may see and may remind: a head's section, for HR everybody.

    A person belongs to the department of their main posting that day, and to no other; nobody
    oversees themselves, except that HR sees all.
    """
    if sees_whole_office(viewer):
        return employees_visible_to(viewer)
    return staff_headed_by(viewer, on)
