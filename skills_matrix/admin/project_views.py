"""The DX office's board: projects by status, the next step of each, and one project in full."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q, QuerySet
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

from lms.people.calendar import office_today
from lms.people.models import Department
from lms.people.selectors import employee_of
from skills_matrix.admin.project_forms import (
    BaseProjectNeedFormSet,
    FigureForm,
    ProjectForm,
    project_need_forms,
)
from skills_matrix.engine.benefits import Benefit, Saving
from skills_matrix.exceptions import ProjectRefused
from skills_matrix.projects.access import Who, may_run_projects
from skills_matrix.projects.ledger import (
    DueMeasurement,
    benefits_of,
    ledger_of,
    measurements_due,
    sums_of,
)
from skills_matrix.projects.ledger_services import record_figure
from skills_matrix.projects.models import Project, ProjectMember
from skills_matrix.projects.selectors import (
    facts_by_project,
    history_of,
    members_of,
    needs_listed,
    projects_listed,
    steps_available,
    undoable_step,
)
from skills_matrix.projects.services import (
    begin_from_template,
    move_project,
    set_project,
    undo_step,
)
from skills_matrix.projects.steps import MISSING, TITLES, Available, steps_open_to

NAMESPACE = "lms_skills_projects"
INDEX, DETAIL = f"{NAMESPACE}:index", f"{NAMESPACE}:detail"
TITLE = gettext_lazy("DX projects")
ICON = "tasks"
MOST_CARDS = 30

Status = Project.Status


@dataclass(frozen=True)
class Card:
    """`ready` are steps that a button takes at once; `waiting` says what the first one lacks."""

    project: Project
    taken: int
    benefit: Benefit
    ready: list[Available]
    waiting: list[str]
    due: list[DueMeasurement]


@dataclass(frozen=True)
class Column:
    """`count` projects have the status; `cards` are the first of them."""

    status: str
    title: str
    count: int
    cards: list[Card]

    @property
    def hidden(self) -> int:
        return self.count - len(self.cards)


class ProjectPage(WagtailAdminTemplateMixin, TemplateView):
    """For the DX office; Wagtail says so to everybody else."""

    page_title = TITLE
    header_icon = ICON
    request: HttpRequest
    kwargs: dict[str, Any]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not may_run_projects(request.user):
            raise PermissionDenied
        response: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        return response


class Board(ProjectPage):
    template_name = "lms_skills/projects/index.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = projects_listed().exclude(status=Status.TEMPLATE)
        measures = sorted(set(rows.order_by().values_list("measure", flat=True)))
        asked = {name: self.request.GET.get(name, "") for name in ("q", "measure", "department")}
        found = _narrowed(rows, asked)
        return super().get_context_data(
            columns=self._columns(found),
            sums=sums_of(found),
            asked=asked,
            is_narrowed=any(asked.values()),
            measures=measures,
            departments=Department.objects.filter(projects__isnull=False).distinct(),
            due=measurements_due(office_today()),
            **kwargs,
        )

    def _columns(self, rows: QuerySet[Project]) -> list[Column]:
        by_status: dict[str, list[Project]] = {}
        for row in rows.annotate(
            taken=Count(
                "members",
                filter=Q(members__left_on=None) & ~Q(members__part=ProjectMember.Part.MENTOR),
            )
        ):
            by_status.setdefault(row.status, []).append(row)
        shown = [row for found in by_status.values() for row in found[:MOST_CARDS]]
        cards = self._cards(shown)
        return [
            Column(
                status,
                str(label),
                len(by_status.get(status, ())),
                [cards[row.pk] for row in by_status.get(status, ())[:MOST_CARDS]],
            )
            for status, label in Status.choices
            if status != Status.TEMPLATE
        ]

    def _cards(self, rows: Iterable[Any]) -> dict[int, Card]:
        shown = list(rows)
        facts, benefits = facts_by_project(shown), benefits_of(shown)
        due: dict[int, list[DueMeasurement]] = {}
        for one in measurements_due(office_today()):
            due.setdefault(one.project.pk, []).append(one)
        own = employee_of(self.request.user)
        cards = {}
        for row in shown:
            is_own = own is not None and row.proposed_by_id == own.pk
            parts = {Who.OFFICE, Who.PROPOSER} if is_own else {Who.OFFICE}
            steps = steps_open_to(row.status, parts, facts[row.pk])
            cards[row.pk] = Card(
                project=row,
                taken=row.taken,
                benefit=benefits[row.pk],
                ready=[one for one in steps if not one.missing and not one.step.needs_reason],
                waiting=[str(MISSING[key]) for key in (steps[0].missing if steps else ())],
                due=due.get(row.pk, []),
            )
        return cards


class OneProject(ProjectPage):
    @cached_property
    def project(self) -> Project:
        row: Project = get_object_or_404(projects_listed(), pk=self.kwargs["pk"])
        return row

    def get_page_subtitle(self) -> str:
        return self.project.title


class Detail(OneProject):
    """Steps, figures and the log. POST takes a step, takes one back, or records a figure."""

    template_name = "lms_skills/projects/detail.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = self.request.user
        kwargs.setdefault("form", FigureForm())
        return super().get_context_data(
            project=self.project,
            is_template=self.project.status == Status.TEMPLATE,
            needs=needs_listed(self.project),
            steps=[
                (one.step, [str(MISSING[key]) for key in one.missing])
                for one in steps_available(user, self.project)
            ],
            undoable=undoable_step(user, self.project),
            history=[(row, TITLES.get(row.step, row.step)) for row in history_of(self.project)],
            savings=_savings(benefits_of([self.project])[self.project.pk]),
            figures=[(row, row.work().hours) for row in ledger_of(self.project)],
            members=members_of(self.project),
            **kwargs,
        )

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        if "figure" in request.POST:
            return self._record(request)
        try:
            if "undo" in request.POST:
                undo_step(project=self.project, by=request.user)
                messages.success(request, _("The step is taken back."))
            else:
                move_project(
                    project=self.project,
                    to=request.POST.get("to", ""),
                    by=request.user,
                    reason=request.POST.get("reason", ""),
                )
                words = {"title": self.project.title, "status": self.project.get_status_display()}
                messages.success(request, _("“%(title)s” is now: %(status)s.") % words)
        except ProjectRefused as refused:
            messages.error(request, refused.message)
            return redirect(DETAIL, self.project.pk)
        if request.POST.get("from") == "board":
            return redirect(INDEX)
        return redirect(DETAIL, self.project.pk)

    def _record(self, request: HttpRequest) -> HttpResponse:
        form = FigureForm(request.POST)
        form.instance.project = self.project
        if form.is_valid():
            try:
                record_figure(figure=form.instance, by=request.user)
            except ProjectRefused as refused:
                field = refused.place if refused.place in form.fields else None
                form.add_error(field, refused.message)
            else:
                messages.success(request, _("The figure is recorded."))
                return redirect(DETAIL, self.project.pk)
        messages.error(request, _("Nothing was saved. See the faults beside the fields."))
        return self.render_to_response(self.get_context_data(form=form))


class Edit(OneProject):
    template_name = "lms_skills/projects/edit.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kwargs.setdefault("form", ProjectForm(instance=self.project))
        kwargs.setdefault("forms", self._need_forms())
        return super().get_context_data(project=self.project, **kwargs)

    def _need_forms(self, data: Any = None) -> BaseProjectNeedFormSet:
        return project_need_forms(needs=needs_listed(self.project), data=data)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form = ProjectForm(request.POST, instance=self.project)
        forms = self._need_forms(request.POST)
        if form.is_valid() and forms.is_valid():
            try:
                set_project(project=form.instance, needs=forms.project_needs(), by=request.user)
            except ProjectRefused as refused:
                field = refused.place if refused.place in form.fields else None
                form.add_error(field, refused.message)
            else:
                messages.success(request, _("The project is saved."))
                return redirect(DETAIL, self.project.pk)
        messages.error(request, _("Nothing was saved. See the faults beside the fields."))
        return self.render_to_response(self.get_context_data(form=form, forms=forms))


class Templates(ProjectPage):
    """The catalogue; POST begins a project from the template named."""

    template_name = "lms_skills/projects/templates.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = (
            projects_listed().filter(status=Status.TEMPLATE).prefetch_related("needs__competency")
        )
        benefits = benefits_of(rows)
        return super().get_context_data(
            templates=[(row, benefits[row.pk].measured) for row in rows], **kwargs
        )

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        template = get_object_or_404(projects_listed(), pk=request.POST.get("template") or 0)
        try:
            project = begin_from_template(template=template, key="", by=request.user)
        except ProjectRefused as refused:
            messages.error(request, refused.message)
            return redirect(f"{NAMESPACE}:templates")
        messages.success(request, _("The project is begun. Fill in what is particular to it."))
        return redirect(f"{NAMESPACE}:edit", project.pk)


def _savings(benefit: Benefit) -> list[tuple[str, Saving | None, Decimal | None]]:
    """What was expected and what was found, each with its rate in percent."""
    rows = ((_("As expected"), benefit.forecast), (_("As measured"), benefit.measured))
    return [
        (title, saving, saving.rate * 100 if saving and saving.rate is not None else None)
        for title, saving in rows
    ]


def _narrowed(rows: QuerySet[Project], asked: dict[str, str]) -> QuerySet[Project]:
    for word in asked["q"].split():
        rows = rows.filter(
            Q(title_ja__icontains=word) | Q(title_en__icontains=word) | Q(key__iexact=word)
        )
    if asked["measure"]:
        rows = rows.filter(measure=asked["measure"])
    if asked["department"]:
        rows = rows.filter(department__key=asked["department"])
    return rows


class ProjectMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return may_run_projects(request.user)


class ProjectViewSet(ViewSet):
    name = NAMESPACE
    url_prefix = "dx-projects"
    icon = ICON
    menu_label = TITLE
    menu_order = 506
    menu_item_class = ProjectMenuItem
    add_to_admin_menu = True

    def get_urlpatterns(self) -> list[URLPattern]:
        view = self.construct_view
        return [
            path("", view(Board), name="index"),
            path("templates/", view(Templates), name="templates"),
            path("<int:pk>/", view(Detail), name="detail"),
            path("<int:pk>/edit/", view(Edit), name="edit"),
        ]
