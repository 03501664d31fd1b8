"""Orders to the people chosen in the list: more time, or a reminder; each is shown before it is
given."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages

from lms.duties.admin.desk_views import PER_PAGE, DeskPage, url
from lms.duties.admin.forms import ExtensionForm
from lms.duties.admin.list_views import Narrowed, chosen_ids
from lms.enrolment.models import Assignment, DueExtension
from lms.enrolment.orders.extension import (
    KEPT,
    ExtensionEffect,
    extend_due,
    extended_still,
    extension_effect,
    take_back_extension,
)
from lms.enrolment.rules.selectors import BINDING_DUE
from lms.exceptions import OrderRefused
from lms.notices.services import Nudged, nudge_many

# So many of the changed due dates are shown by name.
SHOWN = 20


class ChosenRows(Narrowed, DeskPage):
    """A page about the assignments chosen in the list, which the list posts to it.

    They are named one by one in the form, so that what was chosen is what the order reaches,
    also when somebody finishes meanwhile.
    """

    ids: list[int]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return redirect(url("index"))

    def post(self, request: HttpRequest) -> HttpResponse:
        self.ids = chosen_ids(self)
        if not self.ids:
            messages.warning(request, _("Choose somebody in the list first."))
            return redirect(self.back)
        return self.carry_out()

    def carry_out(self) -> HttpResponse:
        raise NotImplementedError

    @property
    def back(self) -> str:
        return f"{url('index')}?{self.request.GET.urlencode()}"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            ids=",".join(map(str, self.ids)), chosen=len(self.ids), back=self.back, **kwargs
        )


class ExtendDuties(ChosenRows):
    tab = "extensions"
    page_title = gettext_lazy("Extend due dates")
    template_name = "lms_core/duties/extend.html"

    def carry_out(self) -> HttpResponse:
        sent = self.request.POST
        if "step" not in sent:
            return self._page(ExtensionForm())
        form = ExtensionForm(sent)
        if not form.is_valid():
            return self._page(form)
        until = form.cleaned_data["until"]
        effect = extension_effect(ids=self.ids, until=until)
        if sent["step"] != "apply" or sent.get("seen") != str(len(effect.changed)):
            if sent["step"] == "apply":
                messages.warning(self.request, _("Something has changed since. Look again."))
            return self._page(form, effect)
        try:
            extend_due(
                ids=self.ids,
                until=until,
                reason=form.cleaned_data["reason"],
                by=self.request.user,
                on=self.today,
            )
        except OrderRefused as refused:
            form.add_error("reason" if refused.code == "reason_missing" else "until", str(refused))
            return self._page(form, effect)
        messages.success(
            self.request,
            _("Due dates extended: %(number)d.") % {"number": len(effect.changed)},
            buttons=[messages.button(url("extensions"), _("Extensions"))],
        )
        return redirect(self.back)

    def _page(self, form: ExtensionForm, effect: ExtensionEffect | None = None) -> HttpResponse:
        context: dict[str, Any] = {"form": form, "effect": effect}
        if effect is not None:
            rows = Assignment.objects.filter(pk__in=effect.changed)
            rows = rows.annotate(day=BINDING_DUE).select_related("employee", "course")
            context |= {
                "moved": list(rows.order_by("day", "employee__kana")[:SHOWN]),
                "more": max(0, len(effect.changed) - SHOWN),
                "kept": [(KEPT[name], number) for name, number in effect.kept.items()],
                "until": form.cleaned_data["until"],
            }
        return self.render_to_response(self.get_context_data(**context))


class NudgeDuties(ChosenRows):
    page_title = gettext_lazy("Remind people")
    template_name = "lms_core/duties/nudge.html"

    def carry_out(self) -> HttpResponse:
        pairs = Assignment.objects.filter(pk__in=self.ids).order_by()
        duties = list(pairs.values_list("employee_id", "course_id").distinct())
        is_apply = self.request.POST.get("step") == "apply"
        told = nudge_many(
            viewer=self.request.user, duties=duties, on=self.today, is_preview=not is_apply
        )
        if not is_apply:
            return self.render_to_response(self.get_context_data(told=told))
        messages.success(self.request, nudged_in_words(told))
        return redirect(self.back)


def nudged_in_words(told: Nudged) -> str:
    parts = [_("Reminders sent: %(number)d.") % {"number": told.sent}]
    if told.already:
        parts.append(_("Reminded today already: %(number)d.") % {"number": told.already})
    if told.not_late:
        parts.append(_("Not overdue, not reminded: %(number)d.") % {"number": told.not_late})
    return " ".join(parts)


class Extensions(DeskPage):
    """What was given, latest first."""

    tab = "extensions"
    page_title = gettext_lazy("Extensions")
    template_name = "lms_core/duties/extensions.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = DueExtension.objects.select_related("given_by", "taken_back_by").prefetch_related(
            "assignments__course"
        )
        page = Paginator(rows, PER_PAGE).get_page(self.request.GET.get("p"))
        return super().get_context_data(
            page=page,
            listed=[
                {
                    "extension": row,
                    "people": len({item.employee_id for item in row.assignments.all()}),
                    "courses": sorted({item.course.title for item in row.assignments.all()}),
                    "still": sum(item.extended_to == row.until for item in row.assignments.all()),
                }
                for row in page
            ],
            **kwargs,
        )


class TakeBackExtension(DeskPage):
    """Asks first, saying how many due dates go back."""

    tab = "extensions"
    page_title = gettext_lazy("Take back an extension")
    template_name = "lms_core/duties/take_back.html"

    def extension(self) -> DueExtension:
        return get_object_or_404(DueExtension, uuid=self.kwargs["uuid"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        extension = self.extension()
        return super().get_context_data(
            extension=extension, still=extended_still(extension).count(), **kwargs
        )

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        try:
            number = take_back_extension(extension=self.extension(), by=request.user)
        except OrderRefused as refused:
            messages.error(request, str(refused))
        else:
            messages.success(
                request,
                _("The extension is taken back; due dates as before: %(number)d.")
                % {"number": number},
            )
        return redirect(url("extensions"))
