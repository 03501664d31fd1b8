import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from lms.people.headcounts import headcount


@pytest.mark.parametrize(
    ("number", "exact", "said"),
    [
        (161, True, "161人"),
        (1, True, "1人"),
        (0, False, "0人"),
        (1, False, "5人未満"),
        (4, False, "5人未満"),
        (5, False, "約5人"),
        (12, False, "約10人"),
        (13, False, "約15人"),
    ],
)
def test_numbers_are_exact_for_hr_and_rounded_for_others(
    number: int, exact: bool, said: str
) -> None:
    with translation.override("ja"):
        assert headcount(number, exact=exact, group=5) == said


@given(st.integers(0, 3000), st.integers(1, 20))
def test_a_rounded_number_never_tells_a_group_smaller_than_the_limit(
    number: int, group: int
) -> None:
    with translation.override("en"):
        said = headcount(number, exact=False, group=group)
        same = {headcount(other, exact=False, group=group) for other in range(1, group)}
    assert len(same) <= 1
    digits = int("".join(filter(str.isdigit, said)))
    assert digits % group == 0
    assert abs(digits - number) <= group
