"""Storing statements and states. Only `lms.flows` calls the statement part."""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid5

from django.utils import timezone
from django.utils.translation import gettext as _

from courses.models import Activity
from lms.conf import conf
from lms.exceptions import InvalidState, StatementConflict, UnknownActivity
from lms.people.models import Employee
from lms.prepared import Part, PreparedInsert
from lms.records.models import ActivityState, Statement
from lms.records.statement import ParsedStatement, settle_timestamp, voiding_of
from lms.records.subjects import Subject

_COLUMNS = [field.attname for field in Statement._meta.concrete_fields]
_INSERT = PreparedInsert(Statement, [field.name for field in Statement._meta.concrete_fields])


def statement_rows(
    *,
    employee: Employee,
    parsed: Sequence[ParsedStatement],
    subjects: Mapping[str, Subject],
    contents: Mapping[UUID, int | None],
    grades: Mapping[UUID, float],
    stored: datetime,
    max_age: timedelta | None,
) -> list[Statement]:
    """Statements as they are stored; nothing is written.

    Args:
        subjects: IRI -> activity, for every IRI in `parsed`.
        contents: statement id -> id of the content it was made on, for every id in `parsed`.
        grades: statement id -> fraction the server found it worth; missing = it cannot tell.
        max_age: how far back they may be placed; None = however far.

    Raises:
        UnknownActivity: a statement is about a part of a lesson, which has none.
    """
    rows = []
    envelope = _envelope(employee, stored)
    for item in parsed:
        subject = subjects[item.activity_iri]
        if item.part and subject.kind == Activity.Kind.LESSON:
            raise UnknownActivity(_("A lesson has no parts."), place=str(item.id))
        timestamp = settle_timestamp(item.claimed_at, stored=stored, max_age=max_age)
        rows.append(
            Statement(
                id=item.id,
                employee_id=employee.pk,
                activity_id=subject.id,
                content_id=contents[item.id],
                exercise_id=subject.exercise_id,
                verb=item.verb,
                is_root=item.is_root,
                score=item.score,
                graded_score=grades.get(item.id),
                duration=item.duration,
                timestamp=timestamp,
                stored=stored,
                fingerprint=item.fingerprint,
                statement=item.body
                | envelope
                | {"id": str(item.id), "timestamp": timestamp.isoformat()},
            )
        )
    return rows


def part_of(rows: Sequence[Statement]) -> Part:
    """What is written of them."""
    return _INSERT, [[getattr(row, name) for name in _COLUMNS] for row in rows]


def store_statements(*, employee: Employee, rows: list[Statement]) -> list[Statement]:
    """Insert the statements that are new and return those; a retry is silently skipped.

    Raises:
        StatementConflict: an id is already used for something else.
    """
    fresh = _insert_new(rows)
    if len(fresh) < len(rows):
        _check_retries(employee, rows, stored_now={row.id for row in fresh})
    return fresh


def _insert_new(rows: list[Statement]) -> list[Statement]:
    """Those whose ids were free: of two requests with the same one stores it, neither fails."""
    insert, values = part_of(rows)
    new = insert.run(values) if rows else ()
    return [row for row in rows if row.id in new]


def _check_retries(employee: Employee, rows: Sequence[Statement], *, stored_now: set[UUID]) -> None:
    """What was stored before must be the same statement of the same person."""
    said = {row.id: row.fingerprint for row in rows if row.id not in stored_now}
    before = Statement.objects.filter(id__in=said)
    for pk, employee_id, fingerprint in before.values_list("id", "employee_id", "fingerprint"):
        if employee_id != employee.pk or fingerprint != said[pk]:
            raise StatementConflict(
                _("A different statement with this id is already stored."), place=str(pk)
            )


def void_statements(*, statements: Iterable[Statement], stored: datetime) -> list[Statement]:
    """Take statements back, by one more each; what is voided already stays so."""
    rows = []
    for row in statements:
        # One voiding a statement, whoever asks and how often.
        voiding_id = uuid5(row.id, "voided")
        said = voiding_of(row.id)
        rows.append(
            Statement(
                id=voiding_id,
                employee=row.employee,
                activity=row.activity,
                verb=said["verb"]["id"],
                is_root=True,
                timestamp=stored,
                stored=stored,
                fingerprint=hashlib.sha256(row.id.bytes).hexdigest(),
                voids=row,
                statement=said
                | _envelope(row.employee, stored)
                | {"id": str(voiding_id), "timestamp": stored.isoformat()},
            )
        )
    return _insert_new(rows)


def _envelope(employee: Employee, stored: datetime) -> dict[str, Any]:
    """What the server says of every statement of a request."""
    return {
        "actor": actor_of(employee),
        "authority": {
            "objectType": "Agent",
            "account": {"homePage": conf.ACTOR_HOME_PAGE, "name": "lms"},
        },
        "stored": stored.isoformat(),
        "version": "1.0.3",
    }


def actor_of(employee: Employee) -> dict[str, Any]:
    """The xAPI agent of a person: an account by uuid, never a name or an e-mail address."""
    return {
        "objectType": "Agent",
        "account": {"homePage": conf.ACTOR_HOME_PAGE, "name": str(employee.uuid)},
    }


def save_activity_state(
    *,
    employee: Employee,
    activity: Activity,
    state_id: str,
    document: bytes,
    content_type: str,
) -> ActivityState:
    """Replace one state document.

    Raises:
        InvalidState: the id or the document is too long, or it claims to be JSON and is not.
    """
    if not state_id or len(state_id) > 64:
        raise InvalidState(_("A state id has 1 to 64 characters."), place="stateId")
    if len(document) > conf.STATE_MAX_BYTES:
        raise InvalidState(
            _("A state holds at most %(limit)d bytes.") % {"limit": conf.STATE_MAX_BYTES}
        )
    if len(content_type) > 100:
        raise InvalidState(_("The content type is too long."), place="Content-Type")
    if content_type.split(";")[0].strip() == "application/json":
        try:
            json.loads(document)
        except (ValueError, RecursionError) as error:
            raise InvalidState(_("The state is not JSON as its content type says.")) from error
    state, _is_new = ActivityState.objects.update_or_create(
        employee=employee,
        activity=activity,
        state_id=state_id,
        defaults={
            "content_id": activity.content_id,
            "document": document,
            "content_type": content_type,
            "updated_at": timezone.now(),
        },
    )
    return state


def delete_activity_state(*, employee: Employee, activity: Activity, state_id: str) -> None:
    """Forget one state document; nothing happens where there is none."""
    ActivityState.objects.filter(employee=employee, activity=activity, state_id=state_id).delete()
