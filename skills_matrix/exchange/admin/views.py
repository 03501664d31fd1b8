"""HR hands in a framework or judgements, sees what they would do, and takes them in."""

import io
import json
from typing import Any

import openpyxl
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView, View
from openpyxl.styles import Font
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from lms.people.calendar import office_today
from skills_matrix.competencies.models import Framework
from skills_matrix.competencies.selectors import competencies_held, scale
from skills_matrix.engine.columns import ASSESSMENT_KINDS
from skills_matrix.exchange.access import files_visible_to, may_hand_in
from skills_matrix.exchange.admin.forms import FileForm, FrameworkForm, JudgementForm
from skills_matrix.exchange.case import to_case
from skills_matrix.exchange.framework_csv import write_items, write_links
from skills_matrix.exchange.frameworks import framework_file_of
from skills_matrix.exchange.judgement_file import HEADS, KINDS
from skills_matrix.exchange.models import ExchangeFile
from skills_matrix.exchange.services import NothingApplied, apply_file, effect_of
from skills_matrix.exchange.standards import load_standards, standards

NAMESPACE = "skills_exchange"
TARGETS = "lms_skills.add_target"
PER_PAGE = 50
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FORMS: dict[str, type[FileForm]] = {
    ExchangeFile.Kind.FRAMEWORK: FrameworkForm,
    ExchangeFile.Kind.JUDGEMENTS: JudgementForm,
}
TITLES = {
    ExchangeFile.Kind.FRAMEWORK: gettext_lazy("Frameworks in and out"),
    ExchangeFile.Kind.JUDGEMENTS: gettext_lazy("Judgements from a file"),
}
ICONS = {ExchangeFile.Kind.FRAMEWORK: "list-ul", ExchangeFile.Kind.JUDGEMENTS: "upload"}


class OneKind:
    """Views of one kind of file; Wagtail says no to everybody who may not hand it in."""

    kind = ""
    request: HttpRequest
    kwargs: dict[str, Any]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not may_hand_in(request.user, self.kind):
            raise PermissionDenied
        response: HttpResponseBase = super().dispatch(request, *args, **kwargs)  # type: ignore[misc]
        return response

    @cached_property
    def file(self) -> ExchangeFile:
        rows = files_visible_to(self.request.user).filter(kind=self.kind)
        return get_object_or_404(rows, uuid=self.kwargs["uuid"])


class Files(OneKind, WagtailAdminTemplateMixin, TemplateView):
    """What was handed in, latest first, and the form for the next file."""

    template_name = "lms_skills/exchange/index.html"

    @property
    def page_title(self) -> str:
        return str(TITLES[ExchangeFile.Kind(self.kind)])

    @property
    def header_icon(self) -> str:
        return ICONS[ExchangeFile.Kind(self.kind)]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kwargs.setdefault("form", FORMS[self.kind]())
        rows = files_visible_to(self.request.user).filter(kind=self.kind)
        is_framework = self.kind == ExchangeFile.Kind.FRAMEWORK
        return super().get_context_data(
            page=Paginator(rows, PER_PAGE).get_page(self.request.GET.get("p")),
            kind=self.kind,
            detail=f"{NAMESPACE}:{self.kind}_detail",
            frameworks=Framework.objects.all() if is_framework else None,
            standards=standards() if is_framework else None,
            may_set_targets=self.request.user.has_perm(TARGETS),
            **kwargs,
        )

    def post(self, request: HttpRequest) -> HttpResponse:
        form = FORMS[self.kind](request.POST, request.FILES)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form))
        upload = form.cleaned_data["file"]
        file = ExchangeFile.objects.create(  # type: ignore[misc]
            kind=self.kind,
            file_name=upload.name,
            content=upload.read(),
            options=form.options,
            uploaded_by=request.user,
            uploaded_at=timezone.now(),
        )
        return redirect(f"{NAMESPACE}:{self.kind}_detail", file.uuid)


class StandardFrameworks(OneKind, View):
    """Loads the frameworks chosen of those that come along."""

    def post(self, request: HttpRequest) -> HttpResponse:
        known = {standard.key for standard in standards()}
        keys = known & set(request.POST.getlist("standard"))
        if keys:
            asks = "targets" in request.POST and request.user.has_perm(TARGETS)
            found = load_standards(keys=keys, by=request.user, with_targets=asks)
            titles = ", ".join(standard.title for standard in found)
            messages.success(request, _("Loaded: %(titles)s") % {"titles": titles})
        else:
            messages.error(request, _("Choose at least one framework."))
        return redirect(f"{NAMESPACE}:{self.kind}")


class FileDetail(OneKind, WagtailAdminTemplateMixin, TemplateView):
    """What the file would do; a POST does it."""

    template_name = "lms_skills/exchange/detail.html"

    @property
    def page_title(self) -> str:
        return str(TITLES[ExchangeFile.Kind(self.kind)])

    @property
    def header_icon(self) -> str:
        return ICONS[ExchangeFile.Kind(self.kind)]

    def get_page_subtitle(self) -> str:
        return str(self.file)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        effect = (
            None if self.file.applied_at else effect_of(file=self.file, viewer=self.request.user)
        )
        return super().get_context_data(
            file=self.file, effect=effect, index=f"{NAMESPACE}:{self.kind}", **kwargs
        )

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        try:
            apply_file(file=self.file, by=request.user)
        except NothingApplied:
            messages.error(request, _("Nothing was taken in. See below why."))
        else:
            messages.success(request, _("The file is taken in."))
        return redirect(f"{NAMESPACE}:{self.kind}_detail", self.file.uuid)


class FrameworkExport(OneKind, View):
    """A framework as a file: `case` (JSON), `competencies` or `mappings` (CSV)."""

    def get(self, request: HttpRequest, key: str, form: str) -> HttpResponse:
        framework = get_object_or_404(Framework, key=key)
        file = framework_file_of(framework)
        if form == "case":
            package = to_case(file, changed_at=timezone.now())
            text, ending = json.dumps(package, ensure_ascii=False, indent=1), "json"
        else:
            rows = write_items(file.items) if form == "competencies" else write_links(file.links)
            # With a byte order mark, so that Excel reads it as UTF-8.
            text, ending = "\ufeff" + rows, "csv"
        kind = "application/json" if ending == "json" else "text/csv; charset=utf-8"
        name = f"{framework.key}-{form}.{ending}"
        return HttpResponse(
            text,
            content_type=kind,
            headers={"Content-Disposition": f'attachment; filename="{name}"'},
        )


class JudgementTemplate(OneKind, View):
    """An empty workbook to fill in, with the words it takes on further sheets."""

    def get(self, request: HttpRequest) -> HttpResponse:
        book = openpyxl.Workbook()
        sheet: Any = book.active
        sheet.title = _("Judgements")
        sheet.append(list(HEADS.values()))
        sheet.freeze_panes = "A2"
        for cell in sheet[1]:
            cell.font = Font(bold=True)
            sheet.column_dimensions[cell.column_letter].width = 16
        # As text, so that staff numbers keep their leading zeros.
        for row in range(2, 502):
            sheet.cell(row, 1).number_format = "@"
        words = book.create_sheet(_("Words to use"))
        words.append([HEADS["competency"], _("Competency")])
        for competency in competencies_held(office_today()):
            words.append([competency.key, competency.title])
        words.append([])
        for kind in KINDS:
            if kind not in ASSESSMENT_KINDS:
                words.append([HEADS["kind"], kind])
        words.append([])
        for step in scale():
            words.append([step.level, step.title])
        out = io.BytesIO()
        book.save(out)
        return HttpResponse(
            out.getvalue(),
            content_type=XLSX,
            headers={"Content-Disposition": 'attachment; filename="judgements.xlsx"'},
        )
