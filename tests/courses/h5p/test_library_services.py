"""What the librarian installs, replaces and removes; nothing is ever left half done."""

from collections.abc import Callable, Mapping
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from wagtail.models import ModelLogEntry

from courses.exceptions import BundleChanged, LibraryInUse
from courses.h5p import storage
from courses.h5p.library_services import (
    INSTALLED,
    REMOVED,
    UPGRADED,
    bundle_in,
    install_bundle,
    remove_contents,
    remove_libraries,
)
from courses.h5p.models import H5PContent, H5PLibrary
from courses.h5p.services import install_package
from tests.courses.h5p.packages import library_folder, need, pack, package
from tests.courses.h5p.test_services import files_below

pytestmark = pytest.mark.django_db


@pytest.fixture
def librarian() -> Any:
    return get_user_model().objects.create_user("librarian")


def install(files: Mapping[str, bytes], user: Any) -> list[H5PLibrary]:
    file = pack(files)
    with bundle_in(file) as bundle:
        fingerprint = bundle.fingerprint
    return install_bundle(file=file, fingerprint=fingerprint, installed_by=user, source="quiz.h5p")


def logged() -> list[tuple[str, str]]:
    rows = ModelLogEntry.objects.order_by("pk").values_list("action", "data")
    return [(action, data["version"]) for action, data in rows]


def test_looking_at_a_bundle_writes_nothing(h5p_root: Path) -> None:
    with bundle_in(pack(library_folder())) as bundle:
        assert len(bundle.to_write) == 1
    assert not H5PLibrary.objects.exists()
    assert files_below(h5p_root) == []


def test_a_bundle_is_installed_and_logged(librarian: Any) -> None:
    files = library_folder(preloadedDependencies=[need("H5P.B 1.0")]) | library_folder("H5P.B 1.0")
    rows = install(files, librarian)
    assert {row.folder for row in rows} == {"H5P.Quiz-1.2", "H5P.B-1.0"}
    quiz = H5PLibrary.objects.get(machine_name="H5P.Quiz")
    assert [row.required.folder for row in quiz.dependencies.all()] == ["H5P.B-1.0"]
    assert storage.read_file(f"{quiz.stored_in}/quiz.js") == b"// quiz"
    assert set(logged()) == {(INSTALLED, "H5P.Quiz 1.2.3"), (INSTALLED, "H5P.B 1.0.3")}
    assert ModelLogEntry.objects.first().user == librarian  # type: ignore[union-attr]


def test_refused_libraries_stay_out_and_the_rest_is_whole(librarian: Any, h5p_root: Path) -> None:
    files = (
        library_folder()
        | library_folder("H5P.Bad 1.0", title=None)
        | library_folder("H5P.Needs 1.0", preloadedDependencies=[need("H5P.Bad 1.0")])
    )
    assert [row.folder for row in install(files, librarian)] == ["H5P.Quiz-1.2"]
    assert files_below(h5p_root) == ["library.json", "quiz.js"]


def test_a_newer_patch_replaces_the_older_and_an_older_one_nothing(
    librarian: Any, h5p_root: Path, django_capture_on_commit_callbacks: Any
) -> None:
    content = install_package(file=package(), may_install_libraries=True)
    with django_capture_on_commit_callbacks(execute=True):
        (row,) = install(library_folder(script=b"// newer", patchVersion=4), librarian)
    assert (row.pk, row.patch) == (content.main_library_id, 4)
    assert storage.read_file(f"{row.stored_in}/quiz.js") == b"// newer"
    assert files_below(h5p_root / "libraries") == ["library.json", "quiz.js"]
    assert logged() == [(UPGRADED, "H5P.Quiz 1.2.4")]

    assert install(library_folder(script=b"// old", patchVersion=1), librarian) == []
    row.refresh_from_db()
    assert row.patch == 4


def test_contents_get_what_a_newer_patch_loads_besides(librarian: Any) -> None:
    content = install_package(file=package(), may_install_libraries=True)
    files = library_folder(patchVersion=4, preloadedDependencies=[need("H5P.B 1.0")])
    install(files | library_folder("H5P.B 1.0"), librarian)
    assert {row.folder for row in content.libraries.all()} == {"H5P.Quiz-1.2", "H5P.B-1.0"}


def test_what_was_shown_is_what_is_installed_or_nothing(librarian: Any, h5p_root: Path) -> None:
    file = pack(library_folder(patchVersion=4))
    with bundle_in(file) as bundle:
        fingerprint = bundle.fingerprint
    install(library_folder(), librarian)
    before = files_below(h5p_root)
    with pytest.raises(BundleChanged):
        install_bundle(
            file=file, fingerprint=fingerprint, installed_by=librarian, source="quiz.h5p"
        )
    assert files_below(h5p_root) == before


def test_an_unused_library_is_removed_with_its_files_and_logged(
    librarian: Any, h5p_root: Path, django_capture_on_commit_callbacks: Any
) -> None:
    rows = install(library_folder(), librarian)
    with django_capture_on_commit_callbacks(execute=True):
        remove_libraries(libraries=rows, removed_by=librarian)
    assert not H5PLibrary.objects.exists()
    assert files_below(h5p_root) == []
    assert logged()[-1] == (REMOVED, "H5P.Quiz 1.2.3")


def circle() -> dict[str, bytes]:
    """Editor dependencies may run in circles."""
    return library_folder(editorDependencies=[need("H5P.B 1.0")]) | library_folder(
        "H5P.B 1.0", editorDependencies=[need("H5P.Quiz 1.2")]
    )


def test_libraries_that_need_each_other_go_together_only(librarian: Any) -> None:
    rows = install(circle(), librarian)
    with pytest.raises(LibraryInUse) as caught:
        remove_libraries(libraries=rows[:1], removed_by=librarian)
    assert str(rows[1]) in caught.value.message
    assert H5PLibrary.objects.count() == 2
    remove_libraries(libraries=rows, removed_by=librarian)
    assert not H5PLibrary.objects.exists()


def test_a_library_with_content_stays(librarian: Any, h5p_root: Path) -> None:
    content = install_package(file=package(), may_install_libraries=True)
    with pytest.raises(LibraryInUse) as caught:
        remove_libraries(libraries=[content.main_library], removed_by=librarian)
    assert content.title in caught.value.message
    assert "quiz.js" in files_below(h5p_root)


def test_contents_go_with_their_files(
    h5p_root: Path, django_capture_on_commit_callbacks: Callable[..., Any]
) -> None:
    content = install_package(file=package(), may_install_libraries=True)
    with django_capture_on_commit_callbacks(execute=True):
        remove_contents(contents=[content])
    assert not H5PContent.objects.exists()
    assert files_below(h5p_root / "contents") == []


def test_the_bundle_may_be_any_seekable_file(librarian: Any, tmp_path: Path) -> None:
    path = tmp_path / "x.h5p"
    path.write_bytes(package().getvalue())
    with path.open("rb") as file, bundle_in(file) as bundle:
        assert len(bundle.to_write) == 1
    with bundle_in(BytesIO(path.read_bytes())) as bundle:
        assert len(bundle.to_write) == 1
