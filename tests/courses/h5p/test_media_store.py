"""Uploads of authors: the same rules as in packages, and every file once."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest
from django.db import connection

from courses.h5p import storage
from courses.h5p.media_store import media_entry
from courses.h5p.models import H5PFile
from courses.h5p.refusals import PackageRefused
from tests.courses.h5p.cards import png, upload
from tests.courses.h5p.test_services import files_below

pytestmark = pytest.mark.django_db


def test_the_same_bytes_are_kept_once_under_whatever_name(h5p_root: Path) -> None:
    first, second = upload(png(), "窓.png"), upload(png(), "C:\\fakepath\\other.PNG")
    assert first == second
    assert files_below(h5p_root) == [f"{first.digest}.png"]
    assert second.made_at > first.made_at
    assert first.size == len(png())


@pytest.mark.parametrize(
    ("data", "name", "kind", "entry"),
    [
        (
            png(3, 2),
            "a.png",
            None,
            {"folder": "images", "mime": "image/png", "width": 3, "height": 2},
        ),
        (png(), "a.png", "file", {"folder": "files", "mime": "image/png"}),
        (b"\x89PNG\r\n\x1a\n", "broken.png", None, {"folder": "images", "mime": "image/png"}),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "a.svg", None, {"mime": "image/svg+xml"}),
        (b"x", "a.mp4", None, {"folder": "videos", "mime": "video/mp4"}),
        (b"x", "a.ogg", None, {"folder": "audios", "mime": "audio/ogg"}),
        (b"x", "a.ogg", "video", {"folder": "videos", "mime": "video/ogg"}),
        (b"%PDF", "a.pdf", None, {"folder": "files", "mime": "application/octet-stream"}),
        (b"WEBVTT", "a.vtt", "file", {"folder": "files", "mime": "text/vtt"}),
    ],
)
def test_a_field_gets_what_it_holds_for_a_file(
    data: bytes, name: str, kind: str | None, entry: dict[str, Any]
) -> None:
    file = upload(data, name)
    made = media_entry(file=file, kind=kind)
    folder, _, rest = str(made["path"]).partition("/")
    assert rest == f"{file.digest[:32]}.{file.extension}"
    made["folder"] = folder
    assert made | entry == made
    assert ("width" in made) is ("width" in entry)
    assert made["copyright"] == {"license": "U"}


@pytest.mark.parametrize(
    ("data", "name", "reason"),
    [
        (b"alert(1)", "a.js", "extension_not_allowed"),
        (b"<html>", "a.html", "extension_not_allowed"),
        (b"{}", "a.json", "extension_not_allowed"),
        (b"x", "png", "extension_not_allowed"),
        (b"<html>", "a.png", "not_that_image"),
        (
            b"<svg xmlns='http://www.w3.org/2000/svg' onload='x'/>",
            "a.svg",
            "svg_active",
        ),
        (b"x" * 2_001, "a.mp4", "entry_too_large"),
        (b"x", "a\u202egnp.exe", "name_characters"),
        (b"x", "", "name_segment"),
    ],
)
def test_an_upload_that_breaks_a_rule_leaves_nothing(
    data: bytes, name: str, reason: str, settings: Any, h5p_root: Path
) -> None:
    settings.LMS_COURSES_H5P_LIMITS = {"entry_bytes": 2_000}
    with pytest.raises(PackageRefused) as caught:
        upload(data, name)
    assert caught.value.reason == reason
    assert not H5PFile.objects.exists()
    assert files_below(h5p_root) == []


@pytest.mark.django_db(transaction=True)
def test_two_who_upload_the_same_at_once_share_one_file(
    h5p_root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    genuine, both_are_here = storage.write_file, Barrier(2, timeout=30)

    def write_together(path: str, source: Path) -> str:
        both_are_here.wait()
        return genuine(path, source)

    monkeypatch.setattr(storage, "write_file", write_together)

    def upload_once(_: int) -> H5PFile:
        try:
            return upload(png(), "a.png")
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        first, second = pool.map(upload_once, range(2))

    assert first == second
    assert len(files_below(h5p_root)) == 1
    assert storage.read_stored(first.stored_in) == png()
