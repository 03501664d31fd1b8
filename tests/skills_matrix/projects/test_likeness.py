"""Which projects are like an idea, in Japanese above all."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from skills_matrix.projects.likeness import FEWEST, SAME, most_alike, pairs_of

KNOWN = {
    "ocr": (
        "AI-OCRによる申請書の読み取り",
        "紙の申請書を読み取り、基幹システムへの入力を自動化します。",
    ),
    "rpa": (
        "RPAによる定型入力の自動化",
        "毎月の給付データを基幹システムに入力する作業をロボットに任せます。",
    ),
    "chat": (
        "チャットボットによる問い合わせ対応",
        "住民からのよくある質問に24時間自動で答えます。",
    ),
    "map": ("防災マップの公開", "避難所の場所をオープンデータとして公開します。"),
}


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("紙の申請書を職員が一件ずつ基幹システムに打ち込んでいます", "ocr"),
        ("窓口や電話で同じ質問に何度も答えている。住民の問い合わせを減らしたい", "chat"),
        ("ａｉ－ｏｃｒで申請書を読む", "ocr"),
        ("避難所のデータを公開したい", "map"),
        ("給付データの入力をロボットに", "rpa"),
    ],
)
def test_an_idea_in_other_words_finds_its_like(text: str, first: str) -> None:
    found = most_alike(text, KNOWN)
    assert found[0][0] == first
    likenesses = [likeness for _key, likeness in found]
    assert likenesses == sorted(likenesses, reverse=True)


def test_the_same_thing_is_told_from_what_is_only_like_it() -> None:
    same = dict(most_alike("RPAによる定型入力の自動化", KNOWN))
    assert same["rpa"] >= SAME
    assert all(likeness < SAME for key, likeness in same.items() if key != "rpa")


@pytest.mark.parametrize("text", ["", "。、", "RP", "給食費の収納", "ab cd"])
def test_what_says_too_little_or_something_else_finds_nothing(text: str) -> None:
    assert most_alike(text, KNOWN) == []


def test_pairs_do_not_reach_over_spaces_and_know_no_width_or_case() -> None:
    assert pairs_of("ＲＰＡ　導入") == pairs_of("rpa、導入!") == {"rp", "pa", "導入"}


SIGNS = st.text("あいうえ申請書ab １", max_size=8)


@settings(deadline=None, max_examples=60)
@given(SIGNS, st.lists(st.tuples(SIGNS, SIGNS), max_size=4))
def test_likeness_is_a_fraction_and_does_not_depend_on_order(
    text: str, rows: list[tuple[str, str]]
) -> None:
    known = dict(enumerate(rows))
    found = dict(most_alike(text, known, first_n=len(rows), floor=0.0))
    assert all(0.0 <= likeness <= 1.0 for likeness in found.values())
    turned = dict(reversed(known.items()))
    assert dict(most_alike(text, turned, first_n=len(rows), floor=0.0)) == pytest.approx(found)
    if len(pairs_of(text)) >= FEWEST:
        known[-1] = ("", text)
        assert dict(most_alike(text, known, first_n=len(known)))[-1] == pytest.approx(1.0)
