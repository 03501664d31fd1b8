from typing import Any

from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy
from rest_framework.request import Request
from rest_framework.response import Response

from api.schema import describe
from api.v1.people.outputs import Me
from api.views import ApiView
from lms.oversight.heads import may_oversee
from lms.people.calendar import office_today
from lms.people.models import Employee
from lms.people.selectors import department_paths, employee_of, main_posting_on
from skills_matrix.access import may_see_matrix
from skills_matrix.projects.access import may_run_projects


class MeView(ApiView):
    scopes = {"GET": "me:read"}

    @describe(
        operation_id="getMe",
        tags=["people"],
        summary=gettext_lazy("Who is signed in"),
        responses=Me,
    )
    def get(self, request: Request) -> Response:
        """The account, the employee behind it, and what they can do here."""
        user = request.user
        employee = employee_of(user)
        can_use_admin = user.has_perm("wagtailadmin.access_admin")
        return Response(
            Me(
                {
                    "user": {
                        "username": user.get_username(),
                        "display_name": _display_name(user, employee),
                    },
                    "employee": _person(employee) if employee else None,
                    "can": {
                        "learn": employee is not None,
                        "view_matrix": may_see_matrix(user),
                        "oversee": may_oversee(user, office_today()),
                        "run_projects": may_run_projects(user),
                        "use_admin": can_use_admin,
                    },
                    "admin_url": reverse("wagtailadmin_home") if can_use_admin else None,
                    "language": translation.get_language(),
                }
            ).data
        )


def _display_name(user: Any, employee: Employee | None) -> str:
    if employee is not None:
        return employee.name
    return str(user.get_full_name() or user.get_username())


def _person(employee: Employee) -> dict[str, Any]:
    posting = main_posting_on(employee, office_today())
    person: dict[str, Any] = {
        "staff_number": employee.staff_number,
        "name": employee.name,
        "kana": employee.kana,
        "department": None,
        "tier": None,
        "roles": [],
    }
    if posting is None:
        return person
    department = posting.department
    return person | {
        "department": {
            "key": department.key,
            "title": department.title,
            "path": [row.title for row in department_paths()[department.pk]],
        },
        "tier": posting.tier,
        "roles": posting.roles.all(),
    }
