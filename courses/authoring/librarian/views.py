"""The librarian's pages: what is installed, one library, and removing what nothing uses."""

from typing import Any

import django_filters
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views.generic import IndexView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.widgets.button import HeaderButton

from courses.authoring.librarian.selectors import (
    activities_using,
    counted_libraries,
    removal_of,
    unused_libraries,
)
from courses.authoring.librarian.services import remove_unused
from courses.bilingual import in_language
from courses.exceptions import LibraryInUse
from courses.h5p.accessibility import Status, accessibility_of
from courses.h5p.models import H5PLibrary
from courses.h5p.selectors import newer_versions

PERMISSION = "lms_courses.manage_h5p_libraries"
NAMESPACE = "h5p_libraries"
TITLE = gettext_lazy("H5P libraries")
ICON = "folder-inverse"


def url(name: str, *args: object) -> str:
    return reverse(f"{NAMESPACE}:{name}", args=args)


class LibrarianOnly:
    """For holders of the permission; Wagtail says so to everybody else."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.has_perm(PERMISSION):
            raise PermissionDenied
        response: HttpResponseBase = super().dispatch(request, *args, **kwargs)  # type: ignore[misc]
        return response


class LibrarianPage(LibrarianOnly, WagtailAdminTemplateMixin, TemplateView):
    """A page of the librarian below the list."""

    header_icon = ICON
    _show_breadcrumbs = True

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        here = {"url": "", "label": self.get_page_title()}
        return [*self.breadcrumbs_items, {"url": url("index"), "label": TITLE}, here]


class LibraryFilters(WagtailFilterSet):
    show = django_filters.ChoiceFilter(
        label=gettext_lazy("Show"),
        method="filter_show",
        empty_label=gettext_lazy("All"),
        choices=[
            ("types", gettext_lazy("Content types")),
            ("parts", gettext_lazy("Parts of other types")),
            ("unused", gettext_lazy("Not used by any content")),
        ],
    )

    class Meta:
        model = H5PLibrary
        fields: list[str] = []

    def filter_show(self, queryset: QuerySet[H5PLibrary], name: str, value: str) -> Any:
        if value == "unused":
            return queryset.filter(pk__in=unused_libraries().values("pk"))
        return queryset.filter(runnable=value == "types")


class LibraryList(LibrarianOnly, IndexView):
    model = H5PLibrary
    any_permission_required = None
    permission_policy = None
    index_url_name = f"{NAMESPACE}:index"
    index_results_url_name = f"{NAMESPACE}:index_results"
    page_title = TITLE
    header_icon = ICON
    filterset_class = LibraryFilters
    search_fields = ["title", "machine_name"]
    search_backend_name = None
    is_searchable = True
    default_ordering = "title"
    paginate_by = 50
    list_export = [
        *("title", "machine_name", "major", "minor", "patch", "license", "runnable"),
        *("installed_at", "content_count", "library_count"),
    ]
    export_filename = "h5p-libraries"

    @cached_property
    def columns(self) -> list[Column]:
        return [
            TitleColumn(
                "title",
                label=gettext_lazy("Library name"),
                sort_key="title",
                width="25%",
                get_url=lambda row: url("detail", row.pk),
            ),
            Column("machine_name", label=gettext_lazy("Machine name"), sort_key="machine_name"),
            Column("version", label=gettext_lazy("Version")),
            Column("license", label=gettext_lazy("Licence"), sort_key="license"),
            Column("kind", label=gettext_lazy("Kind"), accessor=_kind, sort_key="runnable"),
            Column("content_count", label=gettext_lazy("Contents"), sort_key="content_count"),
            Column(
                "library_count",
                label=gettext_lazy("Needed by"),
                sort_key="library_count",
            ),
            DateColumn("installed_at", label=gettext_lazy("Installed"), sort_key="installed_at"),
        ]

    def get_base_queryset(self) -> QuerySet[H5PLibrary]:
        return counted_libraries()

    @cached_property
    def header_buttons(self) -> list[HeaderButton]:
        return [HeaderButton(_("Install"), url=url("install"), icon_name="plus")]

    @cached_property
    def header_more_buttons(self) -> list[HeaderButton]:
        button = HeaderButton(_("Remove unused"), url=url("remove"), icon_name="bin", priority=90)
        return [*super().header_more_buttons, button]


def _kind(library: H5PLibrary) -> str:
    return _("Content type") if library.runnable else _("Part of other types")


class LibraryDetail(LibrarianPage):
    template_name = "lms_courses/librarian/detail.html"

    @cached_property
    def library(self) -> H5PLibrary:
        return get_object_or_404(counted_libraries(), pk=self.kwargs["pk"])

    def get_page_title(self) -> str:
        return self.library.title

    @cached_property
    def header_buttons(self) -> list[HeaderButton]:
        if not newer_versions(self.library):
            return []
        return [
            HeaderButton(
                _("Upgrade contents"), url=url("upgrade", self.library.pk), icon_name="upload"
            )
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        library = self.library
        known = accessibility_of(library.machine_name)
        uses = activities_using(library)
        finder = AdminURLFinder(self.request.user)
        return super().get_context_data(**kwargs) | {
            "library": library,
            "newer": newer_versions(library),
            "needs": _by_name(library.dependencies.select_related("required"), "required"),
            "needed_by": _by_name(library.dependents.select_related("library"), "library"),
            "uses": [
                {
                    "use": use,
                    "activity_url": finder.get_edit_url(use.activity),
                    "course_url": finder.get_edit_url(use.activity.course),
                }
                for use in uses
            ],
            "accessibility": known,
            "accessibility_reason": in_language(known, "reason"),
            "is_inaccessible": known.status == Status.INACCESSIBLE,
            "is_accessible": known.status == Status.ACCESSIBLE,
        }


def _by_name(rows: Any, side: str) -> list[dict[str, Any]]:
    """Each library once, with the kinds of need."""
    found: dict[H5PLibrary, list[str]] = {}
    for row in rows:
        found.setdefault(getattr(row, side), []).append(row.get_kind_display())
    return [
        {"library": library, "kinds": "・".join(kinds), "url": url("detail", library.pk)}
        for library, kinds in sorted(found.items(), key=lambda item: str(item[0]))
    ]


class RemoveUnused(LibrarianPage):
    """Choose, look at what goes along, confirm. Nothing in use is ever offered."""

    template_name = "lms_courses/librarian/remove.html"
    page_title = gettext_lazy("Remove unused libraries")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "libraries": unused_libraries().order_by("-runnable", "title", "machine_name"),
            "chosen": {int(pk) for pk in self.request.GET.getlist("library") if pk.isdigit()},
        }

    def post(self, request: HttpRequest) -> HttpResponse:
        keys = [pk for pk in request.POST.getlist("library") if pk.isdigit()]
        chosen = list(H5PLibrary.objects.filter(pk__in=keys))
        if not chosen:
            messages.error(request, _("Choose at least one library."))
            return redirect(url("remove"))
        if "confirm" not in request.POST:
            context = self.get_context_data() | {"removal": removal_of(chosen), "chosen": chosen}
            return render(request, "lms_courses/librarian/remove_confirm.html", context)
        try:
            removal = remove_unused(libraries=chosen, removed_by=request.user)
        except LibraryInUse as fault:
            messages.error(request, fault.message)
            return redirect(url("remove"))
        names = ", ".join(str(library) for library in removal.libraries)
        messages.success(request, _("Removed: %(libraries)s") % {"libraries": names})
        return redirect(url("index"))
