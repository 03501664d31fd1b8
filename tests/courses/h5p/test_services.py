"""Installing: files and rows together or not at all, and nothing replaced unasked."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest
from django.db import IntegrityError, connection
from django.utils import translation

from courses.h5p import services, storage
from courses.h5p.library import LibraryName
from courses.h5p.models import H5PContent, H5PLibrary, H5PLibraryDependency
from courses.h5p.package import Package, read_package
from courses.h5p.refusals import REASONS, PackageRefused
from courses.h5p.selectors import (
    content_types,
    installed_libraries,
    library_named,
    newest_library,
)
from courses.h5p.semantics.check import ParamsRefused
from courses.h5p.services import (
    create_content,
    export_content,
    install_libraries_from_directory,
    install_package,
)
from tests.courses.h5p.packages import (
    Entry,
    as_json,
    library_folder,
    library_json,
    need,
    pack,
    package,
    package_files,
)
from tests.courses.h5p.test_directory import unpack

pytestmark = pytest.mark.django_db

QUIZ = LibraryName("H5P.Quiz", 1, 2)
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 20


def files_below(root: Path) -> list[str]:
    return sorted(path.name for path in root.rglob("*") if path.is_file())


def media_of(content: H5PContent) -> dict[str, bytes | None]:
    return {used.name: storage.read_file(used.file.stored_in) for used in content.files.all()}


def install(file: BytesIO, **options: Any) -> H5PContent:
    return install_package(file=file, may_install_libraries=True, **options)


def refusal(call: Callable[[], object]) -> PackageRefused:
    with pytest.raises(PackageRefused) as caught:
        call()
    return caught.value


# --- packages -----------------------------------------------------------------------------------


def test_the_librarian_installs_a_package_with_its_libraries(h5p_root: Path) -> None:
    content = install(package(Entry("content/images/窓.png", PNG)))

    content.refresh_from_db()
    assert (content.title, content.language) == ("窓口の確認", "ja")
    assert content.params == {"question": "はい"}
    assert content.metadata["mainLibrary"] == "H5P.Quiz"
    assert content.main_library.folder == "H5P.Quiz-1.2"
    assert list(content.libraries.all()) == [content.main_library]
    assert media_of(content) == {"images/窓.png": PNG}
    assert storage.read_file(f"{content.main_library.stored_in}/quiz.js") == b"// quiz"


def test_an_author_cannot_bring_a_new_library(h5p_root: Path) -> None:
    error = refusal(lambda: install_package(file=package()))
    assert error.reason == "library_not_installed"
    assert error.params == {"library": "H5P.Quiz 1.2"}
    assert not H5PContent.objects.exists()
    assert not H5PLibrary.objects.exists()
    assert files_below(h5p_root) == []


def test_an_author_may_upload_with_or_without_the_installed_library() -> None:
    install(package())
    first = install_package(file=package(params={"question": "1"}))
    second = install_package(file=package(params={"question": "2"}, libraries={}))
    assert first.main_library == second.main_library
    assert H5PLibrary.objects.count() == 1


def test_the_same_package_again_gives_the_row_there_is(h5p_root: Path) -> None:
    first = install(package())
    before = files_below(h5p_root)
    assert install(package()) == first
    assert install_package(file=package(libraries={})) == first
    assert H5PContent.objects.count() == 1
    assert files_below(h5p_root) == before


@pytest.mark.parametrize("may_install_libraries", [True, False])
def test_nobody_replaces_an_installed_library_by_an_upload(may_install_libraries: bool) -> None:
    content = install(package())
    changed = package(
        params={"question": "new"},
        libraries=library_folder(script=b"alert(1)", patchVersion=9),
    )
    error = refusal(
        lambda: install_package(file=changed, may_install_libraries=may_install_libraries)
    )
    assert error.reason == "library_differs"
    assert storage.read_file(f"{content.main_library.stored_in}/quiz.js") == b"// quiz"
    assert H5PContent.objects.count() == 1


def test_dependencies_are_recorded_by_kind() -> None:
    libraries = (
        library_folder(
            preloadedDependencies=[need("H5P.B 1.0")],
            dynamicDependencies=[need("H5P.C 1.0")],
            editorDependencies=[need("H5PEditor.Gone 1.0")],
        )
        | library_folder("H5P.B 1.0")
        | library_folder("H5P.C 1.0")
    )
    content = install(package(libraries=libraries))
    found = H5PLibraryDependency.objects.values_list(
        "library__machine_name", "required__machine_name", "kind"
    )
    assert set(found) == {
        ("H5P.Quiz", "H5P.B", "preloaded"),
        ("H5P.Quiz", "H5P.C", "dynamic"),
    }
    assert {library.machine_name for library in content.libraries.all()} == {"H5P.Quiz", "H5P.B"}


def test_a_library_that_only_the_content_names_belongs_to_the_content() -> None:
    libraries = library_folder() | library_folder("H5P.B 1.0")
    params = {"part": {"library": "H5P.B 1.0", "params": {}}}
    content = install(package(params=params, libraries=libraries))
    assert {library.machine_name for library in content.libraries.all()} == {"H5P.Quiz", "H5P.B"}


def test_a_refused_package_leaves_no_row_and_no_file(h5p_root: Path) -> None:
    refusal(lambda: install(package(Entry("content/x.js", b"alert(1)"))))
    assert not H5PLibrary.objects.exists()
    assert files_below(h5p_root) == []


class DiskFull(OSError):
    pass


@pytest.fixture
def disk_full_at(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Makes writing fail at the file of that name."""

    def arrange(name: str) -> None:
        genuine = storage.h5p_storage

        def failing() -> Any:
            made = genuine()
            save = made.save

            def fail_there(path: str, content: Any) -> str:
                if path.endswith(name):
                    raise DiskFull
                return save(path, content)

            setattr(made, "save", fail_there)  # noqa: B010
            return made

        monkeypatch.setattr(storage, "h5p_storage", failing)

    return arrange


@pytest.mark.parametrize("name", ["quiz.js", ".txt"])
def test_a_failure_while_writing_leaves_no_row_and_no_file(
    name: str, disk_full_at: Callable[[str], None], h5p_root: Path
) -> None:
    disk_full_at(name)
    with pytest.raises(DiskFull):
        install(package(Entry("content/x.txt", b"x")))
    assert not H5PContent.objects.exists()
    assert not H5PLibrary.objects.exists()
    assert files_below(h5p_root) == []


@pytest.mark.django_db(transaction=True)
def test_two_who_install_the_same_at_once_get_one_row(
    h5p_root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    install(package(params={"question": "first"}))
    genuine, both_are_here = services._store_package, Barrier(2, timeout=30)

    def store_together(found: Package, written: list[str]) -> H5PContent:
        both_are_here.wait()
        return genuine(found, written)

    monkeypatch.setattr(services, "_store_package", store_together)

    def install_once(_: int) -> H5PContent:
        try:
            return install_package(file=package())
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        first, second = pool.map(install_once, range(2))

    assert first == second
    assert H5PContent.objects.count() == 2


def test_an_integrity_error_that_repeats_is_not_hidden(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*args: Any, **options: Any) -> H5PContent:
        raise IntegrityError

    monkeypatch.setattr(services, "_install", broken)
    with pytest.raises(IntegrityError):
        install(package())


def test_a_refusal_is_said_in_the_readers_language() -> None:
    for language in ("ja", "en"):
        with translation.override(language):
            error = refusal(lambda: install_package(file=package()))
            expected = translation.gettext(REASONS["library_not_installed"]) % error.params
            assert error.message == expected
            assert "H5P.Quiz 1.2" in expected


# --- libraries ----------------------------------------------------------------------------------


def test_official_libraries_are_installed_once(official: Path, h5p_root: Path) -> None:
    first = install_libraries_from_directory(directory=official)
    before = files_below(h5p_root)
    assert {library.folder for library in first} >= {"H5P.TrueFalse-1.6", "H5P.Question-1.4"}
    assert set(install_libraries_from_directory(directory=official)) == set(first)
    assert files_below(h5p_root) == before
    assert [library.machine_name for library in content_types()] == ["H5P.TrueFalse"]


def test_a_newer_patch_from_the_librarian_replaces_the_older_one(
    tmp_path: Path, h5p_root: Path, django_capture_on_commit_callbacks: Any
) -> None:
    content = install(package())
    newer = unpack(tmp_path / "new", library_folder(script=b"// newer", patchVersion=4))
    with django_capture_on_commit_callbacks(execute=True):
        (library,) = install_libraries_from_directory(directory=newer)
    assert library.patch == 4
    assert library == content.main_library
    assert storage.read_file(f"{library.stored_in}/quiz.js") == b"// newer"
    assert files_below(h5p_root / "libraries") == ["library.json", "quiz.js"]


@pytest.mark.parametrize("patch", [2, 3])
def test_other_contents_without_a_newer_patch_are_refused(patch: int, tmp_path: Path) -> None:
    install(package())
    other = unpack(tmp_path / "other", library_folder(script=b"// other", patchVersion=patch))
    error = refusal(lambda: install_libraries_from_directory(directory=other))
    assert error.reason == "library_differs"


def test_a_folder_whose_libraries_lack_one_is_refused_as_a_whole(
    tmp_path: Path, h5p_root: Path
) -> None:
    files = library_folder() | library_folder("H5P.B 1.0", preloadedDependencies=[need("X 1.0")])
    error = refusal(
        lambda: install_libraries_from_directory(directory=unpack(tmp_path / "source", files))
    )
    assert (error.reason, error.place) == ("dependency_missing", "H5P.B 1.0")
    assert not H5PLibrary.objects.exists()


def test_the_newest_installed_version_is_found() -> None:
    libraries = library_folder() | library_folder("H5P.Quiz 1.10") | library_folder("H5P.Quiz 1.9")
    install(package(libraries=libraries))
    newest = newest_library("H5P.Quiz")
    assert newest is not None
    assert newest.folder == "H5P.Quiz-1.10"
    assert newest_library("H5P.Gone") is None
    assert library_named(QUIZ) is not None
    assert QUIZ in installed_libraries()


# --- making and exporting -----------------------------------------------------------------------


def test_a_question_gets_japanese_words(true_false: H5PLibrary, question: dict[str, Any]) -> None:
    content = create_content(library=true_false, params=question, title="確認", language="ja")
    params = content.params
    assert params["question"] == question["question"]
    assert params["l10n"]["checkAnswer"] == "チェック"
    assert params["l10n"]["trueText"] == "○"
    assert params["l10n"]["scoreBarLabel"] == ":total点満点中:num点です"
    assert params["confirmCheck"]["confirmLabel"] == "完了"
    assert params["behaviour"]["enableRetry"] is True
    assert params["behaviour"]["feedbackOnCorrect"] == "そのとおりです。"
    assert content.language == "ja"


@pytest.mark.parametrize(
    ("language", "check"), [("en", "Check"), ("xx", "Check"), ("de", "Überprüfen")]
)
def test_words_follow_the_language_of_the_content(
    true_false: H5PLibrary, question: dict[str, Any], language: str, check: str
) -> None:
    content = create_content(library=true_false, params=question, title="T", language=language)
    assert content.params["l10n"]["checkAnswer"] == check


def test_given_words_win_over_every_default(
    true_false: H5PLibrary, question: dict[str, Any]
) -> None:
    own = question | {"l10n": {"checkAnswer": "答え合わせ", "scoreBarLabel": ":num"}}
    params = create_content(library=true_false, params=own, title="確認", language="ja").params
    assert params["l10n"]["checkAnswer"] == "答え合わせ"
    assert params["l10n"]["scoreBarLabel"] == ":num"
    assert params["l10n"]["tryAgain"] == "リトライ"


def test_making_the_same_question_again_gives_the_row_there_is(
    true_false: H5PLibrary, question: dict[str, Any]
) -> None:
    first, second = (
        create_content(library=true_false, params=question, title="確認", language="ja")
        for _ in range(2)
    )
    assert first == second


def test_a_question_without_its_text_is_refused(true_false: H5PLibrary) -> None:
    with pytest.raises(ParamsRefused) as caught:
        create_content(library=true_false, params={}, title="確認", language="ja")
    assert [(fault.path, fault.reason) for fault in caught.value.faults] == [
        ("question", "required")
    ]


def test_a_type_that_cannot_be_played_is_refused(true_false: H5PLibrary) -> None:
    part = H5PLibrary.objects.get(machine_name="H5P.Question")
    error = refusal(lambda: create_content(library=part, params={}, title="x", language="ja"))
    assert error.reason == "main_library_not_runnable"


def test_media_of_made_content_keep_the_rules(
    true_false: H5PLibrary, question: dict[str, Any]
) -> None:
    def make(name: str) -> H5PContent:
        return create_content(
            library=true_false, params=question, title="x", language="ja", files={name: PNG}
        )

    content = make("images/窓.png")
    assert media_of(content) == {"images/窓.png": PNG}
    assert refusal(lambda: make("images/x.js")).reason == "extension_not_allowed"
    assert refusal(lambda: make("../x.png")).reason == "name_segment"


def test_an_export_is_a_whole_package_that_comes_back_as_the_same_content(
    true_false: H5PLibrary, question: dict[str, Any]
) -> None:
    content = create_content(
        library=true_false, params=question, title="確認", language="ja", files={"a/b.png": PNG}
    )
    exported = export_content(content=content)

    with read_package(BytesIO(exported), installed={}) as whole:
        assert {library.name.folder for library in whole.closure} == {
            library.folder for library in content.libraries.all()
        }
        assert whole.files["content/a/b.png"].read() == PNG
    assert export_content(content=content) == exported
    assert install_package(file=BytesIO(exported)) == content
    small = export_content(content=content, with_libraries=False)
    assert len(small) < len(exported)
    assert install_package(file=BytesIO(small)) == content


def test_an_imported_package_is_exported_with_what_it_had() -> None:
    metadata = {
        "title": "x",
        "mainLibrary": "H5P.Quiz",
        "preloadedDependencies": [need("H5P.Quiz 1.2")],
        "authors": [{"name": "区役所"}],
    }
    files = package_files(metadata=metadata) | {"content/a.txt": b"x"}
    content = install(pack(files))
    with read_package(BytesIO(export_content(content=content)), installed={}) as back:
        assert back.metadata["authors"] == [{"name": "区役所"}]
        assert back.digest == content.digest
        assert back.libraries[QUIZ].files["library.json"].read() == as_json(library_json())
