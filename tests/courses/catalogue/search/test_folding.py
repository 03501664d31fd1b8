"""One form for texts and for what is looked for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.catalogue.search.folding import fold, folded


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("ＲＰＡ", "rpa"),
        ("Rpa入門", "rpa入門"),
        ("ｶﾀｶﾅ", "かたかな"),
        ("カタカナ", "かたかな"),
        ("ﾃﾞｰﾀﾍﾞｰｽ", "でーたべーす"),
        ("デ\u3099ータ", "で\u3099ーた"),
        ("データ", "でーた"),
        ("か\u3099", "が"),
        ("パﾟ", "ぱ\u309a"),
        ("ヴァージョン", "ゔぁーじょん"),
        ("サーバー", "さーば"),
        ("サーバ", "さーば"),
        ("サーバーの管理", "さーばの管理"),
        ("さーばー", "さーば"),
        ("ｻｰﾊﾞｰ", "さーば"),
        ("コンピューター室", "こんぴゅーた室"),
        ("サーバールーム", "さーばーるーむ"),
        ("キー", "きー"),
        ("デー", "でー"),
        ("らーめん", "らーめん"),
        ("１２３　㈱", "123 (株)"),
        ("一行\n二行", "一行\n二行"),
        ("", ""),
    ],
)
def test_folding(text: str, form: str) -> None:
    assert fold(text) == form


@pytest.mark.parametrize(
    ("text", "word", "found"),
    [
        ("新しいｶﾞｲﾄﾞﾗｲﾝです", "ガイドライン", ["ｶﾞｲﾄﾞﾗｲﾝ"]),
        ("ＲＰＡとrpa", "RPA", ["ＲＰＡ", "rpa"]),
        ("サーバーとサーバ", "サーバー", ["サーバー", "サーバ"]),
        ("㈱さくら", "株", ["㈱"]),
        ("𠮷野家", "野", ["野"]),
        ("ない", "ある", []),
    ],
)
def test_what_is_found_is_known_in_the_original(text: str, word: str, found: list[str]) -> None:
    assert [text[start:end] for start, end in folded(text).ranges(fold(word))] == found


@given(st.text())
def test_every_folded_character_has_a_place_in_the_original(text: str) -> None:
    form = folded(text)
    assert len(form.text) == len(form.places)
    assert all(0 <= start < end <= len(text) for start, end in form.places)
    assert form.places == tuple(sorted(form.places))


@given(st.text(alphabet="アイサーバデータぁかヴｶﾞＡa \n"))
def test_folding_changes_no_number_of_lines(text: str) -> None:
    assert fold(text).count("\n") == text.count("\n")
