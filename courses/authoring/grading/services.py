"""What a course asks of its learners, as drafts: pass marks, rules of lessons, the test-out."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from courses.authoring.drafts import as_drafted
from courses.authoring.policy import lock_on
from courses.catalogue.models import Activity, Course
from courses.exceptions import CourseLocked, GradingRefused

# The admin's page on which all this is set.
GRADING = "lms_courses_grading"
MARK_CHANGED = "lms_courses.mark_changed"
RULE_CHANGED = "lms_courses.rule_changed"
COVERAGE_CHANGED = "lms_courses.coverage_changed"
# What may be set, and how the change is logged.
COLUMNS: Mapping[str, str] = {
    "pass_mark": MARK_CHANGED,
    "completion": RULE_CHANGED,
    "minutes": RULE_CHANGED,
    "covers": COVERAGE_CHANGED,
}


@transaction.atomic
def set_grading(
    *, course: Course, values: Mapping[int, Mapping[str, Any]], by: Any
) -> list[Activity]:
    """Write what the course asks into the drafts of its lessons and activities; learners have it
    with the course's next publication. Gives the drafts that changed.

    Args:
        values: activity id -> columns of `COLUMNS` and their values: `pass_mark` a fraction or
            None = not graded, `completion` and `minutes` of a lesson, `covers` ids of lessons.
            What is not named stays.

    Raises:
        CourseLocked: the course is under review or locked.
        GradingRefused: `minutes_needed` a rule that says how many minutes says none;
            `one_test_out` two lessons would be the test-out; `covers_itself` a test-out would
            grant itself; `no_such_lesson` it would grant what is no lesson of the course.
    """
    if lock_on(course, by):
        raise CourseLocked(
            _("The course is under review or locked: pass marks cannot be changed now.")
        )
    rows = Activity.objects.select_for_update().filter(course=course)
    drafts = {row.pk: (row, _draft(row)) for row in rows.order_by("position", "pk")}
    changed = []
    for pk in [pk for pk in drafts if pk in values]:
        row, draft = drafts[pk]
        before = {name: getattr(draft, name) for name in values[pk]}
        if before == dict(values[pk]):
            continue
        for name, value in values[pk].items():
            setattr(draft, name, value)
        changed.append((row, draft, before))
    if changed:
        # A lesson that stands in no page any more asks and grants nothing.
        _check([draft for row, draft in drafts.values() if row.live or row.pk in values])
    for row, draft, before in changed:
        # Which lesson is the test-out may just be changing over: publication sees to that.
        draft.full_clean(validate_constraints=False)
        draft.save_revision(user=by, clean=False)
        for action in dict.fromkeys(COLUMNS[name] for name in before):
            said = [
                {name: saying[name] for name in before if COLUMNS[name] == action}
                for saying in (before, values[row.pk])
            ]
            if said[0] != said[1]:
                log(
                    instance=row,
                    action=action,
                    user=by,
                    data={"before": said[0], "after": said[1]},
                )
    return [draft for _row, draft, _before in changed]


def _draft(row: Activity) -> Activity:
    draft: Activity = as_drafted(row)
    if row.kind == Activity.Kind.LESSON:
        # The title of a lesson is that of its pages, whatever it was at the last draft.
        draft.title_ja, draft.title_en = row.title_ja, row.title_en
    return draft


def _check(every: Sequence[Activity]) -> None:
    lessons = {row.pk for row in every if row.kind == Activity.Kind.LESSON}
    tests = {row.pk for row in every if row.completion == Activity.Completion.TEST_OUT}
    for row in every:
        if (row.minutes is None) == (row.completion in Activity.TIMED):
            raise GradingRefused("minutes_needed", _("Say how many minutes."), place=row.key)
        if not lessons.issuperset(row.covers):
            raise GradingRefused(
                "no_such_lesson", _("The course has no such lesson."), place=row.key
            )
        if tests.intersection(row.covers):
            raise GradingRefused(
                "covers_itself", _("The test-out cannot grant itself."), place=row.key
            )
    if len(tests) > 1:
        raise GradingRefused("one_test_out", _("Only one lesson can be the test-out."))
