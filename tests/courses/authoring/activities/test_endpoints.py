"""What the editor in the browser asks for: types, files, packages; and the download."""

import io
import json
import zipfile
from typing import Any
from urllib.parse import quote

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from courses.authoring.drafts import as_drafted
from courses.h5p.services import export_content
from courses.models import Activity, H5PContent, H5PLibrary
from tests.courses.authoring.activities.conftest import Save
from tests.courses.authoring.activities.test_editing import editor
from tests.courses.h5p.packages import package

pytestmark = pytest.mark.django_db


def picture() -> SimpleUploadedFile:
    data = io.BytesIO()
    Image.new("RGB", (40, 30), "navy").save(data, "PNG")
    return SimpleUploadedFile("窓口.png", data.getvalue(), "image/png")


# --- types -----------------------------------------------------------------------------------


def test_a_type_is_described_in_the_contents_language(
    author: Client, true_false: H5PLibrary
) -> None:
    response = author.get("/admin/h5p/describe/?library=H5P.TrueFalse 1.6&language=ja")
    fields = {field["name"]: field for field in response.json()["fields"]}
    assert fields["question"]["kind"] == "html"
    assert fields["question"]["label"] == "設問"
    assert fields["l10n"]["common"] is True


def test_an_unknown_type_is_named_with_whom_to_ask(author: Client) -> None:
    response = author.get("/admin/h5p/describe/?library=H5P.Nowhere 2.1")
    assert response.status_code == 404
    assert "H5P.Nowhere 2.1" in response.json()["message"]


@pytest.mark.parametrize(
    ("method", "path"),
    [("get", "describe"), ("post", "media"), ("get", "file"), ("post", "package")],
)
def test_the_editors_addresses_are_for_authors_only(
    db: None, client: Client, django_user_model: Any, method: str, path: str
) -> None:
    address = f"/admin/h5p/{path}/"
    assert getattr(client, method)(address).status_code == 302  # to sign in
    client.force_login(django_user_model.objects.create_user("nobody"))
    response = getattr(client, method)(address)
    assert response.status_code in {302, 403}


# --- files -----------------------------------------------------------------------------------


def test_an_uploaded_picture_is_a_value_and_can_be_seen(author: Client) -> None:
    value = author.post("/admin/h5p/media/", {"file": picture(), "kind": "image"}).json()
    assert (value["mime"], value["width"], value["height"]) == ("image/png", 40, 30)
    shown = author.get("/admin/h5p/file/", {"path": value["path"]})
    assert shown.status_code == 200
    assert shown.headers["Content-Type"] == "image/png"
    assert "sandbox" in shown.headers["Content-Security-Policy"]


def test_a_file_that_is_not_what_it_says_is_refused(author: Client) -> None:
    fake = SimpleUploadedFile("a.png", b"<script>alert(1)</script>", "image/png")
    response = author.post("/admin/h5p/media/", {"file": fake, "kind": "image"})
    assert response.status_code == 400
    assert response.json()["message"]


def test_no_file_is_said(author: Client) -> None:
    assert author.post("/admin/h5p/media/").json() == {"message": "ファイルを選んでください。"}


@pytest.mark.parametrize("path", ["", "../../../etc/passwd", "images/0.png", "content.json"])
def test_only_media_can_be_seen(author: Client, path: str) -> None:
    assert author.get("/admin/h5p/file/", {"path": path}).status_code == 404


def test_a_picture_stays_when_the_draft_is_edited_again(
    author: Client, draft: Activity, save: Save, every_kind: H5PLibrary
) -> None:
    value = author.post("/admin/h5p/media/", {"file": picture(), "kind": "image"}).json()
    params = {
        "heading": "見出し",
        "introduction": "<p>説明</p>",
        "minutes": 5,
        "level": "easy",
        "picture": value,
        "questions": [{"text": "<div>？</div>", "points": 1, "answers": ["はい"]}],
    }
    given = {"library": "H5P.EveryKind 1.0", "params": params, "language": "ja"}
    assert save(draft, h5p=json.dumps(given)).status_code == 302
    first = as_drafted(Activity.objects.get(pk=draft.pk)).content
    again = given | {"based_on": str(first.uuid), "params": params | {"heading": "改めた見出し"}}
    assert save(draft, h5p=json.dumps(again)).status_code == 302
    second = as_drafted(Activity.objects.get(pk=draft.pk)).content
    assert second != first
    with zipfile.ZipFile(io.BytesIO(export_content(content=second))) as archive:
        assert f"content/{value['path']}" in archive.namelist()


# --- packages --------------------------------------------------------------------------------


def upload(client: Client, data: bytes, name: str = "問い.h5p") -> Any:
    return client.post("/admin/h5p/package/", {"file": SimpleUploadedFile(name, data)})


def test_a_package_without_libraries_is_completed_and_can_be_edited(
    author: Client, draft: Activity, save: Save, true_false: H5PLibrary
) -> None:
    save(draft, h5p=editor(question="<p>元の問い</p>", correct="true"))
    content = as_drafted(Activity.objects.get(pk=draft.pk)).content
    bare = export_content(content=content, with_libraries=False)
    value = upload(author, bare).json()
    assert value["library"] == "H5P.TrueFalse 1.6"
    assert value["params"]["question"] == "<p>元の問い</p>"
    assert H5PContent.objects.get(uuid=value["based_on"])
    assert save(draft, h5p=json.dumps(value)).status_code == 302


def test_a_missing_library_is_named_and_an_author_installs_none(author: Client) -> None:
    response = upload(author, package().getvalue())
    assert response.status_code == 400
    assert "H5P.Quiz 1.2" in response.json()["message"]
    assert "ライブラリ管理者" in response.json()["message"]
    assert not H5PLibrary.objects.filter(machine_name="H5P.Quiz").exists()


def test_the_librarian_may_bring_libraries(admin_client: Client, draft: Activity) -> None:
    value = upload(admin_client, package().getvalue()).json()
    assert value["library"] == "H5P.Quiz 1.2"
    assert H5PLibrary.objects.filter(machine_name="H5P.Quiz").exists()


def test_what_is_no_package_is_refused_with_the_reason(author: Client) -> None:
    response = upload(author, b"PK, but not really")
    assert response.status_code == 400
    assert response.json()["message"]
    assert not H5PContent.objects.filter(title="問い").exists()


def test_the_download_is_a_package_that_can_be_read_again(
    author: Client, draft: Activity, save: Save, true_false: H5PLibrary
) -> None:
    save(draft, title_ja="窓口：待ち時間", h5p=editor(question="<p>短い？</p>", correct="true"))
    response = author.get(f"/admin/h5p/{draft.pk}/download/")
    assert response.status_code == 200
    disposition = response.headers["Content-Disposition"]
    assert disposition.startswith("attachment; filename*=utf-8''")
    assert quote("窓口待ち時間.h5p") in disposition
    with zipfile.ZipFile(io.BytesIO(response.content)) as archive:
        assert "H5P.TrueFalse-1.6/library.json" in archive.namelist()
    assert upload(author, response.content).json()["params"]["question"] == "<p>短い？</p>"


def test_the_download_is_for_those_who_see_the_course(
    author: Client, stranger: Client, draft: Activity, save: Save, true_false: H5PLibrary
) -> None:
    assert author.get(f"/admin/h5p/{draft.pk}/download/").status_code == 404
    save(draft, h5p=editor(question="<p>？</p>", correct="true"))
    assert author.get(f"/admin/h5p/{draft.pk}/download/").status_code == 200
    assert stranger.get(f"/admin/h5p/{draft.pk}/download/").status_code in {302, 403}
