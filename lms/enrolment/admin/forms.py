"""The rules of a course's audience, one row each."""

from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from courses.bilingual import in_language
from courses.models import Course, LearningPath
from lms.enrolment.admin.rule_fields import EXCEPT, GROUP_FIELDS, MONTHS, condition_of, fields_of
from lms.enrolment.models import Rule
from lms.enrolment.refusals import REASONS
from lms.enrolment.rules.compiling import office_keys
from lms.enrolment.rules.condition import (
    ATTRIBUTES,
    LONGEST_MONTHS,
    everybody,
    in_words,
    parse_condition,
)
from lms.enrolment.rules.drafts import NewRule, check_schedule
from lms.enrolment.rules.schedule import DAY, DAYS, EVERY_MONTHS, NEVER, ONCE, Schedule
from lms.enrolment.rules.writing import as_drafts, equal_courses_of
from lms.enrolment.selectors import own_rules
from lms.exceptions import AudienceRefused
from lms.people.models import JobTier, Role
from lms.people.selectors import department_paths

PREFIX = "rules"
MOST_RULES = 100
MOST_DAYS = 3_650
Choices = list[tuple[Any, str]]
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
NOT_EXCEPTED = gettext_lazy("nobody excepted")


def choices_of_groups(course: Course | None) -> dict[str, Choices]:
    """What each field offers, read once for all rows. Without a course nothing equals it."""
    departments = [
        (path[-1].key, " / ".join(in_language(row, "title") for row in path))
        for path in sorted(department_paths().values(), key=lambda path: path[-1].key)
    ]
    options = {
        "tier": [(row.key, row.title) for row in JobTier.objects.all()],
        "role": [(row.key, row.title) for row in Role.objects.all()],
        "department": departments,
    }
    everyone: dict[str, str | Promise] = {
        "tier": _("every tier"),
        "role": _("with or without a role"),
        "department": _("the whole office"),
    }
    found: dict[str, Choices] = {}
    for name in ATTRIBUTES:
        found[name] = [("", str(everyone[name])), *options[name]]
        found[EXCEPT + name] = [("", str(NOT_EXCEPTED)), *options[name]]
    if course is not None:
        others = Course.objects.exclude(pk=course.pk).order_by("position", "key")
        found["equal_courses"] = [(row.key, row.title) for row in others]
    return found


def _number(label: Any, most: int, least: int = 1) -> forms.IntegerField:
    return forms.IntegerField(label=label, required=False, min_value=least, max_value=most)


class RuleForm(forms.Form):
    """One rule. Who may not give orders cannot touch one that is mandatory.

    A condition that says more than a row can (HR's, by the rule language) is shown in words and
    kept as it is: `words` is then not empty.
    """

    pk = forms.IntegerField(required=False, widget=forms.HiddenInput)
    tier = forms.ChoiceField(label=gettext_lazy("job tier"), required=False)
    role = forms.ChoiceField(label=gettext_lazy("role"), required=False)
    department = forms.ChoiceField(label=gettext_lazy("department"), required=False)
    is_mandatory = forms.BooleanField(label=gettext_lazy("mandatory"), required=False)
    due = forms.ChoiceField(
        label=gettext_lazy("how it is due"), required=False, choices=Rule.Due.choices
    )
    due_days = _number(gettext_lazy("days until due"), MOST_DAYS)
    due_on = forms.DateField(
        label=gettext_lazy("due on"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    except_tier = forms.ChoiceField(label=gettext_lazy("except job tier"), required=False)
    except_role = forms.ChoiceField(label=gettext_lazy("except role"), required=False)
    except_department = forms.ChoiceField(label=gettext_lazy("except department"), required=False)
    joined_within_months = _number(gettext_lazy("joined within months"), LONGEST_MONTHS)
    repeats = forms.ChoiceField(
        label=pgettext_lazy("audience", "asked again"),
        required=False,
        choices=Rule.Repeats.choices,
    )
    repeat_months = _number(gettext_lazy("months between"), LONGEST_MONTHS)
    credit_months = _number(
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
        kept: Mapping[int, tuple[dict[str, Any], str]],
        may_order: bool,
        **kwargs: Any,
    ) -> None:
        # An added row with nothing chosen is a rule for everybody, not a row left empty.
        super().__init__(*args, **kwargs | {"empty_permitted": False})
        self._kept = kept.get(self._pk())
        self.words = self._kept[1] if self._kept else ""
        if "equal_courses" not in choices:
            del self.fields["equal_courses"]
        for name, options in choices.items():
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)  # noqa: S101 - tells mypy
            field.choices = options
        if self.words:
            for name in GROUP_FIELDS:
                del self.fields[name]
        self.is_fixed = not may_order and bool(self.initial.get("is_mandatory"))
        for name, field in self.fields.items():
            field.disabled = self.is_fixed or (not may_order and name in DUTY_FIELDS)

    def _pk(self) -> int:
        given = self.data.get(self.add_prefix("pk")) if self.is_bound else self.initial.get("pk")
        return int(text) if (text := str(given or "")).isdecimal() else 0

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
        return self._kept[0] if self._kept else condition_of(self.cleaned_data)


BASIC = (*ATTRIBUTES, "is_mandatory", "due", "due_days", "due_on")
FURTHER = (
    *(EXCEPT + name for name in ATTRIBUTES),
    MONTHS,
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
    return values | (fields_of(parse_condition(rule.condition or everybody())) or {})


def rule_forms(*, course: Course, data: Any = None, may_order: bool) -> BaseRuleFormSet:
    """The course's own rules."""
    return _rule_forms(own_rules(course), choices_of_groups(course), data, may_order)


def path_rule_forms(*, path: LearningPath, data: Any = None, may_order: bool) -> BaseRuleFormSet:
    return _rule_forms(path.audience.all(), choices_of_groups(None), data, may_order)


def _rule_forms(
    saved: Iterable[Rule], choices: dict[str, Choices], data: Any, may_order: bool
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
            "kept": _conditions_beyond_a_row(rules),
            "may_order": may_order,
        },
    )


def _conditions_beyond_a_row(
    rules: Iterable[Rule],
) -> dict[int, tuple[dict[str, Any], str]]:
    """Row id -> condition and its words, of those that the fields cannot say."""
    parsed = {rule.pk: parse_condition(rule.condition) for rule in rules}
    beyond = {pk: item for pk, item in parsed.items() if fields_of(item) is None}
    title = office_keys().title if beyond else (lambda _, key: key)
    return {
        rule.pk: (rule.condition, in_words(beyond[rule.pk], title))
        for rule in rules
        if rule.pk in beyond
    }


def saved_rules(course: Course) -> list[NewRule]:
    """The course's own rules as they are, to be shown or set again."""
    return as_drafts(own_rules(course))
