"""What is looked for, and what is shown of where it stands."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.catalogue.search.folding import fold
from courses.catalogue.search.words import SHOWN, Part, excerpt, marked, words_of


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("RPA　入門", ["rpa", "入門"]),
        ("  データ データ ", ["でーた"]),
        ("「個人 情報」 保護", ["個人 情報", "保護"]),
        ('"big  data" x', ["big data", "x"]),
        ("＂big data＂", ["big data"]),
        ("“big data”", ["big data"]),
        ("『個人 情報』", ["個人 情報"]),
        ("｢個人 情報｣", ["個人 情報"]),
        ("「閉じない 括弧", ["閉じない", "括弧"]),
        ('"" 「」', []),
        ("", []),
        ("100%", ["100%"]),
    ],
)
def test_words_of_a_query(query: str, words: list[str]) -> None:
    assert words_of(query) == words


def shown(parts: list[Part]) -> str:
    return "".join(f"[{part.text}]" if part.is_match else part.text for part in parts)


@pytest.mark.parametrize(
    ("text", "query", "form"),
    [
        ("ＲＰＡ入門", "rpa", "[ＲＰＡ]入門"),
        ("個人情報保護", "個人情報 情報保護", "[個人情報保護]"),
        ("データとでーた", "データ", "[データ]と[でーた]"),
        ("なし", "データ", "なし"),
    ],
)
def test_matches_are_marked(text: str, query: str, form: str) -> None:
    assert shown(marked(text, words_of(query))) == form


@pytest.mark.parametrize(
    ("text", "query", "form"),
    [
        ("一行目\n二行目のデータ\n三行目", "データ", "二行目の[データ]"),
        ("表の話\n表とデータの話", "データ 表", "[表]と[データ]の話"),
        ("あ" * 200 + "鍵" + "い" * 200, "鍵", "…" + "あ" * 24 + "[鍵]" + "い" * 65 + "…"),
        ("あ" * 200 + "鍵", "鍵", "…" + "あ" * 89 + "[鍵]"),
        ("鍵" + "い" * 200, "鍵", "[鍵]" + "い" * 89 + "…"),
    ],
)
def test_an_excerpt_is_the_line_around_the_first_match(text: str, query: str, form: str) -> None:
    assert shown(excerpt(text, fold(text), words_of(query))) == form


def test_there_is_no_excerpt_of_a_text_without_the_words() -> None:
    assert excerpt("一行目", fold("一行目"), ["二"]) == []


@given(st.text(alphabet="アサーバー表か\n", max_size=300), st.text("サーバー表", min_size=1))
def test_an_excerpt_is_found_exactly_where_the_word_is(text: str, query: str) -> None:
    words = words_of(query)
    parts = excerpt(text, fold(text), words)
    assert bool(parts) == any(word in line for word in words for line in fold(text).split("\n"))
    if parts:
        assert any(part.is_match for part in parts)
        said = "".join(part.text for part in parts).strip("…")
        assert said in text
        assert len(said) <= max(SHOWN, len(query) * 3)
