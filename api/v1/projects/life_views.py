from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext_lazy
from rest_framework import serializers
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response

from api.schema import describe
from api.v1.projects.inputs import (
    ConfirmationIn,
    FigureIn,
    MemberEndIn,
    ProjectMemberIn,
    WithdrawalIn,
    person_named,
)
from api.v1.projects.life_outputs import LedgerOut, TeamOut
from api.v1.projects.shown import project_seen_by, team
from api.views import ApiView
from skills_matrix.projects.access import may_see_team, parts_of
from skills_matrix.projects.ledger import benefits_of, ledger_of, phases_recorded_by
from skills_matrix.projects.ledger_services import record_figure
from skills_matrix.projects.models import Project, ProjectMember
from skills_matrix.projects.team_services import (
    add_member,
    confirm_member,
    end_membership,
    withdraw_confirmation,
)


class LedgerView(ApiView):
    scopes = {"GET": "projects:read", "POST": "projects:write"}

    @describe(
        operation_id="getLedger",
        tags=["projects"],
        summary=gettext_lazy("Figures of a project"),
        responses=LedgerOut,
    )
    def get(self, request: Request, key: str) -> Response:
        """Every row as it was written, and the saving that follows."""
        return Response(_ledger(request.user, project_seen_by(request.user, key)))

    @describe(
        operation_id="recordFigure",
        tags=["projects"],
        summary=gettext_lazy("Record a figure of a project"),
        request=FigureIn,
        responses={201: LedgerOut},
    )
    def post(self, request: Request, key: str) -> Response:
        """Nothing is overwritten: where the phase has a figure, this is its correction."""
        project = project_seen_by(request.user, key)
        said = FigureIn(data=request.data)
        said.is_valid(raise_exception=True)
        record_figure(figure=said.figure(project, request.user), by=request.user)
        return Response(_ledger(request.user, project), status=201)


class TeamView(ApiView):
    scopes = {"GET": "projects:read", "POST": "projects:write"}

    @describe(
        operation_id="getTeam",
        tags=["projects"],
        summary=gettext_lazy("Who is in a project"),
        responses=TeamOut,
    )
    def get(self, request: Request, key: str) -> Response:
        """Names are for the team and for whoever looks after it."""
        return Response(TeamOut(team(request.user, project_seen_by(request.user, key))).data)

    @describe(
        operation_id="addMember",
        tags=["projects"],
        summary=gettext_lazy("Take somebody into a project"),
        request=ProjectMemberIn,
        responses={201: TeamOut},
    )
    def post(self, request: Request, key: str) -> Response:
        """By the lead or the DX office, into a project that is approved or running."""
        project = project_seen_by(request.user, key)
        said = ProjectMemberIn(data=request.data)
        said.is_valid(raise_exception=True)
        values = dict(said.validated_data)
        person = person_named(project, request.user, values.pop("staff_number"), "staff_number")
        add_member(project=project, employee=person, by=request.user, **values)
        return Response(TeamOut(team(request.user, project)).data, status=201)


class OneMemberView(ApiView):
    """What is said of one member; the answer is the team as it is then."""

    def team_after(
        self,
        request: Request,
        key: str,
        staff_number: str,
        said: serializers.Serializer[Any],
        write: Callable[..., ProjectMember],
    ) -> Response:
        project = project_seen_by(request.user, key)
        said.is_valid(raise_exception=True)
        member = _member(request.user, project, staff_number)
        write(member=member, by=request.user, **said.validated_data)
        return Response(TeamOut(team(request.user, project)).data)


class MemberView(OneMemberView):
    scopes = {"PATCH": "projects:write"}

    @describe(
        operation_id="endMembership",
        tags=["projects"],
        summary=gettext_lazy("Note that a member has left"),
        request=MemberEndIn,
        responses=TeamOut,
    )
    def patch(self, request: Request, key: str, staff_number: str) -> Response:
        """The stretch of work stays in the project's record."""
        said = MemberEndIn(data=request.data)
        return self.team_after(request, key, staff_number, said, end_membership)


class ConfirmationView(OneMemberView):
    scopes = {"PUT": "projects:write"}

    @describe(
        operation_id="confirmMember",
        tags=["projects"],
        summary=gettext_lazy("Confirm a member's work"),
        request=ConfirmationIn,
        responses=TeamOut,
    )
    def put(self, request: Request, key: str, staff_number: str) -> Response:
        """The levels become evidence as sure as a project's outcome. Not one's own work."""
        said = ConfirmationIn(data=request.data)
        return self.team_after(request, key, staff_number, said, confirm_member)


class WithdrawalView(OneMemberView):
    scopes = {"POST": "projects:write"}

    @describe(
        operation_id="withdrawConfirmation",
        tags=["projects"],
        summary=gettext_lazy("Take a confirmation back"),
        request=WithdrawalIn,
        responses=TeamOut,
    )
    def post(self, request: Request, key: str, staff_number: str) -> Response:
        """Its evidence goes with it; the log keeps both, with the reason."""
        said = WithdrawalIn(data=request.data)
        return self.team_after(request, key, staff_number, said, withdraw_confirmation)


def _ledger(viewer: Any, project: Project) -> dict[str, Any]:
    body: dict[str, Any] = LedgerOut(
        {
            "benefit": benefits_of([project])[project.pk],
            "figures": ledger_of(project),
            "may_record": phases_recorded_by(viewer, project),
        },
        context={"names_people": may_see_team(viewer, parts_of(viewer, project), project)},
    ).data
    return body


def _member(viewer: Any, project: Project, staff_number: str) -> ProjectMember:
    """The person's last stretch in the project. Raises NotFound: there is none, or not for you."""
    rows = project.members.filter(employee__staff_number=staff_number).select_related("employee")
    member = rows.order_by("joined_on", "pk").last()
    if member is None or not may_see_team(viewer, parts_of(viewer, project), project):
        raise NotFound
    return member
