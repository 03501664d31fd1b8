from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response

from api.parameters import PageParameters
from api.schema import describe
from api.v1.teams.inputs import (
    ComparedParameters,
    TeamPeopleParameters,
    TeamRequestIn,
    choices_of,
)
from api.v1.teams.outputs import (
    ComparedTeamsOut,
    TeamChoicesOut,
    TeamPeopleOut,
    TeamRequestOut,
    TeamRequestRow,
    choices,
    composition,
    difference,
    person_at,
)
from api.views import ApiView, ListView
from lms.people.calendar import office_today
from skills_matrix.assessments.services import just_seen, log_skills_views
from skills_matrix.engine.teams.appraise import Appraisal
from skills_matrix.engine.teams.compare import compare
from skills_matrix.projects.access import require_run_projects
from skills_matrix.teams.models import TeamRequest
from skills_matrix.teams.selectors import (
    Found,
    merged_names,
    people_in,
    people_to_choose,
    requests_visible_to,
    teams_found,
)
from skills_matrix.teams.services import adopt_teams, ask_teams, undo_adoption


class TeamsView(ApiView):
    """An address of one composition."""

    def asked_for(self, uuid: UUID) -> TeamRequest:
        found = requests_visible_to(self.request.user).filter(uuid=uuid).first()
        if found is None:
            raise NotFound
        return found

    def shown(self, request: TeamRequest, status: int = 200) -> Response:
        found = teams_found(request)
        self.log(found)
        return Response(TeamRequestOut(composition(found)).data, status=status)

    def log(self, *founds: Found) -> None:
        subjects = {one for found in founds for one in people_in(found)}
        what = f"team:{founds[0].request.uuid}"
        if not founds[0].request.is_final:
            # Whoever waits for a better answer asks every second: that is one look.
            subjects -= just_seen(viewer=self.request.user, what=what)
        log_skills_views(viewer=self.request.user, subject_ids=sorted(subjects), what=what)


class TeamRequestsView(TeamsView, ListView):
    scopes = {"GET": "teams:read", "POST": "teams:write"}
    parameters = {"GET": PageParameters}

    @describe(
        operation_id="listTeamRequests",
        tags=["teams"],
        summary=gettext_lazy("Compositions of teams"),
        responses=TeamRequestRow(many=True),
    )
    def get(self, request: Request) -> Response:
        """For the DX office: what was asked for, newest first."""
        require_run_projects(request.user)
        return self.page_of(requests_visible_to(request.user), TeamRequestRow)

    @describe(
        operation_id="askTeams",
        tags=["teams"],
        summary=gettext_lazy("Have teams composed"),
        request=TeamRequestIn,
        responses={201: TeamRequestOut},
    )
    def post(self, request: Request) -> Response:
        """In the background: a first answer comes at once, a better one takes its place.

        Ask for the composition again until `is_final` is true.
        """
        said = TeamRequestIn(data=request.data)
        said.is_valid(raise_exception=True)
        asked: dict[str, Any] = dict(said.validated_data)
        made = ask_teams(
            by=request.user,
            projects=asked["projects"],
            rules=asked["rules"],
            pins=choices_of(asked["pins"]),
            forbids=choices_of(asked["forbids"]),
            seconds=asked["seconds"],
            earlier=None if asked["earlier"] is None else self.asked_for(asked["earlier"]),
            ways=[(way["impossible"], way["relaxation"]) for way in asked["ways"]],
        )
        return self.shown(made, status=201)


class TeamChoicesView(ApiView):
    scopes = {"GET": "teams:read"}

    @describe(
        operation_id="getTeamChoices",
        tags=["teams"],
        summary=gettext_lazy("What a composition may be asked for"),
        responses=TeamChoicesOut,
    )
    def get(self, request: Request) -> Response:
        """For the DX office: projects to staff, skills they need, and the rules as usual."""
        require_run_projects(request.user)
        return Response(TeamChoicesOut(choices(office_today())).data)


class TeamPeopleView(ApiView):
    scopes = {"GET": "teams:read"}
    parameters = {"GET": TeamPeopleParameters}

    @describe(
        operation_id="findTeamPeople",
        tags=["teams"],
        summary=gettext_lazy("People by name, to put them into a team"),
        responses=TeamPeopleOut,
    )
    def get(self, request: Request) -> Response:
        """For the DX office. By name, kana or staff number; no skills are shown."""
        found, is_cut = people_to_choose(
            viewer=request.user, search=self.asked["search"], on=office_today()
        )
        people = [person_at(posting) for posting in found]
        return Response(TeamPeopleOut({"people": people, "is_cut": is_cut}).data)


class TeamRequestView(TeamsView):
    scopes = {"GET": "teams:read"}

    @describe(
        operation_id="getTeamRequest",
        tags=["teams"],
        summary=gettext_lazy("One composition of teams"),
        responses=TeamRequestOut,
    )
    def get(self, request: Request, uuid: UUID) -> Response:
        """The teams as found so far, how good they are, or which rule makes them impossible."""
        return self.shown(self.asked_for(uuid))


class TeamAdoptionView(TeamsView):
    scopes = {"PUT": "teams:write", "DELETE": "teams:write"}

    @describe(
        operation_id="adoptTeams",
        tags=["teams"],
        summary=gettext_lazy("Adopt the teams"),
        request=None,
        responses=TeamRequestOut,
    )
    def put(self, request: Request, uuid: UUID) -> Response:
        """Write all of them into their projects, or none."""
        asked = self.asked_for(uuid)
        adopt_teams(request=asked, by=request.user)
        return self.shown(self.asked_for(uuid))

    @describe(
        operation_id="undoTeamAdoption",
        tags=["teams"],
        summary=gettext_lazy("Take the adoption of the teams back"),
        responses={200: TeamRequestOut},
    )
    def delete(self, request: Request, uuid: UUID) -> Response:
        """As long as no member has left or was confirmed."""
        asked = self.asked_for(uuid)
        undo_adoption(request=asked, by=request.user)
        return self.shown(self.asked_for(uuid))


class ComparedTeamsView(TeamsView):
    scopes = {"GET": "teams:read"}
    parameters = {"GET": ComparedParameters}

    @describe(
        operation_id="compareTeams",
        tags=["teams"],
        summary=gettext_lazy("Two compositions side by side"),
        responses=ComparedTeamsOut,
    )
    def get(self, request: Request, uuid: UUID) -> Response:
        """Who differs, points, needs covered, lessons and hours, project by project."""
        first = teams_found(self.asked_for(uuid))
        second = teams_found(self.asked_for(self.asked["other"]))
        self.log(first, second)
        none = Appraisal(0, (), ())
        rows = compare(first.appraisal or none, second.appraisal or none)
        names = merged_names(first.names, second.names)
        return Response(
            ComparedTeamsOut({"projects": [difference(row, names) for row in rows]}).data
        )
