"""What a course awards, one row each."""

from collections.abc import Iterable
from functools import cached_property
from itertools import groupby
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courses.models import Course
from lms.people.calendar import office_today
from skills_matrix.competencies.models import Assurance, Award, Competency
from skills_matrix.competencies.selectors import competencies_held, scale
from skills_matrix.exceptions import AWARD_REASONS

PREFIX = "awards"
MOST_AWARDS = 100
# What a course that is taken alone at one's desk can show; more needs somebody who watches.
# A supervised test is one only as far as the server graded it: see frames.completions_frame.
COURSE_ASSURANCES = (
    Assurance.SELF_DECLARED,
    Assurance.BROWSER_QUIZ,
    Assurance.SUPERVISED_TEST,
)
# A course shows level 1 to 4; nobody is awarded level 0.
LOWEST = 1

Choices = list[Any]


def _heading(row: Competency) -> str:
    parts = [row.framework.title, *([row.parent.title] if row.parent else [])]
    return " / ".join(parts)


def competency_choices() -> Choices:
    """Competencies by framework and group, as a select shows them."""
    return [
        ("", _("Choose a competency")),
        *(
            (heading, [(row.pk, row.title) for row in rows])
            for heading, rows in groupby(competencies_held(office_today()), key=_heading)
        ),
    ]


def level_choices() -> Choices:
    return [
        (step.level, _("%(level)d %(title)s") % {"level": step.level, "title": step.title})
        for step in scale()
        if step.level >= LOWEST
    ] or [(level, str(level)) for level in range(LOWEST, 5)]


def _day(label: Any, **kwargs: Any) -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, widget=widget, **kwargs)


class AwardForm(forms.Form):
    competency = forms.TypedChoiceField(
        label=gettext_lazy("competency"), coerce=int, empty_value=None
    )
    level = forms.TypedChoiceField(label=gettext_lazy("level"), coerce=int)
    valid_for_days = forms.IntegerField(
        label=gettext_lazy("valid for (days)"), required=False, min_value=1, max_value=36500
    )
    assurance = forms.TypedChoiceField(label=gettext_lazy("assurance"), coerce=int)
    effective_from = _day(gettext_lazy("in force from"), initial=office_today)
    effective_until = _day(gettext_lazy("in force until (exclusive)"), required=False)

    def __init__(self, *args: Any, choices: dict[str, Choices], **kwargs: Any) -> None:
        # A row that was added and not filled in is a mistake to be told, not to be passed over.
        super().__init__(*args, **kwargs | {"empty_permitted": False})
        for name, options in choices.items():
            field = self.fields[name]
            assert isinstance(field, forms.TypedChoiceField)  # noqa: S101 - tells mypy
            field.choices = options
        if not self.initial:
            self.initial["assurance"] = int(Assurance.BROWSER_QUIZ)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        begins, ends = cleaned.get("effective_from"), cleaned.get("effective_until")
        if begins and ends and ends <= begins:
            self.add_error("effective_until", str(AWARD_REASONS["ends_too_early"]))
        return cleaned

    def award(self, course: Course) -> Award:
        """Not saved."""
        values = self.cleaned_data
        return Award(
            course=course,
            competency_id=values["competency"],
            **{name: values[name] for name in self.fields if name not in ("competency", "DELETE")},
        )


class BaseAwardFormSet(forms.BaseFormSet):  # type: ignore[type-arg]
    @cached_property
    def kept(self) -> list[AwardForm]:
        """Rows that are not removed. Of a form set that was validated."""
        return [form for form in self.forms if not form.cleaned_data.get("DELETE")]

    def clean(self) -> None:
        seen: set[tuple[Any, ...]] = set()
        for form in self.kept:
            if not form.is_valid():
                continue
            key = (form.cleaned_data["competency"], form.cleaned_data["effective_from"])
            if key in seen:
                form.add_error(None, str(AWARD_REASONS["repeated"]))
            seen.add(key)

    def awards(self, course: Course) -> list[Award]:
        """Of a valid form set, in the order of its rows."""
        return [form.award(course) for form in self.kept]


def _assurances(awards: Iterable[Award]) -> Choices:
    """What a course can give, and what somebody gave before."""
    offered = {*COURSE_ASSURANCES, *(Assurance(award.assurance) for award in awards)}
    return [(int(item), item.label) for item in sorted(offered)]


def award_forms(*, course: Course, data: Any = None) -> BaseAwardFormSet:
    awards = list(course.awards.all())
    form_set: type[BaseAwardFormSet] = forms.formset_factory(  # type: ignore[assignment]
        AwardForm,
        formset=BaseAwardFormSet,
        extra=0,
        can_delete=True,
        max_num=MOST_AWARDS,
        absolute_max=MOST_AWARDS,
        validate_max=True,
    )
    return form_set(
        data,
        prefix=PREFIX,
        initial=[
            {
                "competency": award.competency_id,
                "level": award.level,
                "valid_for_days": award.valid_for_days,
                "assurance": award.assurance,
                "effective_from": award.effective_from,
                "effective_until": award.effective_until,
            }
            for award in awards
        ],
        form_kwargs={
            "choices": {
                "competency": competency_choices(),
                "level": level_choices(),
                "assurance": _assurances(awards),
            }
        },
    )
