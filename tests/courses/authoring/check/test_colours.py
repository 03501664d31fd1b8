import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.authoring.check.colours import WHITE, Colour, contrast, parse_colour

BLACK = Colour(0, 0, 0)
colours = st.builds(Colour, *(st.integers(0, 255),) * 3)


@pytest.mark.parametrize(
    ("text", "colour"),
    [
        ("#fff", WHITE),
        ("#FFFFFF", WHITE),
        (" #1a73e8 !important", Colour(0x1A, 0x73, 0xE8)),
        ("#000000ff", BLACK),
        ("rgb(255, 0, 10)", Colour(255, 0, 10)),
        ("rgba(255,0,10,1)", Colour(255, 0, 10)),
        ("Navy", Colour(0, 0, 128)),
        # Nobody knows how these look.
        ("#00000080", None),
        ("rgba(0,0,0,0.5)", None),
        ("rgb(300,0,0)", None),
        ("var(--main)", None),
        ("inherit", None),
        ("#12", None),
        ("", None),
    ],
)
def test_a_css_colour_is_read(text: str, colour: Colour | None) -> None:
    assert parse_colour(text) == colour


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [
        ("#000000", "#ffffff", 21.0),
        ("#ffffff", "#ffffff", 1.0),
        ("#767676", "#ffffff", 4.54),  # the lightest grey that passes
        ("#777777", "#ffffff", 4.48),  # and the next, which does not
        ("#ff0000", "#ffffff", 4.0),
    ],
)
def test_contrast_is_what_wcag_says(one: str, other: str, ratio: float) -> None:
    first, second = parse_colour(one), parse_colour(other)
    assert first is not None
    assert second is not None
    assert contrast(first, second) == pytest.approx(ratio, abs=0.01)


@given(colours, colours)
def test_contrast_is_symmetric_and_between_1_and_21(one: Colour, other: Colour) -> None:
    assert contrast(one, other) == contrast(other, one)
    assert 1 <= contrast(one, other) <= 21.0001


@given(colours)
def test_what_is_written_is_read_back(colour: Colour) -> None:
    assert parse_colour(colour.css) == colour


@given(st.text())
def test_no_text_breaks_the_reading(text: str) -> None:
    parse_colour(text)
