"""Taking judgements in from a file."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from lms.people.csv_table import Fault
from lms.people.selectors import employees_visible_to
from skills_matrix.assessments.models import ASSURANCES, Assessment
from skills_matrix.competencies.models import Competency
from skills_matrix.exchange.judgement_file import HEADS, Judgement, JudgementFile
from skills_matrix.frames import midnight

BATCH = 1_000


@dataclass(frozen=True)
class JudgementImport:
    """What a file does. `known` rows are there already and are passed over."""

    new: tuple[Judgement, ...]
    known: tuple[Judgement, ...]
    faults: tuple[Fault, ...]

    @property
    def people(self) -> int:
        return len({row.staff_number for row in self.new})


def read_against_office(*, file: JudgementFile, viewer: Any) -> JudgementImport:
    """Compare the file with who and what there is. Three queries, whatever its length."""
    people = _people(file, viewer)
    skills = _skills(file)
    faults, rows = list(file.faults), []
    seen: dict[tuple[Any, ...], int] = {}
    for row in file.rows:
        fault = next(_strangers(row, people, skills), None)
        first = seen.setdefault(_same(row), row.line)
        if fault is None and first != row.line:
            message = _("The same person, skill, kind and day stand in line %(line)d.")
            fault = Fault(row.line, "", "", "repeated", message % {"line": first})
        if fault is None:
            rows.append(row)
        else:
            faults.append(fault)
    saved = set(
        Assessment.objects.filter(
            employee__in=people.values(), competency__in=skills.values()
        ).values_list("employee_id", "competency_id", "kind", "assessed_at", "level")
    )

    def is_known(row: Judgement) -> bool:
        return (
            people[row.staff_number],
            skills[row.competency],
            row.kind,
            midnight(row.assessed_on),
            row.level,
        ) in saved

    return JudgementImport(
        new=tuple(row for row in rows if not is_known(row)),
        known=tuple(row for row in rows if is_known(row)),
        faults=tuple(sorted(faults, key=lambda fault: fault.line)),
    )


@transaction.atomic
def import_judgements(*, file: JudgementFile, by: Any) -> JudgementImport:
    """Write the new rows; the same file twice adds nothing. With a fault nothing is written.

    Args:
        by: the account that answers for it, named as the assessor.
    """
    found = read_against_office(file=file, viewer=by)
    if found.faults:
        return found
    people, skills = _people(file, by), _skills(file)
    Assessment.objects.bulk_create(
        (
            Assessment(
                employee_id=people[row.staff_number],
                competency_id=skills[row.competency],
                level=row.level,
                kind=row.kind,
                assurance=ASSURANCES[Assessment.Kind(row.kind)],
                assessor=by,
                assessed_at=midnight(row.assessed_on),
                valid_until=midnight(row.valid_until + timedelta(days=1))
                if row.valid_until
                else None,
                note=row.note,
            )
            for row in found.new
        ),
        batch_size=BATCH,
    )
    return found


def _people(file: JudgementFile, viewer: Any) -> dict[str, int]:
    numbers = {row.staff_number for row in file.rows}
    rows: Any = employees_visible_to(viewer).filter(staff_number__in=numbers)
    return dict(rows.values_list("staff_number", "pk"))


def _skills(file: JudgementFile) -> dict[str, int]:
    rows = Competency.objects.filter(is_group=False, key__in={row.competency for row in file.rows})
    return dict(rows.values_list("key", "pk"))


def _strangers(row: Judgement, people: dict[str, int], skills: dict[str, int]) -> Iterator[Fault]:
    if row.staff_number not in people:
        message = _("No person has this staff number.")
        yield Fault(row.line, HEADS["staff_number"], row.staff_number, "unknown", message)
    if row.competency not in skills:
        message = _("No competency has this key.")
        yield Fault(row.line, HEADS["competency"], row.competency, "unknown", message)


def _same(row: Judgement) -> tuple[Any, ...]:
    return row.staff_number, row.competency, row.kind, row.assessed_on
