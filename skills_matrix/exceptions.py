"""Every fault of the package. `code` is stable; api/errors.py gives each its HTTP status."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class SkillsError(Exception):
    """Root of the package's errors. `place` says where in the input the fault is."""

    code = "skills_error"

    def __init__(self, message: str, *, place: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.place = place


class NotVisible(SkillsError):
    """There is no such person or competency, or this viewer may not know."""

    code = "not_visible"


class UnknownFilterValue(SkillsError):
    """A filter names something that does not exist; refused rather than ignored."""

    code = "unknown_filter_value"


class ViewNameTaken(SkillsError):
    """A person's saved views have different names."""

    code = "view_name_taken"


class TooManyViews(SkillsError):
    """A person keeps only so many views of the matrix."""

    code = "too_many_views"


class StarterIncomplete(SkillsError):
    """The starter content names courses, tiers or roles that are not loaded."""

    code = "starter_incomplete"


class AssessmentRefused(SkillsError):
    """Levels of a campaign cannot be taken; `place` is the key of the competency at fault.

    Codes: `not_asked`, `incomplete`, `level`.
    """

    code = "assessment_refused"

    def __init__(self, code: str, message: str, *, place: str = "") -> None:
        super().__init__(message, place=place)
        self.code = code


class CorrectionRefused(SkillsError):
    """A request for a correction, or its answer, cannot be taken.

    Codes: `empty`, `answered`, `not_allowed`.
    """

    code = "correction_refused"

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


class InvalidFramework(SkillsError):
    """A file of a framework cannot be taken.

    Codes: `not_case`, `not_json`, `faults` (then `faults` lists them), `other_framework`,
    `unknown_standard`.
    """

    code = "invalid_framework"

    def __init__(
        self, code: str, message: str, *, place: str = "", faults: Sequence[Any] = ()
    ) -> None:
        super().__init__(message, place=place)
        self.code = code
        self.faults = faults


AWARD_REASONS: Mapping[str, Promise | str] = {
    "repeated": _("This competency is awarded from that day already. Change that row."),
    "ends_too_early": _("The end must be later than the beginning."),
    "group": _("This is a heading. Choose one of the competencies below it."),
}

PROCESS_REASONS: Mapping[str, Promise | str] = {
    "key_taken": _("Another business process has this key."),
    "ends_too_early": AWARD_REASONS["ends_too_early"],
    "repeated": _("This competency is named at that level already. Change that row."),
    "group": AWARD_REASONS["group"],
}


class AwardsRefused(SkillsError):
    """Awards that a course cannot have; `place` is the number of the award, from 1.

    Codes: the keys of `AWARD_REASONS`.
    """

    code = "awards_refused"

    def __init__(self, code: str, *, place: str = "") -> None:
        super().__init__(str(AWARD_REASONS[code]), place=place)
        self.code = code


class ProcessRefused(SkillsError):
    """A business process that cannot be; `place` is its field, or the number of the need, from 1.

    Codes: the keys of `PROCESS_REASONS`.
    """

    code = "process_refused"

    def __init__(self, code: str, *, place: str = "") -> None:
        super().__init__(str(PROCESS_REASONS[code]), place=place)
        self.code = code


PROJECT_REASONS: Mapping[str, Promise | str] = {
    "no_such_step": _("This project cannot go there from where it is, or not by you."),
    "incomplete": _("Something is still missing for this step."),
    "no_reason": _("Say why."),
    "nothing_to_undo": _("There is no step to take back."),
    "too_late": _("A step can be taken back only on the day it was taken."),
    "built_on": _("Members' work is confirmed already. Take the confirmations back first."),
    "not_allowed": _("You may not do this in this project."),
    "key_taken": _("Another project has this key."),
    "key_reserved": _("The site needs this word for a page of its own. Choose another key."),
    "ends_too_early": _("The last day must not be before the first."),
    "repeated": _("This competency is named already. Change that row."),
    "group": AWARD_REASONS["group"],
    "not_template": _("A project is begun from a template only."),
    "unknown": _("There is no such entry."),
    "template": _("A template has no members and no figures of its own."),
    "already_member": _("This person is in the project already."),
    "two_leads": _("Somebody leads the project already."),
    "full": _("All places are taken."),
    "not_open": _("People join a project that is approved or running."),
    "future": _("This day has not come yet."),
    "no_day": _("Say on which day it was measured."),
    "no_how": _("Say how it was measured or estimated."),
    "not_measured": _("Work is confirmed once the project is measured."),
    "own_work": _("Nobody confirms their own work."),
    "level": _("There is no such level, or it is not a skill of this project."),
    "confirmed": _("This member's work is confirmed already."),
    "not_confirmed": _("This member's work is not confirmed."),
}


class ProjectRefused(SkillsError):
    """Something a project cannot take; `place` is the field, the need's number or the skill.

    Codes: the keys of `PROJECT_REASONS`. `missing` lists what a step still needs, in words.
    """

    code = "project_refused"

    def __init__(self, code: str, *, place: str = "", missing: Sequence[str] = ()) -> None:
        super().__init__(" ".join([str(PROJECT_REASONS[code]), *missing]), place=place)
        self.code = code
        self.missing = missing


class TeamsRefused(SkillsError):
    """Teams cannot be asked for, adopted or taken back; `place` names the field at fault.

    Codes: `no_projects`, `unknown_project`, `unknown_person`, `unknown_competency`,
    `contradiction`, `rules`, `not_ready`, `no_teams`, `adopted`, `stale`, `not_adopted`,
    `changed`.
    """

    code = "teams_refused"

    def __init__(self, code: str, message: str, *, place: str = "") -> None:
        super().__init__(message, place=place)
        self.code = code


class MentoringRefused(SkillsError):
    """A step of mentoring that is not possible; `place` names the field at fault.

    Codes: `unknown_competency`, `repeated`, `not_agreed`, `ended`, `begun`, `not_about`,
    `level`, `future`, `empty`, `own`, `confirmed`, `unknown_person`; and for a pair made by hand
    the keys of `mentoring.by_hand.RULES`.
    """

    code = "mentoring_refused"

    def __init__(self, code: str, message: str, *, place: str = "") -> None:
        super().__init__(message, place=place)
        self.code = code


class AnswerRefused(SkillsError):
    """An answer to a suggestion that cannot be taken; `place` names the field at fault.

    Codes: `not_suggested`, `member`, `no_reason`, `no_note`.
    """

    code = "answer_refused"

    def __init__(self, code: str, message: str, *, place: str = "") -> None:
        super().__init__(message, place=place)
        self.code = code
