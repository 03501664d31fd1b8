"""The corpus of hostile and malformed packages: made on the spot, each with the reason it gets.

Pure: neither Django nor the engine's services, so that a small process can measure it.
"""

import stat
import struct
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

from courses.h5p.limits import MIB
from tests.courses.h5p.packages import (
    DESCRIPTOR,
    STORE,
    UTF8,
    Entry,
    archive,
    as_json,
    deflated,
    h5p_json,
    library_folder,
    library_json,
    need,
    pack,
    package,
    package_files,
)

PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 20
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><path d="M0 0h1"/></svg>'
# Entities that expand into each other, a billion times in all.
LAUGHS = (
    b'<!DOCTYPE svg [<!ENTITY a0 "ha">'
    + b"".join(b'<!ENTITY a%d "%s">' % (n, b"&a%d;" % (n - 1) * 10) for n in range(1, 10))
    + b']><svg xmlns="http://www.w3.org/2000/svg">&a9;</svg>'
)
A = Entry("content/a.txt", b"alpha")
B = Entry("content/b.txt", b"beta")


def unix(kind: int) -> int:
    return (kind | 0o644) << 16


# Every rule about archives, broken by an archive that keeps all others. The limits are the
# engine's own, so nothing here is small where it should be large.
ARCHIVES: dict[str, list[bytes]] = {
    "not_a_zip": [b"", b"PK", b"<html>", b"\x89PNG\r\n\x1a\n", archive([A], prefix=b"#!/bin/sh\n")]
    # Files that are something else as well.
    + [archive([A], prefix=start) for start in (b"%PDF-1.7\n", b"GIF89a\x01\x00", b"MZ\x90\0")],
    "h5p_json_missing": [archive([])],
    "truncated": [
        archive([A])[:-4],
        archive([Entry("a.txt", packed=deflated(b"alpha")[:-2], size=5)]),
        archive([Entry("a.txt", packed=b"", size=5)]),
    ],
    "end_missing": [
        archive([A])[:-30],
        b"PK\x03\x04" + b"\0" * 100,
        archive([A], suffix=b"\0" * 70_000),
    ],
    "trailing_bytes": [
        archive([A], suffix=b"x"),
        archive([A], suffix=b"<html><script>alert(1)</script></html>"),
        archive([A], comment=archive([B])[:30]),
    ],
    "second_archive": [
        archive([A]) + archive([B]),
        archive([A, B], shift=-1),
        archive([Entry("a.txt", b"x", gap=b"PK\x03\x04"), B]),
    ],
    "prefix_bytes": [archive([A], prefix=b"PK\x03\x04" + b"\0" * 40)],
    "hidden_bytes": [
        archive([Entry("a.txt", b"x", gap=b"hidden"), B]),
        archive([Entry("a.txt", b"x", gap=b"hidden")]),
        archive([Entry("a.txt", b"x", gap=b"h" * 5000), B]),
        archive([Entry("a.txt", b"x", packed=deflated(b"x") + b"hidden")]),
        archive([A], count=0),
        archive([A, B], count=1),
        archive([Entry("content/", b"", packed=b"\x03\x00hidden"), A]),
        archive([Entry("content/", b"payload", method=STORE), A]),
    ],
    "overlapping_entries": [
        archive([A, Entry("b.txt", A.data, offset=0)]),
        archive([Entry("a.txt", b"x", packed_size=400), B]),
        archive([Entry("a.txt", b"x", offset=0), Entry("b.txt", b"x", offset=3)]),
    ],
    "directory_damaged": [
        archive([A], shift=1),
        archive([A]).replace(b"PK\x01\x02", b"PK\x01\x09"),
    ],
    "split_archive": [archive([A], disk=1)],
    "zip64": [
        archive([Entry("a.txt", b"x", size=0xFFFFFFFF)]),
        archive([A], before_end=struct.pack("<4sIQI", b"PK\x06\x07", 0, 0, 1)),
    ],
    "headers_disagree": [
        archive([Entry("a.txt", b"x", local_name="b.txt")]),
        archive([Entry("a.txt", b"x", local_method=STORE)]),
        archive([Entry("a.txt", b"x", local_size=9)]),
        archive([Entry("a.txt", b"x", flags=UTF8 | DESCRIPTOR, descriptor_crc=1), B]),
    ],
    "encrypted": [archive([Entry("a.txt", b"x", flags=UTF8 | bit)]) for bit in (1, 0x40, 0x2000)],
    "unknown_compression": [
        archive([Entry("a.txt", b"x", method=12)]),
        archive([Entry("a.txt", b"x", method=99)]),
        archive([Entry("a.txt", b"x", flags=UTF8 | 0x20)]),
    ],
    "special_file": [
        archive([Entry("a.txt", b"/etc/passwd", attributes=unix(kind))])
        for kind in (stat.S_IFLNK, stat.S_IFCHR, stat.S_IFBLK, stat.S_IFIFO, stat.S_IFSOCK)
    ]
    + [archive([Entry("a.txt", b"x", attributes=0x400)])],
    "not_inflatable": [archive([Entry("a.txt", b"x", packed=b"\xff\xff\xff\xff")])],
    "wrong_checksum": [archive([Entry("a.txt", b"x", crc=1)])],
    "wrong_size": [
        archive([Entry("a.txt", b"x" * 9, size=5)]),
        archive([Entry("a.txt", b"x" * 5, size=500_000)]),
    ],
    "name_undecodable": [
        archive([Entry(b"\x82", b"", flags=0)]),
        # ".." in the overlong form that careless decoders accept.
        archive([Entry(b"\xc0\xae\xc0\xae/a.txt", b"")]),
    ],
    "name_absolute": [archive([Entry(name)]) for name in ("/a.txt", "//host/share/a.txt")],
    "name_segment": [
        archive([Entry(name)])
        for name in (
            *("../a.txt", "a/../../a.txt", "content/../../../etc/passwd", ".."),
            *("./a.txt", "a/./b.txt", "a//b.txt", "content/.."),
        )
    ],
    "name_backslash": [
        archive([Entry(name)])
        for name in ("a\\b.txt", "..\\a.txt", "\\\\host\\share\\a.txt", "C:\\a.txt")
    ],
    "name_drive": [archive([Entry(name)]) for name in ("C:a.txt", "C:/a.txt", "a.txt:stream")],
    "name_characters": [
        archive([Entry("a\0.txt")]),
        archive([Entry("\u202etxt.exe")]),
        archive([Entry("x.js\0.png")]),
    ],
    "name_too_long": [archive([Entry("x" * 201)])],
    "path_too_long": [archive([Entry("/".join(["x" * 200] * 5))])],
    "name_too_deep": [archive([Entry("a/" * 20 + "b")])],
    "name_duplicate": [
        archive([A, A]),
        archive([A, Entry("content/A.txt", b"x")]),
        archive([Entry("content", b"x"), A]),
        archive([Entry("content/é.txt", b"1"), Entry("content/e\u0301.txt", b"2")]),
        archive([Entry("content/straße.txt", b"1"), Entry("content/STRASSE.txt", b"2")]),
        archive([Entry("content/Ａ.txt", b"1"), Entry("content/ａ.txt", b"2")]),
    ],
}


def without(name: str) -> BytesIO:
    files = package_files()
    del files[name]
    return pack(files)


def with_library(**changes: Any) -> BytesIO:
    return package(libraries=library_folder(**changes))


def with_metadata(**changes: Any) -> BytesIO:
    return package(metadata=h5p_json(**changes))


# Every rule about the inside of a package, broken by a package that keeps all others.
PACKAGES: dict[str, list[BytesIO]] = {
    "h5p_json_missing": [without("h5p.json"), pack({"x/h5p.json": b"{}"})],
    "content_json_missing": [without("content/content.json")],
    "h5p_json_field": [
        with_metadata(title=7),
        with_metadata(language=["ja"]),
        with_metadata(preloadedDependencies="H5P.Quiz 1.2"),
        with_metadata(preloadedDependencies=[{"machineName": "H5P.Quiz"}]),
        with_metadata(dynamicDependencies=[7]),
    ],
    "main_library_missing": [
        with_metadata(mainLibrary=None),
        with_metadata(mainLibrary="H5P.Other"),
        with_metadata(mainLibrary=7),
        with_metadata(preloadedDependencies=[]),
        with_metadata(preloadedDependencies=None),
    ],
    "main_library_not_runnable": [with_library(runnable=0)],
    "library_json_missing": [without("H5P.Quiz-1.2/library.json"), package(Entry("x/y.txt"))],
    "library_json_field": [
        with_library(title=None),
        with_library(preloadedJs=[{"path": "../../x.js"}]),
    ],
    "library_folder": [
        package(libraries={"H5P.Quiz-1.3/library.json": as_json(library_json())}),
    ],
    "library_duplicate": [
        package(Entry("H5P.Quiz/library.json", as_json(library_json(preloadedJs=None))))
    ],
    "library_file_missing": [with_library(preloadedJs=[{"path": "gone.js"}])],
    "library_too_new": [with_library(coreApi={"majorVersion": 2, "minorVersion": 0})],
    "dependency_missing": [
        package(libraries={}),
        with_library(preloadedDependencies=[need("H5P.Gone 1.0")]),
        with_library(dynamicDependencies=[need("H5P.Gone 1.0")]),
        with_metadata(preloadedDependencies=[need("H5P.Quiz 1.2"), need("H5P.Gone 1.0")]),
        package(params={"parts": [{"library": "H5P.Gone 1.0", "params": {}}]}),
    ],
    "dependency_cycle": [
        package(
            libraries=library_folder(preloadedDependencies=[need("H5P.B 1.0")])
            | library_folder("H5P.B 1.0", preloadedDependencies=[need("H5P.Quiz 1.2")])
        ),
        with_library(preloadedDependencies=[need("H5P.Quiz 1.2")]),
    ],
    "extension_not_allowed": [
        package(Entry("content/x.js", b"alert(1)")),
        package(Entry("content/x.html", b"<script>")),
        package(Entry("content/x.swf")),
        package(Entry("content/x.php")),
        package(Entry("content/library.xml")),
        package(Entry("content/noextension")),
        package(Entry("H5P.Quiz-1.2/x.php")),
        package(Entry("H5P.Quiz-1.2/x.html")),
        package(Entry("run.exe")),
        package(Entry("content/photo.jpg.php", b"<?php")),
        package(Entry("content/photo.png.html", b"<script>alert(1)</script>")),
        package(Entry("content/x.JS", b"alert(1)")),
        package(Entry("content/x.js ", b"alert(1)")),
        package(Entry("content/x.html.", b"<script>")),
        package(Entry("content/xhtml.xht", b"<script>")),
        package(Entry("content/nested.h5p", pack(package_files()).getvalue())),
        package(Entry("content/nested.zip", pack(package_files()).getvalue())),
    ],
    "not_that_image": [
        package(Entry("content/x.png", b"GIF89a")),
        package(Entry("content/x.jpg", b"<script>alert(1)</script>")),
        package(Entry("content/x.GIF", PNG)),
        package(Entry("content/x.bmp", b"")),
        package(Entry("content/x.tif", b"II*")),
        package(Entry("H5P.Quiz-1.2/x.png", b"MZ")),
        package(Entry("content/x.svg", b"<html/>")),
        package(Entry("content/x.php.jpg", b"<?php system('id');")),
        package(Entry("content/x.png", pack(package_files()).getvalue())),
    ],
    "svg_unreadable": [package(Entry("content/x.svg", b"not xml"))],
    "svg_active": [
        package(Entry("content/x.svg", SVG.replace(b"<path", b"<script/><path"))),
        package(Entry("content/deep/X.SVG", SVG.replace(b"<path", b"<path onclick='x'"))),
        package(Entry("content/x.svg", SVG.replace(b"<path", b"<foreignObject/><path"))),
        package(Entry("content/x.svg", SVG.replace(b"<path", b"<a href='javascript:x'/><path"))),
        package(Entry("content/x.svg", SVG.replace(b"<path", b"<use href='//host/x'/><path"))),
        package(Entry("content/laughs.svg", LAUGHS)),
    ],
    "json_not_utf8": [
        package(Entry("content/x.json", b"\xff")),
        pack(package_files() | {"content/content.json": '{"a": "は"}'.encode("utf-16")}),
        pack(package_files() | {"h5p.json": '{"title": "窓口"}'.encode("cp932")}),
    ],
    "json_invalid": [
        package(Entry("content/x.json", b"{")),
        pack(package_files() | {"h5p.json": b"<html>"}),
        pack(package_files() | {"content/content.json": b""}),
    ],
    "json_number": [
        pack(package_files() | {"content/content.json": data})
        for data in (b'{"a": NaN}', b'{"a": 1e999}', b'{"a": ' + b"9" * 1_000_000 + b"}")
    ],
    "json_duplicate_key": [
        pack(package_files() | {"h5p.json": b'{"mainLibrary": "A", "mainLibrary": "B"}'}),
        pack(package_files() | {"H5P.Quiz-1.2/library.json": b'{"title": "A", "title": "B"}'}),
    ],
    "json_text": [
        pack(package_files() | {"content/content.json": data})
        for data in (b'{"a": "\\u0000"}', b'{"a": "\\ud800"}')
    ],
    "json_too_deep": [
        pack(package_files() | {"content/content.json": data})
        for data in (b'{"a":' * 65 + b"1" + b"}" * 65, b'{"a":' + b"[" * 400_000)
    ],
    "json_not_object": [
        pack(package_files() | {"content/content.json": b"[]"}),
        pack(package_files() | {"h5p.json": b'"x"'}),
        pack(package_files() | {"H5P.Quiz-1.2/library.json": b"[]"}),
    ],
}


def _content(data: bytes) -> bytes:
    """Stored, not deflated: what repeats itself would be refused for its ratio already."""
    files = package_files()
    del files["content/content.json"]
    return pack(files, Entry("content/content.json", data, method=STORE)).getvalue()


def _junk(name: str, size: int, packed: int) -> Entry:
    """An entry that states `size` and holds `packed` bytes that are no deflated data."""
    return Entry(name, packed=b"\xff" * packed, size=size, crc=0)


# Packages that cost: each is small where it arrives and would be large, many or slow inside.
BOMBS: dict[str, list[Callable[[], bytes]]] = {
    "ratio_too_high": [
        lambda: package(Entry("content/zeros.txt", b"\0" * (100 * MIB))).getvalue(),
        lambda: package(Entry("content/zeros.txt", b"\0" * (2 * MIB))).getvalue(),
        # What is left out afterwards is counted too.
        lambda: package(Entry("__MACOSX/zeros", b"\0" * (100 * MIB))).getvalue(),
    ],
    "wrong_size": [
        lambda: package(Entry("content/zeros.txt", b"\0" * (100 * MIB), size=10)).getvalue(),
        lambda: package(Entry("content/zeros.txt", b"\0" * (100 * MIB), size=MIB)).getvalue(),
    ],
    "entry_too_large": [lambda: package(_junk("content/a.txt", 201 * MIB, 2 * MIB)).getvalue()],
    "total_too_large": [
        lambda: package(
            *(_junk(f"content/{n}.txt", 199 * MIB, 1 * MIB) for n in range(3))
        ).getvalue()
    ],
    "too_many_entries": [
        lambda: package(*(Entry(f"content/{n}.txt") for n in range(10_001))).getvalue(),
        lambda: archive([Entry(f"{n}.txt", method=STORE) for n in range(60_000)]),
    ],
    "overlapping_entries": [
        # One body of zeros that four hundred entries claim.
        lambda: archive(
            [
                Entry("0.txt", b"\0" * MIB),
                *(
                    Entry(f"{n}.txt", b"\0" * MIB, packed=b"", packed_size=1_100, offset=0)
                    for n in range(1, 400)
                ),
            ]
        )
    ],
    "json_too_large": [lambda: _content(b'{"a": "' + b"x y " * 2_700_000 + b'"}')],
    "json_too_many": [
        lambda: _content(b'{"a": [' + b"[]," * 3_000_000 + b"[]]}"),
        lambda: _content(b'{"a": [' + b'{"":0},' * 1_400_000 + b"[]]}"),
    ],
    "json_duplicate_key": [lambda: _content(b'{"a": 1, ' + b'"b": 1, ' * 200_000 + b'"a": 2}')],
    "json_text": [lambda: _content(b'{"a": [' + b'"x", ' * 400_000 + b'"\\u0000"]}')],
    "json_invalid": [lambda: _content(b'{"a": [' + b"[], " * 240_000)],
    "svg_too_many": [
        lambda: package(
            Entry(
                "content/x.svg",
                SVG.replace(b"</svg>", b"<g/>" * 1_000_000 + b"</svg>"),
                method=STORE,
            )
        ).getvalue()
    ],
    "extension_not_allowed": [
        # The last of many files is the bad one.
        lambda: package(
            *(Entry(f"content/{n}.txt", b"x") for n in range(2_000)), Entry("content/x.exe")
        ).getvalue()
    ],
    "dependency_missing": [
        # A chain of libraries whose end is missing.
        lambda: pack(
            package_files(
                libraries=library_folder(preloadedDependencies=[need("H5P.L0 1.0")])
                | {
                    name: data
                    for n in range(300)
                    for name, data in library_folder(
                        f"H5P.L{n} 1.0", preloadedDependencies=[need(f"H5P.L{n + 1} 1.0")]
                    ).items()
                }
            )
        ).getvalue()
    ],
}


@dataclass(frozen=True)
class Hostile:
    """One package. `padded_to` = the file is stretched to that size, with nothing in it."""

    name: str
    reason: str
    make: Callable[[], bytes]
    padded_to: int = 0

    def write(self, path: Path) -> None:
        data = self.make()
        with path.open("wb") as file:
            file.write(data)
            file.truncate(max(len(data), self.padded_to))


def _corpus() -> Iterator[Hostile]:
    for reason, archives in ARCHIVES.items():
        for number, data in enumerate(archives):
            yield Hostile(f"{reason}-{number}", reason, lambda data=data: data)  # type: ignore[misc]
    for reason, files in PACKAGES.items():
        for number, file in enumerate(files):
            yield Hostile(f"{reason}-inside-{number}", reason, file.getvalue)
    for reason, makers in BOMBS.items():
        for number, make in enumerate(makers):
            yield Hostile(f"{reason}-bomb-{number}", reason, make)
    yield Hostile("package_too_large", "package_too_large", lambda: archive([A]), 251 * MIB)


CORPUS = tuple(_corpus())
