"""Only the HTML that the semantics allow stays; plain text is escaped once."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.h5p.semantics.clean import clean, editable, escaped
from courses.h5p.semantics.html import allowed_html, clean_html
from tests.courses.h5p.semantics.examples import FIELDS, SOUND, find, picture

RICH = ["strong", "em", "a", "ul", "table", "img", "script", "svg"]
PIECES = st.sampled_from(
    [
        *("<p>", "</p>", "<p ", "<b", "<table><tr>", "<td style='", "'>", '">', "<a href=", "<li>"),
        *("javascript:", "http://x", "&", "&amp;", "&lt;", "<!--", "-->", "<script>", "</script>"),
        *("<img src=x onerror=alert(1)", "<svg onload=x>", "style=color:red", "x", " ", "<math>"),
        *("<style>", "<textarea>", "</textarea>", "<template>", "\0", "&#x3c;", "<br/>", "\n"),
    ]
)
SOUP = st.lists(PIECES, max_size=12).map("".join)


@pytest.mark.parametrize(
    ("tags", "font", "text", "expected"),
    [
        ([], {}, "<p>a<br></p>", "<p>a<br></p>"),
        ([], {}, "<p><strong>a</strong></p>", "<p>a</p>"),
        (["b"], {}, "<strong>a</strong>", "<strong>a</strong>"),
        (["ul"], {}, "<ul><li>a</li></ul>", "<ul><li>a</li></ul>"),
        ([], {}, "<ul><li>a</li></ul>", "a"),
        (
            ["table"],
            {},
            "<table><tbody><tr><td>a</td></tr></tbody></table>",
            "<table><tbody><tr><td>a</td></tr></tbody></table>",
        ),
        (["script"], {}, "a<script>alert(1)</script>", "a"),
        (["svg", "iframe"], {}, "<svg onload=x></svg><iframe src=x></iframe>a", "a"),
        ([], {}, "<p>a<img src=x onerror=alert(1)", "<p>a</p>"),
        ([], {}, '<p onclick="x" id="y" class="z">a</p>', '<p class="z">a</p>'),
        (
            ["a"],
            {},
            '<a href="https://x" target="_blank" onclick="x">a</a>',
            '<a href="https://x" target="_blank" rel="noopener noreferrer">a</a>',
        ),
        (
            ["a"],
            {},
            '<a href="mailto:a@b">a</a>',
            '<a href="mailto:a@b" rel="noopener noreferrer">a</a>',
        ),
        (["a"], {}, '<a href=" java&#x0a;script:x">a</a>', '<a rel="noopener noreferrer">a</a>'),
        (["a"], {}, '<a href="data:text/html,x">a</a>', '<a rel="noopener noreferrer">a</a>'),
        (
            [],
            {},
            '<p style="text-align:center;color:red;position:fixed">a</p>',
            '<p style="text-align:center">a</p>',
        ),
        (
            [],
            {"color": True},
            '<p style="color:red;font-size:9px">a</p>',
            '<p style="color:red">a</p>',
        ),
        (["strong"], {}, '<strong style="text-align:left">a</strong>', "<strong>a</strong>"),
        ([], {}, "a &amp; b &lt;i&gt;", "a &amp; b &lt;i&gt;"),
        ([], {}, "a<!-- b -->", "a"),
    ],
)
def test_html_is_what_the_semantics_allow(
    tags: list[str], font: dict[str, Any], text: str, expected: str
) -> None:
    assert clean_html(text, allowed_html(tags, font)) == expected


@given(SOUP, st.lists(st.sampled_from(RICH)))
def test_cleaning_html_twice_changes_nothing(text: str, tags: list[str]) -> None:
    allowed = allowed_html(tags, {"color": True})
    once = clean_html(text, allowed)
    assert clean_html(once, allowed) == once
    assert "<script" not in once
    assert "onerror=" not in once.partition("<img")[2]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a & b", "a &amp; b"),
        ("a &amp; b", "a &amp; b"),
        ("<p>a</p>", "&lt;p&gt;a&lt;/p&gt;"),
        ("&lt;p&gt;", "&lt;p&gt;"),
        ('"it\'s"', "&quot;it&#039;s&quot;"),
        ("&#12354; &#x3042; &eacute; &nope; &copy &;", "あ あ é &amp;nope; &amp;copy &amp;;"),
        ("&#60; &#x27; &nvlt; &amp;lt;", "&lt; &#039; &lt;\u20d2 &amp;lt;"),
    ],
)
def test_plain_text_is_escaped_once(text: str, expected: str) -> None:
    assert escaped(text) == expected
    assert escaped(expected) == expected


@given(SOUP)
def test_escaping_leaves_no_tag_and_is_done_once(text: str) -> None:
    once = escaped(text)
    assert escaped(once) == once
    assert not {"<", ">", '"', "'"} & set(once)


def test_every_field_is_cleaned_by_its_own_rules_also_in_nested_content() -> None:
    params = SOUND | {
        "question": "<p><i>a</i></p>",
        "tip": "1 < 2",
        "answers": [{"text": "<b>"}],
        "media": picture(alt='"x"'),
        "own": "<script>",
    }
    cleaned = clean(FIELDS, params, find)
    assert cleaned["question"] == "<p>a</p>"
    assert cleaned["tip"] == "1 &lt; 2"
    assert cleaned["answers"] == [{"text": "&lt;b&gt;"}]
    assert cleaned["media"]["params"]["alt"] == "&quot;x&quot;"
    assert cleaned["own"] == "<script>"
    assert params["tip"] == "1 < 2"


def test_an_author_sees_what_was_typed() -> None:
    typed = SOUND | {"tip": '1 < 2 & "3"', "hint": "&amp;lt;"}
    stored = clean(FIELDS, typed, find)
    shown = editable(FIELDS, stored, find)
    assert shown == typed
    assert clean(FIELDS, shown, find) == stored
