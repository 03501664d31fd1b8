"""Installing, making and exporting H5P. Files first, rows last, nothing half-written."""

import logging
from collections.abc import Mapping
from pathlib import Path
from typing import BinaryIO

from django.db import IntegrityError, transaction

from courses.conf import conf
from courses.h5p import storage
from courses.h5p.content_store import (
    in_readers_language,
    removed_on_failure,
    store_content,
    store_files,
)
from courses.h5p.directory import libraries_in
from courses.h5p.library import LibraryName, preloaded_closure
from courses.h5p.library_store import store_libraries
from courses.h5p.making import create_content, make_content
from courses.h5p.media_store import store_media
from courses.h5p.models import H5PContent, H5PLibrary
from courses.h5p.package import (
    CONTENT,
    CONTENT_JSON,
    Installed,
    LibraryFiles,
    Package,
    check_needs,
    read_package,
)
from courses.h5p.packing import complete_metadata, to_json, write_package
from courses.h5p.refusals import PackageRefused
from courses.h5p.selectors import installed_libraries, libraries_named, library_name
from courses.h5p.unused import remove_unused_contents

__all__ = [
    "create_content",
    "export_content",
    "install_libraries_from_directory",
    "install_package",
    "make_content",
    "remove_unused_contents",
    "store_media",
]

logger = logging.getLogger(__name__)


# --- libraries --------------------------------------------------------------------------------


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
    with in_readers_language():
        carried = libraries_in(directory, limits=conf.H5P_LIMITS)
        installed = installed_libraries()
        check_needs(carried, installed)
        at_hand = {name: found.library for name, found in installed.items()}
        at_hand |= {name: found.library for name, found in carried.items()}
        preloaded_closure(carried, at_hand.get)
        new = [found for found in carried.values() if _check_upgrade(found, installed)]
        with removed_on_failure() as written, transaction.atomic():
            store_libraries(new, written)
    for found in new:
        logger.info("H5P library %s.%d installed", found.library.name.label, found.library.patch)
    return libraries_named(carried)


# --- contents ---------------------------------------------------------------------------------


def _store_package(package: Package, written: list[str]) -> H5PContent:
    media = {name: file for name, file in package.files.items() if name != CONTENT_JSON}
    rows = store_files(media.values(), written)
    return store_content(
        title=package.title,
        language=package.language,
        params=package.params,
        metadata=package.metadata,
        digest=package.digest,
        main=package.main.name,
        closure=[library.name for library in package.closure],
        files={name.removeprefix(CONTENT): rows[file.digest] for name, file in media.items()},
    )


def _install(file: BinaryIO, *, may_install_libraries: bool) -> H5PContent:
    installed = installed_libraries()
    with read_package(file, installed=installed, limits=conf.H5P_LIMITS) as package:
        new = [found for name, found in package.libraries.items() if name not in installed]
        if new and not may_install_libraries:
            name = new[0].library.name
            raise PackageRefused("library_not_installed", place=name.folder, library=name.label)
        with removed_on_failure() as written, transaction.atomic():
            store_libraries(new, written)
            there = H5PContent.objects.filter(digest=package.digest).first()
            return there or _store_package(package, written)


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
    with in_readers_language():
        try:
            content = _install(file, may_install_libraries=may_install_libraries)
        except IntegrityError:
            # Somebody installed the same at the same moment; what they stored is there now.
            content = _install(file, may_install_libraries=may_install_libraries)
    logger.info("H5P content %s installed by %s", content.uuid, installed_by or "the system")
    return content


def export_content(*, content: H5PContent, with_libraries: bool = True) -> bytes:
    """The content as a .h5p file; the same bytes every time.

    Args:
        with_libraries: False for a site that has them; otherwise all that playing it loads.

    Raises:
        FileNotFoundError: the storage lacks a file that the database has.
    """
    rows = list(content.libraries.all())
    libraries = {
        row.folder: {
            name: storage.read_stored(f"{row.stored_in}/{name}")
            for name in storage.names_in(row.stored_in)
        }
        for row in rows
        if with_libraries
    }
    media = {
        f"{CONTENT}{used.name}": storage.read_stored(used.file.stored_in)
        for used in content.files.select_related("file")
    }
    main = library_name(content.main_library)
    return write_package(
        metadata=complete_metadata(content.metadata, main, map(library_name, rows)),
        content={CONTENT_JSON: to_json(content.params), **media},
        libraries=libraries,
    )
