"""The archive reader: every byte accounted for, nothing believed, nothing left behind."""

import stat
import zipfile
from io import BytesIO
from pathlib import Path
from random import Random
from typing import Any, BinaryIO

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from courses.h5p.archive import extract_archive
from courses.h5p.limits import Limits
from courses.h5p.refusals import PackageRefused
from tests.courses.h5p.packages import DESCRIPTOR, STORE, UTF8, Entry, archive

SMALL = Limits(
    package_bytes=100_000,
    entry_bytes=50_000,
    total_bytes=60_000,
    entries=20,
    ratio=20,
    ratio_floor=5_000,
)
ANY = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)


def extract(data: bytes | BinaryIO, into: Path, limits: Limits = SMALL) -> dict[str, bytes]:
    file = BytesIO(data) if isinstance(data, bytes) else data
    return {
        packed.name: packed.read() for packed in extract_archive(file, into=into, limits=limits)
    }


def refusal(data: bytes, into: Path, limits: Limits = SMALL) -> PackageRefused:
    with pytest.raises(PackageRefused) as caught:
        extract(data, into, limits)
    return caught.value


NOISE = Random(0).randbytes(51_200)
A = Entry("content/a.txt", b"alpha")
B = Entry("content/b.txt", b"beta")
NAMES = st.sampled_from(["a.txt", "content/a.txt", "content/窓口.png", "c.txt"])
FILES = st.dictionaries(NAMES, st.binary(max_size=300), max_size=4)


@ANY
@given(FILES, st.sampled_from([zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED]))
def test_what_the_standard_library_packs_is_read_back(
    tmp_path: Path, files: dict[str, bytes], method: int
) -> None:
    target = BytesIO()
    with zipfile.ZipFile(target, "w", method) as packed:
        packed.writestr("h5p.json", b"{}")
        for name, data in files.items():
            packed.writestr(name, data)
    assert extract(target, tmp_path) == {"h5p.json": b"{}", **files}


def test_a_streamed_archive_with_data_descriptors_is_read(tmp_path: Path) -> None:
    class Pipe(BytesIO):
        def seek(self, *position: int) -> int:
            raise OSError("a pipe")

    target = Pipe()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("a.txt", b"alpha" * 100)
        with packed.open("b.txt", "w", force_zip64=True) as entry:
            entry.write(b"beta")
    data = target.getvalue()
    assert data[6] & DESCRIPTOR
    assert extract(data, tmp_path) == {"a.txt": b"alpha" * 100, "b.txt": b"beta"}


def test_folders_and_leftovers_of_file_managers_are_left_out(tmp_path: Path) -> None:
    entries = [
        Entry("content/", b"", method=STORE, attributes=(stat.S_IFDIR | 0o755) << 16 | 0x10),
        Entry("content/a.txt", b"alpha", attributes=(stat.S_IFREG | 0o644) << 16),
        Entry("__MACOSX/content/._a.txt", b"x"),
        Entry("content/.DS_Store", b"x"),
    ]
    assert extract(archive(entries), tmp_path) == {"content/a.txt": b"alpha"}
    assert len(list(tmp_path.iterdir())) == 1


def test_windows_and_mac_names_are_decoded_and_composed(tmp_path: Path) -> None:
    entries = [
        Entry("content/窓口表.txt".encode("cp932"), b"1", flags=0),
        Entry("content/か\u3099.txt", b"2"),
    ]
    assert extract(archive(entries), tmp_path) == {
        "content/窓口表.txt": b"1",
        "content/が.txt": b"2",
    }


def test_a_short_comment_at_the_end_is_accepted(tmp_path: Path) -> None:
    assert extract(archive([A], comment=b"made by hand"), tmp_path) == {A.name: A.data}


# What is too much under small limits; tests/courses/h5p/hostile.py has it under the real ones.
TOO_MUCH: list[tuple[str, bytes]] = [
    ("package_too_large", archive([Entry("a.txt", b"x" * 100_001, method=STORE)])),
    ("entry_too_large", archive([Entry("a.txt", NOISE)])),
    ("total_too_large", archive([Entry(f"{n}.txt", NOISE[:25_000]) for n in range(3)])),
    ("total_too_large", archive([Entry(f".{n}", NOISE[:25_000]) for n in range(3)])),
    ("too_many_entries", archive([Entry(f"{n}.txt", b"") for n in range(21)])),
    ("ratio_too_high", archive([Entry("a.txt", b"\0" * 40_000)])),
]


@pytest.mark.parametrize(("reason", "data"), TOO_MUCH)
def test_too_much_is_refused_before_anything_is_inflated(
    reason: str, data: bytes, tmp_path: Path
) -> None:
    assert refusal(data, tmp_path).reason == reason
    assert list(tmp_path.iterdir()) == []


def test_the_refusal_names_the_entry(tmp_path: Path) -> None:
    error = refusal(archive([A, Entry("content/c.txt", b"x", crc=1)]), tmp_path)
    assert error.place == "content/c.txt"
    assert str(error).startswith("content/c.txt: ")


def test_a_bomb_is_stopped_while_it_inflates(tmp_path: Path) -> None:
    """A size that lies small must not let the data grow."""
    data = archive([Entry("a.txt", b"\0" * 30_000_000, size=10)])
    assert refusal(data, tmp_path, Limits()).reason == "wrong_size"
    assert sum(path.stat().st_size for path in tmp_path.iterdir()) < 200_000


def test_entries_that_share_their_bytes_are_refused_before_inflating(tmp_path: Path) -> None:
    """The bomb of overlapping entries stays under every single limit."""
    body = Entry("0.txt", b"\0" * 4_000)
    data = archive([body, *(Entry(f"{n}.txt", b"\0" * 4_000, offset=0) for n in range(1, 15))])
    refusal(data, tmp_path)
    assert list(tmp_path.iterdir()) == []


SOUND = archive(
    [
        Entry("h5p.json", b'{"title": "x"}'),
        Entry("content/content.json", b"{}" * 40, flags=UTF8 | DESCRIPTOR),
        Entry("content/a.txt", b"alpha", method=STORE),
    ]
)


@ANY
@given(st.data())
def test_a_damaged_archive_is_refused_or_read_and_never_breaks_the_reader(
    tmp_path: Path, data: Any
) -> None:
    position = data.draw(st.integers(0, len(SOUND) - 1))
    changed = bytearray(SOUND)
    changed[position] = data.draw(st.integers(0, 255))
    try:
        files = extract(bytes(changed), tmp_path)
    except PackageRefused:
        return
    assert set(files.values()) == set(extract(SOUND, tmp_path).values())


@ANY
@given(st.integers(0, len(SOUND) - 1))
def test_a_cut_archive_is_refused(tmp_path: Path, length: int) -> None:
    refusal(SOUND[:length], tmp_path)


@ANY
@given(st.binary(max_size=200))
def test_any_bytes_behind_a_zip_signature_are_refused(tmp_path: Path, data: bytes) -> None:
    refusal(b"PK\x03\x04" + data, tmp_path)
