"""Courses for people who share no rule, and who they are."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages

from lms.duties.admin.desk_views import DeskPage, url
from lms.duties.admin.forms import NamingForm
from lms.enrolment.models import AudienceRule
from lms.enrolment.orders.naming import (
    Roll,
    called,
    name_people,
    naming_rules,
    numbers_of,
    strike_people,
)
from lms.enrolment.rules.selectors import open_assignments
from lms.exceptions import AudienceRefused, OrderRefused
from lms.people.selectors import employees_visible_to

# How each part of a roll is called, in the order of a page.
PARTS = {
    "new": gettext_lazy("Will be asked for it"),
    "done": gettext_lazy("Have finished it already; noted as done"),
    "exempt": gettext_lazy("Are exempt; asked when that ends"),
    "has": gettext_lazy("Are asked for it already; nothing changes"),
    "gone": gettext_lazy("Hold no posting today; cannot be named"),
}


class NamingPage(DeskPage):
    tab = "namings"


class Namings(NamingPage):
    page_title = gettext_lazy("People named for a course")
    template_name = "lms_core/duties/namings.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rules = naming_rules()
        done: dict[int, int] = {}
        rows = open_assignments().filter(rule__in=rules, completed_at__isnull=False).order_by()
        for rule_id in rows.values_list("rule_id", flat=True):
            done[rule_id] = done.get(rule_id, 0) + 1
        return super().get_context_data(
            listed=[
                {"rule": rule, "people": len(numbers_of(rule)), "done": done.get(rule.pk, 0)}
                for rule in rules
            ],
            **kwargs,
        )


class NamePeople(NamingPage):
    """A form, the roll of the list, and the order."""

    page_title = gettext_lazy("Name people for a course")
    template_name = "lms_core/duties/naming.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kwargs.setdefault("form", NamingForm(viewer=self.request.user))
        return super().get_context_data(**kwargs)

    def post(self, request: HttpRequest) -> HttpResponse:
        form = NamingForm(request.POST, request.FILES, viewer=request.user)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form))
        course, due_on = form.cleaned_data["course"], form.cleaned_data["due_on"]
        if request.POST.get("step") == "apply":
            try:
                roll, _effect = name_people(
                    course=course, people=form.people, due_on=due_on, by=request.user, on=self.today
                )
            except (OrderRefused, AudienceRefused) as refused:
                form.add_error("due_on" if refused.code == "day_is_over" else None, str(refused))
            else:
                text = _("People named for “%(course)s”: %(number)d.")
                messages.success(
                    request, text % {"course": course.title, "number": len(roll.named)}
                )
                return redirect(url("namings"))
        roll = called(course=course, people=form.people, on=self.today)
        return self.render_to_response(
            self.get_context_data(
                # The numbers of a file stand in the form from now on: a file is sent once only.
                form=form if form.errors else self._again(form),
                roll=roll,
                parts=parts_of(roll),
            )
        )

    def _again(self, form: NamingForm) -> NamingForm:
        data = self.request.POST.copy()
        data["numbers"] = "\n".join(row.staff_number for row in form.people)
        again = NamingForm(data, viewer=self.request.user)
        again.is_valid()
        return again


def parts_of(roll: Roll) -> list[tuple[str, Any, Any]]:
    return [(name, title, getattr(roll, name)) for name, title in PARTS.items()]


class Naming(NamingPage):
    """Who is named, how they stand; and taking people off the list."""

    page_title = gettext_lazy("People named for a course")
    template_name = "lms_core/duties/naming_people.html"

    @cached_property
    def rule(self) -> AudienceRule:
        rows = AudienceRule.objects.select_related("course")
        return get_object_or_404(rows, pk=self.kwargs["pk"], condition__has_key="people")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rule = self.rule
        people = employees_visible_to(self.request.user).filter(staff_number__in=numbers_of(rule))
        standing = {row.employee_id: row for row in open_assignments().filter(rule=rule)}
        return super().get_context_data(
            rule=rule,
            listed=[
                {"person": row, "assignment": standing.get(row.pk)}
                for row in people.order_by("kana", "staff_number")
            ],
            **kwargs,
        )

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        rule, number_before = self.rule, len(numbers_of(self.rule))
        numbers = request.POST.getlist("number")
        try:
            strike_people(rule=rule, numbers=numbers, by=request.user, on=self.today)
        except (OrderRefused, AudienceRefused) as refused:
            messages.error(request, str(refused))
            return redirect(url("naming", rule.pk))
        left = next((numbers_of(row) for row in naming_rules() if row.pk == rule.pk), ())
        text = _("No longer asked by name: %(number)d.")
        messages.success(request, text % {"number": number_before - len(left)})
        return redirect(url("naming", rule.pk) if left else url("namings"))
