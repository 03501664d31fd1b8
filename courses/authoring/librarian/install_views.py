"""Installing: from an uploaded bundle or from the Hub, shown first and then confirmed."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages

from courses.authoring.librarian.views import LibrarianPage, url
from courses.conf import conf
from courses.exceptions import BundleChanged
from courses.h5p.bundle import WRITTEN, Bundle, Finding, Verdict
from courses.h5p.hub import HubFault, HubType
from courses.h5p.hub_services import fetch_from_hub, hub_content_types, is_hub_used
from courses.h5p.library_services import bundle_in, install_bundle, refusal_text
from courses.h5p.models import H5PLibrary
from courses.h5p.pending import keep_pending, open_pending, remove_pending
from courses.h5p.refusals import PackageRefused

VERDICTS = {
    Verdict.NEW: gettext_lazy("will be installed"),
    Verdict.UPGRADE: gettext_lazy("will be replaced by a newer patch"),
    Verdict.SAME: gettext_lazy("already installed"),
    Verdict.OLDER: gettext_lazy("a newer patch is installed and stays"),
    Verdict.REFUSED: gettext_lazy("refused"),
}


def preview_url(ticket: str, source: str) -> str:
    return f"{url('install_preview')}?{urlencode({'ticket': ticket, 'source': source})}"


class BundleForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("H5P file"),
        help_text=gettext_lazy(
            "A .h5p file with its libraries, as other sites export it, or an archive of library "
            "folders. You see what would be installed before anything is."
        ),
        widget=forms.FileInput(attrs={"accept": ".h5p,.zip"}),
    )


class Install(LibrarianPage):
    template_name = "lms_courses/librarian/install.html"
    page_title = gettext_lazy("Install H5P libraries")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        form = kwargs.pop("form", BundleForm())
        return super().get_context_data(**kwargs) | {"form": form, "is_hub_used": is_hub_used()}

    def post(self, request: HttpRequest) -> HttpResponse:
        form = BundleForm(request.POST, request.FILES)
        if form.is_valid():
            file = form.cleaned_data["file"]
            try:
                bundle_in(file).close()
            except PackageRefused as refused:
                form.add_error("file", refusal_text(refused))
            else:
                ticket = keep_pending(file=file, owner=request.user.pk)
                return redirect(preview_url(ticket, file.name))
        return self.render_to_response(self.get_context_data(form=form))


class InstallPreview(LibrarianPage):
    """What the kept bundle would do to each library; confirming does it."""

    template_name = "lms_courses/librarian/install_preview.html"
    page_title = gettext_lazy("What will be installed")

    @cached_property
    def ticket(self) -> str:
        return str((self.request.POST or self.request.GET).get("ticket", ""))

    @cached_property
    def source(self) -> str:
        return str((self.request.POST or self.request.GET).get("source", ""))[:200]

    def _gone(self) -> HttpResponse:
        messages.error(
            self.request, _("The uploaded file is no longer here. Please upload it once more.")
        )
        return redirect(url("install"))

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        file = open_pending(ticket=self.ticket, owner=request.user.pk)
        if file is None:
            return self._gone()
        try:
            with file, bundle_in(file) as bundle:
                shown = _shown(bundle)
        except PackageRefused as refused:
            # Only from the Hub: an upload was looked at before it was kept.
            self._drop()
            messages.error(request, refusal_text(refused))
            return redirect(url("install"))
        return self.render_to_response(self.get_context_data(**shown))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        asked = {"ticket": self.ticket, "source": self.source}
        return super().get_context_data(**kwargs) | asked

    def _drop(self) -> None:
        remove_pending(ticket=self.ticket, owner=self.request.user.pk)

    def post(self, request: HttpRequest) -> HttpResponse:
        if "cancel" in request.POST:
            self._drop()
            messages.success(request, _("Nothing was installed."))
            return redirect(url("install"))
        file = open_pending(ticket=self.ticket, owner=request.user.pk)
        if file is None:
            return self._gone()
        try:
            with file:
                rows = install_bundle(
                    file=file,
                    fingerprint=request.POST.get("fingerprint", ""),
                    installed_by=request.user,
                    source=self.source,
                )
        except BundleChanged as fault:
            messages.warning(request, fault.message)
            return redirect(preview_url(self.ticket, self.source))
        self._drop()
        names = ", ".join(str(row) for row in rows)
        messages.success(request, _("Installed: %(libraries)s") % {"libraries": names})
        return redirect(reverse("h5p_libraries:index"))


def _shown(bundle: Bundle) -> dict[str, Any]:
    rows = [_row(finding) for finding in bundle.findings]
    return {
        "rows": sorted(rows, key=lambda row: row["is_quiet"]),
        "count": len(bundle.to_write),
        "refused": sum(row["is_refused"] for row in rows),
        "fingerprint": bundle.fingerprint,
    }


def _row(finding: Finding) -> dict[str, Any]:
    library = finding.library
    return {
        "folder": finding.folder,
        "library": library,
        "version": library and f"{library.name.major}.{library.name.minor}.{library.patch}",
        "installed": finding.installed and finding.installed.patch,
        "verdict": VERDICTS[finding.verdict],
        "reason": refusal_text(finding.refusal) if finding.refusal else "",
        "is_written": finding.verdict in WRITTEN,
        "is_refused": finding.verdict == Verdict.REFUSED,
        "is_quiet": finding.verdict in (Verdict.SAME, Verdict.OLDER),
    }


class HubList(LibrarianPage):
    """What the H5P Hub offers; choosing one downloads it and shows what it would install."""

    template_name = "lms_courses/librarian/hub.html"
    page_title = gettext_lazy("Install from the H5P Hub")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs) | {"hub": conf.H5P_HUB_URL}
        try:
            types = hub_content_types()
        except HubFault as fault:
            return context | {"fault": fault.message}
        query = self.request.GET.get("q", "").strip()
        shown = [kind for kind in types if _matches(kind, query)]
        installed = {
            row.machine_name: (row.major, row.minor, row.patch)
            for row in H5PLibrary.objects.order_by("major", "minor")
        }
        return context | {
            "query": query,
            "types": [_offer(kind, installed.get(kind.machine_name)) for kind in shown],
        }

    def post(self, request: HttpRequest) -> HttpResponse:
        name = request.POST.get("machine_name", "")
        try:
            ticket = fetch_from_hub(machine_name=name, owner=request.user.pk)
        except HubFault as fault:
            messages.error(request, fault.message)
            return redirect(url("hub"))
        return redirect(preview_url(ticket, f"{conf.H5P_HUB_URL}: {name}"))


def _matches(kind: HubType, query: str) -> bool:
    return query.casefold() in f"{kind.title} {kind.machine_name} {kind.summary}".casefold()


def _offer(kind: HubType, installed: tuple[int, int, int] | None) -> dict[str, Any]:
    return {
        "type": kind,
        "version": ".".join(map(str, kind.version)),
        "installed": installed and ".".join(map(str, installed)),
        "is_newest": installed is not None and installed >= kind.version,
    }
