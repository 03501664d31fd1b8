"""Handing in a framework or judgements."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courses.bilingual import KEY_VALIDATOR
from lms.exceptions import InvalidCsv
from lms.people.csv_table import MAX_BYTES, decode_csv


class FileForm(forms.Form):
    file = forms.FileField(label=gettext_lazy("File"))

    def clean_file(self) -> Any:
        return _checked(self.cleaned_data["file"])

    @property
    def options(self) -> dict[str, Any]:
        """What goes along with the file, as JSON."""
        return {}


class JudgementForm(FileForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].help_text = _("Excel (.xlsx) or CSV (UTF-8 or Shift_JIS).")


class FrameworkForm(FileForm):
    key = forms.CharField(
        label=gettext_lazy("Key of the framework"),
        required=False,
        max_length=64,
        validators=[KEY_VALIDATOR],
        help_text=gettext_lazy("Only for CSV; a CASE file says it itself. For example DSS-L2."),
    )
    version = forms.CharField(label=gettext_lazy("version"), required=False, max_length=32)
    title_ja = forms.CharField(
        label=gettext_lazy("title (Japanese)"), required=False, max_length=200
    )
    title_en = forms.CharField(
        label=gettext_lazy("title (English)"), required=False, max_length=200
    )
    effective_from = forms.DateField(
        label=gettext_lazy("in force from"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    links = forms.FileField(
        label=gettext_lazy("Mappings from another version (CSV)"),
        required=False,
        help_text=gettext_lazy("Columns: earlier, later, most, effective_from."),
    )

    field_order = ("file", "key", "version", "title_ja", "title_en", "effective_from", "links")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].help_text = _(
            "CASE 1.1 (JSON), or CSV with the columns key, parent, title_ja, title_en, is_group."
        )

    def clean_links(self) -> str:
        file = self.cleaned_data["links"]
        if not file:
            return ""
        try:
            return decode_csv(_checked(file).read())[1]
        except InvalidCsv as fault:
            raise forms.ValidationError(fault.message) from fault

    @property
    def options(self) -> dict[str, Any]:
        values = dict(self.cleaned_data)
        del values["file"]
        begins = values["effective_from"]
        return {**values, "effective_from": begins.isoformat() if begins else ""}


def _checked(file: Any) -> Any:
    if file.size > MAX_BYTES:
        raise forms.ValidationError(
            _("The file is larger than %(megabytes)d MB.") % {"megabytes": MAX_BYTES // 2**20}
        )
    return file
