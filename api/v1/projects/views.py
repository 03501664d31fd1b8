from django.db.models import Prefetch
from django.utils import timezone
from django.utils.translation import gettext_lazy
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response

from api.parameters import PageParameters
from api.schema import describe
from api.v1.projects.inputs import ProjectParameters, projects_asked
from api.v1.projects.outputs import ProjectOut, ProjectRow, SuggestionOut
from api.views import ApiView, ListView
from skills_matrix.projects.models import ProjectNeed
from skills_matrix.projects.selectors import projects_listed
from skills_matrix.reports import suggestions


class ProjectsView(ListView):
    scopes = {"GET": "projects:read"}
    parameters = {"GET": ProjectParameters}

    @describe(
        operation_id="listProjects",
        tags=["projects"],
        summary=gettext_lazy("DX projects"),
        responses=ProjectRow(many=True),
    )
    def get(self, request: Request) -> Response:
        """Templates and projects of the office, with their figures."""
        return self.page_of(projects_asked(projects_listed(), self.asked), ProjectRow)


class ProjectView(ApiView):
    scopes = {"GET": "projects:read"}

    @describe(
        operation_id="getProject",
        tags=["projects"],
        summary=gettext_lazy("One project"),
        responses=ProjectOut,
    )
    def get(self, request: Request, key: str) -> Response:
        """The project and the skills it needs, those it cannot do without first."""
        needs = ProjectNeed.objects.select_related("competency").order_by(
            "-is_must", "-level", "competency__position"
        )
        project = (
            projects_listed().prefetch_related(Prefetch("needs", needs)).filter(key=key).first()
        )
        if project is None:
            raise NotFound
        return Response(ProjectOut(project).data)


class SuggestionsView(ListView):
    scopes = {"GET": "projects:read"}
    parameters = {"GET": PageParameters}

    @describe(
        operation_id="listMySuggestions",
        tags=["projects"],
        summary=gettext_lazy("Projects that suit me"),
        responses=SuggestionOut(many=True),
    )
    def get(self, request: Request) -> Response:
        """Best first; each says which needs I meet, which not yet, and what closes the gap."""
        page_size = self.asked["page_size"]
        found = suggestions(
            employee=self.employee,
            as_of=timezone.now(),
            limit=page_size,
            offset=(self.asked["page"] - 1) * page_size,
        )
        return self.envelope_of(found.rows, found.count, SuggestionOut)
