"""What the pages of HR's desk have in common."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from lms.duties.access import may_manage_duties
from lms.people.calendar import office_today

NAMESPACE = "duties"
TITLE = gettext_lazy("Training duties")
ICON = "calendar-check"
PER_PAGE = 50

TABS = (
    ("index", gettext_lazy("Who stands where")),
    ("extensions", gettext_lazy("Extensions")),
    ("exemptions", gettext_lazy("Exemptions")),
    ("namings", gettext_lazy("People named for a course")),
)


def url(name: str, *args: Any) -> str:
    return reverse(f"{NAMESPACE}:{name}", args=args)


class HrOnly:
    """For HR; Wagtail says so to everybody else."""

    request: HttpRequest

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not may_manage_duties(request.user):
            raise PermissionDenied
        response: HttpResponseBase = super().dispatch(request, *args, **kwargs)  # type: ignore[misc]
        return response

    @cached_property
    def today(self) -> Any:
        return office_today()


class DeskPage(HrOnly, WagtailAdminTemplateMixin, TemplateView):
    """A page under one of TABS."""

    tab = "index"
    header_icon = ICON

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        items = [*self.breadcrumbs_items, {"url": url("index"), "label": TITLE}]
        if self.page_title != TITLE:
            items.append({"url": "", "label": self.page_title})
        return items

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        query = self.request.GET.copy()
        query.pop("p", None)
        return super().get_context_data(
            tabs=[(url(name), title, name == self.tab) for name, title in TABS],
            query=query.urlencode(),
            today=self.today,
            **kwargs,
        )
