"""The rules of a course's audience, one row each."""

from functools import cached_property
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courses.bilingual import in_language
from courses.models import Course
from lms.enrolment.models import AudienceRule
from lms.enrolment.refusals import REASONS
from lms.people.models import JobTier, Role
from lms.people.selectors import department_paths

PREFIX = "rules"
MOST_RULES = 100
Choices = list[tuple[Any, str]]


def choices_of_groups() -> dict[str, Choices]:
    """What each field offers, read once for all rows."""
    departments = sorted(department_paths().values(), key=lambda path: path[-1].key)
    return {
        "tier": [("", _("every tier")), *((row.pk, row.title) for row in JobTier.objects.all())],
        "role": [("", _("with or without a role")), *((r.pk, r.title) for r in Role.objects.all())],
        "department": [
            ("", _("the whole office")),
            *(
                (path[-1].pk, " / ".join(in_language(row, "title") for row in path))
                for path in departments
            ),
        ],
    }


def _group_field(label: Any) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(label=label, required=False, coerce=int, empty_value=None)


class RuleForm(forms.Form):
    """One rule. Who may not give orders cannot touch one that is mandatory."""

    tier = _group_field(gettext_lazy("job tier"))
    role = _group_field(gettext_lazy("role"))
    department = _group_field(gettext_lazy("department"))
    is_mandatory = forms.BooleanField(label=gettext_lazy("mandatory"), required=False)
    due_on = forms.DateField(
        label=gettext_lazy("due on"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(
        self, *args: Any, choices: dict[str, Choices], may_order: bool, **kwargs: Any
    ) -> None:
        # An added row with nothing chosen is a rule for everybody, not a row left empty.
        super().__init__(*args, **kwargs | {"empty_permitted": False})
        for name, options in choices.items():
            field = self.fields[name]
            assert isinstance(field, forms.TypedChoiceField)  # noqa: S101 - tells mypy
            field.choices = options
        self.is_fixed = not may_order and bool(self.initial.get("is_mandatory"))
        for name in (
            self.fields if self.is_fixed else () if may_order else ("is_mandatory", "due_on")
        ):
            self.fields[name].disabled = True

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("due_on") and not cleaned.get("is_mandatory"):
            self.add_error("due_on", str(REASONS["due_without_order"]))
        return cleaned

    def rule(self) -> AudienceRule:
        """Not saved, and of no course yet."""
        values = self.cleaned_data
        return AudienceRule(
            tier_id=values["tier"],
            role_id=values["role"],
            department_id=values["department"],
            is_mandatory=values["is_mandatory"],
            due_on=values["due_on"],
        )


class BaseRuleFormSet(forms.BaseFormSet):  # type: ignore[type-arg]
    def add_fields(self, form: RuleForm, index: int | None) -> None:
        super().add_fields(form, index)
        form.fields["DELETE"].disabled = form.is_fixed

    @cached_property
    def kept(self) -> list[RuleForm]:
        """Rows that are not removed. Of a form set that was validated."""
        return [form for form in self.forms if not form.cleaned_data.get("DELETE")]

    def clean(self) -> None:
        seen: set[tuple[Any, ...]] = set()
        for form in self.kept:
            if not form.is_valid():
                continue
            group = tuple(form.cleaned_data[name] for name in ("tier", "role", "department"))
            if group in seen:
                form.add_error(None, str(REASONS["repeated"]))
            seen.add(group)

    def rules(self) -> list[AudienceRule]:
        """Of a valid form set, in the order of its rows."""
        return [form.rule() for form in self.kept]


def rule_forms(*, course: Course, data: Any = None, may_order: bool) -> BaseRuleFormSet:
    form_set: type[BaseRuleFormSet] = forms.formset_factory(  # type: ignore[assignment]
        RuleForm,
        formset=BaseRuleFormSet,
        extra=0,
        can_delete=True,
        max_num=MOST_RULES,
        absolute_max=MOST_RULES,
        validate_max=True,
    )
    return form_set(
        data,
        prefix=PREFIX,
        initial=[
            {
                "tier": rule.tier_id,
                "role": rule.role_id,
                "department": rule.department_id,
                "is_mandatory": rule.is_mandatory,
                "due_on": rule.due_on,
            }
            for rule in course.audience.all()
        ],
        form_kwargs={"choices": choices_of_groups(), "may_order": may_order},
    )
