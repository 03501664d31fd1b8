"""What a personnel order makes of a person's history. Pure: states in, states and faults out."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lms.exceptions import InvalidOrder
from lms.people.csv_table import Fault
from lms.people.people_file import Order

CHANGES: Mapping[str, Promise] = {
    "department_added": gettext_lazy("department added"),
    "department_changed": gettext_lazy("department changed"),
    "person_added": gettext_lazy("person added"),
    "person_changed": gettext_lazy("person changed"),
    "posting_opened": gettext_lazy("posting opened"),
    "posting_changed": gettext_lazy("posting changed"),
    "posting_withdrawn": gettext_lazy("posting withdrawn"),
}


@dataclass(frozen=True)
class Change:
    """One row per thing that an import changes. `key` is the staff number or department key."""

    line: int
    key: str
    kind: str
    detail: str

    def text(self) -> str:
        return f"{CHANGES[self.kind]}: {self.detail}"


@dataclass(frozen=True)
class PostingState:
    """A posting by keys, [starts_on, ends_on). `id` None = not stored yet; `employment` "" = not
    known."""

    department: str
    tier: str
    roles: frozenset[str]
    is_main: bool
    starts_on: date
    ends_on: date | None
    id: int | None = None
    employment: str = ""

    def holds_on(self, day: date) -> bool:
        return self.starts_on <= day and (self.ends_on is None or day < self.ends_on)

    def __str__(self) -> str:
        """For HR, so with the last day itself, e.g. `2024-04-01–2026-03-31 0404 G2 LDR`."""
        last_day = self.ends_on - timedelta(days=1) if self.ends_on else ""
        parts = [
            f"{self.starts_on}–{last_day}",
            self.department,
            self.tier,
            self.employment,
            ";".join(sorted(self.roles)),
            "" if self.is_main else _("concurrent"),
        ]
        return " ".join(part for part in parts if part)


@dataclass(frozen=True)
class PersonState:
    """A person by staff number. `id` None = not stored yet."""

    staff_number: str
    name: str
    kana: str
    email: str
    postings: tuple[PostingState, ...] = ()
    id: int | None = None


@dataclass
class Plan:
    """What to write so that every order holds.

    `saved` are people new or changed; `opened` goes with the staff number; `amended` carries ids;
    `withdrawn` is ids.
    """

    saved: list[PersonState] = field(default_factory=list)
    opened: list[tuple[str, PostingState]] = field(default_factory=list)
    amended: list[PostingState] = field(default_factory=list)
    withdrawn: list[int] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)


def plan_people(
    orders: Iterable[Order], people: Mapping[str, PersonState], titles: Mapping[str, str]
) -> Plan:
    """Compare what the orders ask for with what is stored.

    Args:
        orders: at most one a person.
        people: by staff number, with their whole history.
        titles: how the file calls its fields, for the faults.
    """
    plan = Plan()
    for order in orders:
        before = people.get(order.staff_number)
        try:
            after = person_after(before, order)
        except InvalidOrder as fault:
            value = _last_day(order) if fault.place == "ends_on" else str(order.starts_on)
            title = titles.get(fault.place, fault.place)
            plan.faults.append(Fault(order.line, title, value, fault.code, fault.message))
            continue
        _note_person(plan, order, before, after)
        _note_postings(plan, order, before.postings if before else (), after.postings)
    return plan


def person_after(before: PersonState | None, order: Order) -> PersonState:
    """The person as the order leaves them; the same order twice changes nothing.

    Raises:
        InvalidOrder: it does not fit the person's history.
    """
    email = order.email if order.email is not None else (before.email if before else "")
    return PersonState(
        staff_number=order.staff_number,
        name=order.name,
        kana=order.kana,
        email=email,
        postings=postings_after(before.postings if before else (), order),
        id=before.id if before else None,
    )


def postings_after(history: tuple[PostingState, ...], order: Order) -> tuple[PostingState, ...]:
    """The postings as the order leaves them.

    A later order that changes department, tier, roles or employment type closes the running posting
    on its day and opens a new one; one that changes nothing lets it run. An order of the same day
    as a posting corrects that posting. Saying an employment type that was not known is no change.

    Raises:
        InvalidOrder: the order is dated before the last posting and of no posting's day, or would
            run into the next posting.
    """
    main = sorted((row for row in history if row.is_main), key=lambda row: row.starts_on)
    others = [row for row in history if not row.is_main]
    same_day = next((row for row in main if row.starts_on == order.starts_on), None)
    if same_day:
        main, until = _corrected(main, same_day, order)
        is_last = main[-1].starts_on == order.starts_on
    else:
        main, until = _continued(main, order)
        is_last = True
    if order.concurrent is not None:
        terms = next(row.employment for row in main if row.holds_on(order.starts_on))
        others = _concurrent_after(others, order, until, is_last, terms)
    if is_last and until is not None:
        # Nobody keeps a concurrent posting after the main one has ended.
        others = [_ended_by(row, until) for row in others]
    return (*main, *others)


def _corrected(
    main: list[PostingState], posting: PostingState, order: Order
) -> tuple[list[PostingState], date | None]:
    following = next((row for row in main if row.starts_on > posting.starts_on), None)
    until = order.ends_on if order.says_end else posting.ends_on
    if following:
        # No end in the file means "until the next posting", which the history knows already.
        until = until or posting.ends_on
        if until is None or until > following.starts_on:
            raise InvalidOrder(
                "overlaps_next",
                _("The next posting begins on %(day)s.") % {"day": following.starts_on},
                place="ends_on",
            )
    corrected = replace(
        posting,
        department=order.department,
        tier=order.tier,
        roles=posting.roles if order.roles is None else order.roles,
        ends_on=until,
        employment=order.employment or posting.employment,
    )
    return [corrected if row is posting else row for row in main], until


def _continued(main: list[PostingState], order: Order) -> tuple[list[PostingState], date | None]:
    last = main[-1] if main else None
    if last and last.starts_on > order.starts_on:
        raise InvalidOrder(
            "inside_history",
            _("A posting from %(day)s is recorded already; an earlier one cannot be put before it.")
            % {"day": last.starts_on},
            place="starts_on",
        )
    running = last if last and last.holds_on(order.starts_on) else None
    # A file without roles says nothing new about them, but a role stays with its department.
    kept = running.roles if running and running.department == order.department else frozenset()
    roles = kept if order.roles is None else order.roles
    employment = order.employment or (running.employment if running else "")
    if running is None:
        return [*main, _opened(order, roles, employment)], order.ends_on
    known = replace(running, employment=running.employment or employment)
    asked = (order.department, order.tier, roles, employment)
    if (known.department, known.tier, known.roles, known.employment) == asked:
        until = order.ends_on if order.says_end else running.ends_on
        return [*main[:-1], replace(known, ends_on=until)], until
    closed = replace(running, ends_on=order.starts_on)
    return [*main[:-1], closed, _opened(order, roles, employment)], order.ends_on


def _opened(order: Order, roles: frozenset[str], employment: str) -> PostingState:
    return PostingState(
        department=order.department,
        tier=order.tier,
        roles=roles,
        is_main=True,
        starts_on=order.starts_on,
        ends_on=order.ends_on,
        employment=employment,
    )


def _concurrent_after(
    others: list[PostingState],
    order: Order,
    until: date | None,
    is_last: bool,
    employment: str,
) -> list[PostingState]:
    """Concurrent postings (兼務) that hold on the order's day become exactly the order's.

    They are held on the terms of the main one, `employment`.
    """
    day = order.starts_on
    missing = list(order.concurrent or ())
    result = []
    for row in others:
        if not row.holds_on(day):
            result.append(row)
            continue
        is_wanted = row.department in missing
        if is_wanted and (row.tier == order.tier or row.starts_on == day):
            missing.remove(row.department)
            end = until if is_last and order.says_end else row.ends_on
            result.append(replace(row, tier=order.tier, ends_on=end, employment=employment))
        elif row.starts_on < day:
            result.append(replace(row, ends_on=day))
        # One that began on the day itself and is not wanted was a mistake, and goes.
    result += [
        PostingState(department, order.tier, frozenset(), False, day, until, employment=employment)
        for department in missing
    ]
    return [_ended_by_next(row, result) for row in result]


def _ended_by_next(row: PostingState, others: list[PostingState]) -> PostingState:
    """A concurrent posting gives way to a later one in the same department."""
    later = [
        other.starts_on
        for other in others
        if other.department == row.department and other.starts_on > row.starts_on
    ]
    return _ended_by(row, min(later)) if later else row


def _ended_by(row: PostingState, until: date) -> PostingState:
    if row.starts_on < until and (row.ends_on is None or row.ends_on > until):
        return replace(row, ends_on=until)
    return row


def _last_day(order: Order) -> str:
    return str(order.ends_on - timedelta(days=1)) if order.ends_on else ""


def _note_person(plan: Plan, order: Order, before: PersonState | None, after: PersonState) -> None:
    if before is None:
        plan.saved.append(after)
        plan.changes.append(Change(order.line, after.staff_number, "person_added", after.name))
        return
    details = [
        f"{old} → {new}"
        for old, new in (
            (before.name, after.name),
            (before.kana, after.kana),
            (before.email, after.email),
        )
        if old != new
    ]
    if details:
        plan.saved.append(after)
        plan.changes.append(
            Change(order.line, after.staff_number, "person_changed", ", ".join(details))
        )


def _note_postings(
    plan: Plan, order: Order, before: Iterable[PostingState], after: Iterable[PostingState]
) -> None:
    stored = {row.id: row for row in before}
    for row in after:
        old = stored.pop(row.id, None) if row.id is not None else None
        if old is None:
            plan.opened.append((order.staff_number, row))
            plan.changes.append(Change(order.line, order.staff_number, "posting_opened", str(row)))
        elif old != row:
            plan.amended.append(row)
            plan.changes.append(
                Change(order.line, order.staff_number, "posting_changed", f"{old} → {row}")
            )
    for old in stored.values():
        if old.id is not None:
            plan.withdrawn.append(old.id)
            plan.changes.append(
                Change(order.line, order.staff_number, "posting_withdrawn", str(old))
            )
