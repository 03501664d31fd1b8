"""Libraries in an uploaded archive: which would be installed, and which are refused and why.

A bundle is a .h5p file as other sites export it, or an archive that holds library folders only.
Unlike a package for learners, one bad library does not spoil the rest: each gets its own verdict.
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import BinaryIO

from courses.h5p.archive import PackedFile, Unpacked, extract_archive
from courses.h5p.library import Kind, Library, LibraryName, preloaded_closure
from courses.h5p.limits import Limits
from courses.h5p.package import Installed, LibraryFiles, library_files
from courses.h5p.refusals import PackageRefused

# Where a package keeps its content; no library.
CONTENT = "content"
PLAYED = (Kind.PRELOADED, Kind.DYNAMIC)


class Verdict(StrEnum):
    """What installing the bundle does to one library of it."""

    NEW = "new"
    UPGRADE = "upgrade"
    SAME = "same"
    OLDER = "older"
    REFUSED = "refused"


WRITTEN = frozenset({Verdict.NEW, Verdict.UPGRADE})


@dataclass(frozen=True, slots=True)
class Finding:
    """One row per library folder of the bundle.

    Attributes:
        files: None = the folder could not be read as a library.
        installed: the library of that name and version the site has; None = it has none.
        refusal: why; None unless the verdict is REFUSED.
    """

    folder: str
    verdict: Verdict
    files: LibraryFiles | None = None
    installed: Library | None = None
    refusal: PackageRefused | None = None

    @property
    def library(self) -> Library | None:
        return None if self.files is None else self.files.library


@dataclass(slots=True)
class Bundle(Unpacked):
    """What is in the archive, in order of folder name. Its files exist until it is closed."""

    findings: tuple[Finding, ...]
    folder: TemporaryDirectory[str]

    @property
    def to_write(self) -> tuple[LibraryFiles, ...]:
        """New and upgraded libraries; whatever they need is among them or installed."""
        return tuple(
            finding.files
            for finding in self.findings
            if finding.files is not None and finding.verdict in WRITTEN
        )

    @property
    def fingerprint(self) -> str:
        """The same as long as installing would do the same."""
        lines = (
            f"{found.folder}\0{found.verdict}\0{found.files.digest if found.files else ''}\n"
            for found in self.findings
        )
        return hashlib.sha256("".join(lines).encode()).hexdigest()


def read_bundle(
    file: BinaryIO, *, installed: Mapping[LibraryName, Installed], limits: Limits | None = None
) -> Bundle:
    """Reads the archive and judges every library folder in it. Close the result after use.

    A content folder and loose files, as a package has them, are left aside.

    Args:
        file: seekable, binary.

    Raises:
        PackageRefused: the archive itself breaks a rule, or holds no library at all.
    """
    limits = limits or Limits()
    folder = TemporaryDirectory(prefix="h5p-")
    try:
        files = extract_archive(file, into=Path(folder.name), limits=limits)
        folders = _by_folder(files)
        if not folders:
            raise PackageRefused("libraries_missing")
        findings = [
            _finding(name, inside, installed=installed, limits=limits)
            for name, inside in sorted(folders.items())
        ]
        return Bundle(_settled(_each_once(findings), installed), folder)
    except BaseException:
        folder.cleanup()
        raise


def _by_folder(files: Iterable[PackedFile]) -> dict[str, list[PackedFile]]:
    folders: dict[str, list[PackedFile]] = defaultdict(list)
    for file in files:
        first, slash, _rest = file.name.partition("/")
        if slash and first != CONTENT:
            folders[first].append(file)
    return folders


def _finding(
    folder: str,
    files: Iterable[PackedFile],
    *,
    installed: Mapping[LibraryName, Installed],
    limits: Limits,
) -> Finding:
    try:
        found = library_files(folder, files, limits=limits)
    except PackageRefused as refused:
        return Finding(folder, Verdict.REFUSED, refusal=refused)
    there = installed.get(found.library.name)
    if there is None:
        return Finding(folder, Verdict.NEW, found)
    if there.digest == found.digest:
        return Finding(folder, Verdict.SAME, found, there.library)
    if found.library.patch > there.library.patch:
        return Finding(folder, Verdict.UPGRADE, found, there.library)
    if found.library.patch < there.library.patch:
        return Finding(folder, Verdict.OLDER, found, there.library)
    refusal = PackageRefused("library_differs", place=folder, library=found.library.name.label)
    return Finding(folder, Verdict.REFUSED, found, there.library, refusal)


def _each_once(findings: Iterable[Finding]) -> list[Finding]:
    """A library that lies in two folders is refused in every folder but the first."""
    seen: set[LibraryName] = set()
    kept: list[Finding] = []
    for finding in findings:
        name = finding.library.name if finding.library else None
        if name is not None and name in seen:
            refusal = PackageRefused("library_duplicate", place=finding.folder, library=name.label)
            finding = replace(finding, verdict=Verdict.REFUSED, refusal=refusal)
        elif name is not None:
            seen.add(name)
        kept.append(finding)
    return kept


def _settled(
    findings: list[Finding], installed: Mapping[LibraryName, Installed]
) -> tuple[Finding, ...]:
    """Refuses what needs something refused, until nothing more has to be refused."""
    while True:
        at_hand = {name: one.library for name, one in installed.items()}
        at_hand |= {
            found.library.name: found.library
            for found in findings
            if found.library is not None and found.verdict in WRITTEN
        }
        judged = [_with_needs(finding, at_hand) for finding in findings]
        if judged == findings:
            return tuple(judged)
        findings = judged


def _with_needs(finding: Finding, at_hand: Mapping[LibraryName, Library]) -> Finding:
    if finding.library is None or finding.verdict not in WRITTEN:
        return finding
    try:
        for kind in PLAYED:
            for need in finding.library.needs[kind]:
                if need not in at_hand:
                    raise PackageRefused(
                        "dependency_missing", place=finding.folder, library=need.label
                    )
        preloaded_closure([finding.library.name], at_hand.get)
    except PackageRefused as refused:
        return replace(finding, verdict=Verdict.REFUSED, refusal=refused)
    return finding
