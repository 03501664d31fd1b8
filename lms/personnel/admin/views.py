"""HR hands in tomorrow's file, sees what it would do, applies it, and may undo it today."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView, View
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.log_actions import log

from lms.exceptions import ChangeRefused
from lms.jobs.admin.views import described
from lms.people.calendar import office_today
from lms.personnel.access import changes_visible_to, may_manage_personnel
from lms.personnel.admin.forms import UploadForm
from lms.personnel.effects import KINDS, Effect
from lms.personnel.models import PersonnelChange
from lms.personnel.reading import as_csv, chosen, columns, counts, shown, titles, training_counts
from lms.personnel.services import CHANGE_PAGE, request_apply, undo_change, upload_change

NAMESPACE = "personnel"
TITLE = gettext_lazy("Personnel changes")
ICON = "group"
VIEWED = "lms_core.personnel_viewed"
EXPORTED = "lms_core.personnel_exported"
PER_PAGE = 100
# A hook: `(change)` -> pairs of title and address that go on from the preview of a change.
LINKS = "register_personnel_links"


class HrOnly:
    """For HR; Wagtail says so to everybody else."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not may_manage_personnel(request.user):
            raise PermissionDenied
        response: HttpResponseBase = super().dispatch(request, *args, **kwargs)  # type: ignore[misc]
        return response


class OneChange(HrOnly):
    """A view of the change that the address names."""

    request: HttpRequest
    kwargs: dict[str, Any]

    @cached_property
    def change(self) -> PersonnelChange:
        return get_object_or_404(changes_visible_to(self.request.user), uuid=self.kwargs["uuid"])

    @property
    def chosen(self) -> list[Effect]:
        kind = self.request.GET.get("kind", "")
        return chosen(
            self.change.effects,
            kind=kind if kind in KINDS else "",
            text=self.request.GET.get("q", "").strip(),
        )


class Changes(HrOnly, WagtailAdminTemplateMixin, TemplateView):
    """What was handed in, latest first, and the form for the next file."""

    page_title = TITLE
    header_icon = ICON
    template_name = "lms_core/personnel/index.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = changes_visible_to(self.request.user).defer("file", "effects", "journal", "faults")
        kwargs.setdefault("form", UploadForm(today=office_today()))
        page = Paginator(rows, PER_PAGE).get_page(self.request.GET.get("p"))
        return super().get_context_data(page=page, **kwargs)

    def post(self, request: HttpRequest) -> HttpResponse:
        form = UploadForm(request.POST, request.FILES, today=office_today())
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form))
        values = form.cleaned_data
        change = upload_change(
            file=values["file"].read(),
            file_name=values["file"].name,
            effective_on=values["effective_on"],
            ignored_columns=values["ignored_columns"],
            by=request.user,
        )
        return redirect(CHANGE_PAGE, change.uuid)


class ChangeDetail(OneChange, WagtailAdminTemplateMixin, TemplateView):
    """The preview, and later what was done. With `?fragment` only how far the job is."""

    page_title = gettext_lazy("Personnel change")
    header_icon = ICON
    template_name = "lms_core/personnel/detail.html"
    fragment_name = "lms_core/personnel/progress.html"

    def get_template_names(self) -> list[str]:
        return [self.fragment_name if "fragment" in self.request.GET else self.template_name]

    def get_page_subtitle(self) -> str:
        return str(self.change)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        change = self.change
        run = described(change.run) if change.run else None
        context = {"change": change, "run": run, "is_open": bool(run and run.is_open)}
        if "fragment" in self.request.GET:
            return super().get_context_data(**context, **kwargs)
        page = Paginator(self.chosen, PER_PAGE).get_page(self.request.GET.get("p"))
        if change.effects or change.faults:
            log(instance=change, action=VIEWED, user=self.request.user)
        query = self.request.GET.copy()
        query.pop("p", None)
        return super().get_context_data(
            **context,
            counts=counts(change.effects),
            training=training_counts(change.effects),
            columns=columns(),
            page=page,
            rows=shown(page, titles()),
            kind=self.request.GET.get("kind", ""),
            text=self.request.GET.get("q", ""),
            query=query.urlencode(),
            states=PersonnelChange.State,
            links=[link for hook in hooks.get_hooks(LINKS) for link in hook(change)]
            if change.state == PersonnelChange.State.PREVIEWED
            else [],
            is_of_today=change.applied_at is not None
            and office_today(change.applied_at) == office_today(),
            **kwargs,
        )


class ChangeExport(OneChange, View):
    """The people that are shown, as a file."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        rows = self.chosen
        log(instance=self.change, action=EXPORTED, user=request.user, data={"people": len(rows)})
        name = f"personnel-{self.change.effective_on:%Y%m%d}.csv"
        return HttpResponse(
            as_csv(shown(rows, titles())),
            content_type="text/csv; charset=utf-8",
            headers={"Content-Disposition": f'attachment; filename="{name}"'},
        )


class ChangeApply(OneChange, View):
    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        try:
            change = request_apply(change=self.change, by=request.user)
        except ChangeRefused as refused:
            messages.error(request, refused.message)
        else:
            if change.state == PersonnelChange.State.APPLIED:
                messages.success(request, _("The personnel change is applied."))
        return redirect(CHANGE_PAGE, self.change.uuid)


class ChangeUndo(OneChange, View):
    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        try:
            undo_change(change=self.change, by=request.user)
        except ChangeRefused as refused:
            reason = _("It cannot be undone: %(reason)s") % {"reason": refused.message}
            messages.error(request, reason)
        else:
            messages.success(request, _("The personnel change is undone."))
        return redirect(CHANGE_PAGE, self.change.uuid)
