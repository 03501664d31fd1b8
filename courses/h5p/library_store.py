"""Rows and files of libraries. Files first, rows last."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import uuid4

from django.db import transaction

from courses.h5p import storage
from courses.h5p.library import Kind
from courses.h5p.models import H5PLibrary, H5PLibraryDependency
from courses.h5p.package import LibraryFiles
from courses.h5p.selectors import libraries_named


def _write_library(found: LibraryFiles, written: list[str]) -> str:
    """Folder the files were written to: a new one, so that no other installation is touched."""
    folder = f"libraries/{found.library.name.folder}/{uuid4().hex}"
    written.append(folder)
    storage.write_files(folder, found.files.items())
    return folder


def _library_columns(found: LibraryFiles) -> dict[str, Any]:
    library = found.library
    return {
        "patch": library.patch,
        "title": library.title,
        "runnable": library.runnable,
        "license": library.license,
        "metadata": library.metadata,
        "digest": found.digest,
    }


def store_libraries(new: Iterable[LibraryFiles], written: list[str]) -> list[H5PLibrary]:
    """Files and rows of libraries that are not installed, or installed in an older patch.

    In a transaction.

    Args:
        new: checked; what they need to play is among them or installed.
        written: gets the folders of new files.

    Raises:
        IntegrityError: somebody installs the same library at this moment.
    """
    stored: list[tuple[H5PLibrary, LibraryFiles]] = []
    for found in new:
        name = found.library.name
        columns = _library_columns(found) | {"stored_in": _write_library(found, written)}
        row = H5PLibrary.objects.filter(
            machine_name=name.machine_name, major=name.major, minor=name.minor
        ).first()
        if row is None:
            row = H5PLibrary.objects.create(**name._asdict(), **columns)
        else:
            _replace_files(row, columns)
        stored.append((row, found))
    for row, found in stored:
        row.dependencies.all().delete()
        H5PLibraryDependency.objects.bulk_create(
            H5PLibraryDependency(library=row, required=required, kind=kind)
            for kind in Kind
            # Editor libraries that were left out of the package are not needed to play.
            for required in libraries_named(found.library.needs[kind])
        )
    return [row for row, _found in stored]


def _replace_files(row: H5PLibrary, columns: Mapping[str, Any]) -> None:
    old_folder = row.stored_in
    for column, value in columns.items():
        setattr(row, column, value)
    row.save(update_fields=list(columns))
    transaction.on_commit(lambda: storage.remove_folder(old_folder))
