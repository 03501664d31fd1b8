from io import BytesIO
from zipfile import ZipFile

from hypothesis import given
from hypothesis import strategies as st

from courses.h5p.library import LibraryName
from courses.h5p.limits import Limits
from courses.h5p.package import read_package
from courses.h5p.packing import complete_metadata, write_package
from tests.courses.h5p.packages import as_installed, as_json, h5p_json, library_json, library_of
from tests.courses.h5p.test_strict_json import VALUES

QUIZ = LibraryName("H5P.Quiz", 1, 2)
NAMES = st.from_regex(r"[a-z]{1,8}(/[a-z]{1,8}){0,2}\.txt", fullmatch=True)


@given(st.dictionaries(st.text("abc", min_size=1), VALUES), st.dictionaries(NAMES, st.binary()))
def test_what_was_written_is_read_back(params: dict[str, object], media: dict[str, bytes]) -> None:
    content = {f"content/media/{name}": data for name, data in media.items()}
    # A file cannot also be a folder; names made at random sometimes ask for it.
    content = {
        name: data
        for name, data in content.items()
        if not any(other.startswith(f"{name}/") for other in content)
    }
    content["content/content.json"] = as_json(params)
    data = write_package(metadata=h5p_json(), content=content, libraries={})

    installed = as_installed(library_of("H5P.Quiz 1.2"))
    with read_package(BytesIO(data), installed=installed, limits=Limits()) as package:
        assert package.params == params
        assert {name: file.read() for name, file in package.files.items()} == content


def test_the_same_content_gives_the_same_bytes() -> None:
    content = {"content/content.json": b"{}", "content/a.png": b"x"}
    libraries = {"H5P.Quiz-1.2": {"library.json": as_json(library_json()), "quiz.js": b""}}

    def write(backwards: bool) -> bytes:
        files = dict(reversed(content.items())) if backwards else content
        return write_package(metadata=h5p_json(), content=files, libraries=libraries)

    assert write(backwards=False) == write(backwards=True)


def test_h5p_json_comes_first_and_no_date_is_told() -> None:
    data = write_package(metadata=h5p_json(), content={"content/content.json": b"{}"}, libraries={})
    with ZipFile(BytesIO(data)) as archive:
        assert archive.namelist() == ["h5p.json", "content/content.json"]
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_completed_metadata_lists_every_library_with_the_main_one_first() -> None:
    metadata = h5p_json(editorDependencies=[{}], dynamicDependencies=[], source="here")
    other = LibraryName("H5P.Question", 1, 4)
    completed = complete_metadata(metadata, QUIZ, [other, QUIZ])
    assert completed["preloadedDependencies"] == [
        {"machineName": "H5P.Quiz", "majorVersion": 1, "minorVersion": 2},
        {"machineName": "H5P.Question", "majorVersion": 1, "minorVersion": 4},
    ]
    assert completed["source"] == "here"
    assert not {"editorDependencies", "dynamicDependencies"} & completed.keys()
    assert complete_metadata(completed, QUIZ, [other, QUIZ]) == completed
