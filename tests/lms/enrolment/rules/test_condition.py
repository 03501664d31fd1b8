"""What a condition says, and that the database reads it as plain Python does."""

import random
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lms.enrolment.rules.compiling import office_keys, postings_meant
from lms.enrolment.rules.condition import (
    EVERYBODY,
    All,
    AnyOf,
    Condition,
    Has,
    JoinedWithin,
    Not,
    People,
    PostingFacts,
    holds,
    in_words,
    names_tier,
    parse_condition,
    stored_form,
)
from lms.exceptions import InvalidCondition
from lms.people.models import Department, Employee, Posting
from tests.examples import examples
from tests.factories import (
    make_department,
    make_employee,
    make_employment_type,
    make_posting,
    make_role,
    make_tier,
)

ON = date(2026, 11, 25)
TIERS, ROLES = ("G1", "G2", "G3"), ("LDR", "SEC")
TERMS = ("FT", "FY")
NUMBERS = tuple(str(200000 + number) for number in range(40))
DEPARTMENTS = ("D1", "D11", "D12", "D121", "D2")
PARENTS = {"D11": "D1", "D12": "D1", "D121": "D12"}
MONTHS = st.integers(1, 40)
LEAVES = st.one_of(
    *(
        st.lists(st.sampled_from(keys), min_size=1, max_size=2).map(
            lambda value, name=name: {name: value}
        )
        for name, keys in (
            *(("tier", TIERS), ("role", ROLES), ("department", DEPARTMENTS)),
            *(("employment", TERMS), ("people", (*NUMBERS, "999999"))),
        )
    ),
    MONTHS.map(lambda months: {"joined_within_months": months}),
    st.just({"all": []}),
)
CONDITIONS = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3).map(lambda parts: {"all": parts}),
        st.lists(inner, min_size=1, max_size=3).map(lambda parts: {"any": parts}),
        inner.map(lambda part: {"not": part}),
    ),
    max_leaves=8,
)


@given(CONDITIONS)
def test_a_condition_written_down_reads_back_as_itself(data: dict[str, Any]) -> None:
    condition = parse_condition(data)
    assert parse_condition(stored_form(condition)) == condition


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"all": [{"tier": ["G1"]}]}, {"tier": ["G1"]}),
        ({"tier": ["G2", "G1", "G2"]}, {"tier": ["G1", "G2"]}),
        (
            {"any": [{"role": ["LDR"]}, {"tier": ["G1"]}]},
            {"any": [{"tier": ["G1"]}, {"role": ["LDR"]}, {"tier": ["G1"]}]},
        ),
        (
            {"all": [{"all": [{"tier": ["G1"]}, {"role": ["LDR"]}]}, {"all": []}]},
            {"all": [{"role": ["LDR"]}, {"tier": ["G1"]}]},
        ),
    ],
)
def test_equal_conditions_have_one_form(one: Any, other: Any) -> None:
    assert parse_condition(one) == parse_condition(other)


@pytest.mark.parametrize(
    ("data", "place"),
    [
        (None, ""),
        ({}, ""),
        ({"tier": ["G1"], "role": ["LDR"]}, ""),
        ({"any": []}, "any"),
        ({"all": {"tier": ["G1"]}}, "all"),
        ({"tier": []}, "tier"),
        ({"tier": "G1"}, "tier"),
        ({"all": [{"tier": ["G1"]}, {"not": {"role": [7]}}]}, "all[1].not.role"),
        ({"joined_within_months": True}, "joined_within_months"),
        ({"joined_within_months": 0}, "joined_within_months"),
        ({"age": 30}, "age"),
    ],
)
def test_what_is_no_condition_is_refused_with_its_place(data: Any, place: str) -> None:
    with pytest.raises(InvalidCondition) as caught:
        parse_condition(data)
    assert (caught.value.code, caught.value.place) == ("bad_shape", place)


def test_a_condition_without_end_is_refused() -> None:
    deep: dict[str, Any] = {"tier": ["G1"]}
    for _ in range(20):
        deep = {"not": deep}
    wide = {"any": [{"joined_within_months": n} for n in range(1, 400)]}
    for data in (deep, wide):
        with pytest.raises(InvalidCondition) as caught:
            parse_condition(data)
        assert caught.value.code == "too_large"


def test_a_condition_is_said_in_japanese() -> None:
    condition = parse_condition(
        {
            "all": [
                {"any": [{"tier": ["G1", "G2"]}, {"joined_within_months": 6}]},
                {"not": {"department": ["D2"]}},
            ]
        }
    )
    titles = {"G1": "主事", "G2": "主任", "D2": "税務課"}
    said = in_words(condition, lambda _, key: titles[key])
    assert said == "（採用から6か月未満 または 職層：主事・主任） ただし 所属：税務課 を除く"
    assert in_words(Not(JoinedWithin(6)), lambda _, key: key) == "採用から6か月未満 に該当しない"
    assert "100001" not in in_words(People(("100001",)), lambda _, key: key)
    assert in_words(EVERYBODY, lambda _, key: key) == "全職員"


def test_a_tier_is_found_however_deep_but_not_one_that_is_excluded() -> None:
    assert names_tier(parse_condition({"all": [{"role": ["LDR"]}, {"tier": ["G1"]}]}))
    assert not names_tier(Not(Has("tier", ("G1",))))


def test_joined_within_months_ends_on_the_day_itself() -> None:
    joined, row = date(2026, 4, 1), PostingFacts("G1", frozenset(), frozenset())
    condition = JoinedWithin(6)
    assert holds(condition, [row], staff_number="", joined_on=joined, on=date(2026, 9, 30))
    assert not holds(condition, [row], staff_number="", joined_on=joined, on=date(2026, 10, 1))


def test_not_speaks_of_the_whole_person() -> None:
    """Who is in the tax section beside the main post is not outside it."""
    main = PostingFacts("G1", frozenset(), frozenset({"D1"}))
    beside = PostingFacts("G1", frozenset(), frozenset({"D2"}))
    outside = Not(Has("department", ("D2",)))
    assert not holds(outside, [main, beside], staff_number="", joined_on=date.min, on=ON)
    assert holds(outside, [main], staff_number="", joined_on=date.min, on=ON)


@pytest.fixture
def office(db: None) -> None:
    """Forty people with up to three postings each, past, running and to come."""
    dice = random.Random(20261125)
    tiers = [make_tier(key) for key in TIERS]
    roles = [make_role(key) for key in ROLES]
    departments: dict[str, Department] = {}
    for key in DEPARTMENTS:
        departments[key] = make_department(key, parent=departments.get(PARENTS.get(key, "")))
    terms = [make_employment_type(key) for key in TERMS]
    for staff_number in NUMBERS:
        person = make_employee(staff_number, is_posted=False, has_user=False)
        for number in range(dice.choice((0, 1, 1, 2, 3))):
            starts_on = ON + timedelta(days=dice.randint(-1500, 60) - number)
            lasts = dice.choice((None, 100, 900))
            make_posting(
                person,
                department=dice.choice(list(departments.values())),
                tier=dice.choice(tiers),
                employment=dice.choice((None, *terms)),
                roles=dice.sample(roles, dice.randint(0, 2)),
                is_main=False,
                starts_on=starts_on,
                ends_on=starts_on + timedelta(days=lasts) if lasts else None,
            )


def above(key: str) -> frozenset[str]:
    return frozenset({key}) | (above(PARENTS[key]) if key in PARENTS else frozenset())


def meant_in_python(condition: Condition) -> set[int]:
    """Person by person, posting by posting."""
    found = set()
    for person in Employee.objects.prefetch_related("postings__roles"):
        rows = list(person.postings.all())
        running = [
            PostingFacts(
                row.tier.key,
                frozenset(role.key for role in row.roles.all()),
                above(row.department.key),
                row.employment.key if row.employment else "",
            )
            for row in rows
            if row.starts_on <= ON and (row.ends_on is None or row.ends_on > ON)
        ]
        joined_on = min((row.starts_on for row in rows), default=date.max)
        if holds(condition, running, staff_number=person.staff_number, joined_on=joined_on, on=ON):
            found.add(person.pk)
    return found


@settings(
    max_examples=examples(of=60),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(data=CONDITIONS)
def test_the_database_means_the_same_people_as_python(data: dict[str, Any], office: None) -> None:
    condition = parse_condition(data)
    rows = list(
        postings_meant(condition, office_keys(), ON).values_list("pk", "employee_id", named=True)
    )
    assert {row.employee_id for row in rows} == meant_in_python(condition)
    assert len({row.pk for row in rows}) == len(rows)


def test_a_condition_is_one_query_however_deep(
    office: None, django_assert_num_queries: Any
) -> None:
    condition = All(
        (
            AnyOf((Has("role", ("LDR",)), Not(JoinedWithin(3)))),
            Not(All((Has("department", ("D1",)), Has("tier", ("G2",))))),
        )
    )
    keys = office_keys()
    with django_assert_num_queries(1):
        list(postings_meant(condition, keys, ON))
    assert Posting.objects.exists()


def test_a_key_the_office_does_not_have_is_refused_also_where_it_would_mean_everybody(
    office: None,
) -> None:
    with pytest.raises(InvalidCondition) as caught:
        postings_meant(Not(Has("tier", ("G9",))), office_keys(), ON)
    assert (caught.value.code, caught.value.place) == ("unknown_key", "tier")
