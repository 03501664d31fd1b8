"""What a course asks of its learners in one form: pass marks in percent, rules of its lessons."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from courses.authoring.drafts import is_test_out
from courses.catalogue.models import Activity

LONGEST_MINUTES = 600


def percent(fraction: float | None) -> float | None:
    """80.0 for 0.8; whole numbers stay whole whatever floats make of them."""
    return None if fraction is None else round(fraction * 100, 4)


class GradingForm(forms.Form):
    """Fields per row, each named with its id.

    `completion_<id>` and `minutes_<id>` of a lesson, `pass_mark_<id>` of an activity (empty = not
    graded), `covers_<id>` of a graded activity in the test-out: the lessons it is about.
    """

    def __init__(
        self,
        *args: Any,
        lessons: Iterable[Activity],
        activities: Iterable[Activity],
        testing: Iterable[Activity] = (),
        **kwargs: Any,
    ) -> None:
        """
        Args:
            testing: those of the activities that stand in the test-out.
        """
        super().__init__(*args, **kwargs)
        self.lessons, self.activities = list(lessons), list(activities)
        self.testing = list(testing)
        for lesson in self.lessons:
            self._add_lesson(lesson)
        for activity in self.activities:
            self._add_activity(activity)
        choices = [(row.pk, row.title) for row in self.lessons if not is_test_out(row)]
        for activity in self.testing:
            self.fields[f"covers_{activity.pk}"] = forms.TypedMultipleChoiceField(
                label=_("Lessons that “%(title)s” is about") % {"title": activity.title},
                required=False,
                choices=choices,
                coerce=int,
                initial=activity.covers,
                widget=forms.CheckboxSelectMultiple,
            )

    def _add_lesson(self, lesson: Activity) -> None:
        named = {"title": lesson.title}
        self.fields[f"completion_{lesson.pk}"] = forms.ChoiceField(
            label=_("When “%(title)s” is done") % named,
            choices=Activity.Completion.choices,
            initial=lesson.completion,
        )
        self.fields[f"minutes_{lesson.pk}"] = forms.IntegerField(
            label=_("Minutes of “%(title)s”") % named,
            required=False,
            min_value=1,
            max_value=LONGEST_MINUTES,
            initial=lesson.minutes,
            widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
        )

    def _add_activity(self, activity: Activity) -> None:
        value = percent(activity.pass_mark)
        self.fields[f"pass_mark_{activity.pk}"] = forms.FloatField(
            label=_("Pass mark of “%(title)s” (percent)") % {"title": activity.title},
            required=False,
            min_value=0,
            max_value=100,
            initial=int(value) if value is not None and value == int(value) else value,
            widget=forms.NumberInput(attrs={"step": "any", "inputmode": "decimal"}),
        )

    def field_of(self, name: str, row: Activity) -> forms.BoundField:
        return self[f"{name}_{row.pk}"]

    def clean(self) -> dict[str, Any]:
        """Minutes belong to rules that speak of them; left over from another rule they go."""
        values = super().clean() or self.cleaned_data
        tests = [row for row in self.lessons if self._rule(values, row) == "test_out"]
        for row in tests[1:]:
            self.add_error(
                f"completion_{row.pk}", _("Only one lesson of a course can be its test-out.")
            )
        for row in self.lessons:
            name = f"minutes_{row.pk}"
            if self._rule(values, row) not in Activity.TIMED:
                values[name] = None
            elif values.get(name) is None and name not in self.errors:
                self.add_error(name, _("Say how many minutes."))
        return values

    def _rule(self, values: dict[str, Any], lesson: Activity) -> str:
        return str(values.get(f"completion_{lesson.pk}", ""))

    def values(self) -> dict[int, dict[str, Any]]:
        """What `set_grading` takes, of a valid form."""
        said = self.cleaned_data
        found: dict[int, dict[str, Any]] = {
            row.pk: {name: said[f"{name}_{row.pk}"] for name in ("completion", "minutes")}
            for row in self.lessons
        }
        for row in self.activities:
            mark = said[f"pass_mark_{row.pk}"]
            found[row.pk] = {"pass_mark": None if mark is None else round(mark / 100, 6)}
        test = {row.pk for row in self.lessons if found[row.pk]["completion"] == "test_out"}
        for row in self.testing:
            # A lesson that has just become the test-out is not among what it grants.
            found[row.pk]["covers"] = sorted(set(said[f"covers_{row.pk}"]) - test)
        return found
