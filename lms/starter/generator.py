"""A fictional ward office, さくら区: the same people for the same seed. Pure.

Names are drawn from lists of common family and given names; nobody real is meant.
"""

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import NamedTuple, TypeVar

from lms.people.people_file import PEOPLE_COLUMNS

HERE = Path(__file__).parent
SEED = 20260401
COUNT = 200

INFORMATION_POLICY = "0103"
INSURANCE_AND_PENSION = "0404"

# Every section has a chief and a senior first; who comes after makes the pyramid.
STAFF_TIERS = ("G1", "G2", "G1", "G4", "G0", "G2", "G1", "G3", "G0", "G1", "G2")
FULL_TIME, FIXED_TERM, REEMPLOYED, FISCAL_YEAR = "FT", "TERM", "RE", "FY"
# Of every so many people of a tier one has the terms; everybody else is employed full-time.
OTHER_TERMS = {"G1": (9, FIXED_TERM), "G2": (7, REEMPLOYED)}
TIER_BELOW = {"G2": "G1", "G3": "G2", "G4": "G3", "G5": "G4", "G6": "G5"}
# How many of its people a section gets before the next one's turn; absent = 1.
SECTION_SIZES = {INFORMATION_POLICY: 3, "0402": 2, INSURANCE_AND_PENSION: 2}
DATA_MEASURES = {"M04", "M09"}
REFORM_MEASURES = {"M07", "M08"}

EARLIER_DAYS = ("2018-04-01", "2019-04-01", "2020-04-01", "2020-10-01", "2021-04-01", "2022-04-01")
# Most orders come into force on 1 April, some in July and October.
RECENT_DAYS = (
    *("2023-04-01", "2024-04-01", "2025-04-01", "2026-04-01") * 2,
    *("2024-07-01", "2025-10-01"),
)
SHARE_MOVED = 0.3
SHARE_PROMOTED = 0.4
SHARE_CONCURRENT = 0.1

Item = TypeVar("Item")


class PersonLine(NamedTuple):
    """One row of a people file, in the order of `PEOPLE_COLUMNS`; "" = an empty cell."""

    staff_number: str
    name: str
    kana: str
    tier: str
    department: str
    starts_on: str
    roles: str = ""
    email: str = ""
    ends_on: str = ""
    concurrent_departments: str = ""
    employment: str = ""


class Post(NamedTuple):
    """One row per place to fill. `turn` counts the staff of a section, from 0; managers have -1."""

    department: str
    tier: str
    turn: int = -1


@dataclass(frozen=True)
class GeneratedOffice:
    """Two files to import in this order: where some people were before, and where all are now."""

    before: tuple[PersonLine, ...]
    now: tuple[PersonLine, ...]


def generate_office(count: int = COUNT, seed: int = SEED) -> GeneratedOffice:
    """So many people in the departments of `departments.csv`.

    The first is always 熊谷 健 (001001), 主任 in 国保年金課, whom the guided tour follows.

    Raises:
        ValueError: there are not that many names.
    """
    random = Random(seed)  # noqa: S311 – the same people every time is the purpose
    units = read_starter("departments.csv")
    sections = [row for row in units if row["親コード"]]
    measures = {row["コード"]: set(row["担当施策"].split(";")) for row in sections}
    names = _names(random, count - 1)
    before, now = [_TOUR_BEFORE], [_TOUR_NOW]
    for number, (post, (name, kana)) in enumerate(
        zip(_posts(units, count - 1), names, strict=True), start=1002
    ):
        staff_number = f"{number:06d}"
        line = PersonLine(
            staff_number,
            name,
            kana,
            post.tier,
            post.department,
            starts_on=_pick(random, RECENT_DAYS),
            roles=_role(post, measures.get(post.department, set())),
            # Fiscal-year appointees often have no address of their own.
            email="" if post.tier == "G0" else f"{staff_number}@sakura.example",
            employment=_employment(post.tier, number),
        )
        elsewhere = _pick(random, [row["コード"] for row in sections])
        is_moved = random.random() < SHARE_MOVED
        is_promoted = random.random() < SHARE_PROMOTED
        is_concurrent = random.random() < SHARE_CONCURRENT
        earlier_day = _pick(random, EARLIER_DAYS)
        if post.tier in TIER_BELOW and is_moved and elsewhere != post.department:
            tier = TIER_BELOW[post.tier] if is_promoted else post.tier
            before.append(
                line._replace(tier=tier, department=elsewhere, starts_on=earlier_day, roles="")
            )
        elif post.tier in TIER_BELOW and is_concurrent and elsewhere != post.department:
            line = line._replace(concurrent_departments=elsewhere)
        now.append(line)
    return GeneratedOffice(tuple(before), tuple(now))


def people_csv(lines: Iterable[PersonLine]) -> bytes:
    """The lines as HR's file."""
    return csv_bytes([column.title for column in PEOPLE_COLUMNS], lines)


def csv_bytes(header: Iterable[str], rows: Iterable[Iterable[str]]) -> bytes:
    """A table in UTF-8 with BOM, as spreadsheets write it."""
    file = io.StringIO(newline="")
    csv.writer(file).writerows([header, *rows])
    return file.getvalue().encode("utf-8-sig")


def read_starter(name: str) -> list[dict[str, str]]:
    """The rows of one of the CSV files beside this module."""
    with (HERE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


_TOUR_NOW = PersonLine(
    "001001",
    "熊谷 健",
    "クマガイ ケン",
    "G2",
    INSURANCE_AND_PENSION,
    "2024-04-01",
    email="001001@sakura.example",
    employment=FULL_TIME,
)
_TOUR_BEFORE = _TOUR_NOW._replace(tier="G1", department="0401", starts_on="2019-04-01")


def _posts(units: Sequence[dict[str, str]], count: int) -> list[Post]:
    """Chiefs and seniors of every section, the managers, then staff in turn."""
    sections = [row["コード"] for row in units if row["親コード"]]
    posts = []
    for place, section in enumerate(sections):
        chief_first = ("G3", "G2") if place % 2 == 0 else ("G2", "G3")
        posts += [Post(section, tier, turn) for turn, tier in enumerate(chief_first)]
    posts += [Post(row["コード"], "G5" if row["親コード"] else "G6") for row in units]
    turns = dict.fromkeys(sections, 2)
    while len(posts) < count:
        for place, section in enumerate(sections):
            for _ in range(SECTION_SIZES.get(section, 1)):
                turn = turns[section]
                tier = STAFF_TIERS[(turn + place) % len(STAFF_TIERS)]
                if _is_outside_specialist(section, turn):
                    tier = "G0"
                posts.append(Post(section, tier, turn))
                turns[section] += 1
    return posts[:count]


def _role(post: Post, measures: set[str]) -> str:
    """The first of a section leads its DX; others by what the section is in charge of."""
    if post.turn < 0:
        return ""
    if post.turn == 0:
        return "LDR"
    if post.department == INFORMATION_POLICY:
        return "EXT" if _is_outside_specialist(post.department, post.turn) else "ICT"
    if post.turn == 2 and measures & DATA_MEASURES:
        return "DAT"
    if post.turn == 3 and measures & REFORM_MEASURES:
        return "BPR"
    return ""


def _employment(tier: str, number: int) -> str:
    """By number and not by chance: the same people as before there were terms."""
    if tier == "G0":
        return FISCAL_YEAR
    every, terms = OTHER_TERMS.get(tier, (0, ""))
    return terms if every and number % every == 0 else FULL_TIME


def _is_outside_specialist(section: str, turn: int) -> bool:
    return section == INFORMATION_POLICY and turn % 6 == 4


def _names(random: Random, count: int) -> list[tuple[str, str]]:
    families, givens = read_starter("family_names.csv"), read_starter("given_names.csv")
    pairs = [
        (f"{family['name']} {given['name']}", f"{family['kana']} {given['kana']}")
        for family in families
        for given in givens
    ]
    if count > len(pairs):
        raise ValueError(f"There are names for {len(pairs)} people, not for {count}.")
    # Only random() is promised to give the same numbers on every Python.
    return sorted(pairs, key=lambda _: random.random())[:count]


def _pick(random: Random, items: Sequence[Item]) -> Item:
    return items[int(random.random() * len(items))]
