"""A person says what is wrong, HR answers once, and looks cannot be edited."""

from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.test import Client

from skills_matrix.assessments.models import SkillsView
from skills_matrix.assessments.purposes import PURPOSES, purpose_of
from skills_matrix.assessments.services import log_skills_views
from skills_matrix.corrections.models import Correction
from skills_matrix.corrections.services import answer_correction, ask_correction
from skills_matrix.exceptions import CorrectionRefused, NotVisible
from tests.factories import make_competency, make_employee, make_user

pytestmark = pytest.mark.django_db
HR = (
    "lms_skills.view_skills_matrix",
    "lms_core.view_all_employees",
    "wagtailadmin.access_admin",
)


@pytest.fixture
def hr() -> Any:
    return make_user(permissions=HR)


@pytest.fixture
def correction() -> Correction:
    make_competency("RPA", title="RPA開発")
    return ask_correction(
        employee=make_employee(), competency_key="RPA", text="昨年度の資格が抜けています"
    )


def test_asked_again_while_open_the_text_is_replaced(correction: Correction) -> None:
    again = ask_correction(
        employee=correction.employee, competency_key="RPA", text=" 資格の等級が違います "
    )
    assert (again.pk, again.text) == (correction.pk, "資格の等級が違います")


def test_nothing_said_or_an_unknown_skill_is_refused(correction: Correction) -> None:
    with pytest.raises(CorrectionRefused):
        ask_correction(employee=correction.employee, competency_key="RPA", text="  ")
    with pytest.raises(NotVisible):
        ask_correction(employee=correction.employee, competency_key="NONE", text="x")


def test_an_answer_is_given_once_with_a_reason(correction: Correction, hr: Any) -> None:
    with pytest.raises(CorrectionRefused) as refused:
        answer_correction(correction=correction, state="accepted", answer=" ", by=hr)
    assert refused.value.code == "empty"
    answered = answer_correction(
        correction=correction, state="accepted", answer="登録しました", by=hr
    )
    assert (answered.state, answered.answered_by) == ("accepted", hr)
    with pytest.raises(CorrectionRefused) as refused:
        answer_correction(correction=correction, state="declined", answer="再", by=hr)
    assert refused.value.code == "answered"
    assert (
        ask_correction(employee=correction.employee, competency_key="RPA", text="まだ違います").pk
        != correction.pk
    )


def test_only_whoever_may_see_the_matrix_answers(correction: Correction) -> None:
    with pytest.raises(CorrectionRefused) as refused:
        answer_correction(correction=correction, state="accepted", answer="x", by=make_user())
    assert refused.value.code == "not_allowed"


def test_hr_answers_in_the_admin(correction: Correction, hr: Any) -> None:
    client = Client()
    client.force_login(hr)
    assert "資格が抜けています" in client.get("/admin/skills-corrections/").text
    url = f"/admin/skills-corrections/{correction.uuid}/"
    assert client.post(url, {"state": "accepted"}).status_code == 200
    done = client.post(url, {"state": "accepted", "answer": "登録しました"}, follow=True)
    assert "登録しました" in done.text
    correction.refresh_from_db()
    assert correction.state == "accepted"
    client.force_login(make_user(permissions=("wagtailadmin.access_admin",)))
    assert client.get(url).status_code == 302


@pytest.mark.parametrize("change", ["update", "delete"])
def test_nobody_edits_the_log_of_looks(hr: Any, change: str) -> None:
    log_skills_views(viewer=hr, subject_ids=[make_employee().pk], what="matrix")
    rows = SkillsView.objects.all()
    with pytest.raises(DatabaseError), transaction.atomic():
        rows.update(what="x") if change == "update" else rows._raw_delete(rows.db)
    assert SkillsView.objects.get().what == "matrix"


def test_every_look_has_a_reason_in_words() -> None:
    assert purpose_of("cell:RPA") == str(PURPOSES["cell"])
    assert all(str(text) for text in PURPOSES.values())
