import pytest

from courses.h5p.refusals import PackageRefused
from courses.h5p.svg import check_svg

OPEN = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">'


def check(inside: str, before: str = "") -> None:
    check_svg(f"{before}{OPEN}{inside}</svg>".encode(), place="content/x.svg")


def reason_of(data: bytes) -> str:
    with pytest.raises(PackageRefused) as caught:
        check_svg(data, place="content/x.svg")
    assert caught.value.place == "content/x.svg"
    return caught.value.reason


@pytest.mark.parametrize(
    "inside",
    [
        '<path d="M0 0h1" fill="red"/>',
        '<defs><g id="a"/></defs><use href="#a"/><use xlink:href="#a"/>',
        '<image href="data:image/png;base64,iVBORw0KGgo="/>',
        "<style>.a { fill: url(#g) } .b { fill: url('#h') }</style>",
        '<rect fill="url(#g)" style="stroke: url( &quot;#g&quot; )"/>',
        '<a href="#top"><text>上へ</text></a>',
        '<animate attributeName="opacity" to="0"/>',
        "<metadata><rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'/></metadata>",
    ],
)
def test_an_svg_that_only_draws_is_accepted(inside: str) -> None:
    check(inside)


def test_the_doctype_that_drawing_programs_write_is_accepted() -> None:
    doctype = (
        '<?xml version="1.0"?><!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" '
        '"http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">'
    )
    check("<g/>", before=doctype)


@pytest.mark.parametrize(
    "inside",
    [
        "<script>alert(1)</script>",
        "<SCRIPT/>",
        '<s:script xmlns:s="http://www.w3.org/2000/svg"/>',
        '<g onload="alert(1)"/>',
        '<g ONCLICK="x"/>',
        "<foreignObject/>",
        '<h:p xmlns:h="http://www.w3.org/1999/xhtml"/>',
        '<image href="https://example.com/x.png"/>',
        '<image href="x.png"/>',
        '<image xlink:href="//example.com/x.png"/>',
        '<image href="data:image/svg+xml;base64,PHN2Zy8+"/>',
        '<a href="javascript:alert(1)"/>',
        '<a href=" java&#10;script:alert(1)"/>',
        '<use href="other.svg#a"/>',
        '<rect fill="url(https://example.com/x)"/>',
        '<rect fill="url(&quot;x.svg#a&quot;)"/>',
        '<rect fill="url(https://example.com/x"/>',
        r'<rect fill="u\72l(https://example.com/x)"/>',
        '<rect style="fill: url(https://example.com/x)"/>',
        "<style>@import 'https://example.com/x.css';</style>",
        "<style><g/>@import 'https://example.com/x.css';</style>",
        "<style>@im</style><style>.a { background: url(//example.com/x) }</style>",
        r"<style>.a { background: u\72l(//example.com/x) }</style>",
        "<style><![CDATA[.a { background: image-set('x.png') }]]></style>",
        '<set attributeName="href" to="javascript:alert(1)"/>',
        '<animate attributeName="xlink:href" values="x"/>',
        '<set attributeName="onclick" to="alert(1)"/>',
        '<g xml:base="https://example.com/"/>',
        "<?xml-stylesheet href='x.css'?>",
    ],
)
def test_an_svg_that_acts_or_asks_others_is_refused(inside: str) -> None:
    with pytest.raises(PackageRefused) as caught:
        check(inside)
    assert caught.value.reason == "svg_active"


def test_entities_are_refused_before_they_can_grow() -> None:
    bomb = b'<!DOCTYPE svg [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><svg>&b;</svg>'
    assert reason_of(bomb) == "svg_active"


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"<svg", "svg_unreadable"),
        (b"", "svg_unreadable"),
        (b"\x89PNG\r\n\x1a\n", "svg_unreadable"),
        (b'<svg xmlns="http://www.w3.org/2000/svg"><g></svg>', "svg_unreadable"),
        (b'<html xmlns="http://www.w3.org/1999/xhtml"/>', "not_that_image"),
        (b"<svg/>", "not_that_image"),
    ],
)
def test_what_is_not_svg_is_refused(data: bytes, reason: str) -> None:
    assert reason_of(data) == reason
