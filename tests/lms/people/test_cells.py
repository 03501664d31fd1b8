from collections.abc import Callable

import pytest

from lms.exceptions import InvalidCell
from lms.people.cells import (
    read_email,
    read_kana,
    read_key,
    read_keys,
    read_name,
    read_staff_number,
    read_title,
)

TAKEN: list[tuple[Callable[[str], object], str, object]] = [
    (read_staff_number, "000123", "000123"),
    (read_staff_number, "０００１２３", "000123"),
    (read_staff_number, "A-0012", "A-0012"),
    (read_kana, "クマガイ ケン", "クマガイ ケン"),
    (read_kana, "ｸﾏｶﾞｲ ｹﾝ", "クマガイ ケン"),
    (read_kana, "くまがい　けん", "クマガイ ケン"),
    (read_kana, "ヴァン・デル・メール　ヨーコ", "ヴァン・デル・メール ヨーコ"),
    (read_name, "髙橋　 花子", "髙橋 花子"),
    (read_name, "山﨑 𠮷男", "山﨑 𠮷男"),
    (read_name, "\ufa19谷 実", "\ufa19谷 実"),
    (read_key, "０４０４", "0404"),
    (read_keys, "LDR; DAT；LDR;", ("LDR", "DAT")),
    (read_keys, ";", ()),
    (read_email, "ken@sakura.example", "ken@sakura.example"),
    (read_title, "あ" * 200, "あ" * 200),
]

REFUSED: list[tuple[Callable[[str], object], str, str]] = [
    (read_staff_number, "1.2E+05", "bad_staff_number"),
    (read_staff_number, "12 34", "bad_staff_number"),
    (read_staff_number, "1" * 33, "bad_staff_number"),
    (read_kana, "熊谷 ケン", "bad_kana"),
    (read_kana, "Kumagai Ken", "bad_kana"),
    (read_kana, "ア" * 101, "too_long"),
    (read_name, "山田\n太郎", "unprintable"),
    (read_name, "\ue000田 太郎", "unprintable"),
    (read_name, "あ" * 101, "too_long"),
    (read_title, "あ" * 201, "too_long"),
    (read_key, "福祉部", "bad_code"),
    (read_key, "a" * 65, "bad_code"),
    (read_keys, "LDR,DAT", "bad_code"),
    (read_email, "ken@sakura", "bad_email"),
    (read_email, f"{'a' * 60}@{'b' * 60}.{'c' * 60}.{'d' * 60}.{'e' * 30}.example", "too_long"),
]


@pytest.mark.parametrize(("read", "text", "value"), TAKEN)
def test_a_value_is_taken_in_its_plain_form(
    read: Callable[[str], object], text: str, value: object
) -> None:
    assert read(text) == value


@pytest.mark.parametrize(("read", "text", "code"), REFUSED)
def test_a_value_that_does_not_fit_its_column_is_refused(
    read: Callable[[str], object], text: str, code: str
) -> None:
    with pytest.raises(InvalidCell) as refusal:
        read(text)
    assert refusal.value.code == code
