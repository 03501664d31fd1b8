from typing import Any, Final

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy
from rest_framework.request import Request
from rest_framework.response import Response

from api.schema import describe
from api.v1.projects.inputs import EntryParameters
from api.v1.projects.life_outputs import (
    BenefitsOut,
    ChainListsOut,
    ChainOut,
    ChainYearsOut,
    EntryOut,
)
from api.views import ApiView, ListView
from lms.people.calendar import office_today
from skills_matrix.projects.access import may_lead, parts_by_project, projects_visible_to
from skills_matrix.projects.ledger import Sums, measurements_due, sums_of
from skills_matrix.projects.ledger_entries import entries_of
from skills_matrix.projects.models import Project
from skills_matrix.projects.selectors import projects_listed
from skills_matrix.reports.value_chain import (
    value_chain,
    value_chain_by_year,
    value_chain_lists,
)

NO_DEPARTMENT: Final = "-"


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
        sums = sums_of(_visible(request.user))
        late = measurements_due(office_today())
        parts = parts_by_project(request.user, [row.project for row in late])
        due = [row for row in late if may_lead(parts[row.project.pk])]
        return Response(BenefitsOut(_sums(sums) | {"due": due}).data)


class EntriesView(ListView):
    scopes = {"GET": "projects:read"}
    parameters = {"GET": EntryParameters}

    @describe(
        operation_id="listBenefitEntries",
        tags=["projects"],
        summary=gettext_lazy("The entries behind a sum of the ledger"),
        responses=EntryOut(many=True),
    )
    def get(self, request: Request) -> Response:
        """One for each project, with its two figures; forecasts and measurements apart."""
        rows = _visible(request.user)
        if self.asked["measure"]:
            rows = rows.filter(measure=self.asked["measure"])
        if self.asked["department"] == NO_DEPARTMENT:
            rows = rows.filter(department=None)
        elif self.asked["department"]:
            rows = rows.filter(department__key=self.asked["department"])
        entries = entries_of(
            rows,
            is_forecast=self.asked["kind"] == "forecast",
            fiscal_year=self.asked.get("fiscal_year"),
        )
        return self.page_of(entries, EntryOut)


class ChainListsView(ApiView):
    scopes = {"GET": "projects:read"}

    @describe(
        operation_id="getValueChainLists",
        tags=["projects"],
        summary=gettext_lazy("What the chain of a fiscal year counts"),
        responses=ChainListsOut,
    )
    def get(self, request: Request, fiscal_year: int) -> Response:
        """Courses, skills and projects, without names; numbers of few people are not told."""
        found = value_chain_lists(viewer=request.user, fiscal_year=fiscal_year)
        return Response(ChainListsOut(found).data)


def _visible(viewer: Any) -> QuerySet[Project]:
    return projects_listed().filter(pk__in=projects_visible_to(viewer).order_by().values("pk"))


def _sums(sums: Sums) -> dict[str, Any]:
    return {
        "measured": sums.measured,
        "forecast": sums.forecast,
        "by_measure": [
            {"measure": key, "measured": pair.measured, "forecast": pair.forecast}
            for key, pair in sums.by_measure.items()
        ],
        "by_department": [
            {"department": key, "measured": pair.measured, "forecast": pair.forecast}
            for key, pair in sums.by_department.items()
        ],
        "by_year": [{"fiscal_year": year, "total": total} for year, total in sums.by_year.items()],
    }
