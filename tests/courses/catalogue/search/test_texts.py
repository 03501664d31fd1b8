import pytest

from courses.catalogue.search.texts import lines_of


@pytest.mark.parametrize(
    ("html", "lines"),
    [
        ("<p>個人<b>情報</b></p><p>保護 &amp; 活用</p>", "個人情報\n保護 & 活用"),
        ("<ul><li>一</li><li>二</li></ul>", "一\n二"),
        ("一<br/>二<br>三", "一\n二\n三"),
        ("<h2>見出し</h2>  <p> </p>", "見出し"),
        ("", ""),
    ],
)
def test_html_becomes_lines(html: str, lines: str) -> None:
    assert lines_of(html) == lines
