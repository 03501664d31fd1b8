"""Rows of frameworks that come with the software, into the tables. What exists is left as it is."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models

from skills_matrix.competencies.models import Competency, Framework, LevelDescriptor, Target
from skills_matrix.exceptions import StarterIncomplete

Row = dict[str, Any]
Known = Mapping[str, Any]

# Early enough for any date the matrix is asked for; the year of the sample office's plan.
IN_FORCE_FROM = date(2022, 4, 1)


def rows_by_key(model: type[models.Model]) -> dict[str, Any]:
    """Everything in the table."""
    return {row.key: row for row in model._default_manager.all()}  # type: ignore[attr-defined]


def add_rows(name: str, model: type[models.Model], made: Mapping[str, Row]) -> int:
    """Check every new row against its model, then write them all in one statement.

    Cells arrive as text: `clean_fields` turns them into the columns' types. It leaves out the
    relations, which it would look up one by one and which are known to exist.
    """
    relations = {field.name for field in model._meta.fields if field.is_relation}
    new, faults = [], []
    for place, values in made.items():
        row = model(**values)
        try:
            row.clean_fields(exclude=relations)
        except ValidationError as error:
            faults += [
                f"{name}.csv, {place}, {column}: {' '.join(texts)}"
                for column, texts in error.message_dict.items()
            ]
        new.append(row)
    if faults:
        raise StarterIncomplete("\n".join(faults), place=name)
    model._default_manager.bulk_create(new)
    return len(new)


def add_frameworks(rows: Iterable[Row]) -> int:
    """Those whose key is not there; returns how many."""
    known = rows_by_key(Framework)
    return add_rows(
        "frameworks", Framework, {row["key"]: row for row in rows if row["key"] not in known}
    )


def add_competencies(rows: Iterable[Row]) -> int:
    """Those whose key is not there, under their headings; returns how many."""
    frameworks, known = rows_by_key(Framework), rows_by_key(Competency)
    new = {row["key"]: row for row in rows if row["key"] not in known}
    add_rows(
        "competencies",
        Competency,
        {
            key: row | {"framework": frameworks[row["framework"]], "parent": None}
            for key, row in new.items()
        },
    )
    if new:
        # Parents get their ids above; only new rows are joined, so an office's own tree survives.
        known = rows_by_key(Competency)
        joined = []
        for key, row in new.items():
            if row["parent"]:
                known[key].parent = known[row["parent"]]
                joined.append(known[key])
        Competency.objects.bulk_update(joined, ["parent"])
    return len(new)


def add_scale(rows: Iterable[Row]) -> int:
    """The levels that the common scale does not have; returns how many."""
    known = set(LevelDescriptor.objects.filter(competency=None).values_list("level", flat=True))
    return add_rows(
        "scale",
        LevelDescriptor,
        {row["level"]: row for row in rows if int(row["level"]) not in known},
    )


def add_targets(rows: Iterable[Row], *, tiers: Known, roles: Known) -> int:
    """Those for a competency, tier and role that has none; returns how many."""
    competencies = rows_by_key(Competency)
    known = set(Target.objects.values_list("competency__key", "tier__key", "role__key"))
    return add_rows(
        "targets",
        Target,
        {
            " ".join((row["competency"], row["tier"], row["role"])): {
                "competency": competencies[row["competency"]],
                "tier": tiers.get(row["tier"]),
                "role": roles.get(row["role"]),
                "level": row["level"],
                "effective_from": IN_FORCE_FROM,
            }
            for row in rows
            if (row["competency"], row["tier"] or None, row["role"] or None) not in known
        },
    )
