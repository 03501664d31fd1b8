"""Who works where on a day, and who may see whom."""

from datetime import date

from django.contrib.auth.models import AbstractUser, AnonymousUser
from django.db.models import Prefetch, Q, QuerySet

from lms.people.models import Department, Employee, Posting, Role

Viewer = AbstractUser | AnonymousUser

VIEW_ALL_EMPLOYEES = "lms_core.view_all_employees"


def employees_visible_to(viewer: Viewer) -> QuerySet[Employee]:
    """The people somebody may look up: everybody with the permission, else only oneself."""
    if viewer.has_perm(VIEW_ALL_EMPLOYEES):
        return Employee.objects.all()
    return _employees_of(viewer)


def employee_of(user: Viewer) -> Employee | None:
    """The person an account belongs to; None for outside authors, machines and strangers."""
    employee: Employee | None = getattr(user, "employee", None)
    return employee if user.is_active else None


def postings_on(on: date) -> QuerySet[Posting]:
    """Every posting that holds on that day, main and concurrent."""
    return Posting.objects.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=on), starts_on__lte=on)


def main_posting_on(employee: Employee, on: date) -> Posting | None:
    """The person's main posting on that day; None = not yet or no longer employed."""
    return (
        postings_on(on)
        .filter(employee=employee, is_main=True)
        .select_related("department", "tier")
        .prefetch_related(Prefetch("roles", queryset=Role.objects.order_by("key")))
        .first()
    )


def department_subtree_ids(department: Department) -> set[int]:
    """Ids of the department and of everything below it, in one query."""
    children: dict[int | None, list[int]] = {}
    for pk, parent_id in Department.objects.order_by().values_list("pk", "parent_id"):
        children.setdefault(parent_id, []).append(pk)
    found: set[int] = set()
    waiting = [department.pk]
    while waiting:
        pk = waiting.pop()
        if pk not in found:
            found.add(pk)
            waiting.extend(children.get(pk, ()))
    return found


def department_paths() -> dict[int, tuple[Department, ...]]:
    """Every department's line from the top down to itself, by id, in one query.

    Example: `{7: (区民部, 国保年金課)}`.
    """
    departments = {row.pk: row for row in Department.objects.all()}
    return {pk: _line_to(row, departments) for pk, row in departments.items()}


def _line_to(row: Department, departments: dict[int, Department]) -> tuple[Department, ...]:
    line = [row]
    while (parent_id := line[-1].parent_id) is not None and len(line) <= len(departments):
        line.append(departments[parent_id])
    return tuple(reversed(line))


def _employees_of(user: Viewer) -> QuerySet[Employee]:
    # A stranger's pk is None, and filtering by None would find everybody without an account.
    if not user.is_active or user.pk is None:
        return Employee.objects.none()
    return Employee.objects.filter(user_id=user.pk)
