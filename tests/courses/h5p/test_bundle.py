"""Bundles of libraries: each library is judged, and what needs a refused one is refused too."""

from io import BytesIO
from typing import Any

import pytest

from courses.h5p.bundle import Bundle, Verdict, read_bundle
from courses.h5p.library import Kind, Library, LibraryName
from courses.h5p.package import Installed
from courses.h5p.refusals import PackageRefused
from tests.courses.h5p.packages import (
    Entry,
    as_json,
    library_folder,
    library_json,
    library_of,
    need,
    pack,
    package,
)


def read(file: BytesIO, *installed: Library, digest: str = "0" * 64) -> Bundle:
    at_hand = {library.name: Installed(library, digest) for library in installed}
    return read_bundle(file, installed=at_hand)


def verdicts(file: BytesIO, *installed: Library, **options: Any) -> dict[str, str]:
    with read(file, *installed, **options) as bundle:
        return {
            found.folder: found.refusal.reason if found.refusal else str(found.verdict)
            for found in bundle.findings
        }


def digest_of(file: BytesIO) -> str:
    with read(file) as bundle:
        return bundle.to_write[0].digest


def test_a_package_and_bare_library_folders_are_both_bundles() -> None:
    assert verdicts(package()) == {"H5P.Quiz-1.2": "new"}
    libraries = library_folder() | library_folder("H5P.B 1.0")
    assert verdicts(pack(libraries)) == {"H5P.B-1.0": "new", "H5P.Quiz-1.2": "new"}


@pytest.mark.parametrize(
    ("patch", "installed_patch", "expected"),
    [(4, 3, "upgrade"), (3, 4, "older"), (3, 3, "library_differs")],
)
def test_the_patch_version_decides_over_an_installed_library(
    patch: int, installed_patch: int, expected: str
) -> None:
    installed = library_of(patchVersion=installed_patch)
    found = verdicts(pack(library_folder(patchVersion=patch)), installed)
    assert found == {"H5P.Quiz-1.2": expected}


def test_the_same_library_again_changes_nothing() -> None:
    digest = digest_of(pack(library_folder()))
    found = verdicts(pack(library_folder()), library_of(), digest=digest)
    assert found == {"H5P.Quiz-1.2": "same"}


def test_one_bad_library_does_not_spoil_the_others() -> None:
    files = library_folder() | library_folder("H5P.B 1.0", title=None)
    with read(pack(files)) as bundle:
        bad, good = bundle.findings
        assert (bad.folder, bad.verdict, bad.library) == ("H5P.B-1.0", Verdict.REFUSED, None)
        assert bad.refusal is not None
        assert bad.refusal.place == "H5P.B-1.0/library.json"
        assert [files.library for files in bundle.to_write] == [good.library]


def test_what_needs_a_refused_library_is_refused_with_it() -> None:
    files = (
        library_folder("H5P.A 1.0", preloadedDependencies=[need("H5P.B 1.0")])
        | library_folder("H5P.B 1.0", dynamicDependencies=[need("H5P.C 1.0")])
        | library_folder("H5P.C 1.0", title=None)
        | library_folder("H5P.D 1.0", editorDependencies=[need("H5P.C 1.0")])
    )
    assert verdicts(pack(files)) == {
        "H5P.A-1.0": "dependency_missing",
        "H5P.B-1.0": "dependency_missing",
        "H5P.C-1.0": "library_json_field",
        "H5P.D-1.0": "new",
    }
    # An installed one of that version serves as well.
    assert verdicts(pack(files), library_of("H5P.C 1.0"))["H5P.A-1.0"] == "new"


def test_libraries_that_load_each_other_in_a_circle_are_refused() -> None:
    files = library_folder("H5P.A 1.0", preloadedDependencies=[need("H5P.B 1.0")])
    files |= library_folder("H5P.B 1.0", preloadedDependencies=[need("H5P.A 1.0")])
    assert set(verdicts(pack(files | library_folder())).values()) == {"dependency_cycle", "new"}


def test_a_library_in_two_folders_is_taken_once() -> None:
    twice = {"H5P.Quiz/library.json": as_json(library_json(preloadedJs=None))}
    found = verdicts(pack(library_folder() | twice))
    assert found == {"H5P.Quiz": "new", "H5P.Quiz-1.2": "library_duplicate"}


def test_two_minor_versions_stand_side_by_side() -> None:
    installed = library_of("H5P.Quiz 1.2")
    assert verdicts(pack(library_folder("H5P.Quiz 1.3")), installed) == {"H5P.Quiz-1.3": "new"}


@pytest.mark.parametrize(
    ("file", "reason"),
    [
        (pack({"readme.txt": b"x"}), "libraries_missing"),
        (pack({"h5p.json": b"{}", "content/content.json": b"{}"}), "libraries_missing"),
        (BytesIO(b"<html>"), "not_a_zip"),
        (package(Entry("../x.js")), "name_segment"),
    ],
)
def test_a_file_that_is_no_bundle_is_refused_as_a_whole(file: BytesIO, reason: str) -> None:
    with pytest.raises(PackageRefused) as caught:
        read(file)
    assert caught.value.reason == reason


def test_the_fingerprint_follows_what_installing_would_do() -> None:
    file = pack(library_folder())

    def fingerprint(*installed: Library) -> str:
        with read(file, *installed) as bundle:
            return bundle.fingerprint

    assert fingerprint() == fingerprint()
    assert fingerprint() != fingerprint(library_of(patchVersion=2))


def test_dependencies_of_every_kind_are_read() -> None:
    files = library_folder(editorDependencies=[need("H5PEditor.X 1.0")])
    with read(pack(files)) as bundle:
        assert bundle.to_write[0].library.needs[Kind.EDITOR] == (LibraryName("H5PEditor.X", 1, 0),)
