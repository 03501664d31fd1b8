from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response

from api.parameters import PageParameters
from api.schema import describe
from api.v1.paths.outputs import PathOut, PathRow
from api.views import ApiView, ListView
from lms.enrolment.paths.selectors import paths_of
from lms.people.calendar import office_today


class PathsView(ListView):
    scopes = {"GET": "learning:read"}
    parameters = {"GET": PageParameters}

    @describe(
        operation_id="listPaths",
        tags=["learning"],
        summary=gettext_lazy("My learning paths"),
        responses=PathRow(many=True),
    )
    def get(self, request: Request) -> Response:
        """Paths that lead through a course of mine, and how far I am on each."""
        return self.page_of(paths_of(self.employee, office_today()), PathRow)


class PathView(ApiView):
    scopes = {"GET": "learning:read"}

    @describe(
        operation_id="getPath",
        tags=["learning"],
        summary=gettext_lazy("One learning path"),
        responses=PathOut,
    )
    def get(self, request: Request, key: str) -> Response:
        """Its courses as a graph: how I stand to each, and which is to be finished before which."""
        paths = paths_of(self.employee, office_today())
        path = next((row for row in paths if row.path.key == key), None)
        if path is None:
            raise NotFound(_("There is no such learning path."))
        return Response(PathOut(path).data)
