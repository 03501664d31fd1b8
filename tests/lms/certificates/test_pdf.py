from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings

from lms.certificates.fonts import font_fault, printable
from lms.certificates.models import Certificate
from lms.certificates.pdf import certificate_pdf
from lms.checks import check_certificate_font
from lms.exceptions import CertificateNotPrintable
from tests.factories import complete_course, make_course, make_employee

FONT = Path(django_settings.LMS_CERTIFICATE_FONT)


@pytest.fixture
def certificate(db: None) -> Certificate:
    employee = make_employee("100001", name="区民 花子")
    complete_course(employee, make_course(title="とても長い研修の題名" * 18, title_en="Long " * 39))
    return Certificate.objects.get()


@pytest.mark.parametrize("language", ["ja", "en"])
def test_the_sheet_names_its_language_and_title(certificate: Certificate, language: str) -> None:
    sheet = certificate_pdf(certificate, language=language)
    assert sheet.startswith(b"%PDF-")
    assert b"/Lang (" + language.encode() + b")" in sheet
    assert b"/DisplayDocTitle true" in sheet
    # However long the title, one page; and the font comes with it.
    assert sheet.count(b"/Type /Page\n") == 1
    assert b"/FontFile2" in sheet


def test_characters_the_font_lacks_become_a_geta_and_are_named() -> None:
    assert printable("葛\U000e0100飾 𠮟\U0010ffff", FONT).text.endswith("〓")
    assert "\U0010ffff" in printable("\U0010ffff", FONT).replaced
    assert printable("葛\U000e0100飾", FONT) == ("葛飾", ("\U000e0100",))
    assert printable("区民 花子", FONT) == ("区民 花子", ())


def test_a_missing_font_is_told_by_the_check(settings: Any, tmp_path: Path) -> None:
    assert check_certificate_font(None) == []
    settings.LMS_CERTIFICATE_FONT = tmp_path / "none.ttf"
    assert [fault.id for fault in check_certificate_font(None)] == ["lms.E004"]
    (tmp_path / "bad.ttf").write_bytes(b"no font")
    assert font_fault(tmp_path / "bad.ttf") is not None


def test_without_a_font_nothing_is_printed(certificate: Certificate, settings: Any) -> None:
    settings.LMS_CERTIFICATE_FONT = None
    with pytest.raises(CertificateNotPrintable):
        certificate_pdf(certificate, language="ja")
