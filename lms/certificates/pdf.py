"""A certificate as a sheet of A4, in Japanese or in English."""

from io import BytesIO
from typing import Any
from xml.sax.saxutils import escape

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override, pgettext
from reportlab.graphics.barcode.qr import QrCodeWidget
from reportlab.graphics.shapes import Drawing
from reportlab.lib.enums import TA_CENTER
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase.pdfdoc import PDFString
from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer

from lms.certificates.fonts import FONT_NAME, Printable, printable, register_font
from lms.certificates.models import Certificate
from lms.certificates.selectors import verification_address
from lms.conf import conf
from lms.exceptions import CertificateNotPrintable
from lms.people.calendar import office_today

QR_SIZE = 32 * mm
# A text longer than this is set in LONG, so that the longest titles still leave it one sheet.
LONG_FROM = 40
BODY, TITLE, NAME, LONG, SMALL = (
    ParagraphStyle(
        name,
        fontName=FONT_NAME,
        fontSize=size,
        leading=size * 1.6,
        alignment=TA_CENTER,
        wordWrap="CJK",
        spaceAfter=space * mm,
    )
    for name, size, space in (
        ("body", 13, 5),
        ("title", 32, 10),
        ("name", 22, 8),
        ("long", 12, 8),
        ("small", 9, 3),
    )
)


def certificate_pdf(certificate: Certificate, *, language: str) -> bytes:
    """The sheet; `language` is ja or en, as are the titles on it.

    Raises:
        CertificateNotPrintable: the site has no font for it.
    """
    font = conf.CERTIFICATE_FONT
    if font is None:
        raise CertificateNotPrintable(_("The site has no font for certificates."))
    register_font(font)
    sheet = BytesIO()
    with override(language):
        title = _("Certificate of completion")
        document = SimpleDocTemplate(
            sheet,
            pagesize=A4,
            leftMargin=25 * mm,
            rightMargin=25 * mm,
            topMargin=20 * mm,
            bottomMargin=15 * mm,
            title=f"{title}: {certificate.title}",
            author=certificate.office_name,
            subject=certificate.code,
            lang=language,
            displayDocTitle=True,
        )
        document.build(_story(certificate, title, font), onFirstPage=_frame)
    return sheet.getvalue()


def _story(certificate: Certificate, title: str, font: Any) -> list[Any]:
    holder = printable(certificate.holder_name, font)
    course = printable(certificate.title, font)
    office = printable(certificate.office_name, font)
    address = verification_address(certificate)
    facts = [
        Paragraph(escape(printable(line, font).text), style)
        for line, style in (
            (title, TITLE),
            (
                pgettext("on a certificate", "%(name)s") % {"name": holder.text},
                LONG if len(holder.text) > LONG_FROM else NAME,
            ),
            (_("has completed the following course:"), BODY),
        )
    ]
    facts.append(_large(course.text))
    facts += [Paragraph(escape(line), BODY) for line in _dates(certificate)]
    facts += [
        _large(office.text),
        Spacer(1, 2 * mm),
        _qr(address),
        Paragraph(escape(_("Verification code: %(code)s") % {"code": certificate.code}), SMALL),
        Paragraph(escape(_("Verify at %(address)s") % {"address": address}), SMALL),
    ]
    if note := _note([holder, course, office]):
        facts.append(Paragraph(escape(note), SMALL))
    return facts


def _large(text: str) -> Paragraph:
    return Paragraph(escape(text), NAME if len(text) <= LONG_FROM else LONG)


def _dates(certificate: Certificate) -> list[str]:
    lines = [
        _("Completed on %(day)s")
        % {"day": date_format(office_today(certificate.certified_at), "DATE_FORMAT")}
    ]
    if certificate.version is not None:
        lines.append(_("Version %(number)d of the course") % {"number": certificate.version})
    if certificate.valid_until is not None:
        lines.append(
            _("Valid until %(day)s") % {"day": date_format(certificate.valid_until, "DATE_FORMAT")}
        )
    return lines


def _note(texts: list[Printable]) -> str:
    """What could not be printed as it is written; "" = everything could."""
    missing = list(dict.fromkeys(char for text in texts for char in text.replaced))
    if not missing:
        return ""
    points = ", ".join(f"U+{ord(char):04X}" for char in missing)
    return _(
        "Characters or variants that this font lacks (%(points)s) are printed as 〓 or in"
        " their common shape; the page for verification has them as they are written."
    ) % {"points": points}


def _qr(address: str) -> Drawing:
    drawing = Drawing(QR_SIZE, QR_SIZE, hAlign="CENTER")
    drawing.add(QrCodeWidget(address, barWidth=QR_SIZE, barHeight=QR_SIZE, barLevel="M"))
    return drawing


def _frame(canvas: Any, document: Any) -> None:
    canvas._doc.Catalog.Lang = PDFString(document.lang)
    width, height = document.pagesize
    canvas.setLineWidth(1.5)
    canvas.rect(12 * mm, 12 * mm, width - 24 * mm, height - 24 * mm)
