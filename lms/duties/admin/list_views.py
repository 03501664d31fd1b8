"""Who stands where: every assignment of the office, narrowed, sorted, and as a file."""

from dataclasses import replace
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.functional import cached_property
from django.views.generic import View

from lms.access.services import log_record_views
from lms.duties.admin.desk_views import PER_PAGE, TITLE, DeskPage, HrOnly
from lms.duties.admin.forms import FilterForm, assignment_filters
from lms.duties.files import FORMATS
from lms.oversight.assignments import (
    ANY,
    CURRENT,
    SORTS,
    STATES,
    AssignmentFilters,
    assignments_visible_to,
    counts_by_state,
    described_assignments,
    described_in_batches,
    filter_choices,
)
from lms.oversight.texts import reason_text

LISTED = "duties"
EXPORTED = "duties.file"


class Narrowed(HrOnly):
    """A view of the assignments that the address asks for."""

    @cached_property
    def wanted(self) -> AssignmentFilters:
        return assignment_filters(self.request.GET)

    @cached_property
    def rows(self) -> Any:
        return assignments_visible_to(self.request.user, self.today, self.wanted)


def chosen_ids(view: Narrowed) -> list[int]:
    """The assignments that a form of the list names: those ticked, or all that it leaves."""
    sent = view.request.POST
    if "ids" in sent:
        picked = [text for text in sent["ids"].split(",") if text.isdecimal()]
    elif sent.get("scope") == "all":
        return list(view.rows.values_list("pk", flat=True))
    else:
        picked = [text for text in sent.getlist("row") if text.isdecimal()]
    seen = assignments_visible_to(view.request.user, view.today, AssignmentFilters(ANY))
    return list(seen.filter(pk__in=picked).values_list("pk", flat=True))


class DutyList(Narrowed, DeskPage):
    page_title = TITLE
    template_name = "lms_core/duties/index.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        wanted, user = self.wanted, self.request.user
        every = assignments_visible_to(user, self.today, replace(wanted, state=ANY))
        counts = counts_by_state(every, self.today, wanted.within)
        page = Paginator(self.rows, PER_PAGE).get_page(self.request.GET.get("p"))
        listed = described_assignments(page.object_list, self.today)
        log_record_views(
            viewer=user, subject_ids=[row.assignment.employee_id for row in listed], what=LISTED
        )
        return super().get_context_data(
            form=FilterForm(wanted, filter_choices()),
            states=[
                (name, title, counts[name], self._address(state=name), name == wanted.state)
                for name, title in STATES.items()
            ],
            page=page,
            listed=[
                {"row": row, "state": STATES[row.state], "reason": reason_text(row)}
                for row in listed
            ],
            sorts={name: self._sorted_by(name) for name in SORTS},
            formats=FORMATS,
            is_narrowed=replace(wanted, state=CURRENT, sort="due") != AssignmentFilters(),
            **kwargs,
        )

    def _address(self, **changed: str) -> str:
        query = self.request.GET.copy()
        query.pop("p", None)
        for name, value in changed.items():
            query[name] = value
        return f"?{query.urlencode()}"

    def _sorted_by(self, name: str) -> dict[str, str]:
        """Where a click on the column's title leads, and how it is sorted now."""
        here = self.wanted.sort
        order = {name: "ascending", f"-{name}": "descending"}.get(here, "")
        return {"href": self._address(sort=f"-{name}" if here == name else name), "order": order}


class DutyFile(Narrowed, View):
    """Exactly the rows that the filters leave, in their order."""

    def get(self, request: HttpRequest, ending: str) -> HttpResponse:
        if ending not in FORMATS:
            raise Http404
        media_type, write = FORMATS[ending]
        rows = list(described_in_batches(self.rows, self.today))
        log_record_views(
            viewer=request.user,
            subject_ids=[row.assignment.employee_id for row in rows],
            what=EXPORTED,
        )
        name = f"duties-{self.today:%Y%m%d}.{ending}"
        return HttpResponse(
            write(rows),
            content_type=media_type,
            headers={"Content-Disposition": f'attachment; filename="{name}"'},
        )
