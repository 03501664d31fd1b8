from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from courses.h5p.models import H5PContent, H5PLibrary
from tests.courses.h5p.packages import Entry, package

pytestmark = pytest.mark.django_db


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "quiz.h5p"
    path.write_bytes(package().getvalue())
    return path


def run(*arguments: str | Path) -> str:
    output = StringIO()
    call_command(*map(str, arguments), stdout=output)
    return output.getvalue()


def test_the_librarian_installs_a_file(file: Path) -> None:
    output = run("install_h5p", file, "--libraries")
    content = H5PContent.objects.get()
    assert output == f"{content.uuid} H5P.Quiz 1.2.3 窓口の確認\n"


def test_a_new_library_must_be_asked_for(file: Path) -> None:
    with pytest.raises(CommandError, match=r"H5P\.Quiz 1\.2.*\[library_not_installed\]"):
        run("install_h5p", file)
    assert not H5PLibrary.objects.exists()


def test_the_reason_and_the_place_of_a_refusal_are_said(tmp_path: Path) -> None:
    path = tmp_path / "bad.h5p"
    path.write_bytes(package(Entry("content/x.js", b"")).getvalue())
    with pytest.raises(CommandError, match=r"content/x\.js: .*\[extension_not_allowed\]"):
        run("install_h5p", path, "--libraries")


def test_a_missing_file_is_said(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match=r"gone\.h5p"):
        run("install_h5p", tmp_path / "gone.h5p")


def test_the_sites_own_sources_are_installed_when_no_folder_is_named(official: Path) -> None:
    output = run("install_h5p_libraries")
    assert "H5P.TrueFalse 1.6.1\n" in output
    assert run("install_h5p_libraries", official) == output
    assert H5PLibrary.objects.count() == len(output.splitlines())


def test_a_missing_folder_is_said(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="gone"):
        run("install_h5p_libraries", tmp_path / "gone")
