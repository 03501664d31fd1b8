"""The frameworks that come with the software: what there is of them here, and loading them.

Their files are those of the sample office (`skills_matrix/starter`), and beside them in `standard`
what the sample office does not use. An office without the demo loads them by command or in the
admin. What exists stays as it is, so an office's own wording survives, and a second time changes
nothing.
"""

import csv
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.translation import get_language
from wagtail.log_actions import log

import lms
from lms.people.models import JobTier, Role
from lms.people.services import ReferenceRow, add_missing_roles
from skills_matrix.competencies.models import Competency, Framework, Target
from skills_matrix.exceptions import InvalidFramework
from skills_matrix.exchange.frameworks import FRAMEWORK_IMPORTED
from skills_matrix.exchange.standard_rows import (
    Row,
    add_competencies,
    add_frameworks,
    add_scale,
    add_targets,
    rows_by_key,
)

_OF_STARTER = Path(__file__).parents[1] / "starter"
_OWN = Path(__file__).parent / "standard"
_ROLES = Path(lms.__path__[0]) / "starter" / "roles.csv"


@dataclass(frozen=True)
class Standard:
    """One framework that comes along.

    Attributes:
        competencies, present: how many it has, and how many of these keys are here.
        targets, targets_present: levels asked of tiers and roles, and how many are here.
        tiers_missing: keys of job tiers that its targets name and this office does not have;
            those targets are passed over.
    """

    key: str
    version: str
    title: str
    note: str
    competencies: int
    present: int
    targets: int
    targets_present: int
    tiers_missing: tuple[str, ...]

    @property
    def is_complete(self) -> bool:
        return self.present == self.competencies


def standards() -> list[Standard]:
    """All there are, whether loaded or not. Four queries."""
    frameworks, competencies, targets = (_all(name) for name in _NAMES)
    here = set(Competency.objects.values_list("key", flat=True))
    asked: set[tuple[str, str | None, str | None]] = set(
        Target.objects.values_list("competency__key", "tier__key", "role__key")
    )
    tiers = set(JobTier.objects.values_list("key", flat=True))
    return [
        _standard(
            row,
            [item for item in competencies if item["framework"] == row["key"]],
            _targets_of(row["key"], competencies, targets),
            here,
            asked,
            tiers,
        )
        for row in frameworks
    ]


@transaction.atomic
def load_standards(
    *, keys: Collection[str], by: Any = None, with_targets: bool = True
) -> list[Standard]:
    """Add what is missing of these frameworks, the common scale, and the targets they ask.

    Roles that a target names are added; job tiers are an office's own and are not.

    Args:
        by: the account that answers for it; None = the command line.

    Returns:
        The frameworks as they are then.

    Raises:
        InvalidFramework: `unknown_standard` no framework that comes along has such a key.
    """
    frameworks, competencies, targets = (_all(name) for name in _NAMES)
    wanted = [row for row in frameworks if row["key"] in set(keys)]
    if unknown := set(keys) - {row["key"] for row in wanted}:
        raise InvalidFramework("unknown_standard", ", ".join(sorted(unknown)))
    add_frameworks(wanted)
    add_scale(_rows(_OF_STARTER / "scale.csv"))
    for row in wanted:
        added = add_competencies(item for item in competencies if item["framework"] == row["key"])
        asked = 0
        if with_targets:
            asked = _add_targets(_targets_of(row["key"], competencies, targets))
        if added or asked:
            log(
                instance=Framework.objects.get(key=row["key"]),
                action=FRAMEWORK_IMPORTED,
                user=by,
                data={"standard": row["version"], "added": added, "targets": asked},
            )
    return [standard for standard in standards() if standard.key in set(keys)]


_NAMES = ("frameworks", "competencies", "targets")


def _add_targets(rows: list[Row]) -> int:
    named = {row["role"] for row in rows}
    add_missing_roles(rows=[ReferenceRow(**row) for row in _rows(_ROLES) if row["key"] in named])
    tiers, roles = rows_by_key(JobTier), rows_by_key(Role)
    possible = [row for row in rows if not row["tier"] or row["tier"] in tiers]
    return add_targets(possible, tiers=tiers, roles=roles)


def _standard(
    row: Row,
    competencies: list[Row],
    targets: list[Row],
    here: set[str],
    asked: set[tuple[str, str | None, str | None]],
    tiers: set[str],
) -> Standard:
    other = "en" if (get_language() or "").startswith("en") else "ja"
    named = {target["tier"] for target in targets} - {""}
    return Standard(
        key=row["key"],
        version=row["version"],
        title=row[f"title_{other}"] or row["title_ja"],
        note=row[f"source_note_{other}"] or row["source_note_ja"],
        competencies=len(competencies),
        present=sum(item["key"] in here for item in competencies),
        targets=len(targets),
        targets_present=sum(
            (item["competency"], item["tier"] or None, item["role"] or None) in asked
            for item in targets
        ),
        tiers_missing=tuple(sorted(named - tiers)),
    )


def _targets_of(framework: str, competencies: list[Row], targets: list[Row]) -> list[Row]:
    own = {row["key"] for row in competencies if row["framework"] == framework}
    return [row for row in targets if row["competency"] in own]


def _all(name: str) -> list[Row]:
    return [*_rows(_OF_STARTER / f"{name}.csv"), *_rows(_OWN / f"{name}.csv")]


def _rows(path: Path) -> list[Row]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
