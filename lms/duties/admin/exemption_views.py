"""Who is free from duties for a time."""

from typing import Any

from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages

from courses.models import Course
from lms.duties.admin.desk_views import PER_PAGE, DeskPage, url
from lms.duties.admin.forms import ExemptionFilterForm, ExemptionForm
from lms.enrolment.models import Exemption
from lms.enrolment.orders.exempting import (
    Duties,
    ExemptionEffect,
    change_exemption,
    end_exemption,
    exempt_people,
    last_day_of,
    preview,
)
from lms.exceptions import OrderRefused
from lms.people.models import Employee
from lms.people.selectors import employees_visible_to

# So many duties are shown by name.
SHOWN = 30
PLACES = {"ends_before_start": "last_day", "reason_missing": "note", "nobody_named": "numbers"}


class ExemptionPage(DeskPage):
    tab = "exemptions"

    def visible(self) -> QuerySet[Exemption]:
        people = employees_visible_to(self.request.user)
        return Exemption.objects.filter(employee__in=people).select_related("employee", "course")


class Exemptions(ExemptionPage):
    """Those that hold today first."""

    page_title = gettext_lazy("Exemptions")
    template_name = "lms_core/duties/exemptions.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        form = ExemptionFilterForm(self.request.GET)
        form.is_valid()
        page = Paginator(self._narrowed(form.cleaned_data), PER_PAGE)
        page_now = page.get_page(self.request.GET.get("p"))
        return super().get_context_data(
            form=form,
            page=page_now,
            listed=[
                {"row": row, "last_day": last_day_of(row), "is_over": row.ends_on <= self.today}
                for row in page_now
            ],
            **kwargs,
        )

    def _narrowed(self, wanted: dict[str, Any]) -> QuerySet[Exemption]:
        today = self.today
        when = {
            "now": Q(starts_on__lte=today, ends_on__gt=today),
            "later": Q(starts_on__gt=today),
            "over": Q(ends_on__lte=today),
        }
        rows = self.visible().filter(when.get(wanted.get("when", ""), Q()))
        if kind := wanted.get("kind"):
            rows = rows.filter(kind=kind)
        if text := wanted.get("person"):
            rows = rows.filter(
                Q(employee__name__icontains=text)
                | Q(employee__kana__icontains=text)
                | Q(employee__staff_number=text)
            )
        return rows.order_by("-ends_on", "employee__kana", "pk")


class EditedExemption(ExemptionPage):
    """A form, what saving it would do, and the saving. Subclasses say what is saved."""

    template_name = "lms_core/duties/exemption.html"

    def held(self) -> Exemption | None:
        """The one that is changed; None = new ones."""
        return None

    def form(self, data: Any = None) -> ExemptionForm:
        return ExemptionForm(data, viewer=self.request.user, exemption=self.held())

    def save(self, form: ExemptionForm) -> ExemptionEffect:
        raise NotImplementedError

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kwargs.setdefault("form", self.form())
        return super().get_context_data(exemption=self.held(), **kwargs)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form = self.form(request.POST)
        context: dict[str, Any] = {"form": form}
        if form.is_valid():
            try:
                if request.POST.get("step") == "apply":
                    messages.success(request, effect_in_words(self.save(form)))
                    return redirect(url("exemptions"))
                context |= shown(preview(lambda: self.save(form)))
            except OrderRefused as refused:
                field = PLACES.get(refused.code)
                form.add_error(field if field in form.fields else None, str(refused))
        return self.render_to_response(self.get_context_data(**context))


class NewExemptions(EditedExemption):
    page_title = gettext_lazy("Exempt people")

    def save(self, form: ExemptionForm) -> ExemptionEffect:
        return exempt_people(
            people=form.people, terms=form.terms(), by=self.request.user, on=self.today
        )


class OneExemption(ExemptionPage):
    kwargs: dict[str, Any]

    @cached_property
    def exemption(self) -> Exemption:
        return get_object_or_404(self.visible(), pk=self.kwargs["pk"])


class ChangeExemption(OneExemption, EditedExemption):
    page_title = gettext_lazy("Change an exemption")

    def held(self) -> Exemption:
        return self.exemption

    def save(self, form: ExemptionForm) -> ExemptionEffect:
        return change_exemption(
            exemption=self.exemption, terms=form.terms(), by=self.request.user, on=self.today
        )


class EndExemption(OneExemption):
    """Asks first, saying which duties come back."""

    page_title = gettext_lazy("End an exemption")
    template_name = "lms_core/duties/exemption_end.html"

    def end(self) -> ExemptionEffect:
        return end_exemption(exemption=self.exemption, by=self.request.user, on=self.today)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            effect = preview(self.end)
        except OrderRefused as refused:
            messages.warning(request, str(refused))
            return redirect(url("exemptions"))
        return self.render_to_response(
            self.get_context_data(exemption=self.exemption, **shown(effect))
        )

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        try:
            messages.success(request, effect_in_words(self.end()))
        except OrderRefused as refused:
            messages.warning(request, str(refused))
        return redirect(url("exemptions"))


def effect_in_words(effect: ExemptionEffect) -> str:
    return _(
        "Saved. Exemptions: %(rows)d, duties that stop: %(stopped)d, duties that come back:"
        " %(returned)d."
    ) % {
        "rows": effect.rows,
        "stopped": len(effect.stopped),
        "returned": len(effect.returned),
    }


def shown(effect: ExemptionEffect) -> dict[str, Any]:
    """The effect for a page: who, and which course."""
    duties = effect.stopped | effect.returned | effect.later
    people = Employee.objects.in_bulk({person for person, _course in duties} | effect.had_it)
    courses = Course.objects.in_bulk({course for _person, course in duties})

    def named(part: Duties) -> list[tuple[Employee, Course]]:
        pairs = [(people[person], courses[course]) for person, course in part]
        pairs.sort(key=lambda pair: (pair[0].kana, pair[0].staff_number, pair[1].position))
        return pairs[:SHOWN]

    return {
        "effect": effect,
        "parts": [
            (name, title, named(part), len(part), max(0, len(part) - SHOWN))
            for name, title, part in (
                ("stopped", _("Duties that stop"), effect.stopped),
                ("returned", _("Duties that come back"), effect.returned),
                ("later", _("Duties that stop when it begins"), effect.later),
            )
        ],
        "had_it": sorted((people[pk] for pk in effect.had_it), key=lambda row: row.kana),
    }
