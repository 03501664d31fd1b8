"""What HR asks for, and what HR orders."""

from collections.abc import Mapping
from dataclasses import asdict, fields
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from courses.catalogue.selectors import published_courses
from courses.models import Course
from lms.enrolment.models import Exemption
from lms.enrolment.orders.exempting import ExemptionTerms, terms_of
from lms.exceptions import InvalidCsv
from lms.oversight.assignments import LONGEST_WITHIN, SORTS, STATES, AssignmentFilters
from lms.people.csv_table import MAX_BYTES
from lms.people.models import Employee
from lms.people.selectors import Viewer
from lms.people.staff_list import StaffList, employees_listed, read_pasted, read_uploaded

FAULTS_SHOWN = 50


def _day(label: Any, **kwargs: Any) -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, widget=widget, **kwargs)


def assignment_filters(query: QueryDict) -> AssignmentFilters:
    """What an address asks for. What it cannot mean is left out, as if it were not there."""
    values: dict[str, Any] = {
        item.name: text for item in fields(AssignmentFilters) if (text := query.get(item.name))
    }
    if values.get("state") not in STATES:
        values.pop("state", None)
    if values.get("sort", "").removeprefix("-") not in SORTS:
        values.pop("sort", None)
    within = values.pop("within", "")
    if within.isdecimal() and int(within) <= LONGEST_WITHIN:
        values["within"] = int(within)
    return AssignmentFilters(**values)


class FilterForm(forms.Form):
    """Shows `AssignmentFilters`; it is read by `assignment_filters`."""

    state = forms.ChoiceField(
        label=pgettext_lazy("assignments", "state"), required=False, choices=list(STATES.items())
    )
    within = forms.IntegerField(
        label=_("“Due soon” within (days)"),
        required=False,
        min_value=0,
        max_value=LONGEST_WITHIN,
    )
    course = forms.ChoiceField(label=_("course"), required=False)
    department = forms.ChoiceField(label=_("department with all below it"), required=False)
    tier = forms.ChoiceField(label=_("job tier"), required=False)
    person = forms.CharField(label=_("Staff number or name"), required=False)
    sort = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(
        self, wanted: AssignmentFilters, choices: Mapping[str, list[tuple[str, str]]]
    ) -> None:
        super().__init__(initial=asdict(wanted), auto_id="filter-%s")
        for name, options in choices.items():
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)  # noqa: S101 - tells mypy
            field.choices = [("", _("all of them")), *options]


class ExtensionForm(forms.Form):
    until = _day(_("New due date"))
    reason = forms.CharField(label=_("reason for the extension"), max_length=200)


class StaffNumbersForm(forms.Form):
    """A list of people; `people` after it was cleaned. Each number that is nobody's is a fault."""

    numbers = forms.CharField(
        label=_("Staff numbers, one on each line"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 6, "spellcheck": "false", "autocomplete": "off"}),
        help_text=_("You can paste a column from a spreadsheet."),
    )
    people: list[Employee]

    def __init__(self, *args: Any, viewer: Viewer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._viewer = viewer
        self.people = []

    def listed(self) -> StaffList:
        return read_pasted(self.cleaned_data.get("numbers", ""))

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if "numbers" not in self.fields or self.errors:
            return cleaned
        self.people, faults = employees_listed(self._viewer, self.listed())
        for fault in faults[:FAULTS_SHOWN]:
            self.add_error(
                "numbers",
                _("Line %(line)d: %(message)s") % {"line": fault.line, "message": fault.message},
            )
        if not faults and not self.people:
            self.add_error("numbers", _("Name at least one person."))
        return cleaned


class ExemptionForm(StaffNumbersForm):
    """Whom, from what, why and how long. Of one that exists the person stays."""

    kind = forms.ChoiceField(
        label=pgettext_lazy("exemption", "kind"), choices=Exemption.Kind.choices
    )
    note = forms.CharField(
        label=pgettext_lazy("exemption", "reason"), required=False, max_length=200
    )
    course = forms.ModelChoiceField(
        label=_("course"),
        queryset=Course.objects.order_by("position", "key"),
        required=False,
        empty_label=_("every mandatory course"),
    )
    starts_on = _day(pgettext_lazy("exemption", "first day"))
    last_day = _day(pgettext_lazy("exemption", "last day"))

    def __init__(self, *args: Any, exemption: Exemption | None = None, **kwargs: Any) -> None:
        if exemption is not None:
            held = terms_of(exemption)
            kwargs["initial"] = {item.name: getattr(held, item.name) for item in fields(held)}
        super().__init__(*args, **kwargs)
        if exemption is not None:
            del self.fields["numbers"]

    def terms(self) -> ExemptionTerms:
        values = self.cleaned_data
        return ExemptionTerms(
            kind=values["kind"],
            starts_on=values["starts_on"],
            last_day=values["last_day"],
            course=values["course"],
            note=values["note"].strip(),
        )


class ExemptionFilterForm(forms.Form):
    """`when`: whether it holds today."""

    WHEN = (
        ("now", pgettext_lazy("exemption", "holds today")),
        ("later", pgettext_lazy("exemption", "begins later")),
        ("over", pgettext_lazy("exemption", "is over")),
    )
    when = forms.ChoiceField(
        label=pgettext_lazy("exemption", "period"),
        required=False,
        choices=[("", _("all of them")), *WHEN],
    )
    kind = forms.ChoiceField(
        label=pgettext_lazy("exemption", "kind"),
        required=False,
        choices=[("", _("all of them")), *Exemption.Kind.choices],
    )
    person = forms.CharField(label=_("Staff number or name"), required=False)


class NamingForm(StaffNumbersForm):
    """A course for people who share no rule."""

    course = forms.ModelChoiceField(label=_("course"), queryset=Course.objects.none())
    due_on = _day(_("due on"), required=False, help_text=_("Empty: without a due date."))
    file = forms.FileField(
        label=_("or a CSV file with a column of staff numbers"),
        required=False,
        widget=forms.FileInput(attrs={"accept": ".csv,text/csv"}),
    )
    field_order = ("course", "due_on", "numbers", "file")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["course"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 - tells mypy
        field.queryset = published_courses().order_by("position", "key")

    def clean_file(self) -> StaffList | None:
        file = self.cleaned_data["file"]
        if not file:
            return None
        if file.size > MAX_BYTES:
            raise forms.ValidationError(
                _("The file is larger than %(megabytes)d MB.") % {"megabytes": MAX_BYTES // 2**20}
            )
        try:
            return read_uploaded(file.read())
        except InvalidCsv as fault:
            raise forms.ValidationError(fault.message) from fault

    def listed(self) -> StaffList:
        return self.cleaned_data.get("file") or super().listed()
