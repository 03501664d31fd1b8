from django.utils import timezone
from django.utils.translation import gettext_lazy
from rest_framework.request import Request
from rest_framework.response import Response

from api.schema import describe
from api.v1.plans.inputs import PlanParameters, plan_asked
from api.v1.plans.outputs import PlanChoicesOut, PlanOut
from api.views import ApiView
from lms.people.calendar import office_today
from skills_matrix.projects.access import projects_visible_to
from skills_matrix.reports.plan import (
    person_plan,
    plan_of_other,
    plannable_projects,
    plannable_roles,
)


class PlanChoicesView(ApiView):
    scopes = {"GET": "skills:read"}

    @describe(
        operation_id="listPlanChoices",
        tags=["skills"],
        summary=gettext_lazy("What one can plan learning for"),
        responses=PlanChoicesOut,
    )
    def get(self, request: Request) -> Response:
        """Projects that are not over and need skills, and roles that targets are set for."""
        return Response(
            PlanChoicesOut(
                {
                    "projects": plannable_projects(projects_visible_to(request.user)),
                    "roles": plannable_roles(office_today()),
                }
            ).data
        )


class MyPlanView(ApiView):
    scopes = {"GET": "skills:read"}
    parameters = {"GET": PlanParameters}

    @describe(
        operation_id="getMyPlan",
        tags=["skills"],
        summary=gettext_lazy("My learning plan"),
        responses=PlanOut,
    )
    def get(self, request: Request) -> Response:
        """For a project or a role: which courses, in which order and when, and what is left."""
        plan = person_plan(
            employee=self.employee, as_of=timezone.now(), **plan_asked(request.user, self.asked)
        )
        return Response(PlanOut(plan).data)


class PersonPlanView(ApiView):
    scopes = {"GET": "skills:read"}
    parameters = {"GET": PlanParameters}

    @describe(
        operation_id="getPersonPlan",
        tags=["skills"],
        summary=gettext_lazy("Somebody's learning plan"),
        responses=PlanOut,
    )
    def get(self, request: Request, staff_number: str) -> Response:
        """For heads of the section and HR; the look is logged."""
        plan = plan_of_other(
            viewer=request.user,
            staff_number=staff_number,
            as_of=timezone.now(),
            **plan_asked(request.user, self.asked),
        )
        return Response(PlanOut(plan).data)
