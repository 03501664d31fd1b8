"""Where the learning core hangs into Wagtail."""

from wagtail import hooks

from courses.authoring.publishing import AFTER_PUBLICATION
from courses.authoring.review.rules import MANDATORY_FOR_TIER
from courses.paths.services import AFTER_PATH_CHANGE
from lms.duties.admin import hooks as duties_hooks  # noqa: F401 - registers itself
from lms.enrolment.admin import hooks as enrolment_hooks  # noqa: F401 - registers itself
from lms.enrolment.nightly import evaluate_nightly
from lms.enrolment.paths.services import settle_path
from lms.enrolment.rules.services import AFTER_EVALUATION
from lms.enrolment.selectors import is_mandatory_for_tier
from lms.flows import settle_publication
from lms.jobs.admin import hooks as jobs_hooks  # noqa: F401 - registers itself
from lms.jobs.nightly import NIGHTLY_JOB
from lms.jobs.registry import EVERY_NIGHT, REGISTER_JOB
from lms.notices.mailing import MAIL_JOB
from lms.notices.nightly import remind_nightly
from lms.notices.services import tell_of_duties
from lms.personnel.admin import hooks as personnel_hooks  # noqa: F401 - registers itself
from lms.personnel.jobs import APPLY_JOB, PREVIEW_JOB
from lms.workshops.admin import hooks as workshops_hooks  # noqa: F401 - registers itself
from lms.workshops.nightly import remind_of_tomorrow

hooks.register(AFTER_PUBLICATION, settle_publication)
hooks.register(AFTER_PATH_CHANGE, settle_path)
hooks.register(MANDATORY_FOR_TIER, is_mandatory_for_tier)
hooks.register(REGISTER_JOB, lambda: NIGHTLY_JOB)
hooks.register(REGISTER_JOB, lambda: PREVIEW_JOB)
hooks.register(REGISTER_JOB, lambda: APPLY_JOB)
hooks.register(REGISTER_JOB, lambda: MAIL_JOB)
hooks.register(AFTER_EVALUATION, tell_of_duties)
hooks.register(EVERY_NIGHT, evaluate_nightly)
# After the rules: who is new to a course that is due soon is reminded the same night.
hooks.register(EVERY_NIGHT, remind_nightly, order=10)
hooks.register(EVERY_NIGHT, remind_of_tomorrow)
