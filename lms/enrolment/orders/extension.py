"""Giving people until a later day, with a reason; and taking that back."""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Case, CharField, OuterRef, Q, QuerySet, Subquery, Value, When
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import log

from lms.enrolment.models import Assignment, DueExtension
from lms.enrolment.orders.refusals import refused
from lms.enrolment.rules.following import follow_with_enrolments
from lms.enrolment.rules.selectors import BINDING_DUE

EXTENDED = "lms_core.due_extended"
TAKEN_BACK = "lms_core.extension_taken_back"

CHANGED = "changed"
# Why a due date stays as it is, in the order in which it is looked for.
KEPT: Mapping[str, Promise] = {
    "ended": _("is no longer asked for"),
    "done": _("is done already"),
    "without_due": _("has no due date"),
    "later": _("is not due before that day"),
}


@dataclass(frozen=True)
class ExtensionEffect:
    """Ids of the assignments whose due date moves, and how many stay for which of `KEPT`."""

    changed: frozenset[int]
    kept: Mapping[str, int]


def extension_effect(*, ids: Collection[int], until: date) -> ExtensionEffect:
    """What `extend_due` would do: it asks the same. One query."""
    found = dict(_told_apart(ids, until).values_list("pk", "fate"))
    counts = Counter(found.values())
    return ExtensionEffect(
        changed=frozenset(pk for pk, fate in found.items() if fate == CHANGED),
        kept={name: counts[name] for name in KEPT if counts[name]},
    )


@transaction.atomic
def extend_due(
    *, ids: Collection[int], until: date, reason: str, by: Any, on: date
) -> DueExtension:
    """Give open assignments that are due before a day until that day.

    Raises:
        OrderRefused: `reason_missing`; `day_is_over` the day lies before `on`; `nothing_to_do` no
            due date would move.
    """
    if not reason.strip():
        raise refused("reason_missing")
    if until < on:
        raise refused("day_is_over")
    list(Assignment.objects.select_for_update().filter(pk__in=ids).order_by("pk").values("pk"))
    effect = extension_effect(ids=ids, until=until)
    if not effect.changed:
        raise refused("nothing_to_do")
    extension = DueExtension.objects.create(
        until=until, reason=reason.strip(), given_by=by, given_at=timezone.now()
    )
    extension.assignments.set(effect.changed)
    rows = Assignment.objects.filter(pk__in=effect.changed)
    rows.update(extended_to=until)
    _settle(rows)
    log(
        instance=extension,
        action=EXTENDED,
        user=by,
        data={"until": until.isoformat(), "reason": extension.reason, "count": rows.count()},
    )
    return extension


def extended_still(extension: DueExtension) -> QuerySet[Assignment]:
    """The assignments it still decides: not extended further, begun anew or due anew since."""
    return extension.assignments.filter(extended_to=extension.until)


@transaction.atomic
def take_back_extension(*, extension: DueExtension, by: Any) -> int:
    """Give the old due dates back; gives how many.

    The old one is that of an earlier extension which was not taken back, else the rule's.

    Raises:
        OrderRefused: `taken_back_already`.
    """
    held = DueExtension.objects.select_for_update().get(pk=extension.pk)
    if held.taken_back_at is not None:
        raise refused("taken_back_already")
    held.taken_back_by, held.taken_back_at = by, timezone.now()
    held.save(update_fields=["taken_back_by", "taken_back_at"])
    ids = list(extended_still(held).order_by().values_list("pk", flat=True))
    rows = Assignment.objects.filter(pk__in=ids)
    others = DueExtension.objects.filter(
        assignments=OuterRef("pk"), taken_back_at=None, until__gt=OuterRef("due_on")
    )
    rows.update(extended_to=Subquery(others.order_by("-until").values("until")[:1]))
    _settle(rows)
    log(instance=held, action=TAKEN_BACK, user=by, data={"count": len(ids)})
    return len(ids)


def _settle(rows: QuerySet[Assignment]) -> None:
    if courses := set(rows.order_by().values_list("course", flat=True)):
        follow_with_enrolments(Assignment.objects.filter(course__in=courses))


def _told_apart(ids: Collection[int], until: date) -> QuerySet[Any]:
    """Each assignment with its `fate`: CHANGED, or a key of KEPT."""
    return (
        Assignment.objects.filter(pk__in=ids)
        .order_by()
        .annotate(day=BINDING_DUE)
        .annotate(
            fate=Case(
                When(Q(ended_on__isnull=False), then=Value("ended")),
                When(Q(completed_at__isnull=False), then=Value("done")),
                When(Q(day=None), then=Value("without_due")),
                When(Q(day__gte=until), then=Value("later")),
                default=Value(CHANGED),
                output_field=CharField(),
            )
        )
    )
