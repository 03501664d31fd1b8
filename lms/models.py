"""Every model of the app, so that Django finds them; each lives in its applet."""

from lms.access.models import ApiToken, RecordView
from lms.enrolment.models import AudienceRule, Enrolment
from lms.exercises.models import ExerciseAttempt
from lms.notices.models import Notice, NoticePreference
from lms.people.models import Department, Employee, JobTier, Posting, Role
from lms.progress.models import ActivityProgress, CourseProgress
from lms.records.models import ActivityState, Statement

__all__ = [
    "ActivityProgress",
    "ActivityState",
    "ApiToken",
    "AudienceRule",
    "CourseProgress",
    "Department",
    "Employee",
    "Enrolment",
    "ExerciseAttempt",
    "JobTier",
    "Notice",
    "NoticePreference",
    "Posting",
    "RecordView",
    "Role",
    "Statement",
]
