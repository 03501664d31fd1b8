"""One group of conditions of a rule, as fields of the rule's form."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy, pgettext_lazy

from lms.enrolment.admin.rule_fields import ALL, ANY, IS, IS_NOT, LEAVES, MONTHS
from lms.enrolment.rules.condition import LONGEST_MONTHS

Choices = list[tuple[Any, str]]
LABELS: Mapping[str, Any] = {
    "tier": gettext_lazy("job tier"),
    "role": gettext_lazy("role"),
    "department": gettext_lazy("department with all below it"),
    "employment": gettext_lazy("employment type"),
}
# The rule's own conditions are joined with its groups as well; a group's only with each other.
OWN_JOINS = (
    (ALL, pgettext_lazy("audience", "All of these conditions and groups must hold")),
    (ANY, pgettext_lazy("audience", "One of these conditions or groups must hold")),
)
JOINS = (
    (ANY, pgettext_lazy("audience", "One of these conditions")),
    (ALL, pgettext_lazy("audience", "All of these conditions")),
)
SENSES = (
    (IS, pgettext_lazy("audience", "must hold")),
    (IS_NOT, pgettext_lazy("audience", "must not hold")),
)


def group_field(number: int, name: str) -> str:
    """The field of a group of conditions; those of the rule's own, number 0, have no prefix."""
    return f"group{number}_{name}" if number else name


def group_fields(number: int, choices: Mapping[str, Choices]) -> dict[str, forms.Field]:
    fields: dict[str, forms.Field] = {
        "join": forms.ChoiceField(
            label=pgettext_lazy("audience", "how the conditions are joined"),
            required=False,
            choices=JOINS if number else OWN_JOINS,
        )
    }
    if number:
        fields["sense"] = forms.ChoiceField(
            label=pgettext_lazy("audience", "whether they must hold"),
            required=False,
            choices=SENSES,
        )
        fields["gone"] = forms.BooleanField(label=pgettext_lazy("row", "Remove"), required=False)
    for name, label in LABELS.items():
        fields[name] = KeysField(label=label, required=False, choices=choices[name])
    fields[MONTHS] = number_field(gettext_lazy("joined within months"), LONGEST_MONTHS)
    return {group_field(number, name): field for name, field in fields.items()}


class KeysField(forms.MultipleChoiceField):
    """Some of the choices, as boxes to tick."""

    widget = forms.CheckboxSelectMultiple

    def to_python(self, value: Any) -> list[str]:
        return [key for key in super().to_python(value) if key]


def number_field(label: Any, most: int, least: int = 1) -> forms.IntegerField:
    return forms.IntegerField(label=label, required=False, min_value=least, max_value=most)


@dataclass(frozen=True)
class ConditionGroup:
    """The fields of one group in a form. `number` 0 = the rule's own."""

    form: forms.Form
    number: int

    def _field(self, name: str) -> forms.BoundField | None:
        name = group_field(self.number, name)
        return self.form[name] if name in self.form.fields else None

    @property
    def head(self) -> list[forms.BoundField]:
        return [field for name in ("join", "sense") if (field := self._field(name))]

    @property
    def gone(self) -> forms.BoundField | None:
        return self._field("gone")

    @property
    def boxes(self) -> list[forms.BoundField]:
        return [field for name in LABELS if (field := self._field(name))]

    @property
    def months(self) -> forms.BoundField | None:
        return self._field(MONTHS)

    @property
    def errors(self) -> list[str]:
        names = ("join", "sense", *LEAVES)
        return [
            str(fault) for name in names if (field := self._field(name)) for fault in field.errors
        ]

    @property
    def values(self) -> dict[str, Any]:
        """Of a valid form, as `rule_fields` reads them."""
        cleaned = self.form.cleaned_data
        values = {
            name: cleaned.get(group_field(self.number, name))
            for name in ("join", "sense", "gone", *LEAVES)
        }
        default = ANY if self.number else ALL
        return values | {"join": values["join"] or default, "sense": values["sense"] or IS}
