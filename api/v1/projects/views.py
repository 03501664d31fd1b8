from django.utils.translation import gettext_lazy
from rest_framework.request import Request
from rest_framework.response import Response

from api.schema import describe
from api.v1.projects.inputs import (
    CopyIn,
    ProjectIn,
    ProjectMoveIn,
    ProjectParameters,
    ProposalIn,
    SimilarParameters,
    projects_asked,
)
from api.v1.projects.outputs import ProjectOut, ProjectRow, SimilarProjectOut
from api.v1.projects.shown import project_seen_by, shown
from api.views import ApiView, ListView
from skills_matrix.projects.access import projects_visible_to
from skills_matrix.projects.models import Project
from skills_matrix.projects.proposals import ProposedWork, propose_with_work, similar_projects
from skills_matrix.projects.selectors import projects_listed
from skills_matrix.projects.services import (
    begin_from_template,
    move_project,
    propose_project,
    set_project,
    undo_step,
)


class ProjectsView(ListView):
    scopes = {"GET": "projects:read", "POST": "projects:write"}
    parameters = {"GET": ProjectParameters}

    @describe(
        operation_id="listProjects",
        tags=["projects"],
        summary=gettext_lazy("DX projects"),
        responses=ProjectRow(many=True),
    )
    def get(self, request: Request) -> Response:
        """Templates and projects of the office; proposals only for whoever has a part in them."""
        visible = projects_visible_to(request.user).order_by().values("pk")
        rows = projects_listed().filter(pk__in=visible)
        return self.page_of(projects_asked(rows, self.asked), ProjectRow)

    @describe(
        operation_id="proposeProject",
        tags=["projects"],
        summary=gettext_lazy("Propose a project"),
        request=ProposalIn,
        responses={201: ProjectOut},
    )
    def post(self, request: Request) -> Response:
        """The head of the section and the DX office assess it."""
        said = ProposalIn(data=request.data)
        said.is_valid(raise_exception=True)
        work = said.validated_data.pop("work", None)
        needs = said.needs_given() or ()
        project = said.applied_to(Project())
        if work is None:
            propose_project(project=project, needs=needs, employee=self.employee, by=request.user)
        else:
            propose_with_work(
                project=project,
                needs=needs,
                work=ProposedWork(**work),
                employee=self.employee,
                by=request.user,
            )
        return Response(ProjectOut(shown(request.user, project)).data, status=201)


class SimilarView(ApiView):
    scopes = {"GET": "projects:read"}
    parameters = {"GET": SimilarParameters}

    @describe(
        operation_id="listSimilarProjects",
        tags=["projects"],
        summary=gettext_lazy("Projects like an idea"),
        responses=SimilarProjectOut(many=True),
    )
    def get(self, request: Request) -> Response:
        """At most five that I may see, the most alike first; asked for while I describe mine."""
        found = similar_projects(request.user, self.asked["text"])
        return Response(SimilarProjectOut(found, many=True).data)


class ProjectView(ApiView):
    scopes = {"GET": "projects:read", "PATCH": "projects:write"}

    @describe(
        operation_id="getProject",
        tags=["projects"],
        summary=gettext_lazy("One project"),
        responses=ProjectOut,
    )
    def get(self, request: Request, key: str) -> Response:
        """The skills it needs, those it cannot do without first, and the steps open to me."""
        return Response(ProjectOut(shown(request.user, project_seen_by(request.user, key))).data)

    @describe(
        operation_id="changeProject",
        tags=["projects"],
        summary=gettext_lazy("Change a project"),
        request=ProjectIn(partial=True),
        responses=ProjectOut,
    )
    def patch(self, request: Request, key: str) -> Response:
        """The DX office, and the proposer until it is assessed. Not its status."""
        project = project_seen_by(request.user, key)
        said = ProjectIn(data=request.data, partial=True)
        said.is_valid(raise_exception=True)
        set_project(project=said.applied_to(project), needs=said.needs_given(), by=request.user)
        return Response(ProjectOut(shown(request.user, project_seen_by(request.user, key))).data)


class MovesView(ApiView):
    scopes = {"POST": "projects:write"}

    @describe(
        operation_id="moveProject",
        tags=["projects"],
        summary=gettext_lazy("Take a step with a project"),
        request=ProjectMoveIn,
        responses=ProjectOut,
    )
    def post(self, request: Request, key: str) -> Response:
        """One of its `next_steps`; refused with what is still missing."""
        said = ProjectMoveIn(data=request.data)
        said.is_valid(raise_exception=True)
        project = project_seen_by(request.user, key)
        move_project(project=project, by=request.user, **said.validated_data)
        return Response(ProjectOut(shown(request.user, project)).data)


class UndoView(ApiView):
    scopes = {"POST": "projects:write"}

    @describe(
        operation_id="undoProjectMove",
        tags=["projects"],
        summary=gettext_lazy("Take the last step back"),
        request=None,
        responses=ProjectOut,
    )
    def post(self, request: Request, key: str) -> Response:
        """On the day it was taken, and as long as nothing was built on it. The log keeps it."""
        project = project_seen_by(request.user, key)
        undo_step(project=project, by=request.user)
        return Response(ProjectOut(shown(request.user, project)).data)


class CopiesView(ApiView):
    scopes = {"POST": "projects:write"}

    @describe(
        operation_id="beginFromTemplate",
        tags=["projects"],
        summary=gettext_lazy("Begin a project from a template"),
        request=CopyIn,
        responses={201: ProjectOut},
    )
    def post(self, request: Request, key: str) -> Response:
        """For the DX office: a proposal with the template's words and needs."""
        said = CopyIn(data=request.data)
        said.is_valid(raise_exception=True)
        project = begin_from_template(
            template=project_seen_by(request.user, key),
            key=said.validated_data.get("key", ""),
            by=request.user,
        )
        return Response(ProjectOut(shown(request.user, project)).data, status=201)
