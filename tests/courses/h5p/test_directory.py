from pathlib import Path
from zipfile import ZipFile

import pytest

from courses.h5p.directory import libraries_in
from courses.h5p.library import LibraryName
from courses.h5p.limits import Limits
from courses.h5p.package import LibraryFiles, read_package
from courses.h5p.refusals import PackageRefused
from tests.courses.h5p.packages import library_folder, pack, package_files

QUIZ = LibraryName("H5P.Quiz", 1, 2)


def unpack(directory: Path, files: dict[str, bytes]) -> Path:
    for name, data in files.items():
        path = directory / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return directory


def read(directory: Path) -> dict[LibraryName, LibraryFiles]:
    return libraries_in(directory, limits=Limits())


def reason_of(directory: Path) -> str:
    with pytest.raises(PackageRefused) as caught:
        read(directory)
    return caught.value.reason


def test_unpacked_libraries_are_found_beside_other_folders(tmp_path: Path) -> None:
    unpack(tmp_path, package_files() | {"README.txt": b"", "H5P.Quiz-1.2/.gitignore": b""})
    found = read(tmp_path)
    assert list(found) == [QUIZ]
    assert set(found[QUIZ].files) == {"library.json", "quiz.js"}


def test_a_library_has_the_same_digest_unpacked_and_packed(tmp_path: Path) -> None:
    unpacked = read(unpack(tmp_path, library_folder()))
    with read_package(pack(package_files()), installed={}) as package:
        assert package.libraries[QUIZ].digest == unpacked[QUIZ].digest


def test_the_official_libraries_break_no_rule(official: Path) -> None:
    found = read(official)
    assert LibraryName("H5P.TrueFalse", 1, 6) in found
    assert {folder.name for folder in official.iterdir() if (folder / "library.json").exists()} == {
        name.folder for name in found
    }


def test_a_link_out_of_the_folder_is_refused(tmp_path: Path) -> None:
    unpack(tmp_path, library_folder())
    (tmp_path / "H5P.Quiz-1.2" / "passwd.txt").symlink_to("/etc/passwd")
    assert reason_of(tmp_path) == "special_file"


def test_the_rules_of_packages_hold(tmp_path: Path) -> None:
    assert reason_of(unpack(tmp_path / "a", library_folder() | {"H5P.Quiz-1.2/x.php": b""})) == (
        "extension_not_allowed"
    )
    twice = library_folder() | {
        name.replace("-1.2", ""): data for name, data in library_folder().items()
    }
    assert reason_of(unpack(tmp_path / "b", twice)) == "library_duplicate"


def test_a_real_package_made_of_official_files_is_read(official: Path, tmp_path: Path) -> None:
    """The official sample as a .h5p, packed by a program that is not ours."""
    path = tmp_path / "sample.h5p"
    with ZipFile(path, "w") as archive:
        for file in sorted(official.rglob("*")):
            if file.is_file() and file.name != "H5P_CONTENT_HERE.txt":
                archive.write(file, file.relative_to(official))
    with path.open("rb") as packed, read_package(packed, installed={}) as package:
        assert package.main.name.label == "H5P.TrueFalse 1.6"
        assert [library.name.label for library in package.closure][-1] == "H5P.TrueFalse 1.6"
        assert len(package.closure) == 8
