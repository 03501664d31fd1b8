"""Rich text in pieces, and which translation belongs to which piece."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.authoring.translation.segments import (
    Made,
    aligned,
    cleaned,
    cut,
    digest,
    tags_differ,
    taken_over,
)

PAGE = (
    '<h2 data-block-key="a">はじめに</h2><p data-block-key="b">窓口の<b>全部</b>を'
    '<a linktype="page" id="3">一覧</a>で見ます。</p><ul><li>一つ目</li><li> 二つ目 </li></ul>'
    "<hr/><p>2026</p>"
)


def test_paragraphs_headings_and_list_items_are_segments() -> None:
    assert cut(PAGE).segments == (
        "はじめに",
        "窓口の<b>全部</b>を<a>一覧</a>で見ます。",
        "一つ目",
        "二つ目",
        "2026",
    )


def test_attributes_come_back_and_structure_stays() -> None:
    html = cut(PAGE).with_segments(
        ["Start", "See <a>the list</a> of <b>all</b> counters.", "One", None, None]
    )
    assert html == (
        '<h2 data-block-key="a">Start</h2><p data-block-key="b">See '
        '<a linktype="page" id="3">the list</a> of <b>all</b> counters.</p>'
        "<ul><li>One</li><li> 二つ目 </li></ul><hr/><p>2026</p>"
    )


def test_two_links_may_change_places() -> None:
    rich = cut('<p><a href="/1">甲</a>と<a href="/2">乙</a></p>')
    assert rich.segments == ('<a n="1">甲</a>と<a n="2">乙</a>',)
    html = rich.with_segments(['<a n="2">B</a> and <a n="1">A</a>'])
    assert html == '<p><a href="/2">B</a> and <a href="/1">A</a></p>'


@pytest.mark.parametrize(
    ("source", "text", "missing", "extra"),
    [
        ("<b>甲</b>", "<b>A</b>", [], []),
        ("<b>甲</b>", "A", ["<b>"], []),
        ("甲", "<b>A</b>", [], ["<b>"]),
        ("甲", "A<br>B", [], []),
        ("甲<br>乙", "A B", [], []),
        (
            '<a n="1">甲</a><a n="2">乙</a>',
            '<a n="1">A</a><a n="1">B</a>',
            ['<a n="2">'],
            ['<a n="1">'],
        ),
        ("甲", "<script>x</script>", [], ["<script>"]),
        ("<b>甲</b>", '<b onclick="x">A</b>', ["<b>"], ['<b onclick="x">']),
        ("甲", "1 < 2", [], []),
    ],
)
def test_the_tags_of_a_translation_are_those_of_its_source(
    source: str, text: str, missing: list[str], extra: list[str]
) -> None:
    assert tags_differ(source, text) == (missing, extra)


@pytest.mark.parametrize(
    ("source", "text", "expected"),
    [
        ("<b>甲</b>", "<b>A", "<b>A</b>"),
        ("甲", " A & B < C ", "A &amp; B &lt; C"),
        ("甲", "&amp;", "&amp;"),
        ("甲", "<script>alert(1)</script>A", "A"),
        ('<a n="1">甲</a>', '<a n="1" href="https://evil.example">A</a>', '<a n="1">A</a>'),
    ],
)
def test_a_translation_is_cleaned(source: str, text: str, expected: str) -> None:
    assert cleaned(source, text) == expected


words = st.text("あいうab< &>\"'/=", max_size=12)
rich_texts = st.recursive(
    words.map(lambda text: text.replace("&", "&amp;").replace("<", "&lt;")),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3).map("".join),
        st.tuples(st.sampled_from(["p", "li", "h2", "b", "em", "td"]), inner).map(
            lambda pair: f"<{pair[0]}>{pair[1]}</{pair[0]}>"
        ),
        inner.map(lambda text: f'<a href="/x?a=1&amp;b>2">{text}</a>'),
    ),
    max_leaves=12,
)


@given(rich_texts)
def test_pieces_joined_are_the_same_again(html: str) -> None:
    rich = cut(html)
    assert "".join(piece for piece, _ in rich.parts) == html
    assert rich.with_segments([None] * len(rich.segments)) == html
    assert rich.with_segments(rich.segments) == html


@given(rich_texts)
def test_the_source_is_always_an_acceptable_translation_of_itself(html: str) -> None:
    for segment in cut(html).segments:
        assert tags_differ(segment, segment) == ([], [])


def made(*texts: str, done: bool = True) -> list[Made]:
    return [Made(digest(text), done) for text in texts]


@pytest.mark.parametrize(
    ("sources", "targets", "made_from", "expected"),
    [
        (["甲"], ["A"], made("甲"), [("A", "translated")]),
        (["甲"], ["甲"], made("甲", done=False), [("", "untranslated")]),
        # Kept as it is on purpose, e.g. a name.
        (["甲"], ["甲"], made("甲"), [("甲", "translated")]),
        (["乙"], ["A"], made("甲"), [("A", "outdated")]),
        # The copy that stood in is no translation of the new text.
        (["乙"], ["甲"], made("甲", done=False), [("", "untranslated")]),
        # Written in the page's own editor.
        (["甲"], ["A"], made("甲", done=False), [("A", "translated")]),
        # A paragraph came in before.
        (
            ["新", "甲", "乙"],
            ["A", "B"],
            made("甲", "乙"),
            [("", "untranslated"), ("A", "translated"), ("B", "translated")],
        ),
        # One went away, one changed.
        (["丙"], ["A", "B"], made("甲", "乙"), [("A", "outdated")]),
        (["甲", "甲"], ["A", "B"], made("甲", "甲"), [("A", "translated"), ("B", "translated")]),
        (["甲"], [], [], [("", "untranslated")]),
    ],
)
def test_a_translation_stays_with_what_it_was_made_from(
    sources: list[str],
    targets: list[str],
    made_from: list[Made],
    expected: list[tuple[str, str]],
) -> None:
    pairs = aligned(sources, targets, made_from)
    assert [(pair.target, pair.state) for pair in pairs] == expected


def test_what_differs_in_a_translation_from_elsewhere_is_translated() -> None:
    assert taken_over(["甲", "Excel"], ["A", "Excel"]) == [
        Made(digest("甲"), True),
        Made(digest("Excel"), False),
    ]


texts_list = st.lists(st.sampled_from(["甲", "乙", "丙", "丁"]), max_size=6)


@given(sources=texts_list, data=st.data())
def test_moving_segments_around_loses_no_translation(
    sources: list[str], data: st.DataObject
) -> None:
    targets = [f"{text}{number}" for number, text in enumerate(sources)]
    moved = data.draw(st.permutations(sources))
    pairs = aligned(moved, targets, made(*sources))
    assert sorted(pair.target for pair in pairs) == sorted(targets)
    assert all(pair.target.startswith(pair.source) for pair in pairs)
    assert {pair.state for pair in pairs} <= {"translated"}
