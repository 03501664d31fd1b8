"""Preview, apply, undo: the same code shows and does, and everything can be taken back."""

from datetime import date, timedelta
from io import BytesIO
from typing import Any

import pytest
import time_machine
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from courses.models import Course
from lms.enrolment.models import AudienceRule, Enrolment
from lms.exceptions import ChangeRefused, UndoRefused
from lms.jobs.models import JobRun
from lms.notices.models import Notice
from lms.people.models import Department, Employee, JobTier, Posting
from lms.people.selectors import main_posting_on
from lms.people.services import import_people
from lms.personnel.journal import read_tables
from lms.personnel.models import PersonnelChange
from lms.personnel.reading import shown, titles
from lms.personnel.services import request_apply, undo_change, upload_change
from lms.progress.models import CourseProgress
from tests.examples import examples
from tests.factories import complete_course, make_course, make_posting, make_user
from tests.lms.personnel.conftest import (
    HEADER,
    TODAY,
    TOMORROW,
    TOMORROWS_FILE,
    file_of,
    make_office,
    numbers,
    row,
    staff,
)

pytestmark = pytest.mark.django_db


def upload(file: bytes, on: date = TOMORROW) -> PersonnelChange:
    return upload_change(
        file=file, file_name="明日.csv", effective_on=on, ignored_columns=(), by=None
    )


def apply(change: PersonnelChange) -> PersonnelChange:
    return request_apply(change=change, by=None)


def effect_of(change: PersonnelChange, number: int) -> dict[str, Any]:
    return next(one for one in change.effects if one["staff_number"] == str(number))


@pytest.mark.usefixtures("office")
def test_another_employment_type_is_a_change_that_is_shown_and_can_be_undone() -> None:
    header = HEADER.replace("\n", ",任用形態コード\n")
    told = (header + row(100001, on=date(2020, 4, 1)).replace("\n", ",FT\n")).encode()
    assert apply(upload(told)).state == "applied"
    before = read_tables()
    changed = upload((header + row(100001).replace("\n", ",RE\n")).encode())
    effect = effect_of(changed, 100001)
    assert effect["kinds"] == ["terms"]
    assert (effect["before"]["employment"], effect["after"]["employment"]) == ("FT", "RE")
    assert "再任用" in shown([effect], titles())[0].after
    undo_change(change=apply(changed), by=None)
    assert read_tables() == before


def notices() -> set[tuple[str, str]]:
    """Who was told of what."""
    return set(Notice.objects.values_list("recipient__staff_number", "course__key"))


@pytest.mark.usefixtures("office")
class TestPreview:
    def test_it_tells_joins_leaves_moves_and_tier_changes_apart(self) -> None:
        effects = upload(TOMORROWS_FILE).effects
        assert numbers(effects, "move") == ["100001"]
        assert numbers(effects, "tier") == ["100002"]
        assert numbers(effects, "leave") == ["100003"]
        assert numbers(effects, "join") == ["200001"]
        assert numbers(effects, "unchanged") == ["100004"]

    def test_it_says_which_training_starts_stops_and_carries_over(self) -> None:
        change = upload(TOMORROWS_FILE)
        moved = effect_of(change, 100001)
        assert (moved["starts"], moved["stops"], moved["carries"]) == (
            ["INS-1"],
            ["TAX-1"],
            ["ALL"],
        )
        promoted = effect_of(change, 100002)
        assert (promoted["starts"], promoted["stops"]) == (["G2-1"], [])
        assert promoted["carries"] == ["ALL", "TAX-1"]
        assert effect_of(change, 100003)["stops"] == ["ALL", "TAX-1"]
        assert effect_of(change, 200001)["starts"] == ["ALL"]

    def test_it_writes_nothing_but_itself(self) -> None:
        before = read_tables()
        change = upload(TOMORROWS_FILE)
        assert change.state == PersonnelChange.State.PREVIEWED
        assert read_tables() == before

    def test_it_shows_what_falls_on_another_day(self) -> None:
        later = TOMORROW + timedelta(days=30)
        effects = upload(file_of(row(100001, department="INS", on=later))).effects
        assert numbers(effects, "later") == ["100001"]
        assert numbers(effects, "move") == []

    def test_it_shows_whom_the_file_leaves_out(self) -> None:
        effects = upload(file_of(row(100001))).effects
        assert numbers(effects, "missing") == ["100002", "100003", "100004"]

    def test_it_shows_training_of_others_that_the_evaluation_finds(self) -> None:
        Enrolment.objects.filter(employee__staff_number="100004", course__key="ALL").delete()
        effects = upload(file_of(row(100001))).effects
        assert numbers(effects, "training") == ["100004"]

    def test_faults_are_kept_with_line_column_and_reason(self) -> None:
        change = upload(file_of(row(100001, department="NOPE"), row(100002, tier="G9")))
        assert change.state == PersonnelChange.State.REFUSED
        assert [(one["line"], one["column"], one["value"]) for one in change.faults] == [
            (2, "所属コード", "NOPE"),
            (3, "職層コード", "G9"),
        ]
        assert all(one["message"] for one in change.faults)
        with pytest.raises(ChangeRefused) as refused:
            apply(change)
        assert refused.value.code == "not_previewed"

    def test_a_file_that_is_no_table_is_a_fault_too(self) -> None:
        change = upload(b"\xff\xfe\x00")
        assert change.state == PersonnelChange.State.REFUSED
        assert change.run.state == JobRun.State.DONE

    def test_only_today_and_tomorrow_can_be_shown(self) -> None:
        for day in (TODAY - timedelta(days=1), TOMORROW + timedelta(days=1)):
            with pytest.raises(ChangeRefused) as refused:
                upload(TOMORROWS_FILE, on=day)
            assert refused.value.code == "bad_day"


@pytest.mark.usefixtures("office")
class TestApply:
    def test_it_does_what_the_preview_showed(self) -> None:
        change = upload(TOMORROWS_FILE)
        shown = change.effects
        change = apply(change)
        assert change.state == PersonnelChange.State.APPLIED
        assert change.effects == shown
        assert "200001" in staff()
        moved = Employee.objects.get(staff_number="100001")
        now, then = main_posting_on(moved, TOMORROW), main_posting_on(moved, TODAY)
        assert now is not None
        assert then is not None
        assert (then.department.key, now.department.key) == ("TAX", "INS")
        assert Enrolment.objects.filter(employee=moved, course__key="INS-1").exists()

    def test_a_second_time_changes_nothing(self) -> None:
        change = apply(upload(TOMORROWS_FILE))
        after = read_tables()
        with pytest.raises(ChangeRefused):
            apply(change)
        again = upload(TOMORROWS_FILE)
        assert {kind for one in again.effects for kind in one["kinds"]} == {"unchanged"}
        apply(again)
        assert read_tables() == after

    def test_what_was_not_shown_is_not_done(self) -> None:
        change = upload(TOMORROWS_FILE)
        AudienceRule.objects.filter(course__key="INS-1").delete()
        before = read_tables()
        change = apply(change)
        assert change.state == PersonnelChange.State.PREVIEWED
        assert change.note
        assert read_tables() == before
        assert effect_of(change, 100001)["starts"] == []
        assert apply(change).state == PersonnelChange.State.APPLIED

    def test_a_file_that_has_come_to_have_faults_is_not_applied(self) -> None:
        change = upload(TOMORROWS_FILE)
        Department.objects.get(key="HR").delete()
        change = apply(change)
        assert change.state == PersonnelChange.State.REFUSED
        assert [one["value"] for one in change.faults] == ["HR"]

    def test_a_course_that_somebody_chooses_meanwhile_is_no_obstacle(self) -> None:
        change = upload(TOMORROWS_FILE)
        Enrolment.objects.create(
            employee=Employee.objects.get(staff_number="100002"),
            course=make_course("FREE"),
            source=Enrolment.Source.CHOSEN,
            enrolled_at=timezone.now(),
        )
        assert apply(change).state == PersonnelChange.State.APPLIED

    def test_a_preview_of_yesterday_is_not_applied(self) -> None:
        change = upload(TOMORROWS_FILE, on=TODAY)
        with (
            time_machine.travel("2026-04-01T00:00:01+09:00"),
            pytest.raises(ChangeRefused) as refused,
        ):
            apply(change)
        assert refused.value.code == "day_is_over"


@pytest.mark.usefixtures("office")
class TestUndo:
    def test_it_restores_people_postings_and_enrolments(self) -> None:
        before = read_tables()
        change = apply(upload(TOMORROWS_FILE))
        assert read_tables() != before
        undone = undo_change(change=change, by=None)
        assert undone.state == PersonnelChange.State.UNDONE
        assert read_tables() == before

    def test_it_is_possible_on_the_same_day_only(self) -> None:
        change = apply(upload(TOMORROWS_FILE))
        with (
            time_machine.travel("2026-04-01T00:00:01+09:00"),
            pytest.raises(ChangeRefused) as refused,
        ):
            undo_change(change=change, by=None)
        assert refused.value.code == "another_day"

    def test_it_is_refused_once_a_new_person_has_an_account(self) -> None:
        change = apply(upload(TOMORROWS_FILE))
        Employee.objects.filter(staff_number="200001").update(user=make_user())
        self.assert_refused(change, "changed_since", "200001")

    def test_it_is_refused_once_a_new_person_has_records(self) -> None:
        change = apply(upload(TOMORROWS_FILE))
        CourseProgress.objects.create(
            employee=Employee.objects.get(staff_number="200001"),
            course=Course.objects.get(key="ALL"),
            started_at=timezone.now(),
            last_at=timezone.now(),
        )
        self.assert_refused(change, "in_use", "200001")

    def test_it_is_refused_once_an_old_section_is_gone(self) -> None:
        # 100003 comes back to a section that somebody then closes.
        lone = Department.objects.create(key="OLD", title_ja="旧課")
        person = Employee.objects.get(staff_number="100003")
        Posting.objects.filter(employee=person).delete()
        make_posting(
            person, department=lone, tier=JobTier.objects.get(key="G1"), starts_on=TOMORROW
        )
        change = apply(upload(file_of(row(100003, department="INS", on=TOMORROW))))
        lone.delete()
        self.assert_refused(change, "refers_to_missing", "")

    def test_it_is_refused_once_a_later_import_stands_on_it(self) -> None:
        change = apply(upload(TOMORROWS_FILE))
        later = file_of(row(100001, department="HR", on=TOMORROW + timedelta(days=9)))
        assert import_people(file=BytesIO(later), as_of=TODAY).is_written
        self.assert_refused(change, "changed_since", "100001")

    def test_it_is_refused_once_the_new_training_was_begun(self) -> None:
        change = apply(upload(TOMORROWS_FILE))
        learner = Employee.objects.get(staff_number="100001")
        course = Enrolment.objects.get(employee=learner, course__key="INS-1").course
        complete_course(learner, course)
        self.assert_refused(change, "learned_since", "100001")

    def test_two_changes_are_undone_last_first(self) -> None:
        before, told = read_tables(), notices()
        first = apply(upload(TOMORROWS_FILE))
        assert ("200001", "ALL") in notices() - told
        second = apply(upload(file_of(row(100001, department="HR"))))
        self.assert_refused(first, "changed_since", "100001")
        undo_change(change=second, by=None)
        undo_change(change=first, by=None)
        assert read_tables() == before
        assert notices() == told

    def assert_refused(self, change: PersonnelChange, code: str, person: str) -> None:
        before = read_tables()
        with pytest.raises(UndoRefused) as refused:
            undo_change(change=change, by=None)
        assert refused.value.code == code
        assert person in refused.value.message
        assert read_tables() == before


orders = st.builds(
    row,
    st.integers(100001, 100008),
    tier=st.sampled_from(["G1", "G2"]),
    department=st.sampled_from(["TAX", "INS", "HR"]),
    on=st.dates(date(2019, 1, 1), date(2026, 6, 30))
    | st.sampled_from([TOMORROW, date(2020, 4, 1)]),
    roles=st.sampled_from(["", "LDR"]),
    until=st.sampled_from(["", "", str(TODAY), "2026-12-31"]),
)


class TestAnyFile(TestCase):
    """Whatever a file does, the preview says so, and undoing takes it back."""

    @classmethod
    def setUpTestData(cls) -> None:
        make_office()

    @given(
        files=st.lists(
            st.lists(orders, min_size=1, max_size=5, unique_by=lambda text: text[:6]),
            min_size=1,
            max_size=3,
        )
    )
    @settings(
        max_examples=examples(of=40), deadline=None, suppress_health_check=[HealthCheck.too_slow]
    )
    def test_import_then_undo_restores_the_same_state(self, files: list[list[str]]) -> None:
        states = []
        for rows in files:
            change = upload(file_of(*rows))
            if change.state != PersonnelChange.State.PREVIEWED:
                continue
            before, shown = read_tables(), change.effects
            change = apply(change)
            assert change.state == PersonnelChange.State.APPLIED
            assert change.effects == shown
            states.append((change, before))
        for change, before in reversed(states):
            undo_change(change=change, by=None)
            assert read_tables() == before
