"""Every hostile package is refused with its reason, cheaply, and leaves nothing behind."""

import json
import os
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.db.models import Model

from courses.h5p.models import H5PContent, H5PLibrary, H5PLibraryDependency
from courses.h5p.refusals import REASONS, PackageRefused
from courses.h5p.services import install_package
from tests.courses.h5p.hostile import CORPUS, Hostile
from tests.courses.h5p.packages import h5p_json, library_folder, need, package

SECONDS = 2.0
MEBIBYTES = 200
ROOT = Path(__file__).parents[3]
# Reasons that only the site can give: they depend on what is installed or who asks.
OF_THE_SITE = {"libraries_missing", "library_differs", "library_not_installed"}


def test_the_corpus_meets_every_reason_and_no_package_twice() -> None:
    assert {hostile.reason for hostile in CORPUS} | OF_THE_SITE == REASONS.keys()
    assert len({hostile.name for hostile in CORPUS}) == len(CORPUS) >= 40


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Every package as a file."""
    folder = tmp_path_factory.mktemp("hostile")
    for hostile in CORPUS:
        hostile.write(folder / hostile.name)
    yield folder
    for path in folder.iterdir():
        path.unlink()


def rows(models: Iterable[type[Model]]) -> dict[str, int]:
    return {model._meta.label: model._base_manager.count() for model in models}


def every_model() -> list[type[Model]]:
    found = apps.get_models(include_auto_created=True)
    return [model for model in found if model._meta.managed and not model._meta.proxy]


def files(*roots: Path) -> list[Path]:
    return sorted(path for root in roots for path in root.rglob("*"))


@pytest.mark.django_db
def test_each_is_refused_and_leaves_no_file_and_no_row(
    folder: Path, h5p_root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(temporary))
    kept = library_folder("H5P.Kept 1.0")
    metadata = h5p_json(mainLibrary="H5P.Kept", preloadedDependencies=[need("H5P.Kept 1.0")])
    install_package(file=package(metadata=metadata, libraries=kept), may_install_libraries=True)
    h5p = [H5PContent, H5PLibrary, H5PLibraryDependency]
    before = rows(h5p), files(h5p_root, temporary)
    all_before = rows(every_model())
    failures = {
        hostile.name: found
        for hostile in CORPUS
        if (found := _refusal(folder, hostile)) != hostile.reason
        or (rows(h5p), files(h5p_root, temporary)) != before
    }
    assert failures == {}
    assert rows(every_model()) == all_before


def _refusal(folder: Path, hostile: Hostile) -> str:
    with (folder / hostile.name).open("rb") as file:
        try:
            install_package(file=file, may_install_libraries=True)
        except PackageRefused as refused:
            return refused.reason
    return "installed"


def test_each_is_refused_within_the_budget(folder: Path, tmp_path: Path) -> None:
    """By a process of its own, so that what is measured is the reading and nothing else."""
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    done = subprocess.run(
        [sys.executable, "-m", "tests.courses.h5p.measure_hostile", str(folder)],
        cwd=ROOT,
        env=os.environ | {"TMPDIR": str(temporary)},
        stdout=subprocess.PIPE,
        check=True,
    )
    found: list[dict[str, Any]] = [json.loads(line) for line in done.stdout.splitlines()]
    expected = {hostile.name: hostile.reason for hostile in CORPUS}
    assert {one["name"]: one["reason"] for one in found} == expected
    # The processor's seconds: how long it takes beside other work is not the package's doing.
    too_slow = {one["name"]: one["cpu_seconds"] for one in found if one["cpu_seconds"] > SECONDS}
    too_large = {one["name"]: one["mebibytes"] for one in found if one["mebibytes"] > MEBIBYTES}
    left = {one["name"]: one["left"] for one in found if one["left"]}
    assert (too_slow, too_large, left) == ({}, {}, {})
