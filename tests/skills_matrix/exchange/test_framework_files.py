"""A framework comes back from each format as it went out, and bad files are told apart."""

import json
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skills_matrix.exceptions import InvalidFramework
from skills_matrix.exchange.case import from_case, to_case
from skills_matrix.exchange.framework_csv import read_items, read_links, write_items, write_links
from skills_matrix.exchange.framework_file import FrameworkFile, Item, Link, Step, faults_of

CHANGED = datetime(2026, 4, 1, tzinfo=UTC)
texts = st.text("あいう漢字ABC, \"'é", min_size=1, max_size=12).map(str.strip).filter(bool)
optional = st.just("") | texts


@st.composite
def frameworks(draw: st.DrawFn) -> FrameworkFile:
    keys = draw(
        st.lists(
            st.from_regex(r"[A-Z][A-Z0-9.-]{0,6}", fullmatch=True),
            min_size=1,
            max_size=6,
            unique=True,
        )
    )
    items: list[Item] = []
    for line, key in enumerate(keys, start=2):
        groups = [item.key for item in items if item.is_group]
        levels = draw(st.lists(st.integers(0, 4), unique=True, max_size=2))
        items.append(
            Item(
                key=key,
                title_ja=draw(texts),
                title_en=draw(optional),
                parent=draw(st.sampled_from(["", *groups])),
                is_group=draw(st.booleans()),
                steps=tuple(
                    Step(level, draw(texts), draw(optional), draw(optional), draw(optional))
                    for level in sorted(levels)
                ),
                line=line,
            )
        )
    links = [
        Link(keys[0], key, draw(st.none() | st.integers(0, 4)), draw(st.none() | st.dates()), line)
        for line, key in enumerate(keys[1:], start=2)
    ]
    return FrameworkFile(
        key="F1",
        version=draw(texts),
        title_ja=draw(texts),
        title_en=draw(optional),
        source_note_ja=draw(optional),
        source_note_en=draw(optional),
        effective_from=draw(st.none() | st.dates()),
        items=items,
        links=links,
    )


def without_lines(file: FrameworkFile) -> Any:
    return (
        {name: getattr(file, name) for name in ("key", "version", "title_ja", "title_en")},
        (file.source_note_ja, file.source_note_en, file.effective_from, file.effective_until),
        [(i.key, i.title_ja, i.title_en, i.parent, i.is_group, i.steps) for i in file.items],
        [(link.earlier, link.later, link.most, link.effective_from) for link in file.links],
    )


@given(frameworks())
def test_what_went_out_as_case_comes_back(file: FrameworkFile) -> None:
    package = json.loads(json.dumps(to_case(file, changed_at=CHANGED), ensure_ascii=False))
    assert without_lines(from_case(package)) == without_lines(file)
    assert faults_of(from_case(package)) == []


@given(frameworks())
def test_what_went_out_as_csv_comes_back(file: FrameworkFile) -> None:
    items, faults = read_items(write_items(file.items).encode("utf-8-sig"))
    assert (items, faults) == (list(file.items), [])
    links, faults = read_links(write_links(file.links).encode("utf-8-sig"))
    assert (links, faults) == (list(file.links), [])


@given(frameworks())
def test_every_thing_has_what_case_asks_of_it(file: FrameworkFile) -> None:
    package = to_case(file, changed_at=CHANGED)
    things = [package["CFDocument"], *package["CFItems"], *package["CFAssociations"]]
    assert all({"identifier", "uri", "lastChangeDateTime"} <= thing.keys() for thing in things)
    assert len({thing["identifier"] for thing in things}) == len(things)
    assert {"title", "creator", "adoptionStatus", "CFPackageURI"} <= package["CFDocument"].keys()
    known = {thing["identifier"] for thing in things}
    assert all(row["originNodeURI"]["identifier"] in known for row in package["CFAssociations"])


def another_offices_package() -> dict[str, Any]:
    """As other systems write it: no extensions, no usable scheme, a child before its parent."""
    return {
        "CFDocument": {"identifier": "d-1", "title": "Digital skills", "creator": "Somebody"},
        "CFItems": [
            {"identifier": "i-2", "fullStatement": "Spreadsheets", "humanCodingScheme": "DS.1"},
            {
                "identifier": "i-1",
                "fullStatement": "Office work",
                "humanCodingScheme": "with space",
            },
        ],
        "CFAssociations": [
            {
                "associationType": "isChildOf",
                "originNodeURI": {"identifier": "i-2"},
                "destinationNodeURI": {"identifier": "i-1"},
                "sequenceNumber": 2,
            },
            {
                "associationType": "isChildOf",
                "originNodeURI": {"identifier": "i-1"},
                "destinationNodeURI": {"identifier": "d-1"},
                "sequenceNumber": 1,
            },
            {
                "associationType": "exactMatchOf",
                "originNodeURI": {"identifier": "elsewhere"},
                "destinationNodeURI": {"identifier": "i-1"},
            },
        ],
    }


def test_a_package_of_another_system_is_understood() -> None:
    file = from_case(another_offices_package())
    assert [(i.key, i.title_ja, i.parent, i.is_group) for i in file.items] == [
        ("i-1", "Office work", "", True),
        ("DS.1", "Spreadsheets", "i-1", False),
    ]
    assert (file.key, file.version, list(file.links)) == ("d-1", "1", [])
    assert faults_of(file) == []


@pytest.mark.parametrize(
    ("package", "place"),
    [
        ([], "CFDocument"),
        ({"CFDocument": {}}, "CFItems"),
        ({"CFDocument": {"title": "A"}, "CFItems": ["x"]}, "CFItems"),
        ({"CFDocument": {"title": "A"}, "CFItems": [{"fullStatement": "B"}]}, "CFItems.identifier"),
        (
            {"CFDocument": {"identifier": "1", "title": ""}, "CFItems": []},
            "CFDocument.title",
        ),
    ],
)
def test_what_is_no_package_is_refused_with_its_place(package: Any, place: str) -> None:
    with pytest.raises(InvalidFramework) as refused:
        from_case(package)
    assert (refused.value.code, refused.value.place) == ("not_case", place)


def framework(*items: Item, links: tuple[Link, ...] = ()) -> FrameworkFile:
    return FrameworkFile(key="F", version="1", title_ja="体系", items=items, links=links)


GROUP = Item("G", "見出し", is_group=True, line=2)


@pytest.mark.parametrize(
    ("file", "expected"),
    [
        (framework(GROUP, Item("A", "甲", parent="G", line=3)), []),
        (framework(), [(0, "empty")]),
        (framework(Item("a b", "甲", line=2)), [(2, "key")]),
        (framework(Item("A", "", line=2)), [(2, "missing")]),
        (framework(Item("A", "あ" * 201, line=2)), [(2, "too_long")]),
        (
            framework(Item("A", "甲", line=2), Item("A", "乙", line=3)),
            [(2, "repeated"), (3, "repeated")],
        ),
        (framework(Item("A", "甲", parent="X", line=2)), [(2, "unknown_parent")]),
        (
            framework(Item("A", "甲", line=2), Item("B", "乙", parent="A", line=3)),
            [(3, "parent_no_group")],
        ),
        (
            framework(
                Item("A", "甲", parent="B", is_group=True, line=2),
                Item("B", "乙", parent="A", is_group=True, line=3),
            ),
            [(2, "circle"), (3, "circle")],
        ),
        (framework(Item("A", "甲", steps=(Step(5, "x"),), line=2)), [(2, "level")]),
        (framework(GROUP, links=(Link("A", "A", line=7),)), [(7, "to_itself")]),
        (framework(GROUP, links=(Link("A", "B", 5, line=7),)), [(7, "level")]),
    ],
)
def test_each_fault_is_found_where_it_is(
    file: FrameworkFile, expected: list[tuple[int, str]]
) -> None:
    assert [(fault.line, fault.code) for fault in faults_of(file)] == expected


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        ("key,title_ja,surprise\nA,甲,1\n", 1, "surprise"),
        ("key\nA\n", 1, "title_ja"),
        ("key,title_ja,is_group\nA,甲,maybe\n", 2, "is_group"),
    ],
)
def test_a_csv_of_another_shape_is_refused(text: str, line: int, column: str) -> None:
    items, (fault,) = read_items(text.encode())
    assert (items, fault.line, fault.column) == ([], line, column)


def test_a_mapping_with_an_unreadable_level_is_refused() -> None:
    links, (fault,) = read_links(b"earlier,later,most,effective_from\nA,B,two,\n")
    assert (links, fault.line) == ([], 2)
    links, faults = read_links(b"earlier,later,most,effective_from\nA,B,2,2026-04-01\n")
    assert (links, faults) == ([Link("A", "B", 2, date(2026, 4, 1), 2)], [])
