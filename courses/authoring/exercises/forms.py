"""The form of a data exercise: task, files, columns, rules."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from courses.catalogue.models import Activity, Course
from courses.exceptions import CoursesError
from courses.exercises.models import ExerciseContent
from courses.exercises.presenting import offered_rules
from courses.exercises.services import NamedFile, read_spec
from courses.exercises.spec import Spec

TYPES = [
    ("text", _("text")),
    ("address", _("address")),
    ("integer", _("whole number")),
    ("number", _("number")),
    ("date", _("date")),
    ("time", _("time")),
    ("code-lg", _("local government code")),
    ("postal", _("postal code")),
    ("phone", _("telephone number")),
    ("lat", _("latitude")),
    ("lon", _("longitude")),
]
FORMATS = [("csv", "CSV"), ("xlsx", "Excel (.xlsx)")]
ACCEPT = {"accept": ".csv,.txt,.tsv,.xlsx"}


class ColumnForm(forms.Form):
    """One column. A row without a name is not there."""

    name = forms.CharField(label=_("Name"), max_length=100, required=False)
    type = forms.ChoiceField(label=_("Type"), choices=TYPES, required=False)
    unit = forms.CharField(label=_("Unit"), max_length=20, required=False)
    is_key = forms.BooleanField(label=_("Key"), required=False)
    is_required = forms.BooleanField(label=_("Needed"), required=False)
    is_atomic = forms.BooleanField(label=_("One value"), required=False)
    allowed = forms.CharField(label=_("Only these values (separated by |)"), required=False)
    symbols = forms.CharField(label=_("Declared marks (separated by |)"), required=False)

    def as_column(self) -> dict[str, Any] | None:
        """None = an empty row."""
        data = self.cleaned_data
        if not data.get("name"):
            return None
        return {
            "name": data["name"],
            "type": data["type"] or "text",
            "unit": data["unit"],
            "is_required": data["is_required"],
            "is_atomic": data["is_atomic"],
            "allowed": _split(data["allowed"]),
            "symbols": _split(data["symbols"]),
        }


def _sent(file: Any) -> NamedFile:
    """Both files are read again for every grading of a request."""
    file.seek(0)
    return file.read(), file.name


ColumnFormSet = forms.formset_factory(ColumnForm, extra=1, max_num=100, validate_max=True)


def _split(text: str) -> list[str]:
    return [part.strip() for part in text.split("|") if part.strip()]


def column_initial(spec: Spec) -> list[dict[str, Any]]:
    return [
        column.model_dump()
        | {
            "allowed": " | ".join(column.allowed),
            "symbols": " | ".join(column.symbols),
            "is_key": column.name in spec.keys,
        }
        for column in spec.columns
    ]


class ExerciseForm(forms.Form):
    """`spec` and the files are ready after `is_valid`; files not given anew are the draft's."""

    course = forms.ModelChoiceField(label=_("Course"), queryset=Course.objects.none())
    title_ja = forms.CharField(label=_("Title (Japanese)"), max_length=200)
    title_en = forms.CharField(label=_("Title (English)"), max_length=200, required=False)
    pass_percent = forms.IntegerField(
        label=_("Pass mark (%)"),
        min_value=0,
        max_value=100,
        required=False,
        help_text=_("Empty: practice, not graded."),
    )
    earlier_count = forms.BooleanField(
        label=_("Earlier completions still count"), required=False, initial=True
    )
    instructions_ja = forms.CharField(
        label=_("Task (Japanese)"),
        widget=forms.Textarea(attrs={"rows": 8}),
        max_length=20_000,
        help_text=_("Say everything the learner must know to reach the expected table."),
    )
    instructions_en = forms.CharField(
        label=_("Task (English)"),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=20_000,
        required=False,
    )
    messy = forms.FileField(
        label=_("Messy file"),
        required=False,
        allow_empty_file=True,
        widget=forms.FileInput(attrs=ACCEPT),
        help_text=_("What the learner downloads, byte by byte."),
    )
    expected = forms.FileField(
        label=_("Expected file"),
        required=False,
        allow_empty_file=True,
        widget=forms.FileInput(attrs=ACCEPT),
        help_text=_("The table as it should be. Never shown to learners."),
    )
    no_expected = forms.BooleanField(
        label=_("Grade by the rules only, without an expected file"), required=False
    )
    formats = forms.MultipleChoiceField(
        label=_("Files taken"),
        choices=FORMATS,
        widget=forms.CheckboxSelectMultiple,
        initial=["csv", "xlsx"],
    )

    def __init__(
        self,
        *args: Any,
        courses: QuerySet[Course],
        draft: Activity | None,
        columns: Any,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.columns = columns
        self.content: ExerciseContent | None = draft.exercise if draft else None
        self.spec: Spec | None = None
        course: Any = self.fields["course"]
        course.queryset = courses
        if draft is not None:
            course.disabled = True
            course.initial = draft.course_id
        picked = (
            {pick.rule: pick for pick in self.content.parsed_spec().rules} if self.content else {}
        )
        self.rules = offered_rules()
        for rule in self.rules:
            pick = picked.get(rule.code)
            has_pick = pick is not None or self.content is None
            self.fields[f"rule_{rule.code}"] = forms.BooleanField(
                label=rule.title, required=False, initial=has_pick
            )
            self.fields[f"weight_{rule.code}"] = forms.FloatField(
                label=_("Weight"),
                min_value=0.1,
                max_value=1000,
                required=False,
                initial=pick.weight if pick else rule.weight,
            )
            self.fields[f"critical_{rule.code}"] = forms.BooleanField(
                label=_("Must"),
                required=False,
                initial=pick.is_critical if pick else rule.is_critical,
            )

    def rule_rows(self) -> list[dict[str, Any]]:
        """For the template: each rule with its three fields."""
        return [
            {
                "rule": rule,
                "picked": self[f"rule_{rule.code}"],
                "weight": self[f"weight_{rule.code}"],
                "critical": self[f"critical_{rule.code}"],
            }
            for rule in self.rules
        ]

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if not data.get("messy") and self.content is None:
            self.add_error("messy", _("Choose the file that learners are to clean."))
        if not (data.get("expected") or data.get("no_expected") or self._kept_expected()):
            self.add_error(
                "expected", _("Choose the expected file, or say that only the rules decide.")
            )
        if not self.columns.is_valid():
            self.add_error(None, _("Correct the columns."))
            return data
        try:
            self.spec = read_spec(self._spec_json(data))
        except CoursesError as error:
            self.add_error(None, error.message)
        return data

    def _spec_json(self, data: dict[str, Any]) -> dict[str, Any]:
        rows = [(form.as_column(), form.cleaned_data) for form in self.columns.forms]
        return {
            "columns": [column for column, _data in rows if column],
            "keys": [row["name"] for column, row in rows if column and row["is_key"]],
            "formats": data.get("formats") or ["csv", "xlsx"],
            "rules": [
                {
                    "rule": rule.code,
                    "weight": data.get(f"weight_{rule.code}") or rule.weight,
                    "is_critical": bool(data.get(f"critical_{rule.code}")),
                }
                for rule in self.rules
                if data.get(f"rule_{rule.code}")
            ],
        }

    def _kept_expected(self) -> bool:
        return self.content is not None and self.content.expected_id is not None

    def messy_file(self) -> NamedFile:
        """After `is_valid`."""
        if self.content is not None and not self.cleaned_data.get("messy"):
            return self.content.messy_file()
        return _sent(self.cleaned_data["messy"])

    def expected_file(self) -> NamedFile | None:
        """After `is_valid`; None = only the rules decide."""
        if self.cleaned_data["no_expected"]:
            return None
        given = self.cleaned_data.get("expected")
        if given:
            return _sent(given)
        return self.content.expected_file() if self.content else None

    def pass_mark(self) -> float | None:
        percent = self.cleaned_data["pass_percent"]
        return None if percent is None else percent / 100
