"""HR says which work the office has and what it takes."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.viewsets.base import ViewSet

from skills_matrix.admin.process_forms import BaseNeedFormSet, ProcessForm, need_forms
from skills_matrix.exceptions import ProcessRefused
from skills_matrix.processes.access import may_manage_processes
from skills_matrix.processes.models import BusinessProcess
from skills_matrix.processes.selectors import needs_listed, processes_listed
from skills_matrix.processes.services import delete_process, set_process

NAMESPACE = "lms_skills_processes"
INDEX, EDIT = f"{NAMESPACE}:index", f"{NAMESPACE}:edit"
TITLE = gettext_lazy("business processes")
ICON = "clipboard-list"


class ProcessPage(WagtailAdminTemplateMixin, TemplateView):
    """For HR; Wagtail says so to everybody else."""

    page_title = TITLE
    header_icon = ICON
    request: HttpRequest
    kwargs: dict[str, Any]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not may_manage_processes(request.user):
            raise PermissionDenied
        response: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        return response


class ProcessList(ProcessPage):
    template_name = "lms_skills/processes/index.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(processes=processes_listed(), **kwargs)


class ProcessEdit(ProcessPage):
    """One process, or without an id a new one. `delete` takes it away."""

    template_name = "lms_skills/processes/edit.html"

    @cached_property
    def process(self) -> BusinessProcess | None:
        pk = self.kwargs.get("pk")
        return get_object_or_404(processes_listed(), pk=pk) if pk else None

    def get_page_subtitle(self) -> str:
        return str(self.process) if self.process else _("New business process")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kwargs.setdefault("form", ProcessForm(process=self.process))
        kwargs.setdefault("forms", self._need_forms())
        return super().get_context_data(process=self.process, **kwargs)

    def _need_forms(self, data: Any = None) -> BaseNeedFormSet:
        needs = needs_listed(self.process) if self.process else ()
        return need_forms(needs=needs, data=data)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        if "delete" in request.POST and self.process:
            title = self.process.title
            delete_process(process=self.process, by=request.user)
            messages.success(request, _("“%(title)s” is deleted.") % {"title": title})
            return redirect(INDEX)
        form, forms = (
            ProcessForm(request.POST, process=self.process),
            self._need_forms(request.POST),
        )
        if form.is_valid() and forms.is_valid():
            try:
                saved = set_process(
                    process=form.process(self.process), needs=forms.needs(), by=request.user
                )
            except ProcessRefused as refused:
                field = refused.place if refused.place in form.fields else None
                form.add_error(field, refused.message)
            else:
                messages.success(request, _("The business process is saved."))
                return redirect(EDIT, saved.pk)
        messages.error(request, _("Nothing was saved. See the faults beside the fields."))
        context = self.get_context_data(form=form, forms=forms)
        return self.render_to_response(context)


class ProcessMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return may_manage_processes(request.user)


class ProcessViewSet(ViewSet):
    name = NAMESPACE
    url_prefix = "processes"
    icon = ICON
    menu_label = TITLE
    menu_order = 507
    menu_item_class = ProcessMenuItem
    add_to_admin_menu = True

    def get_urlpatterns(self) -> list[URLPattern]:
        view = self.construct_view
        return [
            path("", view(ProcessList), name="index"),
            path("new/", view(ProcessEdit), name="add"),
            path("<int:pk>/", view(ProcessEdit), name="edit"),
        ]
