"""H5P libraries: their names, what library.json says, and which libraries need which.

Source: H5P specification, library definition (library.json), and what official libraries do.
"""

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from graphlib import CycleError, TopologicalSorter
from posixpath import normpath
from typing import Any, NamedTuple

from courses.h5p.refusals import PackageRefused

MACHINE_NAME = re.compile(r"(?!.*\.\.)[A-Za-z0-9](?:[A-Za-z0-9._-]{0,98}[A-Za-z0-9])?", re.ASCII)
LABEL = re.compile(r"(?P<name>\S{1,100}) (?P<major>\d{1,9})\.(?P<minor>\d{1,9})", re.ASCII)
FOLDER = re.compile(r"(?P<name>.+)-(?P<major>\d{1,9})\.(?P<minor>\d{1,9})", re.ASCII)
NUMBER = re.compile(r"\d{1,9}", re.ASCII)
LONGEST_TITLE = 255
LONGEST_LICENSE = 100
# The newest H5P core API that h5p-standalone 3.8.2 speaks.
CORE_API = (1, 28)


class Kind(StrEnum):
    """Why a library is needed: to play, to play later, to edit."""

    PRELOADED = "preloaded"
    DYNAMIC = "dynamic"
    EDITOR = "editor"


class LibraryName(NamedTuple):
    """What identifies a library; patch versions of it replace each other."""

    machine_name: str
    major: int
    minor: int

    @property
    def folder(self) -> str:
        """`H5P.TrueFalse-1.6`, as the player asks for it."""
        return f"{self.machine_name}-{self.major}.{self.minor}"

    @property
    def label(self) -> str:
        """`H5P.TrueFalse 1.6`, as content names it."""
        return f"{self.machine_name} {self.major}.{self.minor}"


@dataclass(frozen=True, slots=True)
class Library:
    """A library.json, understood.

    Attributes:
        scripts, styles: files loaded to play, in order, relative to the library's folder.
        needs: required libraries by kind.
        metadata: the library.json itself.
    """

    name: LibraryName
    patch: int
    title: str
    runnable: bool
    license: str
    scripts: tuple[str, ...]
    styles: tuple[str, ...]
    needs: Mapping[Kind, tuple[LibraryName, ...]]
    metadata: Mapping[str, Any]


def _number(value: Any) -> int | None:
    """Versions are written as numbers by some tools and as text by others."""
    if isinstance(value, str) and NUMBER.fullmatch(value):
        return int(value)
    if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 10**9:
        return value
    return None


def is_machine_name(value: Any) -> bool:
    return isinstance(value, str) and MACHINE_NAME.fullmatch(value) is not None


def parse_name(value: Any) -> LibraryName | None:
    """The library that an object with machineName, majorVersion and minorVersion names."""
    if not isinstance(value, dict) or not is_machine_name(value.get("machineName")):
        return None
    major, minor = _number(value.get("majorVersion")), _number(value.get("minorVersion"))
    if major is None or minor is None:
        return None
    return LibraryName(value["machineName"], major, minor)


def parse_label(value: Any) -> LibraryName | None:
    """The library that content names as `H5P.TrueFalse 1.6`."""
    match = LABEL.fullmatch(value) if isinstance(value, str) else None
    if match is None or not is_machine_name(match["name"]):
        return None
    return LibraryName(match["name"], int(match["major"]), int(match["minor"]))


def parse_folder(value: str) -> LibraryName | None:
    """The library that a folder `H5P.TrueFalse-1.6` is for."""
    match = FOLDER.fullmatch(value)
    if match is None or not is_machine_name(match["name"]):
        return None
    return LibraryName(match["name"], int(match["major"]), int(match["minor"]))


def _refuse(field: str, place: str) -> PackageRefused:
    return PackageRefused("library_json_field", place=place, field=field)


def _paths(metadata: Mapping[str, Any], field: str, place: str) -> tuple[str, ...]:
    entries = metadata.get(field)
    if entries is None:
        return ()
    if not isinstance(entries, list):
        raise _refuse(field, place)
    paths = []
    for entry in entries:
        path = entry.get("path") if isinstance(entry, dict) else None
        # Another host's script, or one of another library, is never what is meant.
        if not isinstance(path, str) or not path or ":" in path or "\\" in path:
            raise _refuse(field, place)
        path = normpath(path)
        if path.startswith(("/", "..")):
            raise _refuse(field, place)
        paths.append(path)
    return tuple(paths)


def parse_needs(metadata: Mapping[str, Any], field: str) -> tuple[LibraryName, ...] | None:
    """The libraries listed under `field`, each once, in order; none where the field is absent.

    None (no value at all) = the field is not a list of libraries.
    """
    entries = metadata.get(field, [])
    if not isinstance(entries, list):
        return None
    names = [parse_name(entry) for entry in entries]
    found = [name for name in names if name is not None]
    return tuple(dict.fromkeys(found)) if len(found) == len(names) else None


def _needs(metadata: Mapping[str, Any], kind: Kind, place: str) -> tuple[LibraryName, ...]:
    field = f"{kind}Dependencies"
    needs = parse_needs(metadata, field)
    if needs is None:
        raise _refuse(field, place)
    return needs


def _needs_newer_core(metadata: Mapping[str, Any], place: str) -> bool:
    core = metadata.get("coreApi")
    if core is None:
        return False
    core = core if isinstance(core, dict) else {}
    major, minor = _number(core.get("majorVersion")), _number(core.get("minorVersion"))
    if major is None or minor is None:
        raise _refuse("coreApi", place)
    return (major, minor) > CORE_API


def parse_library(metadata: Mapping[str, Any], *, folder: str, place: str) -> Library:
    """What a library.json says.

    Args:
        folder: name of the folder it lies in; `Name-1.6`, `Name-1.6.1` or, in old packages, `Name`.
        place: for the refusal.

    Raises:
        PackageRefused: a field is missing or wrong, the folder is another library's, or the
            library needs a newer core than the player has.
    """
    name = parse_name(metadata)
    if name is None:
        is_named = is_machine_name(metadata.get("machineName"))
        raise _refuse("majorVersion" if is_named else "machineName", place)
    patch = _number(metadata.get("patchVersion"))
    if patch is None:
        raise _refuse("patchVersion", place)
    if folder not in (name.folder, f"{name.folder}.{patch}", name.machine_name):
        raise PackageRefused("library_folder", place=place, library=name.label)
    title, runnable = metadata.get("title"), metadata.get("runnable", 0)
    if not isinstance(title, str) or not title.strip():
        raise _refuse("title", place)
    if runnable not in (0, 1, "0", "1"):
        raise _refuse("runnable", place)
    if _needs_newer_core(metadata, place):
        raise PackageRefused("library_too_new", place=place, library=name.label)
    license_ = metadata.get("license")
    return Library(
        name=name,
        patch=patch,
        title=title.strip()[:LONGEST_TITLE],
        runnable=int(runnable) == 1,
        license=license_[:LONGEST_LICENSE] if isinstance(license_, str) else "",
        scripts=_paths(metadata, "preloadedJs", place),
        styles=_paths(metadata, "preloadedCss", place),
        needs={kind: _needs(metadata, kind, place) for kind in Kind},
        metadata=metadata,
    )


def check_files(library: Library, files: Collection[str], *, place: str) -> None:
    """Raises:
    PackageRefused: a script or style the library loads is not among its `files`.
    """
    for path in (*library.scripts, *library.styles):
        if path not in files:
            raise PackageRefused(
                "library_file_missing", place=place, library=library.name.label, file=path
            )


def preloaded_closure(
    roots: Iterable[LibraryName], find: Callable[[LibraryName], Library | None]
) -> tuple[Library, ...]:
    """Every library that playing the roots loads, each after those it needs.

    Editor dependencies may run in circles and two minor versions of a library may stand side
    by side; both are normal. Only what is loaded together must have an order.

    Args:
        find: the library of that name; None where there is none.

    Raises:
        PackageRefused: a library is missing, or libraries preload each other in a circle.
    """
    found: dict[LibraryName, Library] = {}
    waiting: list[tuple[LibraryName, str]] = [(root, "") for root in roots]
    while waiting:
        name, needed_by = waiting.pop()
        if name in found:
            continue
        library = find(name)
        if library is None:
            raise PackageRefused("dependency_missing", place=needed_by, library=name.label)
        found[name] = library
        waiting.extend((need, name.label) for need in library.needs[Kind.PRELOADED])
    graph = {name: library.needs[Kind.PRELOADED] for name, library in sorted(found.items())}
    try:
        return tuple(found[name] for name in TopologicalSorter(graph).static_order())
    except CycleError as error:
        circle = " → ".join(name.label for name in error.args[1])
        raise PackageRefused("dependency_cycle", library=circle) from None
