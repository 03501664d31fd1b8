"""Why an order to people is not given, in words."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lms.exceptions import OrderRefused

REASONS: Mapping[str, Promise] = {
    "reason_missing": _("Write a reason."),
    "day_is_over": _("The day has passed. Choose today or a later day."),
    "nothing_to_do": _("Nothing would change. Nothing was saved."),
    "taken_back_already": _("The extension was taken back already."),
    "ends_before_start": _("The last day is before the first."),
    "over_already": _("The exemption is over already."),
    "nobody_named": _("Name at least one person."),
}


def refused(code: str) -> OrderRefused:
    return OrderRefused(code, str(REASONS[code]))
