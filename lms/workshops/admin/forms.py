"""Planning a session, calling it off, and the attendance sheet."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from courses.models import Activity, Course
from lms.exceptions import WorkshopRefused
from lms.workshops.models import Registration, WorkshopSession
from lms.workshops.services import PLANNED

MOMENT = "%Y-%m-%dT%H:%M"


def _moment(label: Any, *, required: bool = True, help_text: Any = "") -> forms.DateTimeField:
    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format=MOMENT)
    return forms.DateTimeField(
        label=label, widget=widget, required=required, help_text=help_text, input_formats=[MOMENT]
    )


class SessionForm(forms.Form):
    """What `plan_session` and `change_session` take; what is impossible they say themselves."""

    activity = forms.ModelChoiceField(
        label=_("Workshop"), queryset=Activity.objects.none(), empty_label=None
    )
    starts_at = _moment(_("Begins"))
    ends_at = _moment(_("Ends"))
    closes_at = _moment(
        _("Registration closes"),
        required=False,
        help_text=_(
            "Until then people register and cancel by themselves. Empty: when the session begins."
        ),
    )
    capacity = forms.IntegerField(label=_("Capacity"), min_value=1, max_value=10_000, initial=20)
    place = forms.CharField(
        label=_("Place"),
        max_length=200,
        required=False,
        help_text=_("Building and room. Needed unless the session is only online."),
    )
    is_online = forms.BooleanField(label=_("Held online, or online too"), required=False)
    online_url = forms.URLField(
        label=_("Online address"),
        max_length=500,
        required=False,
        assume_scheme="https",
        help_text=_("Shown only to those who have a seat. It can be filled in later."),
    )
    instructor = forms.CharField(label=_("Instructor"), max_length=100, required=False)
    note = forms.CharField(
        label=_("Note to participants"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("For example what to bring."),
    )

    def __init__(
        self, *args: Any, course: Course, session: WorkshopSession | None = None, **kwargs: Any
    ) -> None:
        if session is not None:
            kwargs["initial"] = {name: getattr(session, name) for name in PLANNED}
        super().__init__(*args, **kwargs)
        workshop: Any = self.fields["activity"]
        workshop.queryset = course.activities.filter(kind=Activity.Kind.WORKSHOP)
        workshop.label_from_instance = lambda row: row.title
        # A session stays with its workshop: people have registered for that.
        if session is not None or workshop.queryset.count() == 1:
            del self.fields["activity"]

    def plan(self) -> dict[str, Any]:
        """After `is_valid`."""
        plan = {name: self.cleaned_data[name] for name in PLANNED}
        return plan | {"closes_at": plan["closes_at"] or plan["starts_at"]}

    def refuse(self, refused: WorkshopRefused) -> None:
        """Show why the service did not take it, beside its field if it has one."""
        self.add_error(refused.place if refused.place in self.fields else None, refused.message)


class CancelForm(forms.Form):
    reason = forms.CharField(
        label=_("Reason"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Everybody who has a seat or waits is told it."),
    )


class SheetForm(forms.Form):
    """One choice a seat, named by the registration's id."""

    def __init__(self, *args: Any, seats: Iterable[Registration], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.seats = list(seats)
        for row in self.seats:
            self.fields[self.name_of(row)] = forms.ChoiceField(
                label=row.employee.name,
                choices=Registration.Attendance.choices,
                required=False,
                initial=row.attendance,
                widget=forms.RadioSelect,
            )

    @staticmethod
    def name_of(row: Registration) -> str:
        return f"seat-{row.pk}"

    def marks(self) -> dict[int, str]:
        """After `is_valid`: registration id -> mark, of those that the sheet had."""
        return {
            row.pk: self.cleaned_data[self.name_of(row)]
            for row in self.seats
            if self.name_of(row) in self.data
        }
