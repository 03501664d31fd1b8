"""Installing, making and exporting H5P. Files first, rows last, nothing half-written."""

import logging
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO
from uuid import uuid4

from django.db import IntegrityError, transaction
from django.utils.translation import gettext

from courses.conf import conf
from courses.h5p import storage
from courses.h5p.directory import libraries_in
from courses.h5p.library import Kind, LibraryName, preloaded_closure
from courses.h5p.models import H5PContent, H5PLibrary, H5PLibraryDependency
from courses.h5p.package import (
    CONTENT_JSON,
    Installed,
    LibraryFiles,
    Package,
    check_needs,
    read_package,
)
from courses.h5p.packing import complete_metadata, to_json, write_package
from courses.h5p.player import JAPANESE_SUPPLEMENTS
from courses.h5p.refusals import REASONS, PackageRefused
from courses.h5p.selectors import installed_libraries, libraries_named, library_name
from courses.h5p.semantics.old import complete, misfits, overlaid, translate
from courses.h5p.strict_json import parse

logger = logging.getLogger(__name__)


@contextmanager
def _in_readers_language() -> Iterator[None]:
    """The engine knows no translations; a refusal leaves here in the reader's language."""
    try:
        yield
    except PackageRefused as refused:
        refused.message = gettext(REASONS[refused.reason]) % refused.params
        raise


@contextmanager
def _removed_on_failure() -> Iterator[list[str]]:
    """A list of storage folders that are removed again when the block fails."""
    folders: list[str] = []
    try:
        yield folders
    except BaseException:
        for folder in folders:
            storage.remove_folder(folder)
        raise


# --- libraries --------------------------------------------------------------------------------


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


def _store_libraries(new: Iterable[LibraryFiles], written: list[str]) -> list[H5PLibrary]:
    """Files and rows of libraries that are not installed, or installed in an older patch."""
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


def _check_upgrade(found: LibraryFiles, installed: Mapping[LibraryName, Installed]) -> bool:
    """Whether the library is to be written: it is not installed, or its patch is newer.

    Raises:
        PackageRefused: it is installed with other contents that are not older.
    """
    name = found.library.name
    if name not in installed:
        return True
    there = installed[name]
    if there.digest == found.digest:
        return False
    if found.library.patch <= there.library.patch:
        raise PackageRefused("library_differs", place=name.folder, library=name.label)
    return True


def install_libraries_from_directory(*, directory: Path) -> list[H5PLibrary]:
    """Installs unpacked libraries from a folder the librarian trusts. Idempotent.

    A newer patch version replaces the installed one; contents that use it get it.

    Returns:
        Every library of the folder, whether it was installed now or before.

    Raises:
        PackageRefused: a library breaks a rule, needs one that is neither there nor installed,
            or is installed with other contents and the same or a newer patch version.
    """
    with _in_readers_language():
        carried = libraries_in(directory, limits=conf.H5P_LIMITS)
        installed = installed_libraries()
        check_needs(carried, installed)
        at_hand = {name: found.library for name, found in installed.items()}
        at_hand |= {name: found.library for name, found in carried.items()}
        preloaded_closure(carried, at_hand.get)
        new = [found for found in carried.values() if _check_upgrade(found, installed)]
        with _removed_on_failure() as written, transaction.atomic():
            _store_libraries(new, written)
    for found in new:
        logger.info("H5P library %s.%d installed", found.library.name.label, found.library.patch)
    return libraries_named(carried)


# --- contents ---------------------------------------------------------------------------------


def _store_content(package: Package, written: list[str]) -> H5PContent:
    content = H5PContent(
        title=package.title,
        language=package.language,
        params=package.params,
        metadata=dict(package.metadata),
        digest=package.digest,
    )
    rows = {
        library_name(row): row for row in libraries_named(used.name for used in package.closure)
    }
    content.main_library = rows[package.main.name]
    written.append(content.stored_in)
    storage.write_files(content.stored_in, package.files.items())
    content.save(force_insert=True)
    content.libraries.set(rows.values())
    return content


def _install(file: BinaryIO, *, may_install_libraries: bool) -> H5PContent:
    installed = installed_libraries()
    with read_package(file, installed=installed, limits=conf.H5P_LIMITS) as package:
        new = [found for name, found in package.libraries.items() if name not in installed]
        if new and not may_install_libraries:
            name = new[0].library.name
            raise PackageRefused("library_not_installed", place=name.folder, library=name.label)
        with _removed_on_failure() as written, transaction.atomic():
            _store_libraries(new, written)
            content = H5PContent.objects.filter(digest=package.digest).first()
            return content or _store_content(package, written)


def install_package(
    *,
    file: BinaryIO,
    installed_by: object | None = None,
    may_install_libraries: bool = False,
) -> H5PContent:
    """Imports a .h5p file. The same content again gives the row there is.

    Args:
        file: seekable, binary; an uploaded file, an open file.
        installed_by: who, for the log.
        may_install_libraries: whether this is the librarian. An author's upload may carry
            installed libraries but never brings new program to the site.

    Raises:
        PackageRefused: an import rule is broken (`reason` says which, `place` where), or the
            package carries a library that is not installed and this is not the librarian.
            Nothing was written then.
    """
    with _in_readers_language():
        try:
            content = _install(file, may_install_libraries=may_install_libraries)
        except IntegrityError:
            # Somebody installed the same at the same moment; what they stored is there now.
            content = _install(file, may_install_libraries=may_install_libraries)
    logger.info("H5P content %s installed by %s", content.uuid, installed_by or "the system")
    return content


def _library_json(library: H5PLibrary, name: str) -> Any:
    """None = the library has no such file."""
    data = storage.read_file(library.stored_in, name)
    place = f"{library.folder}/{name}"
    return None if data is None else parse(data, place=place, limits=conf.H5P_LIMITS)


def completed_params(
    *, library: H5PLibrary, params: Mapping[str, Any], language: str
) -> dict[str, Any]:
    """The parameters with the type's defaults for whatever is not given, in that language.

    Raises:
        PackageRefused: a value is not what the type's semantics ask for, or a required one
            is missing.
    """
    base = language.split("-")[0]
    words = _library_json(library, f"language/{language}.json")
    if words is None and base != language:
        words = _library_json(library, f"language/{base}.json")
    supplement = JAPANESE_SUPPLEMENTS.get(library.machine_name, {}) if base == "ja" else {}
    fields = translate(
        _library_json(library, "semantics.json") or [],
        words.get("semantics") if isinstance(words, dict) else None,
    )
    completed = complete(fields, overlaid(supplement, params))
    for path in misfits(fields, completed):
        raise PackageRefused(
            "params_field", place=CONTENT_JSON, field=path, library=library_name(library).label
        )
    return completed


def create_content(
    *,
    library: H5PLibrary,
    params: Mapping[str, Any],
    title: str,
    language: str,
    files: Mapping[str, bytes] | None = None,
) -> H5PContent:
    """Makes content of an installed type; the same input again gives the row there is.

    Fields that are not given get the type's defaults in the content's language, so that the
    buttons of a Japanese exercise are Japanese. The result enters by the same door as an upload.

    Args:
        library: the type, e.g. H5P.TrueFalse.
        params: as in content.json. HTML in it is not cleaned; isolation is what protects.
        language: BCP 47, e.g. "ja".
        files: media by name below content/, e.g. "images/window.png".

    Raises:
        PackageRefused: the type cannot be played by itself, the parameters do not fit it, or
            a file breaks an import rule.
    """
    with _in_readers_language():
        full = completed_params(library=library, params=params, language=language)
    metadata = {
        "title": title,
        "language": language,
        "defaultLanguage": language,
        "license": "U",
        "embedTypes": ["div"],
    }
    media = {f"content/{name}": data for name, data in (files or {}).items()}
    package = write_package(
        metadata=complete_metadata(metadata, library_name(library), ()),
        content={CONTENT_JSON: to_json(full), **media},
        libraries={},
    )
    return install_package(file=BytesIO(package))


def export_content(*, content: H5PContent, with_libraries: bool = True) -> bytes:
    """The content as a .h5p file; the same bytes every time.

    Args:
        with_libraries: False for a site that has them; otherwise all that playing it loads.
    """
    rows = list(content.libraries.all())
    main = library_name(content.main_library)

    def files_in(folder: str) -> dict[str, bytes]:
        names = storage.names_in(folder)
        return {name: storage.read_file(folder, name) or b"" for name in names}

    return write_package(
        metadata=complete_metadata(content.metadata, main, map(library_name, rows)),
        content=files_in(content.stored_in),
        libraries={row.folder: files_in(row.stored_in) for row in rows if with_libraries},
    )
