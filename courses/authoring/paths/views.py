"""Learning paths in the Wagtail admin, and what a course stands on."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import View
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from courses.authoring.course_views import CourseTabView
from courses.authoring.paths.access import (
    may_manage_paths,
    paths_visible_to,
    prerequisites_editable_by,
)
from courses.authoring.paths.forms import (
    CourseRows,
    PathForm,
    prerequisite_rows,
    step_rows,
    steps_of,
)
from courses.authoring.paths.tabs import path_tab_links, path_tabs
from courses.catalogue.models import Course
from courses.catalogue.selectors import published_courses
from courses.exceptions import CoursesError, PathRefused
from courses.paths.graph import edges_among, stages
from courses.paths.models import LearningPath
from courses.paths.selectors import prerequisite_edges, prerequisites_of
from courses.paths.services import (
    NewStep,
    check_prerequisites,
    delete_path,
    save_path,
    set_prerequisites,
)

PATHS = "lms_courses_paths"
PATH_ADD = "lms_courses_path_add"
PATH_EDIT = "lms_courses_path_edit"
PATH_DELETE = "lms_courses_path_delete"
PREREQUISITES = "lms_courses_prerequisites"
TITLE = gettext_lazy("Learning paths")
ICON = "list-ol"


def drawn(steps: list[NewStep]) -> dict[str, Any]:
    """How learners would meet these steps: by stages, and what is not as it seems."""
    courses = Course.objects.in_bulk([step.course for step in steps], field_name="key")
    rows = [(courses[step.course], step) for step in steps if step.course in courses]
    by_id = {
        course.pk: {"course": course, "is_optional": step.is_optional} for course, step in rows
    }
    edges = edges_among(list(by_id), prerequisite_edges())
    before_each = prerequisites_of(courses.values())
    published = set(published_courses().values_list("pk", flat=True))
    return {
        "stages": [[by_id[pk] for pk in stage] for stage in stages(list(by_id), edges)],
        "notes": [
            *(
                _("“%(course)s” waits for “%(before)s”, which is not in the path.")
                % {"course": course.title, "before": before.title}
                for course, step in rows
                for before in before_each.get(course.pk, ())
                if before.pk not in by_id
            ),
            *(
                _("“%(course)s” is not published: learners do not see it in the path.")
                % {"course": course.title}
                for course, step in rows
                if course.pk not in published
            ),
        ],
    }


class PathListView(WagtailAdminTemplateMixin, View):
    """The paths a user may look at."""

    page_title = TITLE
    header_icon = ICON
    template_name = "lms_courses/paths/index.html"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def get(self, request: HttpRequest) -> HttpResponse:
        paths = paths_visible_to(request.user).prefetch_related("steps__course")
        may_manage = may_manage_paths(request.user)
        if not may_manage and not paths:
            raise PermissionDenied
        context = self.get_context_data(
            paths=[(path, path_tab_links(request.user, path)) for path in paths],
            may_manage=may_manage,
        )
        return self.render_to_response(context)  # type: ignore[no-any-return]


class PathTabView(WagtailAdminTemplateMixin, View):
    """One tab of one path. Subclasses name their `url_name`, title and template."""

    url_name = ""
    header_icon = ICON
    path: LearningPath

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.path = get_object_or_404(LearningPath, pk=kwargs["path_id"])
        tab = next(tab for tab in path_tabs() if tab.url_name == self.url_name)
        if not tab.paths(request.user).filter(pk=self.path.pk).exists():
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_page_subtitle(self) -> str:
        return f"{self.path.key} {self.path.title}"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *self.breadcrumbs_items,
            {"url": reverse(PATHS), "label": TITLE},
            {"url": "", "label": self.page_title, "sublabel": self.get_page_subtitle()},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        context["path"] = self.path
        context["tabs"] = path_tab_links(self.request.user, self.path, current=self.url_name)
        return context

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self.render_to_response(self.get_context_data())  # type: ignore[no-any-return]


class _Editing(WagtailAdminTemplateMixin):
    """The form of a path; with `preview` it only shows how learners would meet the path."""

    request: HttpRequest
    template_name = "lms_courses/paths/edit.html"
    preview_template = "lms_courses/paths/preview.html"

    def form_context(self, form: PathForm, rows: CourseRows) -> dict[str, Any]:
        if not rows.is_bound:
            steps: list[NewStep] | None = [NewStep(**row) for row in rows.initial or ()]
        else:
            steps = steps_of(rows) if rows.is_valid() else None
        return {
            "form": form,
            "rows": rows,
            "may_manage": may_manage_paths(self.request.user),
            "drawn": None if steps is None else drawn(steps),
        }

    def submit(self, path: LearningPath | None) -> HttpResponse:
        request = self.request
        if not may_manage_paths(request.user):
            raise PermissionDenied
        form = PathForm(request.POST, instance=path)
        rows = step_rows(path, request.POST)
        if request.POST.get("preview") == "fragment":
            self.template_name = self.preview_template
        if "preview" not in request.POST:
            if form.is_valid() and rows.is_valid():
                try:
                    saved = save_path(
                        path=form.save(commit=False), steps=steps_of(rows), by=request.user
                    )
                except PathRefused as refused:
                    _show(refused, form, rows)
                else:
                    messages.success(request, _("The learning path is saved."))
                    return redirect(PATH_EDIT, saved.pk)
            messages.error(request, _("Nothing was saved. See the faults beside the rows."))
        context = self.get_context_data(**self.form_context(form, rows))
        return self.render_to_response(context)  # type: ignore[no-any-return]


def _show(refused: PathRefused, form: PathForm, rows: CourseRows) -> None:
    """Beside the row it speaks of."""
    if refused.place:
        rows.kept[int(refused.place) - 1].add_error("course", refused.message)
    else:
        form.add_error(None, refused.message)


class PathAddView(_Editing, View):
    page_title = gettext_lazy("New learning path")
    header_icon = ICON

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not may_manage_paths(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *self.breadcrumbs_items,
            {"url": reverse(PATHS), "label": TITLE},
            {"url": "", "label": self.page_title},
        ]

    def get(self, request: HttpRequest) -> HttpResponse:
        context = self.get_context_data(**self.form_context(PathForm(), step_rows(None)))
        return self.render_to_response(context)  # type: ignore[no-any-return]

    def post(self, request: HttpRequest) -> HttpResponse:
        return self.submit(None)


class PathEditView(_Editing, PathTabView):
    """To those who may not change it, how it is."""

    url_name = PATH_EDIT
    page_title = gettext_lazy("Learning path")

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form = PathForm(instance=self.path)
        context = self.get_context_data(**self.form_context(form, step_rows(self.path)))
        return self.render_to_response(context)  # type: ignore[no-any-return]

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self.submit(self.path)


class PathDeleteView(PathTabView):
    """Asks, and deletes on POST."""

    url_name = PATH_EDIT
    page_title = gettext_lazy("Delete the learning path")
    template_name = "lms_courses/paths/delete.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        consequence = _(
            "“%(title)s” goes, and with it whom it is meant for: what it ordered ends. Its courses"
            " and what people learned stay."
        )
        return super().get_context_data(
            consequence=consequence % {"title": self.path.title}, **kwargs
        )

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not may_manage_paths(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        try:
            delete_path(path=self.path, by=request.user)
        except PathRefused as refused:
            messages.error(request, refused.message)
            return redirect(PATH_EDIT, self.path.pk)
        messages.success(request, _("The learning path is deleted."))
        return redirect(PATHS)


class PrerequisitesView(CourseTabView):
    """What comes before a course, what waits for it, and the paths it stands in."""

    url_name = PREREQUISITES
    page_title = gettext_lazy("Prerequisites")
    header_icon = ICON
    template_name = "lms_courses/paths/prerequisites.html"
    preview_template = "lms_courses/paths/waiting.html"

    @property
    def may_edit(self) -> bool:
        return prerequisites_editable_by(self.request.user).filter(pk=self.course.pk).exists()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = kwargs.setdefault("rows", prerequisite_rows(self.course))
        return super().get_context_data(
            may_edit=self.may_edit,
            before=prerequisites_of([self.course]).get(self.course.pk, []),
            after=Course.objects.filter(prerequisites__requires=self.course),
            paths=paths_visible_to(self.request.user).filter(steps__course=self.course),
            fault=self.fault(rows) if rows.is_bound else "",
            **kwargs,
        )

    def fault(self, rows: CourseRows) -> str:
        """What would keep these rows from being saved."""
        try:
            check_prerequisites(course=self.course, requires=_keys(rows))
        except CoursesError as refused:
            return refused.message
        return ""

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        if not self.may_edit:
            raise PermissionDenied
        rows = prerequisite_rows(self.course, request.POST)
        is_valid = rows.is_valid()
        if "preview" not in request.POST and is_valid:
            try:
                set_prerequisites(course=self.course, requires=_keys(rows), by=request.user)
            except CoursesError as refused:
                messages.error(request, refused.message)
            else:
                messages.success(request, _("The prerequisites are saved."))
                return redirect(PREREQUISITES, self.course.pk)
        elif "preview" not in request.POST:
            messages.error(request, _("Nothing was saved. See the faults beside the rows."))
        if request.POST.get("preview") == "fragment":
            self.template_name = self.preview_template
        return self.render_to_response(self.get_context_data(rows=rows))  # type: ignore[no-any-return]


def _keys(rows: CourseRows) -> list[str]:
    return [key for form in rows.kept if (key := form.cleaned_data.get("course"))]
