from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.exceptions import InvalidOrder
from lms.people.importing import PersonState, PostingState, plan_people, postings_after
from lms.people.people_file import Order

DAY = date(2024, 4, 1)
LATER = date(2025, 4, 1)
LATEST = date(2026, 4, 1)


def order(**changes: Any) -> Order:
    first = Order(
        line=2,
        staff_number="000001",
        name="熊谷 健",
        kana="クマガイ ケン",
        tier="G2",
        department="0404",
        starts_on=DAY,
    )
    return replace(first, **changes)


def spans(history: tuple[PostingState, ...]) -> list[tuple[str, str, date, date | None]]:
    return [(row.department, row.tier, row.starts_on, row.ends_on) for row in history]


def test_a_later_order_closes_the_running_posting_on_its_day() -> None:
    first = postings_after((), order())
    moved = postings_after(first, order(department="0103", starts_on=LATER))
    assert spans(moved) == [("0404", "G2", DAY, LATER), ("0103", "G2", LATER, None)]


def test_a_later_order_that_changes_nothing_lets_the_posting_run() -> None:
    first = postings_after((), order())
    assert postings_after(first, order(starts_on=LATER)) == first


def test_a_new_order_after_the_end_of_a_term_opens_another_posting() -> None:
    term = postings_after((), order(ends_on=LATER, says_end=True))
    renewed = postings_after(term, order(starts_on=LATER, ends_on=LATEST, says_end=True))
    assert spans(renewed) == [("0404", "G2", DAY, LATER), ("0404", "G2", LATER, LATEST)]


def test_an_order_of_the_same_day_corrects_the_posting() -> None:
    first = postings_after((), order(roles=frozenset({"LDR"})))
    corrected = postings_after(first, order(tier="G3", roles=frozenset({"DAT"})))
    assert [(row.tier, row.roles) for row in corrected] == [("G3", {"DAT"})]


def test_correcting_an_earlier_posting_leaves_the_later_one() -> None:
    moved = postings_after(postings_after((), order()), order(department="0103", starts_on=LATER))
    corrected = postings_after(moved, order(department="0402", says_end=True))
    assert spans(corrected) == [("0402", "G2", DAY, LATER), ("0103", "G2", LATER, None)]


@pytest.mark.parametrize("day", [DAY - timedelta(days=1), DAY + timedelta(days=1)])
def test_an_order_before_the_last_posting_is_refused(day: date) -> None:
    moved = postings_after(postings_after((), order()), order(department="0103", starts_on=LATER))
    with pytest.raises(InvalidOrder) as refusal:
        postings_after(moved, order(department="0402", starts_on=day))
    assert (refusal.value.code, refusal.value.place) == ("inside_history", "starts_on")


def test_a_corrected_end_may_not_run_into_the_next_posting() -> None:
    moved = postings_after(postings_after((), order()), order(department="0103", starts_on=LATER))
    with pytest.raises(InvalidOrder) as refusal:
        postings_after(moved, order(ends_on=LATER + timedelta(days=1), says_end=True))
    assert (refusal.value.code, refusal.value.place) == ("overlaps_next", "ends_on")


def test_a_file_without_an_end_column_keeps_the_end_and_an_empty_cell_removes_it() -> None:
    term = postings_after((), order(ends_on=LATER, says_end=True))
    assert postings_after(term, order()) == term
    assert spans(postings_after(term, order(says_end=True))) == [("0404", "G2", DAY, None)]


def test_a_role_stays_with_its_department_when_the_file_has_no_roles() -> None:
    leader = postings_after((), order(roles=frozenset({"LDR"})))
    promoted = postings_after(leader, order(tier="G3", starts_on=LATER))
    moved = postings_after(leader, order(department="0103", starts_on=LATER))
    assert [row.roles for row in promoted] == [{"LDR"}, {"LDR"}]
    assert [row.roles for row in moved] == [{"LDR"}, frozenset()]


def test_concurrent_postings_become_those_of_the_order() -> None:
    both = postings_after((), order(concurrent=("0101", "0103")))
    later = postings_after(both, order(starts_on=LATER, concurrent=("0103", "0201")))
    assert spans(later) == [
        ("0404", "G2", DAY, None),
        ("0101", "G2", DAY, LATER),
        ("0103", "G2", DAY, None),
        ("0201", "G2", LATER, None),
    ]
    assert [row.is_main for row in later] == [True, False, False, False]


def test_a_concurrent_posting_taken_back_on_its_first_day_is_withdrawn() -> None:
    both = tuple(
        replace(row, id=number)
        for number, row in enumerate(postings_after((), order(concurrent=("0103",))))
    )
    assert [row.id for row in postings_after(both, order(concurrent=()))] == [0]


def test_nobody_keeps_a_concurrent_posting_after_leaving() -> None:
    both = postings_after((), order(concurrent=("0103",)))
    left = postings_after(both, order(ends_on=LATER, says_end=True))
    assert [row.ends_on for row in left] == [LATER, LATER]


def test_a_file_without_concurrent_departments_leaves_them() -> None:
    both = postings_after((), order(concurrent=("0103",)))
    moved = postings_after(both, order(department="0402", starts_on=LATER))
    assert ("0103", "G2", DAY, None) in spans(moved)


def test_a_refused_order_is_a_fault_with_its_line_column_and_value() -> None:
    history = postings_after((), order(starts_on=LATER))
    person = PersonState("000001", "熊谷 健", "クマガイ ケン", "", history, id=1)
    plan = plan_people([order(line=7)], {"000001": person}, {"starts_on": "発令日"})
    assert [(row.line, row.column, row.value, row.code) for row in plan.faults] == [
        (7, "発令日", "2024-04-01", "inside_history")
    ]
    assert not plan.changes


DAYS = st.dates(DAY, LATEST)
ORDERS = st.builds(
    lambda starts_on, length, says_end, **changes: order(
        starts_on=starts_on,
        ends_on=starts_on + timedelta(days=length) if says_end and length else None,
        says_end=says_end,
        **changes,
    ),
    starts_on=DAYS,
    length=st.one_of(st.none(), st.integers(1, 800)),
    says_end=st.booleans(),
    department=st.sampled_from(["0404", "0402", "0103"]),
    tier=st.sampled_from(["G1", "G2"]),
    roles=st.one_of(st.none(), st.frozensets(st.sampled_from(["LDR", "DAT"]))),
    employment=st.sampled_from([None, "FT", "FY"]),
    concurrent=st.one_of(
        st.none(), st.lists(st.sampled_from(["0101", "0201"]), unique=True).map(tuple)
    ),
)


@given(st.lists(ORDERS, max_size=8))
def test_no_sequence_of_orders_makes_postings_overlap_and_each_twice_is_once(
    orders: list[Order],
) -> None:
    history: tuple[PostingState, ...] = ()
    for item in orders:
        try:
            after = postings_after(history, item)
        except InvalidOrder:
            continue
        after = tuple(replace(row, id=number) for number, row in enumerate(after))
        assert set(postings_after(after, item)) == set(after)
        history = after
        for row in history:
            assert row.ends_on is None or row.ends_on > row.starts_on
        for kind in [True, "0101", "0201"]:
            of_kind = sorted(
                (row for row in history if kind in (row.is_main, row.department)),
                key=lambda row: row.starts_on,
            )
            for earlier, later in pairwise(of_kind):
                assert earlier.ends_on is not None
                assert earlier.ends_on <= later.starts_on


def terms(history: tuple[PostingState, ...]) -> list[tuple[str, date, date | None]]:
    return [(row.employment, row.starts_on, row.ends_on) for row in history]


def test_terms_that_were_not_known_are_filled_in_and_other_terms_open_a_posting() -> None:
    unknown = postings_after((), order())
    known = postings_after(unknown, order(employment="FT", starts_on=LATER))
    assert terms(known) == [("FT", DAY, None)]
    changed = postings_after(known, order(employment="RE", starts_on=LATER))
    assert terms(changed) == [("FT", DAY, LATER), ("RE", LATER, None)]
    assert postings_after(changed, order(employment="RE", starts_on=LATER)) == changed


def test_a_file_without_employment_types_keeps_what_is_known() -> None:
    known = postings_after((), order(employment="FT"))
    assert postings_after(known, order(starts_on=LATER)) == known
    moved = postings_after(known, order(department="0103", starts_on=LATER))
    assert terms(moved) == [("FT", DAY, LATER), ("FT", LATER, None)]


def test_a_concurrent_posting_is_held_on_the_terms_of_the_main_one() -> None:
    both = postings_after((), order(employment="FY", concurrent=("0103",)))
    assert [row.employment for row in both] == ["FY", "FY"]
