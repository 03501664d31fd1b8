import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.authoring.check.colours import WHITE, Colour
from courses.authoring.check.markup import Heading, Link, Markup, Painted, host_of

TAGS = st.sampled_from(
    ["<p>", "</p>", "<h2>", "</h4>", "<a href=", '"http://x', "<b>", "<td", 'style="color:#', ">"]
)
HTML = st.lists(TAGS | st.text(max_size=8), max_size=12).map("".join)


def test_text_comes_by_paragraph_item_and_cell() -> None:
    html = (
        "<p>一つ<br>二つ</p><ul><li>三つ</li><li> </li></ul>"
        "<table><tr><td>四つ</td><td>五つ</td></tr></table>"
    )
    assert Markup(html).paragraphs == ("一つ", "二つ", "三つ", "四つ", "五つ")


def test_headings_come_with_their_level_also_empty_ones() -> None:
    assert Markup("<h2>一</h2><p>文</p><h4> </h4>").headings == [Heading(2, "一"), Heading(4, "")]


@pytest.mark.parametrize(
    ("html", "faked"),
    [
        ("<p><b>申請の流れ</b></p>", ["申請の流れ"]),
        ("<p><strong>申請の</strong><b>流れ</b></p>", ["申請の流れ"]),
        ("<p><b>必ず確認してください。</b></p>", []),  # a sentence, not a heading
        ("<p><b>申請</b>は窓口で</p>", []),
        (f"<p><b>{'長' * 41}</b></p>", []),
        ("<p></p>", []),
    ],
)
def test_a_bold_paragraph_that_reads_like_a_heading(html: str, faked: list[str]) -> None:
    assert Markup(html).fake_headings == faked


@pytest.mark.parametrize(
    ("html", "links"),
    [
        (
            '<a href="https://example.com/a">市のサイト</a>',
            [Link("example.com", "https://example.com/a", "市のサイト")],
        ),
        ('<a href="//cdn.example/x">図</a>', [Link("cdn.example", "//cdn.example/x", "図")]),
        ('<a linktype="page" id="3">前のレッスン</a>', [Link("", "", "前のレッスン")]),
        ('<a href="mailto:a@example.jp">問合せ</a>', [Link("", "mailto:a@example.jp", "問合せ")]),
        ('<a id="top">目印</a>', []),
        (
            '<embed embedtype="media" url="https://video.example/1">',
            [Link("video.example", "https://video.example/1", "https://video.example/1")],
        ),
        ('<img src="images/a.png" alt="図">', []),
    ],
)
def test_links_and_what_is_embedded(html: str, links: list[Link]) -> None:
    assert Markup(html).links == links


def test_text_in_a_colour_of_its_own_and_the_ground_behind_it() -> None:
    html = (
        '<p>ふつう<span style="color: #ff0; font-size: 2em">黄色</span></p>'
        '<td style="background-color:#000"><b style="COLOR:white">白<i>字</i></b></td>'
        '<p style="background:#eee">地だけ</p>'
    )
    assert Markup(html).painted == [
        Painted("黄色", Colour(255, 255, 0), WHITE),
        Painted("白", WHITE, Colour(0, 0, 0)),
        Painted("字", WHITE, Colour(0, 0, 0)),
    ]


def test_pictures_without_text() -> None:
    html = '<img src="a.png"><img src="b.png" alt=""><embed embedtype="image" id="7" alt="">'
    assert Markup(html).pictures_without_text == ["a.png", "7"]


@given(HTML)
def test_no_html_breaks_the_reading(html: str) -> None:
    markup = Markup(html)
    assert isinstance(markup.text, str)
    _ = (markup.headings, markup.fake_headings, markup.links)
    _ = (markup.painted, markup.pictures_without_text)


@given(st.text())
def test_no_address_breaks_the_reading(address: str) -> None:
    host_of(address)
