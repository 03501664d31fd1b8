"""What holds for every content type and every content."""

import json
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from courses.h5p.library import LibraryName
from courses.h5p.semantics.check import faults
from courses.h5p.semantics.clean import clean, editable
from courses.h5p.semantics.compare import differences
from courses.h5p.semantics.defaults import complete
from courses.h5p.semantics.fields import ABSENT, Field
from courses.h5p.semantics.form import describe
from courses.h5p.semantics.reading import read_fields
from courses.h5p.semantics.texts import texts, with_texts
from courses.h5p.semantics.walk import ContentType, SemanticsOf, keys_to, walk
from tests.courses.h5p.semantics.generated import FILES, NONSENSE, contents

Content = tuple[tuple[Field, ...], dict[str, Any], SemanticsOf]
# A whole content type is drawn each time, which takes a busy machine a while.
PATIENT = settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
MEDIA = frozenset(FILES.values())


def unknown_keys(value: Any) -> int:
    if isinstance(value, dict):
        return ("unknown" in value) + sum(map(unknown_keys, value.values()))
    return sum(map(unknown_keys, value)) if isinstance(value, list) else 0


@given(contents())
@PATIENT
def test_content_that_fits_has_no_faults_once_it_is_complete(content: Content) -> None:
    fields, params, find = content
    # The innermost library of a generated content is cut short.
    found = faults(fields, complete(fields, params, find), find, files=MEDIA)
    assert [fault for fault in found if fault.path.count(".params.") < 2] == []


@given(contents())
@PATIENT
def test_completing_and_cleaning_twice_changes_nothing(content: Content) -> None:
    fields, params, find = content
    completed = complete(fields, params, find)
    assert complete(fields, completed, find) == completed
    cleaned = clean(fields, completed, find)
    assert clean(fields, cleaned, find) == cleaned
    assert complete(fields, cleaned, find) == cleaned


@given(contents())
@PATIENT
def test_what_an_author_did_not_touch_is_saved_as_it_was(content: Content) -> None:
    fields, params, find = content
    cleaned = clean(fields, complete(fields, params, find), find)
    assert clean(fields, editable(fields, cleaned, find), find) == cleaned


@given(contents())
@PATIENT
def test_what_the_semantics_do_not_mention_survives(content: Content) -> None:
    fields, params, find = content
    after = clean(fields, complete(fields, params, find), find)
    assert unknown_keys(after) == unknown_keys(params)


@given(contents())
@PATIENT
def test_every_place_has_a_path_that_leads_back_to_it(content: Content) -> None:
    fields, params, find = content
    params = complete(fields, params, find)
    nodes = list(walk(fields, params, find))
    assert len({node.path for node in nodes}) == len(nodes)
    for node in nodes:
        if node.value is not ABSENT:
            assert keys_to(node.path, params) == node.keys


@given(contents())
@PATIENT
def test_a_translation_is_read_back_and_is_all_that_differs(content: Content) -> None:
    fields, params, find = content
    params = clean(fields, complete(fields, params, find), find)
    translated = {
        text.path: f"ほ{number}" for number, text in enumerate(texts(fields, params, find))
    }

    after = with_texts(params, translated)

    assert {text.path: text.value for text in texts(fields, after, find)} == translated
    assert differences(fields, params, params, find) == []
    assert {one.path for one in differences(fields, params, after, find)} == set(translated)


@given(NONSENSE, NONSENSE, NONSENSE)
@settings(PATIENT, max_examples=150)
def test_nothing_fails_on_semantics_and_content_that_make_no_sense(
    semantics: Any, words: Any, params: Any
) -> None:
    fields = read_fields([semantics, {"name": "a", "type": "library"}], words)
    described = describe(fields, installed={LibraryName("H5P.Inner", 1, 4): "Inner"})
    assert json.loads(json.dumps(described)) == described

    def find(label: str) -> ContentType | None:
        return ContentType(label, "", fields) if label == "H5P.Inner 1.0" else None

    given_params = {"a": params, "b": params}
    completed = complete(fields, given_params, find)
    assert completed.keys() >= given_params.keys()
    cleaned = clean(fields, completed, find)
    assert clean(fields, cleaned, find) == cleaned
    json.dumps([faults(fields, cleaned, find, files=())[:0], editable(fields, cleaned, find)])
    with_texts(cleaned, {text.path: "x" for text in texts(fields, cleaned, find)})
    assert differences(fields, cleaned, cleaned, find) == []
    differences(fields, given_params, {"a": 1}, find)


@given(st.integers(1, 2_000))
@settings(PATIENT, max_examples=20)
def test_semantics_nested_without_end_are_cut_off(depth: int) -> None:
    raw: dict[str, Any] = {"name": "a", "type": "text"}
    for _ in range(depth):
        raw = {"name": "a", "type": "group", "fields": [raw]}
    assert describe(read_fields([raw]), installed={})[0]["kind"] == "group"
