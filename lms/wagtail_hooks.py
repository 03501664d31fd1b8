"""Where the learning core hangs into Wagtail."""

from wagtail import hooks

from courses.authoring.publishing import AFTER_PUBLICATION
from lms.enrolment.admin import hooks as enrolment_hooks  # noqa: F401 - registers itself
from lms.flows import settle_publication

hooks.register(AFTER_PUBLICATION, settle_publication)
