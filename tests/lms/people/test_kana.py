"""Names in kana stand in the order of a Japanese list."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.people.kana import kana_order

KANA = st.text(st.characters(min_codepoint=0x3041, max_codepoint=0x30FE), max_size=8)


@pytest.mark.parametrize(
    "names",
    [
        ["アオキ", "イトウ", "ウエダ", "ワタナベ"],
        ["カトウ", "ガトウ", "カドタ"],
        ["ハシモト", "バシモト", "パシモト", "ヒグチ"],
        ["サト", "サトウ", "サトウ ア"],
        ["ミヤケ", "ミヤチ", "ミョウガ"],
        ["ヘンリイ", "ヘンリー", "ヘンリク"],
    ],
)
def test_voiced_small_and_long_letters_stand_where_a_reader_looks(names: list[str]) -> None:
    assert sorted(set(names), key=kana_order) == names


@pytest.mark.parametrize("other", ["さとう", "ｻﾄｳ", "サ トウ", "サ・トウ"])
def test_script_width_and_spaces_make_no_difference(other: str) -> None:
    assert kana_order(other)[0] == kana_order("サトウ")[0]


@given(KANA, KANA)
def test_different_names_have_different_places(one: str, other: str) -> None:
    assert (kana_order(one) == kana_order(other)) == (one == other)
