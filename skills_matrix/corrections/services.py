"""Asking for a correction, and answering."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from lms.people.calendar import office_today
from lms.people.models import Employee
from skills_matrix.access import employees_with_skills_visible_to, may_see_matrix
from skills_matrix.assessments.services import log_skills_views
from skills_matrix.competencies.selectors import competencies_held
from skills_matrix.corrections.models import Correction
from skills_matrix.exceptions import CorrectionRefused, NotVisible


@transaction.atomic
def ask_correction(*, employee: Employee, competency_key: str, text: str) -> Correction:
    """Tell HR that a cell of one's own is wrong. Asked again while open, the text is replaced.

    Raises:
        NotVisible: there is no such competency.
        CorrectionRefused: `empty` nothing was said.
    """
    competency = competencies_held(office_today()).filter(key=competency_key).first()
    if competency is None:
        raise NotVisible(_("No such cell."))
    if not text.strip():
        raise CorrectionRefused("empty", _("Say what is wrong."))
    correction, _is_new = Correction.objects.update_or_create(
        employee=employee,
        competency=competency,
        state=Correction.State.OPEN,
        defaults={"text": text.strip()},
        create_defaults={"text": text.strip(), "created_at": timezone.now()},
    )
    return correction


@transaction.atomic
def answer_correction(*, correction: Correction, state: str, answer: str, by: Any) -> Correction:
    """Accept or decline, with a reason that the person reads.

    Raises:
        CorrectionRefused: `not_allowed` the account may not see the person's skills; `empty` no
            reason; `answered` somebody did before.
    """
    row = Correction.objects.select_for_update().get(pk=correction.pk)
    visible = employees_with_skills_visible_to(by).filter(pk=row.employee_id)
    if not may_see_matrix(by) or not visible.exists():
        raise CorrectionRefused("not_allowed", _("You may not answer this request."))
    if row.state != Correction.State.OPEN:
        raise CorrectionRefused("answered", _("This request has been answered already."))
    if not answer.strip():
        raise CorrectionRefused("empty", _("Say why."))
    row.state = Correction.State(state)
    row.answer, row.answered_at, row.answered_by = answer.strip(), timezone.now(), by
    row.save()
    log_skills_views(viewer=by, subject_ids=[row.employee_id], what="correction")
    return row
