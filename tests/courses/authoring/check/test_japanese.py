import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.authoring.check import japanese


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("丸数字①と㈱", ["①", "㈱"]),
        ("Ⅲ類、№5、髙橋、㍻、㎡", ["Ⅲ", "№", "髙", "㍻", "㎡"]),
        ("ｶﾀｶﾅ", ["ｶ", "ﾀ", "ﾅ"]),
        ("外字\ue000", ["\ue000"]),
        # These are the same in both tables, or not Windows' own.
        ("約10～20人、10－20、（1）カタカナ「」〒×％", []),
        ("Excel 365 café 😀", []),
    ],
)
def test_machine_dependent_characters(text: str, found: list[str]) -> None:
    assert japanese.machine_dependent(text) == found


def test_a_sentence_of_80_characters_is_not_long_and_one_more_is() -> None:
    fits = "あ" * 79 + "。"
    assert japanese.long_sentences(fits * 2) == []
    assert japanese.long_sentences(f"あ{fits}短い。") == [f"あ{fits}"]


def test_twelve_kanji_in_a_row_are_not_many_and_thirteen_are() -> None:
    assert japanese.long_kanji_runs("漢" * 12 + "の" + "字" * 12) == []
    assert japanese.long_kanji_runs("の" + "漢" * 13 + "の") == ["漢" * 13]


@pytest.mark.parametrize(
    "text",
    [
        "できないわけではない。",
        "必要がないわけではありません。",
        "使わなくはない。",
        "間違いがないとは言えない。",
        "起きないとは限りません。",
        "知らないことはない。",
    ],
)
def test_double_negation_is_found(text: str) -> None:
    assert japanese.double_negatives(f"はじめに。{text}") == [text]


@pytest.mark.parametrize(
    "text",
    [
        "保存しないと消えます。",
        "個人情報は入力しないでください。",
        "提出しなければなりません。",
        "急がなくてもよい。",
        "なくなった場合は、届け出てください。",
        "必要がないため、印刷しません。",
    ],
)
def test_one_negation_is_not_two(text: str) -> None:
    assert japanese.double_negatives(text) == []


@pytest.mark.parametrize(
    ("text", "lacks"),
    [
        ("This is a long English text.", True),
        ("Excel", False),
        ("e-Govで検索する long English text", False),
        ("2022-10-19 2022-10-20", False),
    ],
)
def test_only_prose_lacks_japanese(text: str, lacks: bool) -> None:
    assert japanese.lacks_japanese(text) is lacks


@given(st.text())
def test_no_text_breaks_a_measure(text: str) -> None:
    for measure in (
        japanese.machine_dependent,
        japanese.long_sentences,
        japanese.long_kanji_runs,
        japanese.double_negatives,
    ):
        measure(text)
