"""Content made here, from an installed type and what its author filled in."""

import logging
import re
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from django.db import IntegrityError, transaction

from courses.conf import conf
from courses.h5p.archive import PackedFile
from courses.h5p.content_store import (
    in_readers_language,
    removed_on_failure,
    store_content,
    store_files,
)
from courses.h5p.content_types import content_types_in, library_fields
from courses.h5p.directory import packed_file
from courses.h5p.media_store import DIGITS, FOLDERS
from courses.h5p.models import H5PContent, H5PFile, H5PLibrary
from courses.h5p.names import check_distinct
from courses.h5p.package import (
    CONTENT,
    CONTENT_JSON,
    H5P_JSON,
    LONGEST_LANGUAGE,
    LONGEST_TITLE,
    check_content_file,
    content_digest,
    resolve,
)
from courses.h5p.packing import complete_metadata
from courses.h5p.selectors import installed_libraries, library_name
from courses.h5p.semantics.check import ParamsRefused, faults
from courses.h5p.semantics.clean import clean
from courses.h5p.semantics.defaults import NewId, complete, random_id
from courses.h5p.strict_json import checked_object

logger = logging.getLogger(__name__)

STORED_PATH = re.compile(
    rf"(?:{'|'.join(FOLDERS.values())})/(?P<digest>[0-9a-f]{{{DIGITS}}})\.(?P<ending>[a-z0-9]{{1,16}})"
)


def _texts_in(params: Any) -> Iterator[str]:
    waiting = [params]
    while waiting:
        value = waiting.pop()
        if isinstance(value, str):
            yield value
        elif isinstance(value, dict):
            waiting.extend(value.values())
        elif isinstance(value, list):
            waiting.extend(value)


def _uploaded(paths: Collection[str]) -> dict[str, H5PFile]:
    """Stored files by the package path that an author's form names them with."""
    named = {path: match for path in paths if (match := STORED_PATH.fullmatch(path))}
    found: dict[str, H5PFile] = {}
    for path, match in named.items():
        # By the extension as well: that is what the file was checked as.
        row = (
            H5PFile.objects.select_for_update()
            .filter(digest__startswith=match["digest"], extension=match["ending"])
            .first()
        )
        if row is not None:
            found[path] = row
    return found


def _files_named(params: Any, based_on: H5PContent | None) -> dict[str, H5PFile]:
    """Media that the parameters name, of the earlier version or newly uploaded.

    Types that keep their own JSON or HTML name files elsewhere than in a media field, so every
    text is looked at.
    """
    texts = set(_texts_in(params))
    rich = [text for text in texts if "<" in text]
    files = _uploaded(texts)
    if based_on is not None:
        for used in based_on.files.select_related("file"):
            if used.name in texts or any(used.name in text for text in rich):
                files[used.name] = used.file
    return files


def _filled_in(
    library: H5PLibrary, params: Mapping[str, Any], language: str, *, new_id: NewId
) -> dict[str, Any]:
    """Completed and cleaned; not yet looked at for faults."""
    fields, find = library_fields(library=library, language=language), content_types_in(language)
    return clean(fields, complete(fields, params, find, new_id=new_id), find)


def _make(
    *,
    library: H5PLibrary,
    params: Mapping[str, Any],
    metadata: Mapping[str, Any],
    files: Mapping[str, H5PFile],
    is_draft: bool = False,
) -> H5PContent:
    """The content of sound parameters; the row there is, where it is the same."""
    language, title = metadata["language"], metadata["title"]
    name = library_name(library)
    found = faults(
        library_fields(library=library, language=language),
        params,
        content_types_in(language),
        files=files,
    )
    if any(not (is_draft and fault.is_incomplete) for fault in found):
        raise ParamsRefused(found, library=name.label)
    about = complete_metadata(metadata, name, ())
    libraries = {label: installed.library for label, installed in installed_libraries().items()}
    _main, closure = resolve(about, params, libraries)
    digest = content_digest(
        metadata=about,
        params=params,
        main=name,
        files={f"{CONTENT}{file_name}": file.digest for file_name, file in files.items()},
    )
    there = H5PContent.objects.filter(digest=digest).first()
    return there or store_content(
        title=title,
        language=language,
        params=params,
        metadata=about,
        digest=digest,
        main=name,
        closure=[needed.name for needed in closure],
        files=files,
    )


def _about(title: str, language: str, based_on: H5PContent | None) -> dict[str, Any]:
    """h5p.json: what the earlier version says of authors and licence, with the new title."""
    earlier = based_on.metadata if based_on else {"license": "U", "embedTypes": ["div"]}
    language = language.strip()[:LONGEST_LANGUAGE]
    return {
        **earlier,
        "title": title.strip()[:LONGEST_TITLE],
        "language": language,
        "defaultLanguage": language,
    }


def make_content(
    *,
    library: H5PLibrary,
    params: Mapping[str, Any],
    title: str,
    language: str,
    based_on: H5PContent | None = None,
    about: Mapping[str, Any] | None = None,
    is_draft: bool = False,
    made_by: object | None = None,
) -> H5PContent:
    """Content of an installed type, as an author filled in its form.

    What is not given gets the type's defaults in the content's language; HTML is cleaned to what
    the semantics allow. Media are named by their path: as in `based_on`, or as `package_path`
    says of an uploaded one. They are not copied; those that nothing names are left out. The same
    input again gives the row there is, if nested content carries its `subContentId`.

    Args:
        params: content.json; plain texts as typed or as content holds them.
        language: BCP 47, e.g. "ja".
        based_on: the version that was edited; None = new content.
        about: what h5p.json says of authors and licence; None = as in `based_on`.
        is_draft: whether something may be missing yet; `missing_in` says what.
        made_by: who, for the log.

    Raises:
        ParamsRefused: something is missing or wrong; `faults` names every place.
        PackageRefused: the type cannot be played by itself, or the parameters are no sound JSON.
    """
    limits = conf.H5P_LIMITS

    def attempt() -> H5PContent:
        with transaction.atomic():
            return _make(
                library=library,
                params=cleaned,
                metadata=_about(title or library.title, language, based_on) | said,
                files=_files_named(cleaned, based_on),
                is_draft=is_draft,
            )

    with in_readers_language():
        given = checked_object(params, place=CONTENT_JSON, limits=limits)
        said = checked_object(about or {}, place=H5P_JSON, limits=limits)
        cleaned = _filled_in(library, given, language, new_id=random_id)
        try:
            content = attempt()
        except IntegrityError:
            # Somebody saved the same at the same moment; what they stored is there now.
            content = attempt()
    logger.info("H5P content %s made by %s", content.uuid, made_by or "the system")
    return content


def _packed(files: Mapping[str, bytes], folder: Path) -> Iterator[PackedFile]:
    limits = conf.H5P_LIMITS
    for number, (name, data) in enumerate(files.items()):
        path = folder / str(number)
        path.write_bytes(data)
        packed = packed_file(path, f"{CONTENT}{name}", limits=limits)
        check_content_file(packed, limits=limits)
        yield packed


def create_content(
    *,
    library: H5PLibrary,
    params: Mapping[str, Any],
    title: str,
    language: str,
    files: Mapping[str, bytes] | None = None,
) -> H5PContent:
    """Content made by a program: as `make_content`, with media of any name at hand.

    The same input again gives the row there is: identities of nested content follow from the
    title and their place.

    Args:
        files: media by name below content/, e.g. "images/window.png"; all are kept.

    Raises:
        ParamsRefused: something is missing or wrong; `faults` names every place.
        PackageRefused: the type cannot be played by itself, or a file breaks an import rule.
    """

    def new_id(path: str) -> str:
        return str(uuid5(NAMESPACE_URL, f"{library_name(library).label}/{title}/{path}"))

    with in_readers_language(), TemporaryDirectory(prefix="h5p-") as folder:
        packed = list(_packed(files or {}, Path(folder)))
        check_distinct(file.name for file in packed)
        given = checked_object(params, place=CONTENT_JSON, limits=conf.H5P_LIMITS)
        with removed_on_failure() as written, transaction.atomic():
            rows = store_files(packed, written)
            return _make(
                library=library,
                params=_filled_in(library, given, language, new_id=new_id),
                metadata=_about(title, language, None),
                files={file.name.removeprefix(CONTENT): rows[file.digest] for file in packed},
            )
