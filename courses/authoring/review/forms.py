from django import forms
from django.utils.translation import gettext_lazy as _

from courses.authoring.review.links import DAYS, MOST_DAYS


class SubmissionForm(forms.Form):
    note = forms.CharField(
        label=_("What has changed"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("For the reviewers; it also stands in the list of versions."),
    )


class InvitationForm(forms.Form):
    name = forms.CharField(label=_("Name of the reviewer"), max_length=100)
    email = forms.EmailField(
        label=_("E-mail address"),
        required=False,
        help_text=_("If given, the link is sent there."),
    )
    days = forms.IntegerField(
        label=_("Days that the link works"), min_value=1, max_value=MOST_DAYS, initial=DAYS
    )
    may_approve = forms.BooleanField(
        label=_("May approve and ask for changes"),
        required=False,
        help_text=_("You answer for this decision as for your own."),
    )

    def __init__(self, *args: object, can_delegate: bool, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        if not can_delegate:
            del self.fields["may_approve"]
