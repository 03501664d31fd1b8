"""The librarian's pages, through HTTP."""

import json
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from wagtail.models import Page

from courses.authoring.services import set_up_authors, set_up_librarians
from courses.h5p.models import H5PContent, H5PLibrary
from courses.models import Activity
from tests.courses.h5p.greeting import UPGRADED_PARAMS
from tests.courses.h5p.hub_server import StandIn, offered, stand_in_hub
from tests.courses.h5p.packages import library_folder, need, pack, package
from tests.courses.h5p.test_services import files_below

pytestmark = pytest.mark.django_db


def url(name: str, *args: object) -> str:
    return reverse(f"h5p_libraries:{name}", args=args)


def upload(client: Client, file: BytesIO, name: str = "bundle.h5p") -> Any:
    data = {"file": SimpleUploadedFile(name, file.getvalue())}
    return client.post(url("install"), data, follow=True)


def confirm(client: Client, shown: Any, **changes: str) -> Any:
    fields = {key: shown.context[key] for key in ("ticket", "source", "fingerprint")}
    return client.post(url("install_preview"), fields | changes, follow=True)


def said(response: Any) -> str:
    return " ".join(str(message) for message in response.context["messages"])


# --- who may --------------------------------------------------------------------------------------


def test_only_librarians_and_administrators_come_in(old: H5PLibrary, content: H5PContent) -> None:
    users = get_user_model().objects
    author = users.create_user("author")
    author.groups.add(set_up_authors(section=Page.get_first_root_node()))
    librarian = users.create_user("librarian")
    librarian.groups.add(set_up_librarians())
    table = {
        None: False,
        users.create_user("employee"): False,
        author: False,
        librarian: True,
        users.create_superuser("admin"): True,
    }
    pages = [
        *(url("index"), url("index_results"), url("install"), url("hub"), url("remove")),
        *(url("detail", old.pk), url("upgrade", old.pk), url("upgrade_params", content.uuid)),
    ]
    posts = [
        url("upgrade_check", content.uuid, old.pk),
        url("upgrade_adopt", old.pk),
        url("remove"),
    ]
    for user, may in table.items():
        client = Client()
        if user is not None:
            client.force_login(user)
        for address in pages:
            assert (client.get(address).status_code == 200) is may, (user, address)
        for address in posts:
            status = client.post(address, b"{}", content_type="application/json").status_code
            is_refused = status in {302, 403} and not may
            assert is_refused or may, (user, address)


def test_the_menu_shows_the_page_to_librarians_only(client: Client) -> None:
    assert url("index") in client.get(reverse("wagtailadmin_home")).content.decode()
    other = get_user_model().objects.create_user("x")
    other.user_permissions.add(Permission.objects.get(codename="access_admin"))
    client.force_login(other)
    assert url("index") not in client.get(reverse("wagtailadmin_home")).content.decode()


# --- looking --------------------------------------------------------------------------------------


def test_the_list_says_version_licence_and_use(client: Client, activity: Activity) -> None:
    page = client.get(url("index")).content.decode()
    for text in ("H5P.Greeting", "1.0.3", "1.2.3", "MIT", "あいさつ"):
        assert text in page


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({}, {"H5P.Greeting 1.0", "H5P.Greeting 1.2", "H5P.Word 1.0", "H5P.Word 1.1"}),
        ({"show": "types"}, {"H5P.Greeting 1.0", "H5P.Greeting 1.2"}),
        ({"show": "parts"}, {"H5P.Word 1.0", "H5P.Word 1.1"}),
        ({"show": "unused"}, {"H5P.Greeting 1.2", "H5P.Word 1.1"}),
        ({"q": "word"}, {"H5P.Word 1.0", "H5P.Word 1.1"}),
        ({"q": "あいさつ", "show": "unused"}, {"H5P.Greeting 1.2"}),
    ],
)
def test_the_list_is_searched_and_filtered(
    client: Client, activity: Activity, query: dict[str, str], expected: set[str]
) -> None:
    rows = client.get(url("index"), query).context["object_list"]
    assert {f"{row.machine_name} {row.major}.{row.minor}" for row in rows} == expected


@pytest.mark.parametrize("key", ["title", "machine_name", "license", "runnable", "installed_at"])
def test_the_list_is_sorted_both_ways(client: Client, activity: Activity, key: str) -> None:
    for direction in ("", "-"):
        assert client.get(url("index"), {"ordering": f"{direction}{key}"}).status_code == 200


def test_the_list_is_sorted_by_use(client: Client, activity: Activity) -> None:
    rows = client.get(url("index"), {"ordering": "-content_count"}).context["object_list"]
    assert [row.content_count for row in rows] == [1, 1, 0, 0]


def test_the_list_costs_the_same_however_long_it_is(
    client: Client, activity: Activity, django_assert_max_num_queries: Any
) -> None:
    libraries = {}
    for number in range(20):
        libraries |= library_folder(f"H5P.L{number} 1.0")
    confirm(client, upload(client, pack(libraries)))
    with django_assert_max_num_queries(40):
        client.get(url("index"))


def test_the_list_can_be_exported(client: Client, activity: Activity) -> None:
    response = client.get(url("index"), {"export": "csv"})
    assert "H5P.Greeting" in b"".join(response.streaming_content).decode()  # type: ignore[attr-defined]


def test_a_library_shows_where_it_is_used_and_what_it_needs(
    client: Client, activity: Activity, old: H5PLibrary, new: H5PLibrary
) -> None:
    page = client.get(url("detail", old.pk)).content.decode()
    for text in ("窓口の基本", "朝のあいさつ", "公開中", str(new), url("upgrade", old.pk)):
        assert text in page
    assert url("upgrade", new.pk) not in client.get(url("detail", new.pk)).content.decode()


def test_a_type_said_to_be_inaccessible_is_marked_and_the_source_given_to_compare(
    client: Client,
) -> None:
    files = library_folder("H5P.ImageHotspotQuestion 1.8")
    confirm(client, upload(client, pack(files)))
    row = H5PLibrary.objects.get()
    page = client.get(url("detail", row.pk)).content.decode()
    assert "アクセシブルでないと思われます（未確認）" in page
    assert "アクセシブルでないと公表されています" not in page
    assert "<code>https://help.h5p.com/" in page
    assert 'href="https://help.h5p.com' not in page  # the office has no internet
    assert "キーボード" in page


# --- installing -----------------------------------------------------------------------------------


def test_a_bundle_is_shown_first_and_installed_when_confirmed(
    client: Client, h5p_root: Path
) -> None:
    shown = upload(client, pack(library_folder() | library_folder("H5P.Bad 1.0", title=None)))
    page = shown.content.decode()
    assert "新しく導入します" in page
    assert "導入できません" in page
    assert "H5P.Bad-1.0/library.json" in page
    assert not H5PLibrary.objects.exists()

    answer = confirm(client, shown)
    assert "H5P.Quiz 1.2.3" in said(answer)
    assert [str(row) for row in H5PLibrary.objects.all()] == ["H5P.Quiz 1.2.3"]
    assert files_below(h5p_root / "pending") == []


def test_giving_up_leaves_nothing(client: Client, h5p_root: Path) -> None:
    confirm(client, upload(client, package()), cancel="1")
    assert not H5PLibrary.objects.exists()
    assert files_below(h5p_root) == []


def test_a_file_that_is_no_bundle_is_refused_with_its_reason(
    client: Client, h5p_root: Path
) -> None:
    answer = upload(client, BytesIO(b"<html>"))
    assert "zip" in answer.content.decode()
    assert "errorlist" in answer.content.decode() or "w-field__errors" in answer.content.decode()
    assert files_below(h5p_root) == []


def test_no_file_is_said(client: Client) -> None:
    answer = client.post(url("install"), {})
    assert answer.context["form"].errors["file"]


def test_another_librarians_upload_cannot_be_confirmed(client: Client) -> None:
    shown = upload(client, package())
    other = Client()
    other.force_login(get_user_model().objects.create_superuser("admin"))
    answer = confirm(other, shown)
    assert "もう一度アップロード" in said(answer)
    assert not H5PLibrary.objects.exists()


def test_what_changed_since_it_was_shown_is_shown_again(client: Client) -> None:
    first = upload(client, pack(library_folder(patchVersion=4)))
    confirm(client, upload(client, pack(library_folder())))
    answer = confirm(client, first)
    assert "もう一度確認" in said(answer)
    assert H5PLibrary.objects.get().patch == 3
    confirm(client, answer)
    assert H5PLibrary.objects.get().patch == 4


def test_a_missing_dependency_is_named(client: Client) -> None:
    shown = upload(client, pack(library_folder(preloadedDependencies=[need("H5P.Gone 1.0")])))
    assert "H5P.Gone 1.0" in shown.content.decode()
    assert shown.context["count"] == 0


# --- the Hub --------------------------------------------------------------------------------------


@pytest.fixture
def hub(settings: Any) -> Iterator[StandIn]:
    with stand_in_hub() as server:
        settings.LMS_COURSES_H5P_HUB_URL = server.url
        server.types = [
            offered("H5P.Quiz", (1, 2, 3), title="Quiz"),
            offered("H5P.New", (1, 0, 0), coreApiVersionNeeded={"major": 1, "minor": 99}),
        ]
        server.packages = {"H5P.Quiz": package().getvalue()}
        yield server


def test_a_type_of_the_hub_is_downloaded_shown_and_installed(client: Client, hub: StandIn) -> None:
    page = client.get(url("hub")).content.decode()
    assert "新しいプレーヤーが必要" in page
    shown = client.post(url("hub"), {"machine_name": "H5P.Quiz"}, follow=True)
    assert "新しく導入します" in shown.content.decode()
    confirm(client, shown)
    assert str(H5PLibrary.objects.get()) == "H5P.Quiz 1.2.3"
    # Its example content is not ours.
    assert not H5PContent.objects.exists()
    assert "最新です" in client.get(url("hub")).content.decode()


def test_the_hubs_list_is_searched(client: Client, hub: StandIn) -> None:
    types = client.get(url("hub"), {"q": "quiz"}).context["types"]
    assert [row["type"].machine_name for row in types] == ["H5P.Quiz"]


def test_what_the_hub_sends_keeps_the_same_rules(client: Client, hub: StandIn) -> None:
    hub.packages = {"H5P.Quiz": b"<html>"}
    answer = client.post(url("hub"), {"machine_name": "H5P.Quiz"}, follow=True)
    assert "zip" in said(answer)
    assert not H5PLibrary.objects.exists()


@pytest.mark.parametrize("address", ["", "http://127.0.0.1:9/v1"])
def test_without_internet_the_page_says_so(client: Client, settings: Any, address: str) -> None:
    settings.LMS_COURSES_H5P_HUB_URL = address
    page = client.get(url("hub")).content.decode()
    assert ("インターネットに接続できません" in page) is bool(address)
    answer = client.post(url("hub"), {"machine_name": "H5P.Quiz"}, follow=True)
    assert said(answer)


# --- upgrading ------------------------------------------------------------------------------------


def check(client: Client, target: H5PLibrary, content: H5PContent, **changes: Any) -> Any:
    body = {"params": UPGRADED_PARAMS, "metadata": {}} | changes
    return client.post(
        url("upgrade_check", content.uuid, target.pk),
        json.dumps(body),
        content_type="application/json",
    )


def test_the_page_lists_contents_with_their_activities(
    client: Client, activity: Activity, old: H5PLibrary, content: H5PContent
) -> None:
    response = client.get(url("upgrade", old.pk))
    data = response.context["data"]
    assert (data["library"], data["to"]) == ("H5P.Greeting 1.0", "H5P.Greeting 1.2")
    assert [row["uuid"] for row in data["contents"]] == [str(content.uuid)]
    given = client.get(data["contents"][0]["paramsUrl"]).json()
    assert given["params"] == content.params
    assert given["metadata"]["title"] == "朝のあいさつ"


def test_a_result_is_checked_compared_and_adopted_as_a_draft(
    client: Client, activity: Activity, content: H5PContent, old: H5PLibrary, new: H5PLibrary
) -> None:
    answer = check(client, new, content).json()
    gone = {"label": "text", "path": "text", "before": "おはようございます", "after": None}
    assert gone in answer["changes"]
    assert answer["before"] != answer["after"]
    report = client.post(url("upgrade_adopt", old.pk), {"ticket": [answer["ticket"]]})
    assert "下書きを新しいバージョンにしました" in report.content.decode()
    draft = Activity.objects.get(pk=activity.pk).get_latest_revision_as_object()
    assert draft.content.main_library == new
    assert Activity.objects.get(pk=activity.pk).content == content


def test_a_result_that_was_not_chosen_is_removed(
    client: Client, activity: Activity, content: H5PContent, old: H5PLibrary, new: H5PLibrary
) -> None:
    chosen = check(client, new, content).json()["ticket"]
    other = UPGRADED_PARAMS | {"shown": {"message": "別", "tone": "plain"}}
    dropped = check(client, new, content, params=other).json()["ticket"]
    client.post(url("upgrade_adopt", old.pk), {"ticket": [chosen], "dropped": [dropped]})
    assert H5PContent.objects.count() == 2


@pytest.mark.parametrize(
    "changes",
    [
        {"params": {"shown": {"message": 7}}},
        {"params": "text"},
        {"params": {"shown": {"message": "x"}, "parts": [{"library": "H5P.Gone 1.0"}]}},
        {"metadata": []},
    ],
)
def test_a_bad_result_is_refused_with_the_reason_and_nothing_is_left(
    client: Client, content: H5PContent, new: H5PLibrary, changes: dict[str, Any]
) -> None:
    answer = check(client, new, content, **changes)
    assert answer.status_code == 400
    assert answer.json()["error"]
    assert H5PContent.objects.count() == 1


@pytest.mark.parametrize("body", [b"", b"[]", b"{", b"\xff"])
def test_a_body_that_is_no_object_is_refused(
    client: Client, content: H5PContent, new: H5PLibrary, body: bytes
) -> None:
    address = url("upgrade_check", content.uuid, new.pk)
    response = client.post(address, body, content_type="application/json")
    assert response.status_code == 400


def test_a_forged_or_foreign_ticket_adopts_nothing(
    client: Client, activity: Activity, content: H5PContent, old: H5PLibrary, new: H5PLibrary
) -> None:
    ticket = check(client, new, content).json()["ticket"]
    other = Client()
    other.force_login(get_user_model().objects.create_superuser("admin"))
    other.post(url("upgrade_adopt", old.pk), {"ticket": [ticket]})
    client.post(url("upgrade_adopt", old.pk), {"ticket": [f"{ticket}x", "", "x:y"]})
    assert Activity.objects.get(pk=activity.pk).latest_revision is None


# --- removing -------------------------------------------------------------------------------------


def test_unused_libraries_are_shown_first_and_removed_when_confirmed(
    client: Client, activity: Activity, old: H5PLibrary, new: H5PLibrary
) -> None:
    offered_rows = client.get(url("remove")).context["libraries"]
    assert old not in offered_rows
    shown = client.post(url("remove"), {"library": [new.pk]})
    assert "H5P.Greeting 1.2.3" in shown.content.decode()
    assert H5PLibrary.objects.filter(pk=new.pk).exists()
    answer = client.post(url("remove"), {"library": [new.pk], "confirm": "1"}, follow=True)
    assert "H5P.Greeting 1.2.3" in said(answer)
    assert not H5PLibrary.objects.filter(pk=new.pk).exists()


def test_a_library_in_use_is_never_removed(
    client: Client, activity: Activity, old: H5PLibrary
) -> None:
    shown = client.post(url("remove"), {"library": [old.pk]})
    assert "朝のあいさつ" in shown.content.decode()
    answer = client.post(url("remove"), {"library": [old.pk], "confirm": "1"}, follow=True)
    assert "削除できません" in said(answer)
    assert H5PLibrary.objects.filter(pk=old.pk).exists()


def test_choosing_nothing_is_said(client: Client, db: None) -> None:
    assert said(client.post(url("remove"), {"library": ["x"]}, follow=True))
