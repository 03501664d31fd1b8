"""Asking for jobs, doing them at once, failing, and the pages that show them."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client, override_settings
from django.urls import reverse
from django.utils import timezone
from wagtail import hooks

from lms.checks import check_jobs_are_in_background, check_jobs_backend
from lms.enrolment.models import Enrolment
from lms.exceptions import InvalidStatement, RunTakenOver
from lms.jobs.models import JobRun
from lms.jobs.nightly import start_nightly
from lms.jobs.registry import REGISTER_JOB, Job
from lms.jobs.services import (
    MOST_LOSSES,
    carry_out,
    resume_lost_runs,
    retry_run,
    start_job,
)
from lms.jobs.work import Work
from lms.people.models import Role
from tests.factories import make_audience_rule, make_course, make_employee, make_user

pytestmark = pytest.mark.django_db
NIGHT = date(2026, 5, 1)


class Counting:
    """A job of three steps that fails in the second as often as it is told to."""

    def __init__(self, failures: int = 0, fault: type[Exception] = ValueError) -> None:
        self.failures = failures
        self.fault = fault

    def __call__(self, work: Work) -> None:
        work.expect(3)
        for number in range(work.position, 3):
            with work.step():
                Role.objects.create(key=f"step{number}", title_ja=str(number))
                if number == 1 and self.failures:
                    self.failures -= 1
                    raise self.fault("no")


@pytest.fixture
def counting(request: Any) -> Any:
    job = Counting()
    with hooks.register_temporarily(REGISTER_JOB, lambda: Job("counting", "Counting", job)):
        yield job


def keys() -> list[str]:
    return sorted(Role.objects.values_list("key", flat=True))


def test_a_job_is_done_once_however_often_its_task_is_queued(counting: Counting) -> None:
    run = start_job(kind="counting")
    assert (run.state, run.done, run.total) == (JobRun.State.DONE, 3, 3)
    carry_out(uuid=run.uuid)
    assert keys() == ["step0", "step1", "step2"]


def test_a_failed_step_is_taken_back_and_the_run_begins_anew_there(counting: Counting) -> None:
    counting.failures = 1
    counting.fault = lambda text: InvalidStatement(text)  # type: ignore[assignment]
    run = start_job(kind="counting")
    assert (run.state, run.message) == (JobRun.State.FAILED, "no")
    assert retry_run(run=run)
    run.refresh_from_db()
    assert run.state == JobRun.State.DONE
    assert keys() == ["step0", "step1", "step2"]
    assert not retry_run(run=run), "only a failed run begins anew"


def test_a_fault_of_the_program_is_named(counting: Counting) -> None:
    counting.failures = 1
    run = start_job(kind="counting")
    assert run.state == JobRun.State.FAILED
    assert "ValueError" in run.message


def test_a_slow_worker_whose_run_was_taken_over_writes_nothing(counting: Counting) -> None:
    run = JobRun.objects.create(
        kind="counting",
        state=JobRun.State.RUNNING,
        attempt=1,
        created_at=timezone.now(),
        lease_until=timezone.now() - timedelta(seconds=1),
    )
    slow = Work(JobRun.objects.get(pk=run.pk))
    assert resume_lost_runs() == 1
    with pytest.raises(RunTakenOver), slow.step():
        Role.objects.create(key="late", title_ja="late")
    with pytest.raises(RunTakenOver):
        slow.end(JobRun.State.FAILED)
    run.refresh_from_db()
    assert (run.state, run.attempt, run.losses) == (JobRun.State.DONE, 2, 1)
    assert keys() == ["step0", "step1", "step2"]


def test_a_run_that_takes_down_every_worker_is_given_up(counting: Counting) -> None:
    run = JobRun.objects.create(
        kind="counting",
        state=JobRun.State.RUNNING,
        losses=MOST_LOSSES,
        created_at=timezone.now(),
        lease_until=timezone.now() - timedelta(seconds=1),
    )
    assert resume_lost_runs() == 0
    run.refresh_from_db()
    assert run.state == JobRun.State.FAILED
    assert keys() == []


def test_a_run_that_is_held_is_left_alone(counting: Counting) -> None:
    JobRun.objects.create(
        kind="counting",
        state=JobRun.State.RUNNING,
        created_at=timezone.now(),
        lease_until=timezone.now() + timedelta(seconds=30),
    )
    assert resume_lost_runs() == 0


def test_the_night_evaluates_rules_once_a_day() -> None:
    course = make_course("C1")
    make_audience_rule(course, is_mandatory=True)
    employee = make_employee()
    run = start_nightly(on=NIGHT)
    assert run.state == JobRun.State.DONE
    assert "1" in run.message
    assert Enrolment.objects.get(employee=employee).course == course
    assert start_nightly(on=NIGHT).pk == run.pk
    assert start_nightly(on=NIGHT + timedelta(days=1)).pk != run.pk


def test_the_command_of_the_timetable_asks_for_the_night(capsys: Any) -> None:
    call_command("run_nightly")
    call_command("run_nightly")
    assert JobRun.objects.get().kind == "nightly"


def test_the_checks_say_when_there_is_no_queue_or_no_worker() -> None:
    assert check_jobs_backend(None) == []
    with override_settings(LMS_JOBS_BACKEND="nowhere"):
        assert [found.id for found in check_jobs_backend(None)] == ["lms.E002"]
    assert [found.id for found in check_jobs_are_in_background(None)] == ["lms.W001"]
    with override_settings(LMS_JOBS_BACKEND="jobs"):
        assert check_jobs_are_in_background(None) == []


def client(*permissions: str) -> Client:
    made = Client(headers={"accept-language": "ja"})
    made.force_login(make_user(permissions=["wagtailadmin.access_admin", *permissions]))
    return made


def test_the_page_shows_progress_to_those_who_look_after_jobs(counting: Counting) -> None:
    counting.failures = 1
    run = start_job(kind="counting")
    url = reverse("lms_core_jobs")
    page = client("lms_core.view_jobrun").get(url).content.decode()
    assert "Counting" in page
    assert '<progress max="3" value="1"' in page
    again = client("lms_core.view_jobrun").post(url, {"again": str(run.uuid)}, follow=True)
    assert '<progress max="3" value="3"' in again.content.decode()
    assert client().get(url).status_code == 302, "Wagtail sends those without the permission home"


def test_the_part_that_is_loaded_anew_is_only_the_table(counting: Counting) -> None:
    start_job(kind="counting")
    part = client("lms_core.view_jobrun").get(reverse("lms_core_jobs") + "?fragment")
    text = part.content.decode()
    assert "<table" in text
    assert "<html" not in text
    assert "data-open" not in text


def test_jobs_that_nobody_takes_are_said(counting: Counting) -> None:
    long_ago = timezone.now() - timedelta(minutes=5)
    JobRun.objects.create(kind="counting", created_at=long_ago, lease_until=long_ago)
    page = client("lms_core.view_jobrun").get(reverse("lms_core_jobs"))
    assert "run_worker" in page.content.decode()
