"""A project, what it needs, and a figure of its ledger, as the DX office fills them in."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from skills_matrix.admin.forms import competency_choices, level_choices
from skills_matrix.admin.process_forms import PREFIX, BaseNeedFormSet, NeedForm
from skills_matrix.competencies.models import Competency
from skills_matrix.exceptions import PROJECT_REASONS
from skills_matrix.projects.ledger_models import BenefitFigure
from skills_matrix.projects.models import MOST_PEOPLE, Project, ProjectNeed

MOST_NEEDS = 100
_NEED_FIELDS = ("level", "headcount", "is_must")
_DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class ProjectForm(forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = Project
        fields = [
            *("key", "title_ja", "title_en", "measure", "effort", "department", "lead_role"),
            *("summary_ja", "summary_en", "starts_on", "ends_on", "hours_per_week", "places"),
        ]
        widgets = {
            **dict.fromkeys(("starts_on", "ends_on"), _DAY),
            **{name: forms.Textarea(attrs={"rows": 3}) for name in ("summary_ja", "summary_en")},
        }


class ProjectNeedForm(NeedForm):
    headcount = forms.IntegerField(
        label=_("people needed"), min_value=1, max_value=MOST_PEOPLE, initial=1
    )
    is_must = forms.BooleanField(label=_("must"), required=False)


class BaseProjectNeedFormSet(BaseNeedFormSet):
    def clean(self) -> None:
        seen: set[int] = set()
        for form in self.kept:
            if not form.is_valid():
                continue
            competency = form.cleaned_data["competency"]
            if competency in seen:
                form.add_error(None, str(PROJECT_REASONS["repeated"]))
            seen.add(competency)

    def project_needs(self) -> list[ProjectNeed]:
        """Of a valid form set, in the order of its rows; not saved."""
        rows = [form.cleaned_data for form in self.kept]
        known = Competency.objects.in_bulk([row["competency"] for row in rows])
        return [
            ProjectNeed(
                competency=known[row["competency"]], **{name: row[name] for name in _NEED_FIELDS}
            )
            for row in rows
        ]


def project_need_forms(*, needs: Iterable[ProjectNeed], data: Any = None) -> BaseProjectNeedFormSet:
    form_set: type[BaseProjectNeedFormSet] = forms.formset_factory(  # type: ignore[assignment]
        ProjectNeedForm,
        formset=BaseProjectNeedFormSet,
        extra=0,
        can_delete=True,
        max_num=MOST_NEEDS,
        absolute_max=MOST_NEEDS,
        validate_max=True,
    )
    return form_set(
        data,
        prefix=PREFIX,
        initial=[
            {
                "competency": need.competency_id,
                **{name: getattr(need, name) for name in _NEED_FIELDS},
            }
            for need in needs
        ],
        form_kwargs={"choices": {"competency": competency_choices(), "level": level_choices()}},
    )


class FigureForm(forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = BenefitFigure
        fields = [
            *("phase", "cases_per_year", "minutes_per_case", "people", "error_rate", "tier"),
            *("measured_on", "how"),
        ]
        widgets = {"measured_on": _DAY, "how": forms.Textarea(attrs={"rows": 2})}
        help_texts = {
            "error_rate": _("Between 0 and 1; 0.05 is five of a hundred cases."),
            "tier": _("Their hourly rate prices the hours saved."),
        }
