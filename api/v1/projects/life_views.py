from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy
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
from api.v1.projects.life_outputs import (
    BenefitsOut,
    ChainOut,
    ChainYearsOut,
    LedgerOut,
    TeamOut,
)
from api.v1.projects.shown import project_seen_by, team
from api.views import ApiView
from lms.people.calendar import office_today
from skills_matrix.engine.benefits import Total
from skills_matrix.projects.access import may_lead, may_see_team, parts_of, projects_visible_to
from skills_matrix.projects.ledger import (
    Sums,
    benefits_of,
    ledger_of,
    measurements_due,
    phases_recorded_by,
    sums_of,
)
from skills_matrix.projects.ledger_services import record_figure
from skills_matrix.projects.models import Project, ProjectMember
from skills_matrix.projects.selectors import projects_listed
from skills_matrix.projects.team_services import (
    add_member,
    confirm_member,
    end_membership,
    withdraw_confirmation,
)
from skills_matrix.reports.value_chain import value_chain, value_chain_by_year


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


class MemberView(ApiView):
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
        project = project_seen_by(request.user, key)
        said = MemberEndIn(data=request.data)
        said.is_valid(raise_exception=True)
        member = _member(request.user, project, staff_number)
        end_membership(member=member, by=request.user, **said.validated_data)
        return Response(TeamOut(team(request.user, project)).data)


class ConfirmationView(ApiView):
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
        project = project_seen_by(request.user, key)
        said = ConfirmationIn(data=request.data)
        said.is_valid(raise_exception=True)
        member = _member(request.user, project, staff_number)
        confirm_member(member=member, by=request.user, **said.validated_data)
        return Response(TeamOut(team(request.user, project)).data)


class WithdrawalView(ApiView):
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
        project = project_seen_by(request.user, key)
        said = WithdrawalIn(data=request.data)
        said.is_valid(raise_exception=True)
        member = _member(request.user, project, staff_number)
        withdraw_confirmation(member=member, by=request.user, **said.validated_data)
        return Response(TeamOut(team(request.user, project)).data)


class ChainView(ApiView):
    scopes = {"GET": "projects:read"}

    @describe(
        operation_id="getValueChain",
        tags=["projects"],
        summary=gettext_lazy("From courses to hours saved"),
        responses=ChainOut,
    )
    def get(self, request: Request, key: str) -> Response:
        """Evidence of the members whose skills I may see; looks at it are logged."""
        return Response(ChainOut(value_chain(viewer=request.user, key=key)).data)


class ChainYearsView(ApiView):
    scopes = {"GET": "projects:read"}

    @describe(
        operation_id="listValueChainYears",
        tags=["projects"],
        summary=gettext_lazy("From courses to hours saved, by fiscal year"),
        responses=ChainYearsOut,
    )
    def get(self, request: Request) -> Response:
        """The whole office without names, for the DX office and HR."""
        return Response(ChainYearsOut({"years": value_chain_by_year(viewer=request.user)}).data)


class BenefitsView(ApiView):
    scopes = {"GET": "projects:read"}

    @describe(
        operation_id="getBenefits",
        tags=["projects"],
        summary=gettext_lazy("What the projects save"),
        responses=BenefitsOut,
    )
    def get(self, request: Request) -> Response:
        """Hours and yen a year, by measure, department and fiscal year, of projects I may see."""
        visible = projects_visible_to(request.user).order_by().values("pk")
        sums = sums_of(projects_listed().filter(pk__in=visible))
        due = [
            row
            for row in measurements_due(office_today())
            if may_lead(parts_of(request.user, row.project))
        ]
        return Response(BenefitsOut(_sums(sums) | {"due": due}).data)


def _sums(sums: Sums) -> dict[str, Any]:
    named: dict[str, tuple[str, Mapping[Any, Total]]] = {
        "by_measure": ("measure", sums.by_measure),
        "by_department": ("department", sums.by_department),
        "by_year": ("fiscal_year", sums.by_year),
    }
    return {
        "measured": sums.measured,
        "forecast": sums.forecast,
        **{
            name: [{of: key, "total": total} for key, total in groups.items()]
            for name, (of, groups) in named.items()
        },
    }


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
