"""Writing an activity in the Wagtail admin: drafts, faults, previews, and whose it is."""

import json
import re
from html import unescape
from typing import Any

import pytest
from django.test import Client

from courses.authoring.drafts import as_drafted
from courses.h5p.making import create_content
from courses.models import Activity, Course, H5PContent, H5PLibrary
from courses.pages.models import LessonPage
from tests.courses.authoring.activities.conftest import Save
from tests.factories import make_activity

pytestmark = pytest.mark.django_db

URL = "/admin/snippets/lms_courses/activity"


def editor(**params: Any) -> str:
    """The hidden input's value for a true-or-false question."""
    return json.dumps(
        {"library": "H5P.TrueFalse 1.6", "params": params, "based_on": None, "language": "ja"}
    )


def config_in(response: Any) -> dict[str, Any]:
    """What the page gives the editor in the browser."""
    found = re.search(
        r'<script id="id_h5p-config" type="application/json">(.*?)</script>',
        response.content.decode(),
        re.DOTALL,
    )
    assert found is not None
    config: dict[str, Any] = json.loads(found[1])
    return config


def value_in(response: Any) -> dict[str, Any]:
    """What the hidden input of the page holds."""
    found = re.search(r'name="h5p" id="id_h5p" value="([^"]*)"', response.content.decode())
    assert found is not None
    value: dict[str, Any] = json.loads(unescape(found[1]))
    return value


# --- beginning -------------------------------------------------------------------------------


def test_a_new_activity_is_an_empty_draft_with_a_key_of_its_own(
    draft: Activity, course: Course
) -> None:
    assert (draft.course, draft.kind, draft.live, draft.content) == (course, "h5p", False, None)
    assert Activity.objects.filter(course=course, key=draft.key).count() == 1


def test_a_new_activity_is_made_only_for_a_course_one_may_edit(
    author: Client, other_course: Course
) -> None:
    response = author.post(
        f"{URL}/add/", {"course": other_course.pk, "title_ja": "他班の問い", "kind": "h5p"}
    )
    assert response.status_code == 200
    assert not Activity.objects.filter(title_ja="他班の問い").exists()


def test_the_course_of_the_address_is_chosen_already(
    author: Client, course: Course, other_course: Course
) -> None:
    page = author.get(f"{URL}/add/?course={course.pk}").content.decode()
    assert f'<option value="{course.pk}" selected>' in page
    assert other_course.title_ja not in page


def test_the_types_to_choose_from_are_the_installed_runnable_ones(
    author: Client, draft: Activity, true_false: H5PLibrary, every_kind: H5PLibrary
) -> None:
    types = config_in(author.get(f"{URL}/edit/{draft.pk}/"))["types"]
    assert {entry["library"] for entry in types} == {"H5P.TrueFalse 1.6", "H5P.EveryKind 1.0"}
    by_name = {entry["library"]: entry for entry in types}
    assert by_name["H5P.TrueFalse 1.6"]["title"] == "正誤"
    assert by_name["H5P.TrueFalse 1.6"]["icon"].endswith("/H5P.TrueFalse-1.6/icon.svg")
    assert by_name["H5P.EveryKind 1.0"]["icon"] == ""


# --- saving ----------------------------------------------------------------------------------


def test_a_saved_draft_is_content_and_comes_back_into_the_form(
    author: Client, draft: Activity, save: Save, true_false: H5PLibrary
) -> None:
    response = save(
        draft,
        pass_percent="55",
        h5p=editor(question="<p>DXは<strong>手段</strong>である。</p>", correct="true"),
    )
    assert response.status_code == 302
    saved = as_drafted(Activity.objects.get(pk=draft.pk))
    assert saved.pass_mark == 0.55
    assert saved.content.params["question"] == "<p>DXは<strong>手段</strong>である。</p>"
    assert saved.content.params["l10n"]["checkAnswer"] == "チェック"
    page = author.get(f"{URL}/edit/{draft.pk}/")
    assert value_in(page)["params"]["question"] == "<p>DXは<strong>手段</strong>である。</p>"
    assert value_in(page)["based_on"] == str(saved.content.uuid)
    assert 'name="pass_percent" value="55"' in page.content.decode()


def test_a_draft_of_a_live_activity_changes_nothing_for_learners(
    course: Course, save: Save, true_false: H5PLibrary
) -> None:
    content = create_content(
        library=true_false,
        params={"question": "<p>公開中の問い</p>", "correct": "true"},
        title="問い",
        language="ja",
    )
    live = make_activity(course.activities.get(kind="lesson"), "Q9", content=content)
    before = (live.title_ja, live.content_id, live.pass_mark)
    save(live, title_ja="改めた問い", h5p=editor(question="<p>改めた。</p>", correct="false"))
    live.refresh_from_db()
    assert (live.title_ja, live.content_id, live.pass_mark) == before
    assert as_drafted(live).title_ja == "改めた問い"
    assert as_drafted(live).content.params["correct"] == "false"


def test_nobody_publishes_an_activity_by_itself(
    admin_client: Client, draft: Activity, true_false: H5PLibrary
) -> None:
    admin_client.post(
        f"{URL}/edit/{draft.pk}/",
        {
            "title_ja": "問い",
            "h5p": editor(question="<p>？</p>", correct="true"),
            "action-publish": "1",
        },
    )
    draft.refresh_from_db()
    assert draft.live is False
    page = admin_client.get(f"{URL}/edit/{draft.pk}/").content.decode()
    assert "action-publish" not in page


def test_faults_stand_beside_their_fields_and_nothing_typed_is_lost(
    author: Client, draft: Activity, save: Save, true_false: H5PLibrary
) -> None:
    response = save(
        draft,
        title_ja="半分だけの問い",
        h5p=editor(correct="maybe", behaviour={"feedbackOnCorrect": "そのとおり"}),
    )
    assert response.status_code == 200
    assert config_in(response)["is_saved"] is False
    faults = config_in(response)["faults"]
    assert {fault["path"] for fault in faults} == {"question", "correct"}
    assert all(fault["message"] and fault["label"] for fault in faults)
    assert value_in(response)["params"]["behaviour"]["feedbackOnCorrect"] == "そのとおり"
    assert 'value="半分だけの問い"' in response.content.decode()
    assert not H5PContent.objects.filter(activities__isnull=True, title="半分だけの問い").exists()


def test_half_a_question_is_saved_and_its_gaps_stand_beside_the_form(
    author: Client, draft: Activity, save: Save, true_false: H5PLibrary
) -> None:
    assert save(draft, h5p=editor(correct="true")).status_code == 302
    saved = as_drafted(Activity.objects.get(pk=draft.pk))
    assert saved.content.params["correct"] == "true"
    page = author.get(f"{URL}/edit/{draft.pk}/")
    assert config_in(page)["is_saved"] is True
    assert config_in(page)["faults"] == [
        {"path": "question", "label": "設問", "message": "入力してください。"}
    ]
    revision = saved.latest_revision
    shown = author.get(f"{URL}/history/{draft.pk}/revisions/{revision.pk}/view/").content.decode()
    assert "まだ再生できません" in shown
    assert "<iframe" not in shown
    filled = {**value_in(page), "params": {**value_in(page)["params"], "question": "<p>問</p>"}}
    assert save(draft, h5p=json.dumps(filled)).status_code == 302
    assert config_in(author.get(f"{URL}/edit/{draft.pk}/"))["faults"] == []


def test_a_list_that_is_still_too_short_can_be_saved(
    draft: Activity, save: Save, every_kind: H5PLibrary
) -> None:
    value = {"library": "H5P.EveryKind 1.0", "params": {}, "language": "ja"}
    assert save(draft, h5p=json.dumps(value)).status_code == 302
    assert as_drafted(Activity.objects.get(pk=draft.pk)).content is not None


UNSAFE: dict[str, dict[str, Any]] = {
    "wrong type": {"question": 7},
    "not an option": {"question": "<p>？</p>", "correct": "maybe"},
    "foreign media": {"media": {"type": {"library": "H5P.Nowhere 1.0", "params": {}}}},
}


@pytest.mark.parametrize("params", UNSAFE.values(), ids=UNSAFE)
def test_what_is_wrong_is_refused_however_much_is_missing(
    draft: Activity, save: Save, true_false: H5PLibrary, params: dict[str, Any]
) -> None:
    assert save(draft, h5p=editor(**params)).status_code == 200
    assert as_drafted(Activity.objects.get(pk=draft.pk)).content is None


def test_an_unfinished_draft_is_cleaned_like_any_other(
    draft: Activity, save: Save, true_false: H5PLibrary
) -> None:
    save(draft, h5p=editor(question="<script>alert(1)</script>", correct="true"))
    content = as_drafted(Activity.objects.get(pk=draft.pk)).content
    assert "<script" not in content.params["question"]


@pytest.mark.parametrize(
    "value", ["{", "[]", '"H5P.TrueFalse 1.6"', '{"library": 3, "params": {}}']
)
def test_what_the_editor_never_sends_is_refused(
    draft: Activity, save: Save, true_false: H5PLibrary, value: str
) -> None:
    response = save(draft, h5p=value)
    assert response.status_code == 200
    assert as_drafted(Activity.objects.get(pk=draft.pk)).content is None


def test_a_type_that_is_not_installed_is_named(draft: Activity, save: Save) -> None:
    response = save(draft, h5p=json.dumps({"library": "H5P.Nowhere 1.0", "params": {}}))
    [fault] = config_in(response)["faults"]
    assert "H5P.Nowhere 1.0" in fault["message"]


@pytest.mark.parametrize(
    ("percent", "mark"), [("0", 0.0), ("66.7", 0.667), ("100", 1.0), ("", None)]
)
def test_the_pass_mark_is_typed_in_percent(
    draft: Activity, save: Save, true_false: H5PLibrary, percent: str, mark: float | None
) -> None:
    save(draft, pass_percent=percent, h5p=editor(question="<p>？</p>", correct="true"))
    assert as_drafted(Activity.objects.get(pk=draft.pk)).pass_mark == mark


@pytest.mark.parametrize("percent", ["-1", "100.5", "80%"])
def test_a_pass_mark_outside_the_scale_is_refused(
    draft: Activity, save: Save, percent: str
) -> None:
    assert save(draft, pass_percent=percent).status_code == 200
    assert as_drafted(Activity.objects.get(pk=draft.pk)).pass_mark is None


# --- preview ---------------------------------------------------------------------------------


def preview(client: Client, activity: Activity, **values: str) -> str:
    address = f"{URL}/preview/{activity.pk}/"
    given = {"title_ja": activity.title_ja, "h5p": "{}"} | values
    assert client.post(address, given).json() == {"is_valid": True, "is_available": True}
    response = client.get(f"{address}?in_preview_panel=true")
    assert response.status_code == 200
    return response.content.decode()


def test_the_preview_plays_the_form_without_saving_it(
    author: Client, draft: Activity, true_false: H5PLibrary
) -> None:
    page = preview(author, draft, h5p=editor(question="<p>試し</p>", correct="true"))
    assert 'sandbox="allow-scripts" src="http://content.testserver/h5p/play/' in page
    assert as_drafted(Activity.objects.get(pk=draft.pk)).content is None


def test_the_preview_says_what_is_missing_instead_of_staying_blank(
    author: Client, draft: Activity, true_false: H5PLibrary
) -> None:
    page = preview(author, draft, h5p=editor(correct="true"))
    assert "まだ再生できません" in page
    assert "設問" in page
    assert "<iframe" not in page


def test_the_preview_of_nothing_says_what_to_do(author: Client, draft: Activity) -> None:
    assert "アクティビティの種類を選ぶと" in preview(author, draft)


# --- whose it is -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "path",
    [
        "edit/{}/",
        "history/{}/",
        "usage/{}/",
        "preview/{}/",
        "delete/{}/",
        "lock/{}/",
        "unpublish/{}/",
    ],
)
def test_another_teams_activity_is_out_of_reach(
    stranger: Client, draft: Activity, path: str
) -> None:
    address = f"{URL}/{path.format(draft.pk)}"
    for response in (stranger.get(address), stranger.post(address, {"title_ja": "乗っ取り"})):
        assert response.status_code in {302, 403, 405}
        assert response.headers.get("Location", "/admin/") == "/admin/"
    draft.refresh_from_db()
    assert (draft.title_ja, draft.locked) == ("新しい問い", False)
    assert draft.latest_revision is None


def test_the_list_shows_only_ones_own_courses(
    author: Client, stranger: Client, draft: Activity
) -> None:
    assert draft.title_ja in author.get(f"{URL}/").content.decode()
    assert draft.title_ja not in stranger.get(f"{URL}/").content.decode()


# --- choosing one in a lesson ----------------------------------------------------------------

CHOOSER = "/admin/snippets/choose/lms_courses/activity"


def test_the_chooser_offers_h5p_activities_of_ones_own_courses(
    author: Client, draft: Activity, other_course: Course
) -> None:
    html = author.get(f"{CHOOSER}/").json()["html"]
    assert draft.title_ja in html
    assert other_course.title_ja not in html
    assert "レッスンL1" not in html


def test_a_new_activity_can_be_made_while_choosing(author: Client, course: Course) -> None:
    response = author.post(
        f"{CHOOSER}/create/", {"course": course.pk, "title_ja": "その場の問い", "kind": "h5p"}
    )
    result = response.json()["result"]
    made = Activity.objects.get(title_ja="その場の問い")
    assert (result["id"], made.live) == (str(made.pk), False)
    assert result["edit_url"] == f"{URL}/edit/{made.pk}/"


def test_the_chooser_knows_the_course_of_the_lesson_being_edited(
    admin_client: Client, draft: Activity, other_course: Course
) -> None:
    lesson = LessonPage.objects.get(lesson__course=other_course)
    referrer = f"http://testserver/admin/pages/{lesson.pk}/edit/"
    html = admin_client.get(f"{CHOOSER}/", headers={"referer": referrer}).json()["html"]
    assert f'<option value="{other_course.pk}" selected>' in html
    assert draft.title_ja not in html
