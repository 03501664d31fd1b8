"""An H5P package, checked as a whole before anything of it is kept."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, BinaryIO

from courses.h5p.archive import PackedFile, Unpacked, extract_archive
from courses.h5p.library import (
    Kind,
    Library,
    LibraryName,
    check_files,
    is_machine_name,
    parse_label,
    parse_library,
    parse_needs,
    preloaded_closure,
)
from courses.h5p.limits import Limits
from courses.h5p.media import (
    CONTENT_EXTENSIONS,
    LIBRARY_EXTENSIONS,
    SIGNATURE_BYTES,
    check_drawing,
    check_extension,
    check_image,
)
from courses.h5p.names import extension
from courses.h5p.refusals import PackageRefused
from courses.h5p.strict_json import canonical, parse, parse_object

H5P_JSON = "h5p.json"
CONTENT = "content/"
CONTENT_JSON = f"{CONTENT}content.json"
LIBRARY_JSON = "library.json"
UNDETERMINED = "und"
LONGEST_TITLE = 255
LONGEST_LANGUAGE = 16
DEPENDENCY_FIELDS = tuple(f"{kind}Dependencies" for kind in Kind)


@dataclass(frozen=True, slots=True)
class LibraryFiles:
    """A library with its files, whose names are relative to its folder."""

    library: Library
    files: Mapping[str, PackedFile]
    digest: str


@dataclass(frozen=True, slots=True)
class Installed:
    """A library the site already has."""

    library: Library
    digest: str


@dataclass(slots=True)
class Package(Unpacked):
    """A package that passed every rule. Its files exist until it is closed.

    Attributes:
        metadata: h5p.json.
        params: content/content.json.
        files: everything under content/ with content.json, by name inside the package.
        libraries: the libraries the package carries, by name.
        closure: every library that playing it loads, each after those it needs; carried or
            installed. Includes those that only the content's parameters name.
        digest: SHA-256; the same for the same content, with or without its libraries.
    """

    metadata: Mapping[str, Any]
    params: Any
    files: Mapping[str, PackedFile]
    libraries: Mapping[LibraryName, LibraryFiles]
    main: Library
    closure: tuple[Library, ...]
    title: str
    language: str
    digest: str
    folder: TemporaryDirectory[str]


def files_digest(files: Mapping[str, str]) -> str:
    """SHA-256 over names and their digests; the order of the files does not matter."""
    lines = (f"{name}\0{digest}\n" for name, digest in sorted(files.items()))
    return hashlib.sha256("".join(lines).encode()).hexdigest()


def library_files(folder: str, files: Iterable[PackedFile], *, limits: Limits) -> LibraryFiles:
    """The library in the folder, checked; `files` are named `<folder>/…`.

    Raises:
        PackageRefused: no library.json, a wrong one, a file of a forbidden kind, or a file
            it loads is missing.
    """
    inside = {file.name.partition("/")[2]: file for file in files}
    place = f"{folder}/{LIBRARY_JSON}"
    definition = inside.get(LIBRARY_JSON)
    if definition is None:
        raise PackageRefused("library_json_missing", place=folder)
    for name, file in inside.items():
        check_extension(file.name, allowed=LIBRARY_EXTENSIONS)
        check_image(name, start=_start(file.path))
    metadata = parse_object(_json(definition, limits), place=place, limits=limits)
    library = parse_library(metadata, folder=folder, place=place)
    check_files(library, inside.keys(), place=place)
    digest = files_digest({name: file.digest for name, file in inside.items()})
    return LibraryFiles(library, inside, digest)


def libraries_named_in(params: Any) -> tuple[LibraryName, ...]:
    """Libraries that content uses inside itself: every object with `library: "H5P.X 1.2"`."""
    found: dict[LibraryName, None] = {}
    waiting = [params]
    while waiting:
        value = waiting.pop()
        if isinstance(value, dict):
            name = parse_label(value.get("library"))
            if name is not None:
                found[name] = None
            waiting.extend(value.values())
        elif isinstance(value, list):
            waiting.extend(value)
    return tuple(sorted(found))


def content_digest(
    *, metadata: Mapping[str, Any], params: Any, main: LibraryName, files: Mapping[str, str]
) -> str:
    """The identity of a piece of content.

    Lists of dependencies are left out: exports differ in them for one and the same content.

    Args:
        files: digests by name, content.json among them or not.
    """
    said = {key: value for key, value in metadata.items() if key not in DEPENDENCY_FIELDS}
    media = {name: digest for name, digest in files.items() if name != CONTENT_JSON}
    return hashlib.sha256(canonical([said, main.label, params, files_digest(media)])).hexdigest()


def _start(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(SIGNATURE_BYTES)


def _json(file: PackedFile, limits: Limits) -> bytes:
    if file.size > limits.json_bytes:
        raise PackageRefused("json_too_large", place=file.name, limit=limits.json_bytes)
    return file.read()


def check_content_file(file: PackedFile, *, limits: Limits) -> None:
    """Raises:
    PackageRefused: the file may not stand in content/, or is not what its name says.
    """
    check_extension(file.name, allowed=CONTENT_EXTENSIONS)
    check_image(file.name, start=_start(file.path))
    ending = extension(file.name)
    if ending == "json" and file.name != CONTENT_JSON:
        parse(_json(file, limits), place=file.name, limits=limits)
    if ending == "svg":
        if file.size > limits.svg_bytes:
            raise PackageRefused("entry_too_large", place=file.name, limit=limits.svg_bytes)
        data = file.read()
        if data.count(b"<") > limits.svg_tags:
            raise PackageRefused("svg_too_many", place=file.name, limit=limits.svg_tags)
        check_drawing(file.name, data=data)


def _by_folder(files: Iterable[PackedFile]) -> dict[str, list[PackedFile]]:
    """Files by their outermost folder; those in none are under the empty name."""
    folders: dict[str, list[PackedFile]] = {}
    for file in files:
        first, slash, _rest = file.name.partition("/")
        folders.setdefault(first if slash else "", []).append(file)
    return folders


def _carried(
    folders: Mapping[str, list[PackedFile]], *, limits: Limits
) -> dict[LibraryName, LibraryFiles]:
    carried: dict[LibraryName, LibraryFiles] = {}
    for folder, files in folders.items():
        found = library_files(folder, files, limits=limits)
        name = found.library.name
        if name in carried:
            raise PackageRefused("library_duplicate", place=folder, library=name.label)
        carried[name] = found
    return carried


def check_against_installed(
    carried: Mapping[LibraryName, LibraryFiles], installed: Mapping[LibraryName, Installed]
) -> None:
    """Raises:
    PackageRefused: the site has a library of that name and version with other contents.
    """
    for name, found in carried.items():
        if name in installed and installed[name].digest != found.digest:
            raise PackageRefused("library_differs", place=name.folder, library=name.label)


def check_needs(
    carried: Mapping[LibraryName, LibraryFiles], installed: Mapping[LibraryName, Installed]
) -> None:
    """What is needed to play must be at hand; what is needed to edit need not.

    Raises:
        PackageRefused: a library needs one that is neither carried nor installed.
    """
    for found in carried.values():
        for kind in (Kind.PRELOADED, Kind.DYNAMIC):
            for need in found.library.needs[kind]:
                if need not in carried and need not in installed:
                    raise PackageRefused(
                        "dependency_missing", place=found.library.name.label, library=need.label
                    )


def _listed(metadata: Mapping[str, Any], kind: Kind) -> tuple[LibraryName, ...]:
    field = f"{kind}Dependencies"
    listed = parse_needs(metadata, field)
    if listed is None:
        raise PackageRefused("h5p_json_field", place=H5P_JSON, field=field)
    return listed


def main_library_name(metadata: Mapping[str, Any]) -> LibraryName:
    """The version of `mainLibrary` that h5p.json lists; the first, as the player takes it.

    Raises:
        PackageRefused: there is none.
    """
    wanted = metadata.get("mainLibrary")
    for name in _listed(metadata, Kind.PRELOADED):
        if is_machine_name(wanted) and name.machine_name == wanted:
            return name
    raise PackageRefused("main_library_missing", place=H5P_JSON)


def _text(metadata: Mapping[str, Any], field: str, *, default: str, longest: int) -> str:
    value = metadata.get(field, default)
    if not isinstance(value, str):
        raise PackageRefused("h5p_json_field", place=H5P_JSON, field=field)
    return value.strip()[:longest] or default


def resolve(
    metadata: Mapping[str, Any],
    params: Any,
    libraries: Mapping[LibraryName, Library],
) -> tuple[Library, tuple[Library, ...]]:
    """The main library and everything that playing the content loads.

    Raises:
        PackageRefused: one of them is missing, the main library cannot be played, or
            libraries load each other in a circle.
    """
    name = main_library_name(metadata)
    listed = (*_listed(metadata, Kind.PRELOADED), *_listed(metadata, Kind.DYNAMIC))
    inner = libraries_named_in(params)
    for place, needs in ((H5P_JSON, listed), (CONTENT_JSON, inner)):
        for need in needs:
            if need not in libraries:
                raise PackageRefused("dependency_missing", place=place, library=need.label)
    main = libraries[name]
    if not main.runnable:
        raise PackageRefused("main_library_not_runnable", place=H5P_JSON, library=name.label)
    return main, preloaded_closure([name, *inner], libraries.get)


def _check_kind(name: str) -> None:
    """Beside h5p.json the core leaves out whatever harmless file there is, such as a preview."""
    folder, slash, _rest = name.partition("/")
    is_library = slash and f"{folder}/" != CONTENT
    check_extension(name, allowed=LIBRARY_EXTENSIONS if is_library else CONTENT_EXTENSIONS)


def _checked(
    files: list[PackedFile],
    folder: TemporaryDirectory[str],
    *,
    installed: Mapping[LibraryName, Installed],
    limits: Limits,
) -> Package:
    folders = _by_folder(files)
    root = {file.name: file for file in folders.pop("", [])}
    content = {file.name: file for file in folders.pop("content", [])}
    if H5P_JSON not in root:
        raise PackageRefused("h5p_json_missing")
    if CONTENT_JSON not in content:
        raise PackageRefused("content_json_missing")
    metadata = parse_object(_json(root[H5P_JSON], limits), place=H5P_JSON, limits=limits)
    params = parse_object(_json(content[CONTENT_JSON], limits), place=CONTENT_JSON, limits=limits)
    for file in content.values():
        check_content_file(file, limits=limits)
    carried = _carried(folders, limits=limits)
    check_against_installed(carried, installed)
    check_needs(carried, installed)
    at_hand = {name: found.library for name, found in installed.items()}
    at_hand |= {name: found.library for name, found in carried.items()}
    main, closure = resolve(metadata, params, at_hand)
    return Package(
        metadata=metadata,
        params=params,
        files=content,
        libraries=carried,
        main=main,
        closure=closure,
        title=_text(metadata, "title", default=main.title, longest=LONGEST_TITLE),
        language=_text(metadata, "language", default=UNDETERMINED, longest=LONGEST_LANGUAGE),
        digest=content_digest(
            metadata=metadata,
            params=params,
            main=main.name,
            files={name: file.digest for name, file in content.items()},
        ),
        folder=folder,
    )


def read_package(
    file: BinaryIO, *, installed: Mapping[LibraryName, Installed], limits: Limits | None = None
) -> Package:
    """The package in the file, when it breaks no rule. Close it after use.

    Nothing is kept of a refused package: its files lie in a temporary folder that goes with it.

    Args:
        file: seekable, binary.
        installed: what the site has; a package may leave these out, but not change them.

    Raises:
        PackageRefused: the first rule it breaks.
    """
    limits = limits or Limits()
    folder = TemporaryDirectory(prefix="h5p-")
    try:
        files = extract_archive(file, into=Path(folder.name), limits=limits, check_name=_check_kind)
        return _checked(files, folder, installed=installed, limits=limits)
    except BaseException:
        folder.cleanup()
        raise
