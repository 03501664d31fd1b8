"""What HR sees and does with files of frameworks and judgements."""

import io
import json
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from skills_matrix.assessments.models import Assessment
from skills_matrix.competencies.models import Competency, CompetencyMapping, Framework, Target
from skills_matrix.exchange.models import ExchangeFile
from tests.factories import make_competency, make_employee, make_framework, make_user
from tests.skills_matrix.exchange.test_services import ROWS, csv_of

pytestmark = pytest.mark.django_db
FRAMEWORKS, JUDGEMENTS = "/admin/skills-files/framework/", "/admin/skills-files/judgements/"
ALL = (
    "wagtailadmin.access_admin",
    "lms_core.view_all_employees",
    "lms_skills.view_skills_matrix",
    "lms_skills.change_framework",
    "lms_skills.add_assessment",
)
ITEMS = "key,parent,title_ja,is_group\nNG,,データ,1\nN1,NG,データを読む,0\n"


def desk(*permissions: str) -> Client:
    client = Client()
    client.force_login(make_user(permissions=permissions))
    return client


@pytest.fixture
def hr() -> Client:
    return desk(*ALL)


def upload(client: Client, url: str, content: bytes, **fields: Any) -> Any:
    file = SimpleUploadedFile("file.csv", content)
    return client.post(url, {"file": file, **fields}, follow=True)


def test_a_framework_as_csv_is_shown_then_taken_in(hr: Client) -> None:
    make_competency("OLD")
    links = SimpleUploadedFile("links.csv", b"earlier,later,most,effective_from\nOLD,N1,2,\n")
    fields = {"key": "L2", "version": "2.0", "title_ja": "リテラシー", "links": links}
    shown = upload(hr, FRAMEWORKS, ITEMS.encode("cp932"), **fields)
    assert "N1" in shown.text
    assert not Framework.objects.filter(key="L2").exists()
    url = shown.request["PATH_INFO"]
    assert "取り込みました" in hr.post(url, follow=True).text
    assert Competency.objects.get(key="N1").parent == Competency.objects.get(key="NG")
    assert CompetencyMapping.objects.get().most == 2
    again = hr.post(url, follow=True)
    assert "取り込みませんでした" in again.text


def test_a_framework_goes_out_and_comes_back_as_case(hr: Client) -> None:
    framework = make_framework("F9", title="旧体系")
    make_competency("K9", framework=framework)
    out = hr.get(f"{FRAMEWORKS}F9/case/")
    assert out["Content-Disposition"] == 'attachment; filename="F9-case.json"'
    assert json.loads(out.content)["CFItems"][0]["humanCodingScheme"] == "K9"
    shown = upload(hr, FRAMEWORKS, out.content)
    assert "変更のないスキル</dt><dd>1</dd>" in shown.text


@pytest.mark.parametrize(("form", "head"), [("competencies", "key,"), ("mappings", "earlier,")])
def test_csv_files_open_in_excel(hr: Client, form: str, head: str) -> None:
    make_framework("F9")
    out = hr.get(f"{FRAMEWORKS}F9/{form}/")
    assert out.content.decode("utf-8").startswith("\ufeff" + head)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"{not json", "JSON"),
        (b'{"CFDocument": 1}', "CFDocument"),
        (b"key\nA\n", "この列がありません"),
        (b"key,title_ja\na b,X\n", "64文字以内"),
        (b"\xff\xfe\x00", "UTF-16"),
    ],
)
def test_bad_frameworks_are_refused_in_words(hr: Client, content: bytes, told: str) -> None:
    shown = upload(hr, FRAMEWORKS, content, key="L2", version="1", title_ja="体系")
    assert told in shown.text
    assert "このファイルを取り込む" not in shown.text
    assert hr.post(shown.request["PATH_INFO"]).status_code == 302
    assert not Framework.objects.filter(key="L2").exists()


def test_judgements_are_shown_then_taken_in(hr: Client) -> None:
    make_competency("RPA")
    for number in ("100001", "100002"):
        make_employee(staff_number=number)
    shown = upload(hr, JUDGEMENTS, csv_of(*ROWS))
    assert "新たに登録される判定</dt><dd>2</dd>" in shown.text
    assert not Assessment.objects.exists()
    hr.post(shown.request["PATH_INFO"])
    assert Assessment.objects.count() == 2


def test_the_workbook_to_fill_in_names_what_it_takes(hr: Client) -> None:
    make_competency("RPA", title="RPA開発")
    book = openpyxl.load_workbook(io.BytesIO(hr.get(f"{JUDGEMENTS}template/").content))
    first, words = book.worksheets
    assert [cell.value for cell in first[1]][:3] == ["職員番号", "スキル", "レベル"]
    assert ("RPA", "RPA開発") in [(row[0].value, row[1].value) for row in words.iter_rows()]


@pytest.mark.parametrize(
    ("url", "permissions", "allowed"),
    [
        (FRAMEWORKS, ALL, True),
        (JUDGEMENTS, ALL, True),
        (FRAMEWORKS, ("wagtailadmin.access_admin", "lms_skills.add_assessment"), False),
        (JUDGEMENTS, ("wagtailadmin.access_admin", "lms_skills.change_framework"), False),
        (JUDGEMENTS, ("wagtailadmin.access_admin", "lms_skills.add_assessment"), False),
    ],
)
def test_each_kind_is_for_whoever_may(
    url: str, permissions: tuple[str, ...], allowed: bool
) -> None:
    client = desk(*permissions)
    make_framework("F9")
    file = ExchangeFile.objects.create(
        kind="framework" if url == FRAMEWORKS else "judgements",
        file_name="a.csv",
        content=b"",
        uploaded_at="2026-04-01T00:00:00Z",
    )
    # Wagtail answers whoever may not with a way home.
    expected = 200 if allowed else 302
    further = f"{FRAMEWORKS}F9/case/" if url == FRAMEWORKS else f"{JUDGEMENTS}template/"
    for address in (url, f"{url}{file.uuid}/", further):
        assert client.get(address).status_code == expected


STANDARDS = "/admin/skills-files/standards/"


def test_the_standard_frameworks_are_loaded_by_a_button() -> None:
    client = desk(*ALL, "lms_skills.add_target")
    shown = client.get(FRAMEWORKS).text
    assert "標準の枠組みを読み込む" in shown
    assert "0 / 12" not in shown
    assert "0 / 16" in shown
    done = client.post(STANDARDS, {"standard": ["MUNI", "DSS-L"], "targets": "on"}, follow=True)
    assert "読み込みました：" in done.text
    assert "16 / 16" in done.text
    assert Target.objects.filter(competency__key="MU-G1").count() == 1
    assert not Framework.objects.filter(key="DSS-P").exists()
    none = client.post(STANDARDS, {"standard": ["nothing"]}, follow=True)
    assert "読み込む枠組みを選んでください。" in none.text


def test_who_may_not_set_targets_loads_competencies_only(hr: Client) -> None:
    hr.post(STANDARDS, {"standard": ["MUNI"], "targets": "on"})
    assert Competency.objects.filter(framework__key="MUNI").count() == 16
    assert not Target.objects.exists()


def test_the_standard_frameworks_are_closed_without_the_permission() -> None:
    client = desk("wagtailadmin.access_admin")
    client.post(STANDARDS, {"standard": ["MUNI"]})
    assert not Framework.objects.exists()
