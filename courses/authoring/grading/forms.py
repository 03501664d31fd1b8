"""The pass marks of a course in one form, in percent."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from courses.catalogue.models import Activity


def percent(fraction: float | None) -> float | None:
    """80.0 for 0.8; whole numbers stay whole whatever floats make of them."""
    return None if fraction is None else round(fraction * 100, 4)


class PassMarkForm(forms.Form):
    """One field per activity, `pass_mark_<id>`; empty = not graded."""

    def __init__(self, *args: Any, activities: Iterable[Activity], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.activities = list(activities)
        for activity in self.activities:
            value = percent(activity.pass_mark)
            self.fields[f"pass_mark_{activity.pk}"] = forms.FloatField(
                label=_("Pass mark of “%(title)s” (percent)") % {"title": activity.title},
                required=False,
                min_value=0,
                max_value=100,
                initial=int(value) if value is not None and value == int(value) else value,
                widget=forms.NumberInput(attrs={"step": "any", "inputmode": "decimal"}),
            )

    def field_of(self, activity: Activity) -> forms.BoundField:
        return self[f"pass_mark_{activity.pk}"]

    def marks(self) -> dict[int, float | None]:
        """Fractions by activity id, of a valid form."""
        values = {
            activity.pk: self.cleaned_data[f"pass_mark_{activity.pk}"]
            for activity in self.activities
        }
        return {
            pk: None if value is None else round(value / 100, 6) for pk, value in values.items()
        }
