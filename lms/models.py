"""Every model of the app, so that Django finds them; each lives in its applet."""

from lms.access.models import ApiToken
from lms.enrolment.models import Assignment, AudienceRule, Enrolment, Exemption
from lms.exercises.models import ExerciseAttempt
from lms.jobs.models import JobRun
from lms.people.models import Department, Employee, JobTier, Posting, Role
from lms.personnel.models import PersonnelChange
from lms.progress.models import ActivityProgress, CourseProgress
from lms.records.models import ActivityState, Statement

__all__ = [
    "ActivityProgress",
    "ActivityState",
    "ApiToken",
    "Assignment",
    "AudienceRule",
    "CourseProgress",
    "Department",
    "Employee",
    "Enrolment",
    "Exemption",
    "ExerciseAttempt",
    "JobRun",
    "JobTier",
    "PersonnelChange",
    "Posting",
    "Role",
    "Statement",
]
