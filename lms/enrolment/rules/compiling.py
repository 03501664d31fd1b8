"""A condition as one query over postings: the database says whom a rule means."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import and_, or_

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from lms.enrolment.rules.condition import All, AnyOf, Condition, Has, JoinedWithin, Not, People
from lms.enrolment.rules.schedule import months_after
from lms.exceptions import InvalidCondition
from lms.people.models import EmploymentType, JobTier, Posting, Role
from lms.people.selectors import department_paths, postings_on

# Django drops an empty Q from an "or", which would turn everybody into the others.
EVERY_ROW = ~Q(pk__in=[])


@dataclass(frozen=True)
class OfficeKeys:
    """Row ids by attribute and key; a department's are its own and all below it."""

    ids: Mapping[str, Mapping[str, tuple[int, ...]]]
    titles: Mapping[tuple[str, str], str]

    def title(self, attribute: str, key: str) -> str:
        title = self.titles.get((attribute, key), key)
        if attribute == "department" and len(self.ids[attribute].get(key, ())) > 1:
            return pgettext("condition", "%(department)s with all below it") % {"department": title}
        return title

    def of(self, attribute: str, keys: tuple[str, ...]) -> list[int]:
        """
        Raises:
            InvalidCondition: `unknown_key`. Under `not`, a tier that is gone would mean everybody.
        """
        known = self.ids[attribute]
        for key in keys:
            if key not in known:
                raise InvalidCondition(
                    "unknown_key", _("There is no %(code)s.") % {"code": key}, place=attribute
                )
        return sorted({pk for key in keys for pk in known[key]})


def office_keys() -> OfficeKeys:
    """What conditions may name, in four queries."""
    paths = department_paths()
    below: dict[str, list[int]] = {}
    titles: dict[tuple[str, str], str] = {}
    for pk, path in paths.items():
        titles["department", path[-1].key] = path[-1].title
        for row in path:
            below.setdefault(row.key, []).append(pk)
    ids: dict[str, dict[str, tuple[int, ...]]] = {
        "department": {key: tuple(pks) for key, pks in below.items()}
    }
    tables: dict[str, Iterable[JobTier | Role | EmploymentType]] = {
        "tier": JobTier.objects.all(),
        "role": Role.objects.all(),
        "employment": EmploymentType.objects.all(),
    }
    for attribute, table in tables.items():
        rows = list(table)
        ids[attribute] = {row.key: (row.pk,) for row in rows}
        titles |= {(attribute, row.key): row.title for row in rows}
    return OfficeKeys(ids, titles)


def compiled(condition: Condition, keys: OfficeKeys, on: date) -> Q:
    """A filter of the postings that hold on that day.

    Raises:
        InvalidCondition: `unknown_key`.
    """
    match condition:
        case All(()):
            return EVERY_ROW
        case All(parts):
            return reduce(and_, (compiled(part, keys, on) for part in parts))
        case AnyOf(parts):
            return reduce(or_, (compiled(part, keys, on) for part in parts))
        case Not(part):
            return ~Q(employee__in=postings_meant(part, keys, on).values("employee"))
        case JoinedWithin(months):
            earlier = Posting.objects.filter(starts_on__lte=months_after(on, -months))
            return ~Q(employee__in=earlier.order_by().values("employee"))
        case People(numbers):
            return Q(employee__staff_number__in=numbers)
        case Has(attribute, names):
            ids = keys.of(attribute, names)
            if attribute == "role":
                # Not by a join, which would give a posting as often as it has the roles.
                holders = Posting.roles.through.objects.filter(role_id__in=ids)
                return Q(pk__in=holders.values("posting_id"))
            return Q(**{f"{attribute}_id__in": ids})


def postings_meant(condition: Condition, keys: OfficeKeys, on: date) -> QuerySet[Posting]:
    """The postings that fulfil the condition on that day, each once, in no order: one query."""
    return postings_on(on).filter(compiled(condition, keys, on)).order_by()
