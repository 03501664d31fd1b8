import pytest

from courses.h5p.origins import Origin, parse_origin


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("https://LMS.example.jp", Origin("https", "lms.example.jp", 443)),
        ("http://127.0.0.1:8000", Origin("http", "127.0.0.1", 8000)),
        ("http://[::1]:80", Origin("http", "::1", 80)),
        ("", None),
        ("lms.example.jp", None),
        ("ftp://lms.example.jp", None),
        ("https://lms.example.jp/h5p", None),
        ("https://user@lms.example.jp", None),
        ("https://lms.example.jp:port", None),
        ("https://", None),
    ],
)
def test_an_origin_is_read_or_recognised_as_none(text: str, expected: Origin | None) -> None:
    assert parse_origin(text) == expected


@pytest.mark.parametrize(
    ("origin", "header", "expected"),
    [
        ("https://content.example.jp", "content.example.jp", True),
        ("https://content.example.jp", "Content.Example.JP:443", True),
        ("https://content.example.jp", "content.example.jp:80", False),
        ("http://127.0.0.1:8000", "127.0.0.1:8000", True),
        ("http://127.0.0.1:8000", "127.0.0.1", False),
        ("http://127.0.0.1:8000", "localhost:8000", False),
        ("https://content.example.jp", "content.example.jp.evil.example", False),
        ("https://content.example.jp", "x@content.example.jp", False),
        ("https://content.example.jp", "content.example.jp/x", False),
    ],
)
def test_a_host_header_names_the_origin_or_does_not(
    origin: str, header: str, expected: bool
) -> None:
    parsed = parse_origin(origin)
    assert parsed is not None
    assert parsed.is_host(header) is expected
