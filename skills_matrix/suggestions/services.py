"""Answering a suggestion, taking that back, and choosing how often to be told of a new one."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from lms.people.models import Employee
from skills_matrix.exceptions import AnswerRefused
from skills_matrix.projects.models import Project, ProjectMember
from skills_matrix.projects.selectors import projects_to_suggest
from skills_matrix.suggestions.models import SuggestionAnswer, SuggestionNotices
from skills_matrix.suggestions.selectors import answer_of

Choice = SuggestionAnswer.Choice


@transaction.atomic
def answer_suggestion(
    *, employee: Employee, project: Project, choice: str, reason: str = "", note: str = ""
) -> SuggestionAnswer:
    """Say what one thinks of a suggested project; the same again adds no row.

    Args:
        reason: of `not_for_me`, a value of `SuggestionAnswer.Reason`; `note` is for `other` too.

    Raises:
        AnswerRefused: `not_suggested` the project looks for nobody; `member` the person is in it;
            `no_reason` against it; `no_note` another reason, but not which.
    """
    if not projects_to_suggest().filter(pk=project.pk).exists():
        raise AnswerRefused("not_suggested", _("This project looks for nobody at present."))
    if ProjectMember.objects.filter(project=project, employee=employee, left_on=None).exists():
        raise AnswerRefused("member", _("You are in this project already."))
    if choice != Choice.NOT_FOR_ME:
        reason = note = ""
    elif not reason:
        raise AnswerRefused("no_reason", _("Say why."), place="reason")
    elif reason == SuggestionAnswer.Reason.OTHER and not note.strip():
        raise AnswerRefused("no_note", _("Say why."), place="note")
    return _written(employee, project, choice, reason, note.strip())


@transaction.atomic
def withdraw_answer(*, employee: Employee, project: Project) -> None:
    """As if nothing had been said; nothing to withdraw changes nothing."""
    if answer_of(employee, project) is not None:
        _written(employee, project, Choice.WITHDRAWN, "", "")


def _written(
    employee: Employee, project: Project, choice: str, reason: str, note: str
) -> SuggestionAnswer:
    Employee.objects.select_for_update().get(pk=employee.pk)
    held = answer_of(employee, project)
    if held is not None and (held.choice, held.reason, held.note) == (choice, reason, note):
        return held
    return SuggestionAnswer.objects.create(
        employee=employee,
        project=project,
        choice=choice,
        reason=reason,
        note=note,
        answered_at=timezone.now(),
    )


def set_most_notices(*, employee: Employee, most_a_month: int) -> None:
    """How many new matches the person is told of in a month, at most; 0 = of none."""
    SuggestionNotices.objects.update_or_create(
        employee=employee, defaults={"most_a_month": most_a_month}
    )
