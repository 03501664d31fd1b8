"""The rules of a course's audience, one row each."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy, pgettext_lazy

from courses.bilingual import in_language
from courses.models import Course, LearningPath
from lms.enrolment.admin.groups import (
    Choices,
    ConditionGroup,
    group_field,
    group_fields,
    number_field,
)
from lms.enrolment.admin.rule_fields import MOST_GROUPS, condition_of, fields_of
from lms.enrolment.models import Rule
from lms.enrolment.refusals import REASONS
from lms.enrolment.rules.compiling import office_keys
from lms.enrolment.rules.condition import (
    LONGEST_MONTHS,
    everybody,
    in_words,
    parse_condition,
)
from lms.enrolment.rules.drafts import NewRule, check_schedule
from lms.enrolment.rules.schedule import DAY, DAYS, EVERY_MONTHS, NEVER, ONCE, Schedule
from lms.enrolment.rules.writing import equal_courses_of
from lms.enrolment.selectors import own_rules
from lms.exceptions import AudienceRefused
from lms.people.models import EmploymentType, JobTier, Role
from lms.people.selectors import department_paths

PREFIX = "rules"
MOST_RULES = 100
MOST_DAYS = 3_650
# What only HR sets.
DUTY_FIELDS = (
    "is_mandatory",
    "due",
    "due_days",
    "due_on",
    "repeats",
    "repeat_months",
    "credit_months",
    "equal_courses",
)
# How many groups of conditions a rule has besides its first; posted with the row.
GROUPS = "groups"


def choices_of_groups(course: Course | None) -> dict[str, Choices]:
    """What each field offers, read once for all rows. Without a course nothing equals it."""
    paths = sorted(department_paths().values(), key=lambda path: [row.key for row in path])
    choices: dict[str, Choices] = {
        "tier": [(row.key, row.title) for row in JobTier.objects.all()],
        "role": [(row.key, row.title) for row in Role.objects.all()],
        "department": [
            (path[-1].key, "\u3000" * (len(path) - 1) + in_language(path[-1], "title"))
            for path in paths
        ],
        "employment": [(row.key, row.title) for row in EmploymentType.objects.all()],
    }
    if course is not None:
        others = Course.objects.exclude(pk=course.pk).order_by("position", "key")
        choices["equal_courses"] = [(row.key, row.title) for row in others]
    return choices


class RuleForm(forms.Form):
    """One rule. Who may not give orders cannot touch one that is mandatory.

    A condition that says more than the fields can (HR's, by the rule language) is kept as it is.
    `words` says the condition as it is saved.
    """

    pk = forms.IntegerField(required=False, widget=forms.HiddenInput)
    is_mandatory = forms.BooleanField(label=gettext_lazy("mandatory"), required=False)
    due = forms.ChoiceField(
        label=gettext_lazy("how it is due"), required=False, choices=Rule.Due.choices
    )
    due_days = number_field(gettext_lazy("days until due"), MOST_DAYS)
    due_on = forms.DateField(
        label=gettext_lazy("due on"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    repeats = forms.ChoiceField(
        label=pgettext_lazy("audience", "asked again"),
        required=False,
        choices=Rule.Repeats.choices,
    )
    repeat_months = number_field(gettext_lazy("months between"), LONGEST_MONTHS)
    credit_months = number_field(
        gettext_lazy("months that earlier learning counts"), LONGEST_MONTHS, least=0
    )
    equal_courses = forms.MultipleChoiceField(
        label=gettext_lazy("courses that count as this one"),
        required=False,
        widget=forms.SelectMultiple(attrs={"size": 4}),
    )

    def __init__(
        self,
        *args: Any,
        choices: dict[str, Choices],
        saved: Mapping[int, "SavedCondition"],
        may_order: bool,
        grown: str = "",
        **kwargs: Any,
    ) -> None:
        # An added row with nothing chosen is a rule for everybody, not a row left empty.
        super().__init__(*args, **kwargs | {"empty_permitted": False})
        held = saved.get(self._pk())
        self.words = held.words if held else ""
        self._kept = held.condition if held and held.is_beyond else None
        self.is_fixed = not may_order and bool(self.initial.get("is_mandatory"))
        self.group_count = 0 if self._kept else self._count()
        if self._kept is None:
            self._add_groups(choices, is_grown=bool(grown) and grown == self.prefix)
        if "equal_courses" in choices:
            equal = self.fields["equal_courses"]
            assert isinstance(equal, forms.MultipleChoiceField)  # noqa: S101 - tells mypy
            equal.choices = choices["equal_courses"]
        else:
            del self.fields["equal_courses"]
        for name, field in self.fields.items():
            field.disabled = self.is_fixed or (not may_order and name in DUTY_FIELDS)

    def _pk(self) -> int:
        given = self.data.get(self.add_prefix("pk")) if self.is_bound else self.initial.get("pk")
        return int(text) if (text := str(given or "")).isdecimal() else 0

    def _count(self) -> int:
        if not self.is_bound or self.is_fixed:
            return len(self.initial.get(GROUPS, ()))
        text = str(self.data.get(self.add_prefix(GROUPS), "0"))
        return min(int(text), MOST_GROUPS) if text.isdecimal() else 0

    def _add_groups(self, choices: dict[str, Choices], *, is_grown: bool) -> None:
        for number in range(self.group_count + 1):
            self.fields.update(group_fields(number, choices))
        if is_grown and self.group_count:
            join = self.fields[group_field(self.group_count, "join")]
            join.widget.attrs["autofocus"] = True

    @property
    def groups(self) -> list[ConditionGroup]:
        if self._kept is not None:
            return []
        return [ConditionGroup(self, number) for number in range(self.group_count + 1)]

    @property
    def may_grow(self) -> bool:
        return self._kept is None and not self.is_fixed and self.group_count < MOST_GROUPS

    @property
    def basic_fields(self) -> list[forms.BoundField]:
        return [field for field in self.visible_fields() if field.name in BASIC]

    @property
    def further_fields(self) -> list[forms.BoundField]:
        """What most rules leave alone."""
        return [field for field in self.visible_fields() if field.name in FURTHER]

    @property
    def uses_further(self) -> bool:
        return any(
            field.errors or field.value() not in (None, "", [], ONCE)
            for field in self.further_fields
        )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if not self.errors:
            try:
                check_schedule(self.rule())
            except AudienceRefused as fault:
                self.add_error(FAULT_FIELDS[fault.code], fault.message)
        return cleaned

    def rule(self) -> NewRule:
        values = self.cleaned_data
        due = values["due"] or NEVER
        if due == NEVER:
            # The number or the date alone says how.
            due = DAYS if values["due_days"] else DAY if values["due_on"] else NEVER
        repeats = values["repeats"] or ONCE
        if repeats == ONCE and values["repeat_months"]:
            repeats = EVERY_MONTHS
        return NewRule(
            condition=self.condition(),
            is_mandatory=values["is_mandatory"],
            schedule=Schedule(
                due=due,
                due_days=values["due_days"],
                due_on=values["due_on"],
                repeats=repeats,
                repeat_months=values["repeat_months"],
                credit_months=values["credit_months"],
            ),
            equal_courses=tuple(values.get("equal_courses", ())),
            pk=values["pk"],
        )

    def condition(self) -> dict[str, Any]:
        if self._kept is not None:
            return self._kept
        own, *others = (group.values for group in self.groups)
        return condition_of(own | {GROUPS: [group for group in others if not group["gone"]]})


BASIC = ("is_mandatory", "due", "due_days", "due_on")
FURTHER = (
    "repeats",
    "repeat_months",
    "credit_months",
    "equal_courses",
)
FAULT_FIELDS = {
    "due_without_order": "due_on",
    "due_incomplete": "due",
    "repeat_incomplete": "repeat_months",
    "date_repeats": "due_on",
}


class BaseRuleFormSet(forms.BaseFormSet):  # type: ignore[type-arg]
    def add_fields(self, form: RuleForm, index: int | None) -> None:
        super().add_fields(form, index)
        form.fields["DELETE"].disabled = form.is_fixed

    @cached_property
    def kept(self) -> list[RuleForm]:
        """Rows that are not removed. Of a form set that was validated."""
        return [form for form in self.forms if not form.cleaned_data.get("DELETE")]

    def clean(self) -> None:
        seen: list[dict[str, Any]] = []
        for form in self.kept:
            if not form.is_valid():
                continue
            if form.condition() in seen:
                form.add_error(None, str(REASONS["repeated"]))
            seen.append(form.condition())

    def rules(self) -> list[NewRule]:
        """Of a valid form set, in the order of its rows."""
        return [form.rule() for form in self.kept]


def initial_of(rule: Rule) -> dict[str, Any]:
    values = {"pk": rule.pk, "equal_courses": equal_courses_of(rule)}
    values |= {name: getattr(rule, name) for name in DUTY_FIELDS if name != "equal_courses"}
    said = fields_of(parse_condition(rule.condition or everybody())) or {}
    for number, group in enumerate(said.get(GROUPS, ()), start=1):
        values |= {group_field(number, name): value for name, value in group.items()}
    return values | said


@dataclass(frozen=True)
class SavedCondition:
    """A rule's condition as it is saved, and in words. `is_beyond` = fields cannot say it."""

    condition: dict[str, Any]
    words: str
    is_beyond: bool


def rule_forms(
    *, course: Course, data: Any = None, may_order: bool, grown: str = ""
) -> BaseRuleFormSet:
    """The course's own rules.

    Args:
        grown: prefix of the row that was given one more group of conditions, which is to be
            filled in next; "" = none.
    """
    return _rule_forms(own_rules(course), choices_of_groups(course), data, may_order, grown)


def path_rule_forms(
    *, path: LearningPath, data: Any = None, may_order: bool, grown: str = ""
) -> BaseRuleFormSet:
    """The same of a path."""
    return _rule_forms(path.audience.all(), choices_of_groups(None), data, may_order, grown)


def _rule_forms(
    saved: Iterable[Rule], choices: dict[str, Choices], data: Any, may_order: bool, grown: str
) -> BaseRuleFormSet:
    form_set: type[BaseRuleFormSet] = forms.formset_factory(  # type: ignore[assignment]
        RuleForm,
        formset=BaseRuleFormSet,
        extra=0,
        can_delete=True,
        max_num=MOST_RULES,
        absolute_max=MOST_RULES,
        validate_max=True,
    )
    rules = list(saved)
    return form_set(
        data,
        prefix=PREFIX,
        initial=[initial_of(rule) for rule in rules],
        form_kwargs={
            "choices": choices,
            "saved": _saved_conditions(rules),
            "may_order": may_order,
            "grown": grown,
        },
    )


def with_one_more_group(data: Any, prefix: str) -> Any:
    """What was posted, as if the row had one more group of conditions."""
    grown = data.copy()
    name = f"{prefix}-{GROUPS}"
    text = str(grown.get(name, "0"))
    grown[name] = str(int(text) + 1 if text.isdecimal() else 1)
    return grown


def _saved_conditions(rules: Iterable[Rule]) -> dict[int, SavedCondition]:
    """By row id."""
    title = office_keys().title
    parsed = {rule.pk: parse_condition(rule.condition) for rule in rules}
    return {
        rule.pk: SavedCondition(
            rule.condition,
            in_words(parsed[rule.pk], title),
            fields_of(parsed[rule.pk]) is None,
        )
        for rule in rules
    }
