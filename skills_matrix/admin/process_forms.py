"""A business process and what it needs, one row each."""

from collections.abc import Iterable
from functools import cached_property
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courses.bilingual import KEY_VALIDATOR
from lms.people.calendar import office_today
from lms.people.selectors import department_paths
from skills_matrix.admin.forms import competency_choices, level_choices
from skills_matrix.competencies.models import Competency
from skills_matrix.exceptions import PROCESS_REASONS
from skills_matrix.processes.models import MOST_PEOPLE, BusinessProcess, ProcessNeed

PREFIX = "needs"
MOST_NEEDS = 100
FIELDS = ("key", "title_ja", "title_en", "department", "effective_from", "effective_until")

Choices = list[Any]


def _department_choices() -> Choices:
    """Departments with the line above them, in the order of the office."""
    lines = sorted(department_paths().values(), key=lambda line: [row.key for row in line])
    titles = [(line[-1].pk, " / ".join(row.title for row in line)) for line in lines]
    return [("", _("Choose a department")), *titles]


def _day(label: Any, **kwargs: Any) -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, widget=widget, **kwargs)


class ProcessForm(forms.Form):
    key = forms.CharField(
        label=gettext_lazy("key"), max_length=64, validators=[KEY_VALIDATOR], strip=True
    )
    title_ja = forms.CharField(label=gettext_lazy("title (Japanese)"), max_length=200)
    title_en = forms.CharField(
        label=gettext_lazy("title (English)"), max_length=200, required=False
    )
    department = forms.TypedChoiceField(
        label=gettext_lazy("department in charge"),
        coerce=int,
        help_text=gettext_lazy("Whoever is posted there or below, also beside a main posting."),
    )
    effective_from = _day(gettext_lazy("in force from"), initial=office_today)
    effective_until = _day(gettext_lazy("in force until (exclusive)"), required=False)

    def __init__(self, *args: Any, process: BusinessProcess | None, **kwargs: Any) -> None:
        initial = {name: getattr(process, name) for name in FIELDS} if process else {}
        if process:
            initial["department"] = process.department_id
        super().__init__(*args, **kwargs | {"initial": initial})
        field = self.fields["department"]
        assert isinstance(field, forms.TypedChoiceField)  # noqa: S101 - tells mypy
        field.choices = _department_choices()

    def process(self, saved: BusinessProcess | None) -> BusinessProcess:
        """The saved one or a new one with these values; not saved."""
        row = saved or BusinessProcess()
        for name in FIELDS:
            value = self.cleaned_data[name]
            setattr(row, "department_id" if name == "department" else name, value)
        return row


class NeedForm(forms.Form):
    competency = forms.TypedChoiceField(label=gettext_lazy("competency"), coerce=int)
    level = forms.TypedChoiceField(label=gettext_lazy("level"), coerce=int)
    headcount = forms.IntegerField(
        label=gettext_lazy("people needed"), min_value=0, max_value=MOST_PEOPLE, initial=1
    )

    def __init__(self, *args: Any, choices: dict[str, Choices], **kwargs: Any) -> None:
        # A row that was added and not filled in is a mistake to be told, not to be passed over.
        super().__init__(*args, **kwargs | {"empty_permitted": False})
        for name, options in choices.items():
            field = self.fields[name]
            assert isinstance(field, forms.TypedChoiceField)  # noqa: S101 - tells mypy
            field.choices = options


class BaseNeedFormSet(forms.BaseFormSet):  # type: ignore[type-arg]
    @cached_property
    def kept(self) -> list[NeedForm]:
        """Rows that are not removed. Of a form set that was validated."""
        return [form for form in self.forms if not form.cleaned_data.get("DELETE")]

    def clean(self) -> None:
        seen: set[tuple[int, int]] = set()
        for form in self.kept:
            if not form.is_valid():
                continue
            key = (form.cleaned_data["competency"], form.cleaned_data["level"])
            if key in seen:
                form.add_error(None, str(PROCESS_REASONS["repeated"]))
            seen.add(key)

    def needs(self) -> list[ProcessNeed]:
        """Of a valid form set, in the order of its rows; not saved."""
        rows = [form.cleaned_data for form in self.kept]
        known = Competency.objects.in_bulk([row["competency"] for row in rows])
        return [
            ProcessNeed(
                competency=known[row["competency"]],
                level=row["level"],
                headcount=row["headcount"],
            )
            for row in rows
        ]


def need_forms(*, needs: Iterable[ProcessNeed], data: Any = None) -> BaseNeedFormSet:
    form_set: type[BaseNeedFormSet] = forms.formset_factory(  # type: ignore[assignment]
        NeedForm,
        formset=BaseNeedFormSet,
        extra=0,
        can_delete=True,
        max_num=MOST_NEEDS,
        absolute_max=MOST_NEEDS,
        validate_max=True,
    )
    names = ("level", "headcount")
    return form_set(
        data,
        prefix=PREFIX,
        initial=[
            {"competency": need.competency_id, **{name: getattr(need, name) for name in names}}
            for need in needs
        ],
        form_kwargs={"choices": {"competency": competency_choices(), "level": level_choices()}},
    )
