"""What a response is worth, as each type's own program counts it."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.h5p.grading import GRADERS, Answer, grade


def fraction(name: str, params: dict[str, Any], response: str = "", **parts: str) -> float | None:
    points = grade(f"H5P.{name}", 1, params, Answer(response, parts))
    return None if points is None else points.fraction


def choices(*correct: bool, **behaviour: Any) -> dict[str, Any]:
    answers = [{"text": str(n), "correct": is_right} for n, is_right in enumerate(correct)]
    return {"answers": answers, "behaviour": {"singlePoint": False, **behaviour}}


TRUE = {"question": "<p>?</p>", "correct": "true"}
CLOZE = {
    "questions": ["<p>*Oslo/oslo by:capital* and *Tromsø &amp; co*</p>", "", "A ** is none: *x*"]
}
GAPS = {"textField": "A *cat:tip* and a *dog \\+Good \\-Bad*.\nA *cat*", "distractors": "*cow*"}
MARKS = {"textField": "<p>(The *quick*, brown *fox*.)</p><p>jumps&nbsp;over **it</p>"}


@pytest.mark.parametrize(
    ("name", "params", "response", "expected"),
    [
        ("TrueFalse", TRUE, "true", 1),
        ("TrueFalse", TRUE, "false", 0),
        ("TrueFalse", TRUE, "", 0),
        ("TrueFalse", {}, "", 0),
        ("MultiChoice", choices(False, True), "1", 1),
        ("MultiChoice", choices(False, True), "0", 0),
        ("MultiChoice", choices(False, True), "0[,]1", 0),
        ("MultiChoice", choices(True, True, False), "0[,]1", 1),
        ("MultiChoice", choices(True, True, False), "0", 0.5),
        ("MultiChoice", choices(True, True, False), "0[,]2", 0),
        ("MultiChoice", choices(True, True, False), "0[,]1[,]2[,]9", 0.5),
        ("MultiChoice", choices(True, True, singlePoint=True), "0", 0),
        ("MultiChoice", choices(True, True, singlePoint=True, passPercentage=50), "0", 1),
        ("MultiChoice", choices(False, False), "", 1),
        ("MultiChoice", choices(False, False), "0", 0),
        ("MultiChoice", choices(True, False, type="multi"), "0", 1),
        ("Blanks", CLOZE, "Oslo[,]Tromsø & co[,]x", 1),
        ("Blanks", CLOZE, "oslo by[,]Tromsø & co[,]X", pytest.approx(2 / 3)),
        (
            "Blanks",
            CLOZE | {"behaviour": {"caseSensitive": False}},
            "OSLO[,][,]X",
            pytest.approx(2 / 3),
        ),
        (
            "Blanks",
            CLOZE | {"behaviour": {"acceptSpellingErrors": True}},
            "Osol[,]Tromso & oc[,]y",
            pytest.approx(2 / 3),
        ),
        ("Blanks", CLOZE, "Oslo", 0),
        ("DragText", GAPS, "cat[,]dog[,]cat", 1),
        ("DragText", GAPS, "dog[,]cat[,]", 0),
        ("DragText", GAPS, "cow[,]dog[,]cat", pytest.approx(2 / 3)),
        ("MarkTheWords", MARKS, "1[,]3", 1),
        ("MarkTheWords", MARKS, "1[,]0", 0),
        ("MarkTheWords", MARKS, "1", 0.5),
        ("MarkTheWords", {"textField": "none here"}, "", 1),
        ("MarkTheWords", {"textField": "none here"}, "1", 0),
    ],
)
def test_a_response_is_worth_what_the_type_itself_counts(
    name: str, params: dict[str, Any], response: str, expected: float
) -> None:
    assert fraction(name, params, response) == expected


def question(name: str, key: str, params: dict[str, Any]) -> dict[str, Any]:
    return {"library": f"H5P.{name} 1.6", "subContentId": key, "params": params}


SET = {"questions": [question("TrueFalse", key, TRUE) for key in "abcd"]}
SINGLES = {
    "choices": [{"question": "?", "answers": ["x", "y"], "subContentId": key} for key in "st"]
}


def test_a_set_is_worth_the_sum_of_its_questions() -> None:
    assert fraction("QuestionSet", SET, a="true", b="true", c="false") == 0.5
    assert fraction("QuestionSet", SET) == 0


def test_of_a_pool_only_what_was_drawn_counts_and_nobody_draws_more() -> None:
    pool = SET | {"poolSize": 2}
    assert fraction("QuestionSet", pool, a="true", b="true") == 1
    assert fraction("QuestionSet", pool, a="true") == 0.5
    assert fraction("QuestionSet", pool, a="true", b="true", c="true") == 0


def test_a_single_choice_set_has_its_right_answers_first() -> None:
    assert fraction("SingleChoiceSet", SINGLES, s="0", t="1") == 0.5
    assert fraction("SingleChoiceSet", {"choices": [{"answers": ["x"]}]}) is None


def test_a_column_counts_its_tasks_and_passes_over_its_texts() -> None:
    parts = [
        {"library": "H5P.AdvancedText 1.1", "subContentId": "t", "params": {"text": "<p></p>"}},
        question("QuestionSet", "q", SET),
        question("SingleChoiceSet", "s0", SINGLES),
    ]
    params = {"content": [{"content": part} for part in parts] + [{}]}
    assert fraction("Column", params, a="true", b="true", c="true", d="true", s="0", t="0") == 1
    assert fraction("Column", params, s="0", t="0") == pytest.approx(2 / 6)


def test_a_composite_with_a_part_that_cannot_be_graded_cannot_be() -> None:
    parts = [question("TrueFalse", "a", TRUE), question("DragQuestion", "d", {})]
    assert fraction("Column", {"content": [{"content": part} for part in parts]}) is None
    assert fraction("QuestionSet", {"questions": parts}) is None
    assert fraction("Column", {"content": []}) is None
    assert grade("H5P.TrueFalse", 2, TRUE, Answer("true")) is None


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["questions", "choices", "answers", "content", "library", "params", "behaviour"]
                + ["correct", "textField", "poolSize", "weight", "subContentId"]
            ),
            inner,
            max_size=5,
        )
    ),
    max_leaves=12,
)
RESPONSES = st.text(alphabet="01a*[,].", max_size=12)


@given(
    params=st.dictionaries(
        st.sampled_from(
            ["questions", "choices", "answers", "content", "behaviour", "correct", "textField"]
        ),
        JSON,
        max_size=5,
    ),
    response=RESPONSES,
    parts=st.dictionaries(st.text(max_size=2), RESPONSES, max_size=3),
)
def test_any_content_and_any_response_give_a_fraction_or_nothing(
    params: dict[str, Any], response: str, parts: dict[str, str]
) -> None:
    for name, major in GRADERS:
        points = grade(name, major, params, Answer(response, parts))
        assert points is None or 0 <= points.fraction <= 1
