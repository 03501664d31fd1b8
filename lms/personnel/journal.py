"""What one transaction changed in the tables of people, postings, enrolments and assignments.

It compares the tables before and after, so it does not depend on which service wrote: whatever
the import and the rules do to these tables is found, and can be taken back.
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, connection, models, transaction
from django.utils.translation import gettext as _

from lms.enrolment.models import Assignment, Enrolment
from lms.exceptions import UndoRefused
from lms.people.models import Employee, Posting
from lms.records.models import Statement

# In the order in which rows can be inserted; each refers only to those before it.
JOURNALLED: tuple[type[models.Model], ...] = (
    Employee,
    Posting,
    Posting.roles.through,
    Enrolment,
    Assignment,
)

BATCH = 500
Values = list[Any]
# By table, then by row id as text (JSON's keys are), the values in the order of `columns`.
Tables = dict[str, dict[str, Values]]
Journal = dict[str, dict[str, Any]]
"""By table: `columns`; `added` and `removed` id → values; `changed` id → [before, after].

And under POSTINGS the ids of all postings, afterwards, of each person whose history changed.
"""
POSTINGS = "postings"


def read_tables() -> Tables:
    """Every row of the journalled tables, one query each."""
    return {_label(model): _rows(model._base_manager.all()) for model in JOURNALLED}


def journal_of(before: Tables, after: Tables) -> Journal:
    """What is different, as JSON."""
    journal: Journal = {}
    for model in JOURNALLED:
        label = _label(model)
        old, new = before[label], after[label]
        journal[label] = {
            "columns": _columns(model),
            "added": {pk: row for pk, row in new.items() if pk not in old},
            "removed": {pk: row for pk, row in old.items() if pk not in new},
            "changed": {
                pk: [old[pk], row] for pk, row in new.items() if pk in old and old[pk] != row
            },
        }
    people = {row[0] for row in _owned_rows(journal, Posting)}
    histories: dict[str, list[int]] = {str(pk): [] for pk in people}
    owner = _columns(Posting).index("employee_id")
    for pk, row in after[_label(Posting)].items():
        if row[owner] in people:
            histories[str(row[owner])].append(int(pk))
    journal[POSTINGS] = {pk: sorted(ids) for pk, ids in histories.items()}
    return journal


def people_assigned(journal: Journal) -> set[int]:
    """Ids of those to whom the transaction gave a course."""
    owner = _columns(Assignment).index("employee_id")
    return {row[owner] for row in journal[_label(Assignment)]["added"].values()}


@transaction.atomic
def take_back(journal: Journal, *, since: datetime) -> None:
    """Make the rows what they were.

    Args:
        since: when the journal was written; learning after that may depend on it.

    Raises:
        UndoRefused: something has come to depend on what would be taken back.
    """
    _lock(journal)
    _check_unchanged(journal)
    _check_histories(journal)
    _check_nothing_refers(journal)
    _check_nothing_learned(journal, since)
    for model in reversed(JOURNALLED):
        for ids in _batches(_ids(journal, model, "added")):
            model._base_manager.filter(pk__in=ids).delete()
    try:
        with transaction.atomic():
            for model in JOURNALLED:
                part = journal[_label(model)]
                model._base_manager.bulk_create(
                    _instances(model, {pk: rows[0] for pk, rows in part["changed"].items()}),
                    batch_size=BATCH,
                    update_conflicts=True,
                    unique_fields=["pk"],
                    update_fields=_changeable(model),
                )
                model._base_manager.bulk_create(
                    _instances(model, part["removed"]), batch_size=BATCH
                )
            connection.check_constraints()
    except IntegrityError:
        raise UndoRefused(
            "refers_to_missing",
            _("A department, tier, role or course of the old records does not exist any more."),
        ) from None


def _lock(journal: Journal) -> None:
    """So that nothing new can refer to the rows while they are looked at and taken back."""
    for model in (Employee, Posting, Enrolment, Assignment):
        for ids in _batches(sorted(_ids(journal, model, "added", "changed"))):
            rows = model._base_manager.select_for_update().filter(pk__in=ids)
            list(rows.order_by("pk").values_list("pk", flat=True))


def _check_unchanged(journal: Journal) -> None:
    for model in JOURNALLED:
        part = journal[_label(model)]
        expected = part["added"] | {pk: rows[1] for pk, rows in part["changed"].items()}
        now = _rows(model._base_manager.all()) if expected else {}
        for pk, row in expected.items():
            if now.get(pk) != row:
                raise UndoRefused(
                    "changed_since",
                    _("Since then the %(record)s of %(person)s was changed or removed.")
                    % {"record": _name(model), "person": _person(model, row)},
                )


def _check_histories(journal: Journal) -> None:
    """A posting that came later may stand where a withdrawn one would stand again."""
    now: dict[str, list[int]] = {pk: [] for pk in journal[POSTINGS]}
    for employee_id, pk in Posting.objects.order_by("pk").values_list("employee_id", "pk"):
        if str(employee_id) in now:
            now[str(employee_id)].append(pk)
    for number, ids in journal[POSTINGS].items():
        if now[number] != ids:
            raise UndoRefused(
                "changed_since",
                _("Since then the %(record)s of %(person)s was changed or removed.")
                % {"record": _name(Posting), "person": _staff_number(int(number))},
            )


def _check_nothing_refers(journal: Journal) -> None:
    for model in JOURNALLED:
        added = _ids(journal, model, "added")
        for relation in _relations_to(model):
            other, field = relation.related_model, relation.field.name
            found = next(
                (
                    pk
                    for ids in _batches(added)
                    for pk in other._base_manager.filter(**{f"{field}__in": ids}).values_list(
                        field, flat=True
                    )[:1]
                ),
                None,
            )
            if found is not None:
                row = journal[_label(model)]["added"][str(found)]
                raise UndoRefused(
                    "in_use",
                    _("%(person)s has records already: %(records)s.")
                    % {
                        "person": _person(model, row),
                        "records": other._meta.verbose_name_plural,
                    },
                )


def _check_nothing_learned(journal: Journal, since: datetime) -> None:
    """An enrolment cannot go once somebody has begun the course because of it."""
    columns = _columns(Enrolment)
    employee, course = columns.index("employee_id"), columns.index("course_id")
    pairs = {(row[employee], row[course]) for row in journal[_label(Enrolment)]["added"].values()}
    said = Statement.objects.filter(
        stored__gte=since, employee_id__in={pk for pk, _course in pairs}
    ).values_list("employee_id", "activity__course_id", "activity__course__key")
    for employee_id, course_id, key in said.distinct():
        if (employee_id, course_id) in pairs:
            raise UndoRefused(
                "learned_since",
                _("%(person)s has begun the course %(course)s since then.")
                % {"person": _staff_number(employee_id), "course": key},
            )


def _owned_rows(journal: Journal, model: type[models.Model]) -> Iterable[tuple[int, Values]]:
    """Every row of the table that is different, with the id of its person."""
    part = journal[_label(model)]
    owner = part["columns"].index("employee_id")
    rows = [*part["added"].values(), *part["removed"].values()]
    rows += [row for pair in part["changed"].values() for row in pair]
    return ((row[owner], row) for row in rows)


def _label(model: type[models.Model]) -> str:
    return model._meta.label_lower


def _fields(model: type[models.Model]) -> list[Any]:
    """What the transaction can have changed: a version counts what people learn meanwhile."""
    return [field for field in model._meta.concrete_fields if field.name != "version"]


def _columns(model: type[models.Model]) -> list[str]:
    return [field.attname for field in _fields(model)]


def _changeable(model: type[models.Model]) -> list[str]:
    return [field.name for field in _fields(model) if not field.primary_key]


def _rows(rows: "models.QuerySet[Any]") -> dict[str, Values]:
    names = _columns(rows.model)
    pk = names.index(rows.model._meta.pk.attname)
    return {
        str(row[pk]): [_plain(value) for value in row]
        for row in rows.order_by("pk").values_list(*names).iterator()
    }


def _plain(value: Any) -> Any:
    """As JSON can keep it without losing anything; the fields read it back."""
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    return value if isinstance(value, (bool, int, float, list, dict, type(None))) else str(value)


def _instances(model: type[models.Model], rows: Mapping[str, Values]) -> list[models.Model]:
    fields = _fields(model)
    return [
        model(
            **{
                field.attname: field.to_python(value)
                for field, value in zip(fields, row, strict=True)
            }
        )
        for row in rows.values()
    ]


def _ids(journal: Journal, model: type[models.Model], *parts: str) -> list[int]:
    return [int(pk) for part in parts for pk in journal[_label(model)][part]]


def _batches(ids: list[int]) -> Iterable[list[int]]:
    """A query takes only so many values on SQLite."""
    return (ids[start : start + BATCH] for start in range(0, len(ids), BATCH))


def _relations_to(model: type[models.Model]) -> list[Any]:
    """Foreign keys from tables that are not journalled, also those without a name back."""
    return [
        field
        for field in model._meta.get_fields(include_hidden=True)
        if isinstance(field, models.ForeignObjectRel)
        and not field.many_to_many
        and field.related_model not in JOURNALLED
    ]


def _name(model: type[models.Model]) -> str:
    return str(_("role") if model is Posting.roles.through else model._meta.verbose_name)


def _person(model: type[models.Model], row: Values) -> str:
    values = dict(zip(_columns(model), row, strict=True))
    if "staff_number" in values:
        return str(values["staff_number"])
    if "employee_id" in values:
        return _staff_number(values["employee_id"])
    posting = Posting.objects.filter(pk=values["posting_id"]).first()
    return _staff_number(posting.employee_id) if posting else "?"


def _staff_number(employee_id: int) -> str:
    found = Employee.objects.filter(pk=employee_id).values_list("staff_number", flat=True).first()
    return found or str(employee_id)
