"""Why rules cannot be a course's audience, in words."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lms.exceptions import AudienceRefused

REASONS: Mapping[str, Promise] = {
    "repeated": _("There is a rule for this group already. Change that one."),
    "due_without_order": _("Only a mandatory course has a due date."),
    "due_incomplete": _("Say by when: the number of days, or the date."),
    "repeat_incomplete": _("Say after how many months it is asked again."),
    "date_repeats": _("A rule that repeats cannot be due on one date."),
    "order_not_allowed": _("Only HR makes a course mandatory, changes its due date or ends that."),
}


def refused(code: str, *, place: str = "") -> AudienceRefused:
    return AudienceRefused(code, str(REASONS[code]), place=place)
