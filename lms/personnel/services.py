"""Taking a file of people as a change of personnel: show it, apply it, take it back."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from io import BytesIO
from typing import Any
from uuid import UUID

from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from lms.enrolment.models import Enrolment
from lms.enrolment.nightly import ordered_on
from lms.enrolment.rules.services import evaluate_rules
from lms.exceptions import ChangeRefused
from lms.jobs.services import start_job
from lms.notices.services import tell_of_duties, withdraw_duties
from lms.people.calendar import office_today
from lms.people.csv_table import MAX_BYTES
from lms.people.import_report import ImportReport
from lms.people.models import Employee
from lms.people.services import import_people, people_states
from lms.personnel.effects import Effect, Side, decisive, effects_of
from lms.personnel.journal import (
    Journal,
    journal_of,
    people_assigned,
    read_tables,
    take_back,
)
from lms.personnel.models import PersonnelChange

PREVIEW = "personnel_preview"
APPLY = "personnel_apply"
CHANGE_PAGE = "personnel:detail"
APPLIED = "lms_core.personnel_applied"
UNDONE = "lms_core.personnel_undone"
STAGES = 5
Tell = Callable[[int], None]


@dataclass(frozen=True)
class Outcome:
    """What doing the change did; with faults in the report, nothing."""

    report: ImportReport
    effects: list[Effect]
    journal: Journal


class _NotAsShown(Exception):
    """Applying would do something else than the preview showed."""

    def __init__(self, outcome: Outcome) -> None:
        super().__init__()
        self.outcome = outcome


def days_to_choose(today: date) -> tuple[date, date]:
    """The days a change may take effect on. Orders further ahead are taken, too; their training
    follows by the nightly evaluation."""
    return today, today + timedelta(days=1)


@transaction.atomic
def upload_change(
    *, file: bytes, file_name: str, effective_on: date, ignored_columns: Iterable[str], by: Any
) -> PersonnelChange:
    """Keep the file, and have the preview made.

    Raises:
        ChangeRefused: `bad_day` it would take effect on neither today nor tomorrow.
    """
    if effective_on not in days_to_choose(office_today()):
        raise ChangeRefused("bad_day", _("A change takes effect today or tomorrow."))
    change = PersonnelChange.objects.create(
        # One byte more than can be read, so that reading says that it is too large.
        file=file[: MAX_BYTES + 1],
        file_name=file_name[:255],
        effective_on=effective_on,
        ignored_columns=sorted(set(ignored_columns)),
        language=translation.get_language() or "",
        uploaded_by=by,
        uploaded_at=timezone.now(),
    )
    return _with_job(change, PREVIEW, by)


@transaction.atomic
def request_apply(*, change: PersonnelChange, by: Any) -> PersonnelChange:
    """Have the change applied in the background.

    Raises:
        ChangeRefused: see `_check_appliable`.
    """
    held = PersonnelChange.objects.select_for_update().get(pk=change.pk)
    _check_appliable(held)
    if held.run is not None and held.run.is_open:
        return held
    return _with_job(held, APPLY, by)


def preview_change(*, uuid: UUID, tell: Tell) -> None:
    """Do everything the change would do, keep what that was, and take it back."""
    change = PersonnelChange.objects.get(uuid=uuid)
    if change.state in (PersonnelChange.State.APPLIED, PersonnelChange.State.UNDONE):
        return
    with transaction.atomic():
        outcome = _do(change, tell)
        transaction.set_rollback(True)
    _keep_preview(change, outcome, note="")


@contextmanager
def as_if_applied(change: PersonnelChange) -> Iterator[None]:
    """The office as the file would make it; what is read inside is taken back at the end.

    Rules for training are not evaluated: people and postings only.

    Raises:
        ChangeRefused: `not_previewed` it is applied already, or the file has faults.
    """
    if change.state != PersonnelChange.State.PREVIEWED:
        raise ChangeRefused("not_previewed", _("Only a change with a preview can be tried."))
    with transaction.atomic():
        report = import_people(
            file=BytesIO(bytes(change.file)),
            as_of=change.effective_on,
            imported_by=None,
            ignored_columns=change.ignored_columns,
        )
        if report.is_refused:
            transaction.set_rollback(True)
            raise ChangeRefused("not_previewed", _("Only a change with a preview can be tried."))
        yield
        transaction.set_rollback(True)


def apply_change(*, uuid: UUID, by: Any, tell: Tell) -> PersonnelChange:
    """Do what the preview showed, in one transaction, or nothing. Again changes nothing.

    Where the office has changed since the preview so that something else would happen, nothing
    is done and the preview is made anew.

    Raises:
        ChangeRefused: see `_check_appliable`.
    """
    with transaction.atomic():
        change = PersonnelChange.objects.select_for_update(of=("self",)).get(uuid=uuid)
        if change.state == PersonnelChange.State.APPLIED:
            return change
        _check_appliable(change)
        try:
            with transaction.atomic():
                outcome = _do(change, tell)
                is_as_shown = decisive(outcome.effects) == decisive(change.effects)
                if outcome.report.is_refused or not is_as_shown:
                    raise _NotAsShown(outcome)
        except _NotAsShown as other:
            note = _(
                "The office's data has changed since the preview was made. Nothing was applied; "
                "look at the new preview."
            )
            _keep_preview(change, other.outcome, note=note)
            return change
        change.state = PersonnelChange.State.APPLIED
        change.note = ""
        change.effects = outcome.effects
        change.journal = outcome.journal
        change.applied_by, change.applied_at = by, timezone.now()
        change.save()
        log(instance=change, action=APPLIED, user=by, data={"rows": change.row_count})
    return change


@transaction.atomic
def undo_change(*, change: PersonnelChange, by: Any) -> PersonnelChange:
    """Make people, postings and enrolments what they were before the change was applied.

    Raises:
        ChangeRefused: `not_applied`; `another_day` it was not applied today.
        UndoRefused: something depends on what would be taken back.
    """
    held = PersonnelChange.objects.select_for_update().get(pk=change.pk)
    if held.state != PersonnelChange.State.APPLIED or held.applied_at is None:
        raise ChangeRefused("not_applied", _("The change is not applied."))
    if office_today(held.applied_at) != office_today():
        raise ChangeRefused(
            "another_day",
            _("A change can be undone on the day it was applied. Upload a file that corrects it."),
        )
    # Whom nobody was told of can go; what else was asked of them that day they are told anew.
    withdraw_duties(employee_ids=people_assigned(held.journal), on=held.effective_on)
    take_back(held.journal, since=held.applied_at)
    tell_of_duties(on=held.effective_on)
    held.state = PersonnelChange.State.UNDONE
    held.undone_by, held.undone_at = by, timezone.now()
    held.journal = {}
    held.save()
    log(instance=held, action=UNDONE, user=by)
    return held


def _check_appliable(change: PersonnelChange) -> None:
    """`not_previewed` there is no preview; `day_is_over` the preview is of a day that is over."""
    if change.state != PersonnelChange.State.PREVIEWED:
        raise ChangeRefused("not_previewed", _("Only a change with a preview can be applied."))
    if change.effective_on not in days_to_choose(office_today()):
        raise ChangeRefused(
            "day_is_over", _("The day of the preview is over. Upload the file again.")
        )


def _with_job(change: PersonnelChange, kind: str, by: Any) -> PersonnelChange:
    run = start_job(
        kind=kind,
        arguments={"change": str(change.uuid)},
        by=by,
        link=reverse(CHANGE_PAGE, args=[change.uuid]),
    )
    PersonnelChange.objects.filter(pk=change.pk).update(run=run)
    change.refresh_from_db()
    return change


def _do(change: PersonnelChange, tell: Tell) -> Outcome:
    """The change itself: the import and the rules, on its day. One code for preview and apply."""
    on = change.effective_on
    with translation.override(change.language or None):
        tell(0)
        tables = read_tables()
        before = _side(on)
        tell(1)
        report = import_people(
            file=BytesIO(bytes(change.file)),
            as_of=on,
            imported_by=change.uploaded_by,
            ignored_columns=change.ignored_columns,
        )
        if report.is_refused:
            return Outcome(report, [], {})
        tell(2)
        evaluate_rules(on=on)
        tell(3)
        after = _side(on)
        said: dict[str, list[str]] = {}
        for item in report.changes:
            said.setdefault(item.key, []).append(item.text())
        lines = {number: line for line, number in report.keys}
        effects = effects_of(before, after, on=on, lines=lines, changes=said)
        tell(4)
        return Outcome(report, effects, journal_of(tables, read_tables()))


def _side(on: date) -> Side:
    numbers = dict(Employee.objects.values_list("pk", "staff_number"))
    enrolled: dict[str, set[str]] = {}
    for employee_id, key in Enrolment.objects.values_list("employee_id", "course__key"):
        enrolled.setdefault(numbers[employee_id], set()).add(key)
    ordered: dict[str, set[str]] = {}
    for employee_id, key in ordered_on(on):
        ordered.setdefault(numbers[employee_id], set()).add(key)
    return Side(people_states(), ordered, enrolled)


def _keep_preview(change: PersonnelChange, outcome: Outcome, *, note: str) -> None:
    states = PersonnelChange.State
    change.state = states.REFUSED if outcome.report.is_refused else states.PREVIEWED
    change.note = note
    change.row_count = outcome.report.rows
    change.faults = [asdict(fault) for fault in outcome.report.faults]
    change.effects = outcome.effects
    change.save()
