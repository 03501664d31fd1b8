"""Rows and files of contents: media once each, by their digest. Files first, rows last."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from django.utils.translation import gettext

from courses.h5p import storage
from courses.h5p.archive import PackedFile
from courses.h5p.library import LibraryName
from courses.h5p.models import H5PContent, H5PContentFile, H5PFile
from courses.h5p.names import extension
from courses.h5p.refusals import REASONS, PackageRefused
from courses.h5p.selectors import libraries_named, library_name
from courses.h5p.semantics.check import PARAMS_REFUSED, ParamsRefused


@contextmanager
def in_readers_language() -> Iterator[None]:
    """The engine knows no translations; a refusal leaves here in the reader's language."""
    try:
        yield
    except PackageRefused as refused:
        refused.message = gettext(REASONS[refused.reason]) % refused.params
        raise
    except ParamsRefused as refused:
        refused.message = gettext(PARAMS_REFUSED) % refused.params
        raise


@contextmanager
def removed_on_failure() -> Iterator[list[str]]:
    """A list of folders and files in the storage that are removed again when the block fails."""
    written: list[str] = []
    try:
        yield written
    except BaseException:
        for path in written:
            storage.remove_folder(path)
            storage.remove_file(path)
        raise


def media_path(digest: str, ending: str) -> str:
    return f"media/{digest}.{ending}" if ending else f"media/{digest}"


def store_files(files: Iterable[PackedFile], written: list[str]) -> dict[str, H5PFile]:
    """The rows of media files by digest; only bytes the site does not have yet are written.

    In a transaction, which keeps the rows there are from being removed until it ends.

    Args:
        files: checked; the extension of a name says what a file is.
        written: gets the paths of new files.

    Raises:
        IntegrityError: somebody stores the same file at this moment.
    """
    wanted = {file.digest: file for file in files}
    there = H5PFile.objects.select_for_update().filter(digest__in=wanted).order_by("digest")
    rows = {row.digest: row for row in there}
    new = []
    for digest, file in wanted.items():
        if digest not in rows:
            ending = extension(file.name)
            path = storage.write_file(media_path(digest, ending), file.path)
            written.append(path)
            new.append(H5PFile(digest=digest, extension=ending, size=file.size, stored_in=path))
    return rows | {row.digest: row for row in H5PFile.objects.bulk_create(new)}


def store_content(
    *,
    title: str,
    language: str,
    params: Mapping[str, Any],
    metadata: Mapping[str, Any],
    digest: str,
    main: LibraryName,
    closure: Iterable[LibraryName],
    files: Mapping[str, H5PFile],
) -> H5PContent:
    """The rows of new content, whose files are stored already.

    Args:
        closure: every library that playing it loads.
        files: by name below content/.

    Raises:
        IntegrityError: somebody stores the same content at this moment.
    """
    libraries = {library_name(row): row for row in libraries_named(closure)}
    content = H5PContent.objects.create(
        title=title,
        language=language,
        params=params,
        metadata=metadata,
        digest=digest,
        main_library=libraries[main],
    )
    content.libraries.set(libraries.values())
    H5PContentFile.objects.bulk_create(
        H5PContentFile(content=content, file=file, name=name) for name, file in files.items()
    )
    return content
