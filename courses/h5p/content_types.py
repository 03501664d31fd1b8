"""Installed libraries as content types: their fields in a language, read once and kept."""

from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from typing import Any

from django.utils.translation import gettext

from courses.conf import conf
from courses.exceptions import CoursesError
from courses.h5p import storage
from courses.h5p.library import LibraryName
from courses.h5p.media import TYPES
from courses.h5p.models import H5PContent, H5PLibrary
from courses.h5p.names import extension
from courses.h5p.player import JAPANESE_SUPPLEMENTS
from courses.h5p.selectors import library_name
from courses.h5p.semantics.check import REASONS, Fault, faults
from courses.h5p.semantics.clean import editable
from courses.h5p.semantics.defaults import complete, random_id
from courses.h5p.semantics.fields import Field
from courses.h5p.semantics.form import describe
from courses.h5p.semantics.reading import read_fields, with_defaults
from courses.h5p.semantics.walk import ContentType, SemanticsOf, walk
from courses.h5p.strict_json import parse

# A big type has some ten thousand fields in all it offers; a site has some hundred libraries.
KEPT = 256


def _library_json(stored_in: str, folder: str, name: str) -> Any:
    """None = the library has no such file."""
    data = storage.read_file(f"{stored_in}/{name}")
    return None if data is None else parse(data, place=f"{folder}/{name}", limits=conf.H5P_LIMITS)


@lru_cache(maxsize=KEPT)
def _fields(
    stored_in: str, machine_name: str, folder: str, language: str, _digest: str
) -> tuple[Field, ...]:
    """Files of one installation never change: another patch is stored in another folder."""
    base = language.split("-")[0]
    words = None
    for code in dict.fromkeys((language, base)):
        words = words or _library_json(stored_in, folder, f"language/{code}.json")
    fields = read_fields(
        _library_json(stored_in, folder, "semantics.json"),
        words.get("semantics") if isinstance(words, dict) else None,
    )
    supplement = JAPANESE_SUPPLEMENTS.get(machine_name, {}) if base == "ja" else {}
    return with_defaults(fields, supplement)


def library_fields(*, library: H5PLibrary, language: str) -> tuple[Field, ...]:
    """The fields of a library in a language; none where it has no semantics.

    Raises:
        PackageRefused: its semantics or the language file is no sound JSON.
    """
    return _fields(
        library.stored_in, library.machine_name, library.folder, language, library.digest
    )


def library_titles() -> dict[LibraryName, str]:
    """Titles of all installed libraries."""
    return {
        LibraryName(name, major, minor): title
        for name, major, minor, title in H5PLibrary.objects.values_list(
            "machine_name", "major", "minor", "title"
        )
    }


def form_description(*, library: H5PLibrary, language: str) -> dict[str, Any]:
    """What a browser needs to draw the form of a type.

    `{"library": "H5P.TrueFalse 1.6", "title": "True/False Question", "language": "ja",
    "fields": […]}`; fields as in `semantics.form.describe`. The form of a nested library is
    asked for by its own label.

    Raises:
        PackageRefused: the type's semantics are no sound JSON.
    """
    fields = library_fields(library=library, language=language)
    return {
        "library": library_name(library).label,
        "title": library.title,
        "language": language,
        "fields": describe(fields, installed=library_titles()),
    }


def content_types_in(language: str) -> SemanticsOf:
    """What a nested library is, by its label, in a language. Asks the database once."""

    @cache
    def rows() -> dict[str, H5PLibrary]:
        return {library_name(row).label: row for row in H5PLibrary.objects.defer("metadata")}

    def find(label: str) -> ContentType | None:
        row = rows().get(label)
        if row is None:
            return None
        return ContentType(label, row.title, library_fields(library=row, language=language))

    return find


def editing_params(*, content: H5PContent) -> dict[str, Any]:
    """Content as a form begins with it.

    `{"library": "H5P.TrueFalse 1.6", "title": "…", "language": "ja", "params": {…},
    "files": {"images/a.png": {"mime": "image/png", "size": 4711}}}`. Plain texts in `params`
    are as one types them, without character references; `make_content` takes them back.

    Raises:
        PackageRefused: the type's semantics are no sound JSON.
    """
    library, language = content.main_library, content.language
    fields = library_fields(library=library, language=language)
    return {
        "library": library_name(library).label,
        "title": content.title,
        "language": language,
        "params": editable(fields, content.params, content_types_in(language)),
        "files": {
            used.name: {"mime": TYPES.get(extension(used.name), ""), "size": used.file.size}
            for used in content.files.select_related("file")
        },
    }


def fault_text(fault: Fault) -> str:
    """What is wrong at a place, in the reader's language."""
    return gettext(REASONS[fault.reason]) % fault.params


def missing_in(content: H5PContent) -> list[Fault]:
    """What the content still lacks to be given to learners, in order of the form.

    A type's defaults are not missing. A type whose semantics cannot be read asks for nothing.
    """
    library, language = content.main_library, content.language
    find = content_types_in(language)
    try:
        fields = library_fields(library=library, language=language)
        params = complete(fields, content.params, find, new_id=random_id)
        return [fault for fault in faults(fields, params, find) if fault.is_incomplete]
    except CoursesError:
        return []


def placed_faults(
    found: Iterable[Fault], *, library: H5PLibrary, params: Mapping[str, Any], language: str
) -> list[dict[str, str]]:
    """Faults as people read them: `{path, label, message}`; label = what the fields are called."""
    found = list(found)
    if not found:
        return []
    fields = library_fields(library=library, language=language)
    # A list and its items are mostly called the same.
    labels = {
        node.path: " › ".join(dict.fromkeys(node.labels))
        for node in walk(fields, params, content_types_in(language))
    }
    return [
        {"path": fault.path, "label": labels.get(fault.path, ""), "message": fault_text(fault)}
        for fault in found
    ]


def missing_places(content: H5PContent) -> list[dict[str, str]]:
    """The same as `missing_in`, as people read it: `{path, label, message}`."""
    return placed_faults(
        missing_in(content),
        library=content.main_library,
        params=content.params,
        language=content.language,
    )


def place_text(place: Mapping[str, str]) -> str:
    """A placed fault in one line."""
    return ": ".join(filter(None, (place["label"], place["message"])))
