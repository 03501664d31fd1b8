"""Packages as a whole: what is refused and why, what is accepted, what is understood of it."""

import subprocess
import sys
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

from courses.h5p.library import LibraryName
from courses.h5p.limits import Limits
from courses.h5p.package import Package, libraries_named_in, read_package
from courses.h5p.refusals import PackageRefused
from tests.courses.h5p import packages
from tests.courses.h5p.hostile import PNG, SVG, with_library, with_metadata
from tests.courses.h5p.packages import (
    Entry,
    as_installed,
    as_json,
    h5p_json,
    library_json,
    library_of,
    need,
    pack,
    package,
    package_files,
)

QUESTION = library_of("H5P.Question 1.4")


def read(file: BytesIO, *installed: Any, **limits: int) -> Package:
    return read_package(file, installed=as_installed(*installed), limits=Limits(**limits))


def test_json_beyond_the_size_limit_is_refused_unread() -> None:
    with pytest.raises(PackageRefused) as caught:
        read(package(Entry("content/x.json", b"1" * 2_000)), json_bytes=1_000)
    assert (caught.value.reason, caught.value.place) == ("json_too_large", "content/x.json")


def test_an_upload_cannot_bring_other_contents_of_an_installed_library() -> None:
    installed = library_of("H5P.Quiz 1.2")
    with pytest.raises(PackageRefused) as caught:
        read(package(), installed)
    assert caught.value.reason == "library_differs"
    assert "H5P.Quiz 1.2" in caught.value.message


def test_a_sound_package_is_understood() -> None:
    file = package(Entry("content/images/窓.png", PNG), Entry("content/x.svg", SVG))
    with read(file) as found:
        assert found.title == "窓口の確認"
        assert found.language == "ja"
        assert found.params == {"question": "はい"}
        assert found.main.name == LibraryName("H5P.Quiz", 1, 2)
        assert set(found.files) == {
            "content/content.json",
            "content/images/窓.png",
            "content/x.svg",
        }
        assert found.files["content/images/窓.png"].read() == PNG
        assert set(found.libraries[found.main.name].files) == {"library.json", "quiz.js"}


@pytest.mark.parametrize(
    "file",
    [
        with_metadata(language=None),
        with_metadata(title=None),
        with_metadata(
            preloadedDependencies=[
                need("H5P.Quiz 1.2") | {"majorVersion": "1", "minorVersion": "2"}
            ]
        ),
        with_library(majorVersion="1", minorVersion="2", patchVersion="3"),
        pack(package_files() | {"h5p.json": b"\xef\xbb\xbf" + as_json(h5p_json())}),
        package(Entry("h5p.jpg", b"preview")),
        package(Entry("content/か\u3099.png", PNG)),
        package(Entry("content/窓.txt".encode("cp932"), b"x", flags=0)),
        package(Entry("content/x.txt", b"x", flags=packages.UTF8 | packages.DESCRIPTOR)),
        with_library(editorDependencies=[need("H5PEditor.Gone 1.0")]),
        with_library(editorDependencies=[need("H5P.Quiz 1.2")]),
        package(params={"library": "not a library", "a": [None, 1.5, True]}),
        package(params={"library": ""}),
    ],
)
def test_what_real_packages_do_is_accepted(file: BytesIO) -> None:
    with read(file) as found:
        assert found.main.name.machine_name == "H5P.Quiz"


def test_a_missing_title_and_language_get_a_stand_in() -> None:
    with read(with_metadata(title=None, language=None)) as found:
        assert (found.title, found.language) == ("Quiz", "und")


def test_a_package_may_leave_out_what_is_installed() -> None:
    installed = library_of("H5P.Quiz 1.2", preloadedDependencies=[need("H5P.Question 1.4")])
    with read(package(libraries={}), installed, QUESTION) as found:
        assert [library.name.label for library in found.closure] == [
            "H5P.Question 1.4",
            "H5P.Quiz 1.2",
        ]
        assert found.libraries == {}


def test_libraries_that_only_the_content_names_are_in_the_closure() -> None:
    params = {"slides": [{"action": {"library": "H5P.Question 1.4", "params": {}}}]}
    with read(package(params=params), QUESTION) as found:
        assert {library.name.label for library in found.closure} == {
            "H5P.Question 1.4",
            "H5P.Quiz 1.2",
        }


def test_libraries_are_found_at_any_depth_of_the_parameters() -> None:
    params = {"a": [[{"library": "H5P.B 2.0", "params": {"c": {"library": "H5P.A 1.10"}}}]]}
    assert [name.label for name in libraries_named_in(params)] == ["H5P.A 1.10", "H5P.B 2.0"]


def test_a_library_inside_content_is_not_a_library() -> None:
    file = package(
        Entry("content/H5P.Evil-1.0/library.json", as_json(library_json("H5P.Evil 1.0")))
    )
    with read(file) as found:
        assert list(found.libraries) == [LibraryName("H5P.Quiz", 1, 2)]


def test_the_digest_is_of_the_content_and_not_of_its_wrapping() -> None:
    def digest(file: BytesIO, *installed: Any) -> str:
        with read(file, *installed) as found:
            return found.digest

    plain = digest(package())
    files = package_files()
    assert digest(pack(dict(reversed(files.items())))) == plain
    assert digest(package(libraries={}), library_of("H5P.Quiz 1.2")) == plain
    assert (
        digest(pack(files | {"content/content.json": '{ "question":\n"はい" }'.encode()})) == plain
    )
    assert digest(with_metadata(editorDependencies=[need("H5PEditor.X 1.0")])) == plain

    assert digest(package(params={"question": "いいえ"})) != plain
    assert digest(with_metadata(title="別")) != plain
    assert digest(package(Entry("content/x.txt", b"x"))) != plain
    assert digest(package(Entry("content/x.txt", b"x"))) != digest(
        package(Entry("content/x.txt", b"y"))
    )


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where temporary folders are made for the length of the test."""
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    with TemporaryDirectory() as probe:
        assert Path(probe).parent == tmp_path
    return tmp_path


def test_a_closed_package_leaves_no_files(temporary: Path) -> None:
    with read(package()):
        assert list(temporary.iterdir()) != []
    assert list(temporary.iterdir()) == []


def test_the_engine_runs_without_django() -> None:
    """It may deserve a life of its own; what it may import is part of what it promises."""
    modules = ", ".join(
        f"courses.h5p.{name}"
        for name in ("archive", "directory", "origins", "package", "packing", "player", "semantics")
    )
    script = f"import sys; sys.modules['django'] = None; import {modules}"
    subprocess.run([sys.executable, "-c", script], check=True, cwd=Path(__file__).parents[3])
