"""Why rules cannot be a course's audience, in words."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lms.exceptions import AudienceRefused

REASONS: Mapping[str, Promise] = {
    "repeated": _("There is a rule for this group already. Change that one."),
    "due_without_order": _("Only a mandatory course has a due date."),
    "order_not_allowed": _("Only HR makes a course mandatory, changes its due date or ends that."),
}


def refused(code: str, *, place: str = "") -> AudienceRefused:
    return AudienceRefused(code, str(REASONS[code]), place=place)
