"""Where the learning core hangs into Wagtail."""

from wagtail import hooks

from courses.authoring.publishing import AFTER_PUBLICATION
from lms.flows import settle_publication

hooks.register(AFTER_PUBLICATION, settle_publication)
