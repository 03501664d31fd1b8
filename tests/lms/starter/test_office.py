import io
from collections import Counter
from datetime import date

import pytest
from django.db import connection
from hypothesis import given, settings
from hypothesis import strategies as st

from courses.japanese_dates import parse_date
from lms.exceptions import ImportRefused
from lms.people.cells import read_kana, read_name
from lms.people.models import Department, Employee, JobTier, Posting, Role
from lms.people.selectors import main_posting_on, postings_on
from lms.people.services import import_people
from lms.starter.generator import generate_office, people_csv, read_starter
from lms.starter.office import load_office

AS_OF = date(2026, 11, 24)
TODAY = AS_OF


def silent(line: str) -> None:
    """Nobody listens."""


@pytest.fixture
def sakura(db: None) -> None:
    load_office(say=silent, as_of=AS_OF)


def test_the_same_seed_gives_the_same_office_and_another_seed_another() -> None:
    assert generate_office() == generate_office()
    assert generate_office(seed=1).now != generate_office(seed=2).now


@given(st.integers(1, 600), st.integers(0, 2**32))
@settings(max_examples=25, deadline=None)
def test_any_office_has_as_many_different_people_as_asked_for(count: int, seed: int) -> None:
    office = generate_office(count, seed)
    assert len(office.now) == count
    assert len({line.staff_number for line in office.now}) == count
    assert len({line.name for line in office.now}) == count
    now = {line.staff_number: line for line in office.now}
    for line in office.before:
        later = now[line.staff_number]
        assert parse_date(line.starts_on) < parse_date(later.starts_on)
        assert (line.name, line.kana, line.email) == (later.name, later.kana, later.email)


def test_more_people_than_there_are_names_are_refused() -> None:
    with pytest.raises(ValueError, match="names"):
        generate_office(100_000)


def test_the_tour_person_is_always_the_same() -> None:
    for seed in (1, 2):
        first = generate_office(3, seed).now[0]
        assert (first.staff_number, first.name, first.kana) == (
            "001001",
            "熊谷 健",
            "クマガイ ケン",
        )
        assert (first.department, first.tier, first.roles) == ("0404", "G2", "")


def test_the_office_looks_like_one() -> None:
    office = generate_office()
    tiers = Counter(line.tier for line in office.now)
    assert tiers["G6"] < tiers["G5"] < tiers["G3"] < tiers["G2"]
    assert min(tiers[key] for key in ("G0", "G1", "G2", "G3", "G4", "G5", "G6")) >= 5
    units = read_starter("departments.csv")
    sections = {row["コード"] for row in units if row["親コード"]}
    leaders = Counter(line.department for line in office.now if line.roles == "LDR")
    assert leaders == dict.fromkeys(sections, 1)
    managers = Counter(line.department for line in office.now if line.tier in ("G5", "G6"))
    assert managers == dict.fromkeys((row["コード"] for row in units), 1)
    specialists = {line.department for line in office.now if line.roles in ("ICT", "EXT")}
    assert specialists == {"0103"}
    roles = Counter(line.roles for line in office.now)
    assert min(roles[key] for key in ("DAT", "BPR", "ICT", "EXT")) >= 2
    assert len(office.before) >= 20
    assert sum(bool(line.concurrent_departments) for line in office.now) >= 3


def test_no_name_of_a_real_ward_is_in_the_departments() -> None:
    titles = " ".join(row["名称"] + row["名称（英語）"] for row in read_starter("departments.csv"))
    assert "練馬" not in titles
    assert "光が丘" not in titles
    assert "Nerima" not in titles


@pytest.mark.parametrize("name", ["family_names.csv", "given_names.csv"])
def test_every_name_has_a_reading_and_stands_once(name: str) -> None:
    rows = read_starter(name)
    assert len({row["name"] for row in rows}) == len(rows) >= 80
    for row in rows:
        assert read_name(row["name"]) == row["name"]
        assert read_kana(row["kana"]) == row["kana"]


def test_the_office_is_loaded_through_the_import(sakura: None) -> None:
    assert Employee.objects.count() == 200
    assert Department.objects.filter(parent=None).count() == 12
    assert Department.objects.exclude(parent=None).count() == 27
    assert list(JobTier.objects.values_list("key", flat=True)) == [
        *("G0", "G1", "G2", "G3", "G4", "G5", "G6", "G9")
    ]
    assert set(Role.objects.values_list("key", flat=True)) == {"LDR", "DAT", "BPR", "ICT", "EXT"}
    assert postings_on(TODAY).filter(is_main=True).count() == 200
    ken = Employee.objects.get(name="熊谷 健")
    before, now = (main_posting_on(ken, day) for day in (date(2023, 4, 1), TODAY))
    assert before is not None
    assert now is not None
    assert (before.department.title_ja, before.tier.title_ja) == ("戸籍住民課", "係員")
    assert (now.department.title_ja, now.tier.title_ja) == ("国保年金課", "主任")


def test_loading_twice_changes_nothing_and_keeps_what_hr_changed(sakura: None) -> None:
    before = list(Posting.objects.order_by("pk").values_list())
    Employee.objects.filter(staff_number="001001").update(name="熊谷 武")
    Department.objects.filter(key="0404").update(title_ja="保険年金課")
    assert load_office(say=silent, as_of=AS_OF) == []
    assert list(Posting.objects.order_by("pk").values_list()) == before
    assert Employee.objects.get(staff_number="001001").name == "熊谷 武"
    assert Department.objects.get(key="0404").title_ja == "保険年金課"


def test_the_files_of_the_office_imported_again_in_order_change_nothing(sakura: None) -> None:
    office = generate_office()
    for lines in (office.before, office.now):
        report = import_people(file=io.BytesIO(people_csv(lines)), as_of=AS_OF)
        assert not report.is_refused
        assert report.changes == ()


def test_progress_is_told_line_by_line(db: None) -> None:
    lines: list[str] = []
    load_office(say=lines.append, as_of=AS_OF)
    assert len(lines) == 3
    assert "200" in lines[-1]


def test_an_office_that_does_not_fit_leaves_nothing_behind(db: None) -> None:
    # Long before these people's orders: each is more than a year ahead.
    with pytest.raises(ImportRefused):
        load_office(say=silent, as_of=date(2017, 1, 1))
    connection.check_constraints()
    assert not Employee.objects.exists()
    assert not Department.objects.exists()
    assert not JobTier.objects.exists()
