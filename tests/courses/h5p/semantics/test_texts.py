"""What a translator gets to see, and what becomes of the translation."""

from courses.h5p.semantics.texts import Text, texts, with_texts
from tests.courses.h5p.semantics.examples import FIELDS, SOUND, find, picture

PARAMS = SOUND | {
    "hint": "12:30",
    "l10n": {"check": "A &amp; B", "retry": ""},
    "answers": [{"text": "一", "x": 1}, {"text": "<x"}],
    "media": picture(alt="窓") | {"metadata": {"title": "写真"}},
    "zoom": "拡大",
    "own": "not a field",
}


def test_every_text_is_listed_with_its_place_and_what_is_around_it() -> None:
    assert texts(FIELDS, PARAMS, find) == [
        Text("question", "Question", "<p>はい？</p>", "html", False),
        Text("l10n.check", "Words", "A & B", "text", True),
        Text("answers[0].text", "Answer 1 › Text", "一", "text", False),
        Text("answers[1].text", "Answer 2 › Text", "<x", "text", False),
        Text("media.metadata.title", "media.metadata.title", "写真", "text", False),
        Text("media.params.alt", "Alternative text", "窓", "text", False),
        Text("zoom", "zoom", "拡大", "text", False),
    ]


def test_hidden_texts_are_left_out() -> None:
    assert "zoom" not in {text.path for text in texts(FIELDS, PARAMS | {"media": {}}, find)}


def test_translations_go_to_their_places_and_nowhere_else() -> None:
    after = with_texts(
        PARAMS,
        {"answers[1].text": "two", "media.metadata.title": "Photo", "gone[3].x": "x", "": "x"},
    )
    assert after["answers"] == [{"text": "一", "x": 1}, {"text": "two"}]
    assert after["media"]["metadata"] == {"title": "Photo"}
    assert PARAMS["answers"][1] == {"text": "<x"}
    assert after | {"answers": 0, "media": 0} == PARAMS | {"answers": 0, "media": 0}


def test_names_with_dots_and_brackets_are_found() -> None:
    params = {"a.b": {"c[0]": "x"}, "a": {"b": "y"}}
    assert with_texts(params, {"a.b.c[0]": "z"}) == {"a.b": {"c[0]": "z"}, "a": {"b": "y"}}
