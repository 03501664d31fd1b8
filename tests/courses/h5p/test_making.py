"""The editor's door: sound content or every fault, media never copied."""

import json
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from courses.h5p import content_types, storage
from courses.h5p.content_types import editing_params, fault_text, form_description
from courses.h5p.media_store import media_entry
from courses.h5p.models import H5PContent, H5PFile, H5PLibrary
from courses.h5p.package import read_package
from courses.h5p.refusals import PackageRefused
from courses.h5p.semantics.check import ParamsRefused
from courses.h5p.services import export_content, install_package, make_content
from tests.courses.h5p.cards import CARD, install_cards, png, upload
from tests.courses.h5p.packages import as_json, need, pack
from tests.courses.h5p.test_services import files_below, media_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def card(tmp_path: Path) -> H5PLibrary:
    return install_cards(tmp_path)


def make(card: H5PLibrary, params: dict[str, Any], **options: Any) -> H5PContent:
    return make_content(
        **{"library": card, "params": params, "title": "確認", "language": "ja"} | options
    )


def note(text: str = "メモ", **params: Any) -> dict[str, Any]:
    return {"library": "H5P.Note 1.0", "params": {"text": text, **params}}


def refused(card: H5PLibrary, params: dict[str, Any], **options: Any) -> ParamsRefused:
    with pytest.raises(ParamsRefused) as caught:
        make(card, params, **options)
    return caught.value


def test_content_is_filled_in_and_cleaned_also_inside(card: H5PLibrary) -> None:
    content = make(card, {"text": "<p onclick=x>は<script>い</script></p>", "notes": [note("1<2")]})
    content.refresh_from_db()
    (inner,) = content.params["notes"]
    assert content.params["text"] == "<p>は</p>"
    assert content.params["button"] == "めくる"
    assert inner["params"] == {"text": "1&lt;2", "close": "Close"}
    assert inner["metadata"]["contentType"] == "Note"
    assert {library.folder for library in content.libraries.all()} == {
        "H5P.Card-1.0",
        "H5P.Note-1.0",
    }
    assert (content.title, content.language) == ("確認", "ja")


def test_every_fault_is_said_and_nothing_is_written(card: H5PLibrary) -> None:
    error = refused(
        card,
        {
            "notes": [note(""), {"library": "H5P.Chart 1.0"}],
            "picture": {"path": "images/gone.png"},
        },
    )
    assert [(fault.path, fault.reason) for fault in error.faults] == [
        ("text", "required"),
        ("picture", "file_missing"),
        ("notes[0].params.text", "required"),
        ("notes[1]", "library_not_offered"),
    ]
    assert not H5PContent.objects.exists()
    with translation.override("ja"):
        assert fault_text(error.faults[0]) == "入力してください。"


def test_a_refusal_is_said_in_the_readers_language(card: H5PLibrary) -> None:
    with translation.override("ja"):
        assert "H5P.Card 1.0に必要な入力" in refused(card, {}).message


def test_the_same_again_is_the_content_there_is(card: H5PLibrary) -> None:
    first = make(card, {"text": "a", "notes": [note()]})
    again = make(card, first.params)
    assert again == first
    assert H5PContent.objects.count() == 1


@pytest.mark.parametrize(
    ("params", "reason"),
    [
        ({"text": "a", "x": float("nan")}, "json_number"),
        ({"text": "\ud800"}, "json_text"),
        ({"text": "a\0"}, "json_text"),
        ({"text": "a", "x": 10**30}, "json_number"),
    ],
)
def test_what_json_cannot_hold_is_refused(
    card: H5PLibrary, params: dict[str, Any], reason: str
) -> None:
    with pytest.raises(PackageRefused) as caught:
        make(card, params)
    assert caught.value.reason == reason


def test_a_type_that_is_only_a_part_is_refused(card: H5PLibrary) -> None:
    part = H5PLibrary.objects.get(machine_name="H5P.Note")
    with pytest.raises(PackageRefused) as caught:
        make(part, {"text": "a"})
    assert caught.value.reason == "main_library_not_runnable"


# --- media --------------------------------------------------------------------------------------


def test_uploads_that_the_content_names_are_its_media(card: H5PLibrary) -> None:
    picture, film = upload(png(), "窓.png"), upload(b"film", "a.mp4")
    upload(b"never used", "b.mp4")
    content = make(
        card,
        {"text": "a", "picture": media_entry(file=picture), "film": [media_entry(file=film)]},
    )
    assert media_of(content) == {
        content.params["picture"]["path"]: png(),
        content.params["film"][0]["path"]: b"film",
    }


def test_an_edited_content_shares_the_film_of_the_earlier_version(
    card: H5PLibrary, h5p_root: Path
) -> None:
    film = upload(b"film" * 1000, "a.mp4")
    first = make(card, {"text": "a", "film": [media_entry(file=film)]})
    before = files_below(h5p_root)

    second = make(card, first.params | {"text": "b"}, based_on=first)

    assert second != first
    assert second.files.get().file == first.files.get().file == film
    assert files_below(h5p_root) == before


def test_media_of_an_imported_package_keep_their_names(card: H5PLibrary) -> None:
    source = make(card, {"text": "a", "picture": media_entry(file=upload(png(), "a.png"))})
    files = {"content/images/窓.png": png(), "content/unused.txt": b"x"}
    params = source.params | {"picture": {"path": "images/窓.png", "mime": "image/png"}}
    imported = install_package(file=_package(source, params, files))

    edited = make(card, imported.params | {"text": "b"}, based_on=imported)

    assert set(media_of(imported)) == {"images/窓.png", "unused.txt"}
    assert set(media_of(edited)) == {"images/窓.png"}
    assert edited.metadata["authors"] == [{"name": "区役所"}]
    assert edited.metadata["title"] == "確認"


def _package(source: H5PContent, params: Any, media: dict[str, bytes]) -> BytesIO:
    metadata = {
        "title": "取り込み",
        "mainLibrary": "H5P.Card",
        "language": "ja",
        "authors": [{"name": "区役所"}],
        "preloadedDependencies": [need("H5P.Card 1.0")],
    }
    return pack({"h5p.json": as_json(metadata), "content/content.json": as_json(params), **media})


def test_media_named_only_in_html_stay(card: H5PLibrary) -> None:
    source = make(card, {"text": "a"})
    params = {"text": "a", "own": '<img src="images/a.png">'}
    imported = install_package(file=_package(source, params, {"content/images/a.png": png()}))
    assert set(media_of(make(card, imported.params, based_on=imported))) == {"images/a.png"}


def test_a_file_stands_only_for_what_it_was_checked_as(card: H5PLibrary) -> None:
    active = upload(b"<svg xmlns='http://www.w3.org/2000/svg' onload='x'/>", "a.txt")
    error = refused(card, {"text": "a", "picture": {"path": f"images/{active.digest[:32]}.svg"}})
    assert [(fault.path, fault.reason) for fault in error.faults] == [("picture", "file_missing")]


def test_a_film_is_no_picture(card: H5PLibrary) -> None:
    film = upload(b"film", "a.mp4")
    error = refused(card, {"text": "a", "picture": media_entry(file=film)})
    assert [(fault.path, fault.reason) for fault in error.faults] == [("picture", "file_kind")]


# --- out and back -------------------------------------------------------------------------------


def test_an_authored_content_comes_back_from_its_package_as_itself(card: H5PLibrary) -> None:
    picture = media_entry(file=upload(png(), "a.png"))
    sound = [media_entry(file=upload(b"sound", "a.mp3"))]
    content = make(
        card,
        {"text": "<p>あ</p>", "x": 1e300, "picture": picture, "notes": [note(sound=sound)]},
    )
    content.refresh_from_db()

    exported = export_content(content=content)

    with read_package(BytesIO(exported), installed={}) as whole:
        assert whole.digest == content.digest
        assert {library.name.folder for library in whole.closure} == {
            "H5P.Card-1.0",
            "H5P.Note-1.0",
        }
        assert set(whole.files) == {
            "content/content.json",
            f"content/{picture['path']}",
            f"content/{sound[0]['path']}",
        }
    assert install_package(file=BytesIO(exported)) == content
    assert H5PFile.objects.count() == 2


@pytest.mark.parametrize("x", [1.0, -0.0, 0.1, 1e22, 1e-320, 43.85, 2**53])
def test_numbers_come_back_as_they_went(card: H5PLibrary, x: float) -> None:
    content = make(card, {"text": "a", "x": x})
    content.refresh_from_db()
    assert content.params["x"] == x
    assert install_package(file=BytesIO(export_content(content=content))) == content


def test_a_package_is_not_exported_without_one_of_its_files(card: H5PLibrary) -> None:
    picture = upload(png(), "a.png")
    content = make(card, {"text": "a", "picture": media_entry(file=picture)})
    storage.remove_file(picture.stored_in)
    with pytest.raises(FileNotFoundError):
        export_content(content=content)


# --- what the editor asks for -------------------------------------------------------------------


def test_a_form_is_described_in_the_language_asked_for(card: H5PLibrary) -> None:
    form = form_description(library=card, language="ja-JP")
    assert {key: form[key] for key in ("library", "title", "language")} == {
        "library": "H5P.Card 1.0",
        "title": "Card",
        "language": "ja-JP",
    }
    assert [field["name"] for field in form["fields"]] == [field["name"] for field in CARD]
    assert (form["fields"][0]["label"], form["fields"][1]["default"]) == ("本文", "めくる")
    assert form["fields"][5]["item"]["options"] == [
        {"library": "H5P.Note 1.0", "title": "Note", "installed": True}
    ]
    assert json.loads(json.dumps(form)) == form


def test_a_types_files_are_read_once(card: H5PLibrary, monkeypatch: pytest.MonkeyPatch) -> None:
    content_types._fields.cache_clear()
    read: list[str] = []
    genuine = storage.read_file

    def counted(path: str) -> bytes | None:
        read.append(path)
        return genuine(path)

    monkeypatch.setattr(storage, "read_file", counted)
    first = form_description(library=card, language="ja")
    assert {path.rpartition("/")[2] for path in read} == {"semantics.json", "ja.json"}
    read.clear()
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert form_description(library=card, language="ja") == first
    assert (read, len(queries)) == ([], 1)


def test_an_author_gets_the_text_as_typed_and_saves_it_unchanged(card: H5PLibrary) -> None:
    content = make(card, {"text": "<p>a</p>", "notes": [note('1 < 2 & "x"')]})
    form = editing_params(content=content)
    assert form["params"]["notes"][0]["params"]["text"] == '1 < 2 & "x"'
    assert (form["library"], form["title"], form["language"]) == ("H5P.Card 1.0", "確認", "ja")
    assert make(card, form["params"], based_on=content) == content


def test_an_editor_is_told_of_the_media_there_are(card: H5PLibrary) -> None:
    entry = media_entry(file=upload(png(), "a.png"))
    content = make(card, {"text": "a", "picture": entry})
    assert editing_params(content=content)["files"] == {
        entry["path"]: {"mime": "image/png", "size": len(png())}
    }
