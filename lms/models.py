"""Every model of the app, so that Django finds them; each lives in its applet."""

from lms.access.models import ApiToken, RecordView
from lms.agenda.models import AgendaLink
from lms.certificates.models import Certificate
from lms.enrolment.models import (
    Assignment,
    AudienceRule,
    DueExtension,
    Enrolment,
    Exemption,
    PathRule,
)
from lms.exercises.models import ExerciseAttempt
from lms.jobs.models import JobRun
from lms.lrs.models import (
    LrsActivity,
    LrsAttachment,
    LrsClient,
    LrsDocument,
    LrsPersona,
    LrsReach,
    LrsReading,
    LrsStatement,
    LrsTerm,
)
from lms.notices.models import MailChoice, Notice, NoticePreference
from lms.outbox.models import OutboxStatement
from lms.people.models import Department, Employee, EmploymentType, JobTier, Posting, Role
from lms.personnel.models import PersonnelChange
from lms.progress.models import ActivityProgress, CourseProgress
from lms.records.models import ActivityState, Statement
from lms.workshops.models import Registration, WorkshopSession

__all__ = [
    "ActivityProgress",
    "ActivityState",
    "AgendaLink",
    "ApiToken",
    "Assignment",
    "AudienceRule",
    "Certificate",
    "CourseProgress",
    "Department",
    "DueExtension",
    "Employee",
    "EmploymentType",
    "Enrolment",
    "Exemption",
    "ExerciseAttempt",
    "JobRun",
    "JobTier",
    "LrsActivity",
    "LrsAttachment",
    "LrsClient",
    "LrsDocument",
    "LrsPersona",
    "LrsReach",
    "LrsReading",
    "LrsStatement",
    "LrsTerm",
    "MailChoice",
    "Notice",
    "NoticePreference",
    "OutboxStatement",
    "PathRule",
    "PersonnelChange",
    "Posting",
    "RecordView",
    "Registration",
    "Role",
    "Statement",
    "WorkshopSession",
]
