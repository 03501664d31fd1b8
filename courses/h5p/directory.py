"""Unpacked libraries in a folder, read by the same rules as those in a package."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

from courses.h5p.archive import CHUNK, PackedFile
from courses.h5p.library import LibraryName
from courses.h5p.limits import Limits
from courses.h5p.names import check_distinct, clean_name, is_ignored
from courses.h5p.package import LIBRARY_JSON, LibraryFiles, library_files
from courses.h5p.refusals import PackageRefused


def packed_file(path: Path, name: str, *, limits: Limits) -> PackedFile:
    if path.is_symlink() or not path.is_file():
        raise PackageRefused("special_file", place=name)
    size = path.stat().st_size
    if size > limits.entry_bytes:
        raise PackageRefused("entry_too_large", place=name, limit=limits.entry_bytes)
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while piece := file.read(CHUNK):
            digest.update(piece)
    return PackedFile(clean_name(name, limits=limits), path, size, digest.hexdigest())


def _files(folder: Path, *, limits: Limits) -> Iterator[PackedFile]:
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder.parent).as_posix()
        if not is_ignored(name) and (path.is_symlink() or not path.is_dir()):
            yield packed_file(path, name, limits=limits)


def libraries_in(directory: Path, *, limits: Limits) -> dict[LibraryName, LibraryFiles]:
    """Every library that lies unpacked directly below the folder, in order of folder name.

    Folders without a library.json (such as content/) are none.

    Raises:
        PackageRefused: one of the libraries breaks a rule, or two are the same library.
    """
    found: dict[LibraryName, LibraryFiles] = {}
    for folder in sorted(directory.iterdir()):
        if folder.is_symlink() or not (folder / LIBRARY_JSON).is_file():
            continue
        files = list(_files(folder, limits=limits))
        check_distinct(file.name for file in files)
        library = library_files(folder.name, files, limits=limits)
        name = library.library.name
        if name in found:
            raise PackageRefused("library_duplicate", place=folder.name, library=name.label)
        found[name] = library
    return found
