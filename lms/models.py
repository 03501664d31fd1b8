"""Every model of the app, so that Django finds them; each lives in its applet."""

from lms.access.models import ApiToken
from lms.agenda.models import AgendaLink
from lms.certificates.models import Certificate
from lms.enrolment.models import AudienceRule, Enrolment
from lms.exercises.models import ExerciseAttempt
from lms.people.models import Department, Employee, JobTier, Posting, Role
from lms.progress.models import ActivityProgress, CourseProgress
from lms.records.models import ActivityState, Statement

__all__ = [
    "ActivityProgress",
    "ActivityState",
    "AgendaLink",
    "ApiToken",
    "AudienceRule",
    "Certificate",
    "CourseProgress",
    "Department",
    "Employee",
    "Enrolment",
    "ExerciseAttempt",
    "JobTier",
    "Posting",
    "Role",
    "Statement",
]
