"""What happens to postings, courses and days reaches the assignments."""

from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from lms.enrolment.models import Assignment
from lms.enrolment.nightly import evaluate_nightly
from lms.flows import settle_publication
from tests.factories import (
    make_audience_rule,
    make_course,
    make_department,
    make_employee,
    make_tier,
    publish_course,
)

pytestmark = pytest.mark.django_db


def said(*arguments: Any) -> str:
    out = StringIO()
    call_command(*arguments, stdout=out)
    return out.getvalue()


def test_the_night_says_what_it_did_and_then_nothing() -> None:
    make_employee()
    make_audience_rule(make_course(), is_mandatory=True, due="days", due_days=30)
    night = date(2026, 11, 25)
    assert "新規1件" in evaluate_nightly(night)
    assert Assignment.objects.get().due_on == date(2026, 12, 25)
    assert "新規0件" in evaluate_nightly(night)


def test_an_import_assigns_and_ends(tmp_path: Path) -> None:
    here, elsewhere = make_department("D1"), make_department("D2")
    make_tier("T1")
    make_audience_rule(make_course(), department=here, is_mandatory=True)
    file = tmp_path / "people.csv"
    head = "職員番号,氏名,フリガナ,職層コード,所属コード,発令日\n"
    row = "100001,相田 花,アイダ ハナ,T1,{},{}\n"
    file.write_text(head + row.format("D1", "2026-04-01"), encoding="utf-8")
    assert "新規1件" in said("import_people", str(file), "--as-of", "2026-04-01")
    file.write_text(head + row.format("D2", "2026-10-01"), encoding="utf-8")
    said("import_people", str(file), "--as-of", "2026-10-01", "--dry-run")
    assert Assignment.objects.get().ended_on is None
    said("import_people", str(file), "--as-of", "2026-10-01")
    assert Assignment.objects.get().ended_on == date(2026, 10, 1)
    assert elsewhere.postings.exists()


def test_a_publication_begins_the_duty() -> None:
    make_employee()
    course = make_course(is_published=False)
    make_audience_rule(course, is_mandatory=True)
    settle_publication(course=course, changed=[])
    assert not Assignment.objects.exists()
    publish_course(course)
    settle_publication(course=course, changed=[])
    assert Assignment.objects.get().course == course
