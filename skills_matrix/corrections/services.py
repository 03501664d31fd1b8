"""Asking for a correction, and answering."""

from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from lms.notices.models import Notice
from lms.notices.services import Topic, tell_of_topic
from lms.people.calendar import office_today
from lms.people.models import Employee
from skills_matrix.access import (
    employees_who_may_see_matrix,
    employees_with_skills_visible_to,
    may_see_matrix,
)
from skills_matrix.assessments.services import log_skills_views
from skills_matrix.competencies.selectors import competencies_held
from skills_matrix.corrections.models import Correction
from skills_matrix.exceptions import CorrectionRefused, NotVisible


@transaction.atomic
def ask_correction(
    *, employee: Employee, competency_key: str, text: str, wanted_level: int | None = None
) -> Correction:
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
    said = {"text": text.strip(), "wanted_level": wanted_level}
    correction, _is_new = Correction.objects.update_or_create(
        employee=employee,
        competency=competency,
        state=Correction.State.OPEN,
        defaults=said,
        create_defaults=said | {"created_at": timezone.now()},
    )
    tell_of_topic(
        kind=Notice.Kind.CORRECTION_ASKED,
        topic=_topic(correction, reverse("skills_corrections:answer", args=[correction.uuid])),
        recipients=employees_who_may_see_matrix()
        .exclude(pk=employee.pk)
        .values_list("pk", flat=True),
        occasion=office_today(correction.created_at),
        about=employee.pk,
    )
    return correction


def _topic(correction: Correction, path: str) -> Topic:
    """By its uuid: another request about the same competency is another topic."""
    competency = correction.competency
    return Topic(str(correction.uuid), competency.title_ja, competency.title_en, path)


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
    tell_of_topic(
        kind=Notice.Kind.CORRECTION_DONE,
        topic=_topic(row, "/corrections"),
        recipients=[row.employee_id],
        occasion=office_today(row.answered_at),
        sent_by=by,
    )
    return row
