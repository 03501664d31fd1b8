from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.h5p.library import (
    Kind,
    Library,
    LibraryName,
    parse_folder,
    parse_label,
    parse_library,
    preloaded_closure,
)
from courses.h5p.refusals import PackageRefused
from tests.courses.h5p.packages import library_json, library_of, need

QUIZ = LibraryName("H5P.Quiz", 1, 2)


def parse(folder: str = "H5P.Quiz-1.2", **changes: Any) -> Library:
    return parse_library(library_json(**changes), folder=folder, place="library.json")


def refusal(folder: str = "H5P.Quiz-1.2", **changes: Any) -> PackageRefused:
    with pytest.raises(PackageRefused) as caught:
        parse(folder, **changes)
    return caught.value


def test_a_library_json_is_understood() -> None:
    library = parse(
        preloadedCss=[{"path": "./css/quiz.css"}],
        preloadedDependencies=[need("H5P.Question 1.4"), need("H5P.Question 1.4")],
        editorDependencies=[need("H5PEditor.X 1.0")],
    )
    assert (library.name, library.patch, library.runnable) == (QUIZ, 3, True)
    assert (library.scripts, library.styles) == (("quiz.js",), ("css/quiz.css",))
    assert library.needs[Kind.PRELOADED] == (LibraryName("H5P.Question", 1, 4),)
    assert library.needs[Kind.DYNAMIC] == ()


def test_versions_may_be_written_as_text() -> None:
    library = parse(majorVersion="1", minorVersion="2", patchVersion="3", runnable="1")
    assert (library.name, library.patch, library.runnable) == (QUIZ, 3, True)


@pytest.mark.parametrize("folder", ["H5P.Quiz-1.2", "H5P.Quiz-1.2.3", "H5P.Quiz"])
def test_a_folder_may_be_named_with_or_without_version(folder: str) -> None:
    assert parse(folder).name == QUIZ


@pytest.mark.parametrize("folder", ["H5P.Quiz-1.3", "H5P.Quiz-1.2.4", "H5P.Other-1.2", "quiz"])
def test_a_folder_of_another_library_is_refused(folder: str) -> None:
    assert refusal(folder).reason == "library_folder"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("machineName", None),
        ("machineName", "../pwned"),
        ("machineName", "H5P..Quiz"),
        ("machineName", "H5P/Quiz"),
        ("machineName", ".Quiz"),
        ("machineName", "Ｈ5P"),
        ("machineName", "x" * 101),
        ("machineName", 1),
        ("majorVersion", None),
        ("majorVersion", -1),
        ("majorVersion", "1.0"),
        ("majorVersion", True),
        ("majorVersion", 10**9),
        ("majorVersion", "１"),
        ("patchVersion", None),
        ("title", None),
        ("title", " "),
        ("runnable", 2),
        ("runnable", "yes"),
        ("coreApi", "1.19"),
        ("preloadedJs", "quiz.js"),
        ("preloadedJs", ["quiz.js"]),
        ("preloadedJs", [{"path": "../other/quiz.js"}]),
        ("preloadedJs", [{"path": "js/../../quiz.js"}]),
        ("preloadedJs", [{"path": "/quiz.js"}]),
        ("preloadedJs", [{"path": "https://example.com/quiz.js"}]),
        ("preloadedCss", [{"path": ""}]),
        ("preloadedCss", [{"path": "a\\b.css"}]),
        ("preloadedDependencies", {"machineName": "H5P.X"}),
        ("preloadedDependencies", [{"machineName": "H5P.X"}]),
        ("dynamicDependencies", ["H5P.X 1.0"]),
        ("editorDependencies", [{"machineName": "../x", "majorVersion": 1, "minorVersion": 0}]),
    ],
)
def test_a_wrong_field_is_refused_and_named(field: str, value: Any) -> None:
    error = refusal(**{field: value})
    assert error.reason == "library_json_field"
    assert (error.params["field"], error.place) == (field, "library.json")


def test_a_library_for_a_newer_core_is_refused() -> None:
    parse(coreApi={"majorVersion": 1, "minorVersion": 28})
    for major, minor in ((1, 29), (2, 0)):
        error = refusal(coreApi={"majorVersion": major, "minorVersion": minor})
        assert error.reason == "library_too_new"


NAMES = st.builds(
    LibraryName,
    st.from_regex(r"[A-Za-z][A-Za-z0-9]{0,8}([.-][A-Za-z0-9]{1,8}){0,2}", fullmatch=True),
    st.integers(0, 999),
    st.integers(0, 999),
)


@given(NAMES)
def test_a_name_is_read_back_from_its_folder_and_its_label(name: LibraryName) -> None:
    assert parse_folder(name.folder) == name
    assert parse_label(name.label) == name


@pytest.mark.parametrize("text", ["H5P.Quiz", "H5P.Quiz 1", "H5P.Quiz 1.2.3", "", "../x 1.2", 7])
def test_what_is_no_library_is_none(text: Any) -> None:
    assert parse_label(text) is None


def graph_of(needs: dict[str, list[str]], kind: str = "preloaded") -> dict[LibraryName, Library]:
    libraries = [
        library_of(name, **{f"{kind}Dependencies": [need(other) for other in others]})
        for name, others in needs.items()
    ]
    return {library.name: library for library in libraries}


def closure(needs: dict[str, list[str]], *roots: str, kind: str = "preloaded") -> list[str]:
    names = [name for root in roots if (name := parse_label(root)) is not None]
    found = preloaded_closure(names, graph_of(needs, kind).get)
    return [library.name.label for library in found]


def test_the_closure_holds_each_library_after_those_it_needs() -> None:
    needs = {
        "A 1.0": ["B 1.0", "C 1.0"],
        "B 1.0": ["D 1.0"],
        "C 1.0": ["D 1.0"],
        "D 1.0": [],
        "E 1.0": [],
    }
    assert closure(needs, "A 1.0") == ["D 1.0", "B 1.0", "C 1.0", "A 1.0"]
    assert closure(needs, "E 1.0", "B 1.0")[-1] in ("E 1.0", "B 1.0")


def test_two_minor_versions_stand_side_by_side() -> None:
    needs = {"A 1.0": ["B 1.0", "B 1.1"], "B 1.0": [], "B 1.1": []}
    assert closure(needs, "A 1.0") == ["B 1.0", "B 1.1", "A 1.0"]


def test_a_circle_of_preloaded_libraries_is_refused() -> None:
    with pytest.raises(PackageRefused) as caught:
        closure({"A 1.0": ["B 1.0"], "B 1.0": ["A 1.0"]}, "A 1.0")
    assert caught.value.reason == "dependency_cycle"
    assert "B 1.0" in caught.value.message


def test_a_circle_of_editor_libraries_is_normal() -> None:
    assert closure({"A 1.0": ["B 1.0"], "B 1.0": ["A 1.0"]}, "A 1.0", kind="editor") == ["A 1.0"]


def test_a_missing_library_is_named_with_the_one_that_needs_it() -> None:
    with pytest.raises(PackageRefused) as caught:
        closure({"A 1.0": ["B 1.0"]}, "A 1.0")
    error = caught.value
    assert (error.reason, error.place, error.params) == (
        "dependency_missing",
        "A 1.0",
        {"library": "B 1.0"},
    )


def test_a_chain_longer_than_the_stack_is_followed() -> None:
    count = 3_000
    needs = {f"L{n} 1.0": [f"L{n + 1} 1.0"] for n in range(count)} | {f"L{count} 1.0": []}
    assert len(closure(needs, "L0 1.0")) == count + 1
