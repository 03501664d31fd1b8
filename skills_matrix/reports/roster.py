"""Who is in the matrix on a day, in which order, and in which groups."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

import numpy as np
from django.db import models
from django.db.models import F
from django.utils.translation import gettext as _

from lms.people.kana import kana_order
from lms.people.models import Department, JobTier, Posting, Role
from lms.people.selectors import department_subtree_ids, postings_on
from skills_matrix.access import employees_with_skills_visible_to
from skills_matrix.engine.arrays import ABSENT, Array, Ints
from skills_matrix.engine.keys import join
from skills_matrix.exceptions import UnknownFilterValue

Row = TypeVar("Row", bound=models.Model)


@dataclass(frozen=True)
class Scope:
    """Keys of whom to show; empty = everybody. A department includes those below."""

    department: str = ""
    tier: str = ""
    role: str = ""


@dataclass(frozen=True)
class Roster:
    """People with a main posting on a day, one place each, in the order of their names in kana.

    Attributes:
        employee_id, department_id, tier_id: of each place.
        names: staff number, name and name in kana of each place.
        departments, tiers: all there are, by id, in their own order.
    """

    on: date
    employee_id: Ints
    department_id: Ints
    tier_id: Ints
    names: list[tuple[str, str, str]]
    departments: dict[int, Department]
    tiers: dict[int, JobTier]

    def at(self, places: Ints) -> "Roster":
        """The people at these places, in that order."""
        return Roster(
            self.on,
            self.employee_id[places],
            self.department_id[places],
            self.tier_id[places],
            [self.names[place] for place in places.tolist()],
            self.departments,
            self.tiers,
        )


def roster_on(on: date, *, viewer: Any, scope: Scope) -> Roster:
    """The people the viewer may see whom the scope leaves. Six queries at most.

    Raises:
        UnknownFilterValue: a key names nothing.
    """
    rows = postings_on(on).filter(
        is_main=True, employee__in=employees_with_skills_visible_to(viewer)
    )
    if scope.department:
        department = named(Department, scope.department, "department")
        rows = rows.filter(department_id__in=department_subtree_ids(department))
    if scope.tier:
        rows = rows.filter(tier=named(JobTier, scope.tier, "tier"))
    if scope.role:
        role = named(Role, scope.role, "role")
        holders = postings_on(on).filter(roles=role).values("employee_id")
        rows = rows.filter(employee_id__in=holders)
    people = sorted(
        rows.order_by().values_list(
            *("employee__kana", "employee__staff_number", "employee__name"),
            *("employee_id", "department_id", "tier_id"),
        ),
        key=lambda row: (kana_order(row[0]), row[1]),
    )
    ids = np.array([row[3:] for row in people], dtype=np.int64).reshape(-1, 3)
    return Roster(
        on,
        ids[:, 0],
        ids[:, 1],
        ids[:, 2],
        [(staff_number, name, kana) for kana, staff_number, name, *_ids in people],
        {row.pk: row for row in Department.objects.order_by("key")},
        {row.pk: row for row in JobTier.objects.order_by("-rank")},
    )


def everyone_in(roster: Roster) -> frozenset[int]:
    """Ids of all its people."""
    return frozenset(roster.employee_id.tolist())


def roles_of(employee_id: Sequence[int], on: date) -> dict[int, list[Role]]:
    """The roles each person holds that day in any posting, by key; one query."""
    held: dict[int, list[Role]] = {pk: [] for pk in employee_id}
    roles = (
        Role.objects.filter(postings__in=postings_on(on).filter(employee__in=employee_id))
        .annotate(holder_id=F("postings__employee"))
        .order_by("key")
        .distinct()
    )
    for role in roles:
        held[role.holder_id].append(role)
    return held


def named(model: type[Row], key: str, place: str) -> Row:
    """The row with that key.

    Raises:
        UnknownFilterValue: there is none.
    """
    row = model._default_manager.filter(key=key).first()
    if row is None:
        raise UnknownFilterValue(_("Nothing has the key “%(key)s”.") % {"key": key}, place=place)
    return row


# --- groups -----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Grouping:
    """The people in groups. Whoever holds several roles stands in each of them.

    Attributes:
        place: of each membership, the person's place in the roster.
        unit: of each membership, the group's id; ``ABSENT`` = in none.
        titled: what each id stands for, in the order of the groups.
    """

    place: Ints
    unit: Ints
    titled: dict[int, Any]

    @property
    def rank(self) -> Ints:
        """Of each membership, the place of its group among the groups; in none comes last."""
        order = {pk: rank for rank, pk in enumerate(self.titled)}
        ranks = [order.get(pk, len(order)) for pk in self.unit.tolist()]
        return np.array(ranks, dtype=np.int64)

    def people(self, roster: Roster) -> dict[int, frozenset[int]]:
        """Ids of the people of each group, by the group's id."""
        found: dict[int, set[int]] = {}
        for unit, pk in zip(
            self.unit.tolist(), roster.employee_id[self.place].tolist(), strict=True
        ):
            found.setdefault(unit, set()).add(pk)
        return {unit: frozenset(people) for unit, people in found.items()}


def _whole(roster: Roster) -> Grouping:
    return Grouping(np.arange(roster.employee_id.size), np.zeros_like(roster.employee_id), {})


def _by_department(roster: Roster) -> Grouping:
    places = np.arange(roster.employee_id.size)
    return Grouping(places, roster.department_id, roster.departments)


def _by_tier(roster: Roster) -> Grouping:
    return Grouping(np.arange(roster.employee_id.size), roster.tier_id, roster.tiers)


def _by_role(roster: Roster) -> Grouping:
    held = np.array(
        Posting.roles.through.objects.filter(posting__in=postings_on(roster.on))
        .order_by("posting__employee_id", "role_id")
        .values_list("posting__employee_id", "role_id")
        .distinct(),
        dtype=np.int64,
    ).reshape(-1, 2)
    place, row = join(roster.employee_id, held[:, 0])
    without = np.setdiff1d(np.arange(roster.employee_id.size), place)
    return Grouping(
        np.concatenate([place, without]),
        np.concatenate([held[row, 1], np.full(without.size, ABSENT)]),
        {row.pk: row for row in Role.objects.order_by("key")},
    )


GROUPINGS: dict[str, Callable[[Roster], Grouping]] = {
    "": _whole,
    "department": _by_department,
    "tier": _by_tier,
    "role": _by_role,
}


# --- order ------------------------------------------------------------------------------------


def rank_of(ids: Ints, order: dict[int, Any]) -> Ints:
    """The place of each id in that order."""
    at = {pk: rank for rank, pk in enumerate(order)}
    return np.array([at[pk] for pk in ids.tolist()], dtype=np.int64)


def ordered(keys: Sequence[Array], size: int) -> Ints:
    """Places sorted by the first key, then the next; of equals the name in kana decides."""
    return np.lexsort([np.arange(size), *reversed(keys)])
