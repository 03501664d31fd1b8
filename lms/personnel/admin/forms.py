"""Handing in a file of people."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lms.people.csv_table import MAX_BYTES
from lms.personnel.services import days_to_choose


class UploadForm(forms.Form):
    file = forms.FileField(
        label=_("CSV file of people"),
        help_text=_("UTF-8 or CP932 (Shift_JIS). Either everybody, or only those who change."),
        widget=forms.FileInput(attrs={"accept": ".csv,text/csv"}),
    )
    effective_on = forms.TypedChoiceField(
        label=_("Shown as of"), coerce=date.fromisoformat, widget=forms.RadioSelect
    )
    ignored_columns = forms.CharField(
        label=_("Columns to pass over"),
        required=False,
        help_text=_("Titles of columns that this site has no use for, separated by commas."),
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = (_("today"), _("tomorrow"))
        days = days_to_choose(today)
        field = self.fields["effective_on"]
        assert isinstance(field, forms.TypedChoiceField)  # noqa: S101 - tells mypy
        field.choices = [
            (day.isoformat(), f"{name} ({day:%Y-%m-%d})")
            for day, name in zip(days, names, strict=True)
        ]
        field.initial = days[-1].isoformat()

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > MAX_BYTES:
            raise forms.ValidationError(
                _("The file is larger than %(megabytes)d MB.") % {"megabytes": MAX_BYTES // 2**20}
            )
        return file

    def clean_ignored_columns(self) -> list[str]:
        text = self.cleaned_data["ignored_columns"].replace("、", ",").replace("，", ",")
        return [name for name in map(str.strip, text.split(",")) if name]
