"""A file handed in: what it would do, and doing it. One way for every kind of file."""

import json
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from lms.exceptions import InvalidCsv
from lms.people.calendar import office_today
from lms.people.csv_table import Fault
from skills_matrix.exceptions import InvalidFramework
from skills_matrix.exchange.case import from_case
from skills_matrix.exchange.framework_csv import read_items, read_links
from skills_matrix.exchange.framework_file import FrameworkFile
from skills_matrix.exchange.frameworks import import_framework, preview_framework
from skills_matrix.exchange.judgement_file import read_judgements
from skills_matrix.exchange.judgements import import_judgements, read_against_office
from skills_matrix.exchange.models import ExchangeFile

JUDGEMENTS_IMPORTED = "lms_skills.judgements_imported"


@dataclass(frozen=True)
class Effect:
    """What a file does: figures with their titles, and why it is refused if it is."""

    figures: tuple[tuple[str, int], ...] = ()
    details: tuple[str, ...] = ()
    faults: tuple[Fault, ...] = ()


class NothingApplied(Exception):
    """The file has faults, or was applied before."""


def effect_of(*, file: ExchangeFile, viewer: Any) -> Effect:
    """What applying would do now; nothing stays written."""
    return _run(file, viewer, applies=False)


@transaction.atomic
def apply_file(*, file: ExchangeFile, by: Any) -> Effect:
    """Take the file in.

    Raises:
        NothingApplied: it has faults, or was applied before; nothing was written.
    """
    row = ExchangeFile.objects.select_for_update().get(pk=file.pk)
    if row.applied_at is not None:
        raise NothingApplied
    effect = _run(row, by, applies=True)
    if effect.faults:
        raise NothingApplied
    row.applied_at, row.applied_by = timezone.now(), by
    row.save(update_fields=["applied_at", "applied_by"])
    return effect


def _run(file: ExchangeFile, by: Any, *, applies: bool) -> Effect:
    run = _framework if file.kind == ExchangeFile.Kind.FRAMEWORK else _judgements
    try:
        return run(file, by, applies)
    except InvalidCsv as fault:
        return Effect(faults=(Fault(fault.line or 0, "", "", fault.code, fault.message),))
    except InvalidFramework as fault:
        told = Fault(0, fault.place, "", fault.code, fault.message)
        return Effect(faults=tuple(fault.faults) or (told,))


def _framework(file: ExchangeFile, by: Any, applies: bool) -> Effect:
    framework, faults = read_framework(bytes(file.content), file.options)
    if framework is None or faults:
        return Effect(faults=tuple(faults))
    on = office_today()
    change = (
        import_framework(file=framework, by=by, on=on)
        if applies
        else preview_framework(file=framework, on=on)
    )
    return Effect(
        figures=(
            (_("Competencies that are new"), len(change.added)),
            (_("Competencies that change"), len(change.changed)),
            (_("Competencies that stay as they are"), len(change.unchanged)),
            (_("Competencies that are not in the file and stay"), len(change.absent)),
            (_("Mappings that are new or change"), len(change.mapped)),
        ),
        details=(
            *change.added,
            *change.changed,
            *(f"{earlier} → {later}" for earlier, later in change.mapped),
        ),
    )


def read_framework(
    content: bytes, options: dict[str, Any]
) -> tuple[FrameworkFile | None, list[Fault]]:
    """A CFPackage, or the CSV of the competencies with what the form says besides.

    Raises:
        InvalidCsv, InvalidFramework: the file as a whole cannot be read.
    """
    if content.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"{"):
        try:
            return from_case(json.loads(content)), []
        except ValueError as fault:
            message = _("The file is no JSON: %(reason)s") % {"reason": fault}
            raise InvalidFramework("not_json", message) from fault
    items, faults = read_items(content)
    links, more = read_links(options["links"].encode()) if options.get("links") else ([], [])
    begins = options.get("effective_from")
    framework = FrameworkFile(
        key=options.get("key", ""),
        version=options.get("version", ""),
        title_ja=options.get("title_ja", ""),
        title_en=options.get("title_en", ""),
        effective_from=date.fromisoformat(begins) if begins else None,
        items=items,
        links=links,
    )
    return framework, [*faults, *more]


def _judgements(file: ExchangeFile, by: Any, applies: bool) -> Effect:
    rows = read_judgements(bytes(file.content))
    if applies:
        found = import_judgements(file=rows, by=by)
        log(
            instance=file,
            action=JUDGEMENTS_IMPORTED,
            user=by,
            data={"new": len(found.new), "people": found.people},
        )
    else:
        found = read_against_office(file=rows, viewer=by)
    return Effect(
        figures=(
            (_("Judgements that are new"), len(found.new)),
            (_("People they are about"), found.people),
            (_("Judgements that are there already"), len(found.known)),
        ),
        faults=found.faults,
    )
