"""Where the learning core hangs into Wagtail."""

from wagtail import hooks

from courses.authoring.publishing import AFTER_PUBLICATION
from courses.authoring.review.rules import MANDATORY_FOR_TIER
from lms.enrolment.admin import hooks as enrolment_hooks  # noqa: F401 - registers itself
from lms.enrolment.selectors import is_mandatory_for_tier
from lms.flows import settle_publication

hooks.register(AFTER_PUBLICATION, settle_publication)
hooks.register(MANDATORY_FOR_TIER, is_mandatory_for_tier)
