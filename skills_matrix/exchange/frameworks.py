"""Taking a framework in, and giving it out."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from lms.people.csv_table import Fault
from skills_matrix.competencies.models import (
    Competency,
    CompetencyMapping,
    Framework,
    LevelDescriptor,
)
from skills_matrix.exceptions import InvalidFramework
from skills_matrix.exchange.framework_file import FrameworkFile, Item, Link, Step, faults_of

FRAMEWORK_IMPORTED = "lms_skills.framework_imported"
HEAD = (
    *("version", "title_ja", "title_en", "source_note_ja", "source_note_en"),
    *("effective_from", "effective_until"),
)


@dataclass
class FrameworkChange:
    """Keys of what an import adds, changes and leaves alone.

    `absent` are in the framework but not in the file: they stay, because evidence may name them.
    """

    is_new: bool
    added: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    absent: list[str] = field(default_factory=list)
    mapped: list[tuple[str, str]] = field(default_factory=list)


def framework_file_of(framework: Framework) -> FrameworkFile:
    """The framework as it travels. Three queries."""
    rows = list(framework.competencies.select_related("parent").order_by("position", "key"))
    steps: dict[int, list[Step]] = {}
    for row in LevelDescriptor.objects.filter(competency__in=rows).order_by("level"):
        steps.setdefault(row.competency_id or 0, []).append(
            Step(row.level, row.title_ja, row.title_en, row.text_ja, row.text_en)
        )
    links = CompetencyMapping.objects.filter(later__framework=framework).select_related(
        "earlier", "later"
    )
    return FrameworkFile(
        key=framework.key,
        **{name: getattr(framework, name) for name in HEAD},
        items=[
            Item(
                key=row.key,
                title_ja=row.title_ja,
                title_en=row.title_en,
                parent=row.parent.key if row.parent else "",
                is_group=row.is_group,
                steps=tuple(steps.get(row.pk, ())),
                line=line,
            )
            for line, row in enumerate(rows, start=1)
        ],
        links=[Link(row.earlier.key, row.later.key, row.most, row.effective_from) for row in links],
    )


def preview_framework(*, file: FrameworkFile, on: date) -> FrameworkChange:
    """What importing would do; nothing stays written.

    Raises:
        InvalidFramework: as `import_framework`.
    """
    with transaction.atomic():
        change = _write(file, on)
        transaction.set_rollback(True)
    return change


@transaction.atomic
def import_framework(*, file: FrameworkFile, by: Any, on: date) -> FrameworkChange:
    """Add the framework, or bring the one of that key up to date. Twice changes nothing.

    Args:
        by: the account that answers for it.
        on: from when mappings hold that do not say so.

    Raises:
        InvalidFramework: `faults` what is in it cannot be, or belongs to another framework, or
            names what does not exist; nothing was written.
    """
    change = _write(file, on)
    log(
        instance=Framework.objects.get(key=file.key),
        action=FRAMEWORK_IMPORTED,
        user=by,
        data={"added": change.added, "changed": change.changed, "mapped": change.mapped},
    )
    return change


def _write(file: FrameworkFile, on: date) -> FrameworkChange:
    known = {row.key: row for row in Competency.objects.select_related("framework", "parent")}
    faults = [*faults_of(file), *_strangers(file, known)]
    if faults:
        message = _("%(count)d entries cannot be taken.") % {"count": len(faults)}
        raise InvalidFramework("faults", message, faults=faults)
    framework = Framework.objects.filter(key=file.key).first()
    change = FrameworkChange(is_new=framework is None)
    head = {name: getattr(file, name) for name in HEAD}
    framework, _is_new = Framework.objects.update_or_create(key=file.key, defaults=head)
    for position, item in enumerate(file.items, start=1):
        row = known.get(item.key) or Competency(key=item.key)
        values = {
            "framework": framework,
            "title_ja": item.title_ja,
            "title_en": item.title_en,
            "is_group": item.is_group,
        }
        differs = _set(row, values)
        if row.pk is None:
            change.added.append(item.key)
        elif differs or (row.parent.key if row.parent else "") != item.parent:
            change.changed.append(item.key)
        else:
            change.unchanged.append(item.key)
        # Only the order counts, so other numbers for the same order are no change.
        row.position = position * 10
        row.save()
        known[item.key] = row
    for item in file.items:
        known[item.key].parent = known[item.parent] if item.parent else None
        known[item.key].save(update_fields=["parent"])
        _write_steps(known[item.key], item, change)
    listed = {item.key for item in file.items}
    change.absent = sorted(
        row.key
        for row in known.values()
        if row.framework_id == framework.pk and row.key not in listed
    )
    for link in file.links:
        values = {"most": link.most, "effective_from": link.effective_from or on}
        mapping = CompetencyMapping.objects.filter(
            earlier=known[link.earlier], later=known[link.later]
        ).first() or CompetencyMapping(earlier=known[link.earlier], later=known[link.later])
        if link.effective_from is None and mapping.pk is not None:
            del values["effective_from"]
        if _set(mapping, values) or mapping.pk is None:
            mapping.save()
            change.mapped.append((link.earlier, link.later))
    return change


def _write_steps(row: Competency, item: Item, change: FrameworkChange) -> None:
    saved = {step.level: step for step in row.descriptors.all()}
    for step in item.steps:
        found = saved.get(step.level) or LevelDescriptor(competency=row, level=step.level)
        values = {
            "title_ja": step.title_ja,
            "title_en": step.title_en,
            "text_ja": step.text_ja,
            "text_en": step.text_en,
        }
        if _set(found, values) or found.pk is None:
            found.save()
            if item.key in change.unchanged:
                change.unchanged.remove(item.key)
                change.changed.append(item.key)


def _strangers(file: FrameworkFile, known: dict[str, Competency]) -> list[Fault]:
    """Keys of another framework, and ends of mappings that are nowhere."""
    other = _("This key belongs to the framework %(framework)s.")
    nowhere = _("No competency has this key.")
    listed = {item.key for item in file.items}
    faults = [
        Fault(item.line, "key", item.key, "other_framework", other % {"framework": row.framework})
        for item in file.items
        if (row := known.get(item.key)) is not None and row.framework.key != file.key
    ]
    for link in file.links:
        faults += [
            Fault(link.line, column, key, "unknown", nowhere)
            for column, key in (("earlier", link.earlier), ("later", link.later))
            if key not in known and key not in listed
        ]
    return faults


def _set(row: Any, values: dict[str, Any]) -> bool:
    """Put the values into the row; whether any differs."""
    differs = False
    for name, value in values.items():
        if getattr(row, name, None) != value:
            setattr(row, name, value)
            differs = True
    return differs
