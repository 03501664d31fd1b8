"""Every rule of the course check with its gravity. A new rule is a row here."""

from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from courses.authoring.check.findings import Fault, Severity
from courses.authoring.check.material import CourseMaterial
from courses.authoring.check.rules import access, completion, links, structure, writing

ERROR, WARNING, ADVICE = Severity


class Check(NamedTuple):
    """`find` gives every fault, or nothing. It must not raise on any course."""

    severity: Severity
    title: str | Promise
    find: Callable[[CourseMaterial], Iterable[Fault]]


CHECKS: Mapping[str, Check] = {
    # Is everything there?
    "course_empty": Check(ERROR, _("The course has no lesson"), structure.course_empty),
    "lesson_empty": Check(ERROR, _("The lesson is empty"), structure.lesson_empty),
    "block_empty": Check(ERROR, _("The block shows nothing"), structure.block_empty),
    "activity_empty": Check(
        ERROR, _("There is nothing to do in the activity"), structure.activity_empty
    ),
    "activity_unfinished": Check(
        ERROR, _("The activity is unfinished"), structure.activity_unfinished
    ),
    "award_without_grading": Check(
        ERROR, _("Nothing graded behind an award"), structure.award_without_grading
    ),
    "lesson_without_activity": Check(
        ADVICE, _("The lesson is only read"), structure.lesson_without_activity
    ),
    # Can it be finished, and is what a test-out grants right?
    "rule_never_met": Check(ERROR, _("The lesson can never be done"), completion.rule_never_met),
    "minimum_too_long": Check(
        WARNING, _("Longer at least than the course"), completion.minimum_too_long
    ),
    "test_out_twice": Check(ERROR, _("More than one test-out"), completion.test_out_twice),
    "test_out_grants_nothing": Check(
        WARNING, _("A test that grants nothing"), completion.test_out_grants_nothing
    ),
    "test_out_not_gradable": Check(
        WARNING, _("A test that the server cannot grade"), completion.test_out_not_gradable
    ),
    "test_out_of_unasked": Check(
        WARNING, _("Granted, but not asked for"), completion.test_out_of_unasked
    ),
    # Can everybody take it in?
    "image_without_text": Check(
        ERROR, _("Picture without alternative text"), access.image_without_text
    ),
    "image_text_is_file_name": Check(
        WARNING, _("The alternative text is a file name"), access.image_text_is_file_name
    ),
    "video_without_captions": Check(
        WARNING, _("Video without captions"), access.video_without_captions
    ),
    "low_contrast": Check(ERROR, _("Colours hard to tell apart"), access.low_contrast),
    "heading_skipped": Check(WARNING, _("A level of headings is left out"), access.heading_skipped),
    "heading_empty": Check(WARNING, _("Empty heading"), access.heading_empty),
    "heading_faked": Check(ADVICE, _("Bold text in place of a heading"), access.heading_faked),
    "heading_missing": Check(ADVICE, _("Long text without headings"), access.heading_missing),
    "h5p_type_inaccessible": Check(
        WARNING, _("Type of activity that shuts some people out"), access.h5p_type_inaccessible
    ),
    # Does everything in it work in the office?
    "link_leaves_network": Check(
        WARNING, _("Link that leaves the network"), links.link_leaves_network
    ),
    "link_text_vague": Check(WARNING, _("Link text says nothing"), links.link_text_vague),
    # Is it easy to read, in Japanese, and as long as it says?
    "title_missing": Check(ERROR, _("No Japanese title"), writing.title_missing),
    "summary_missing": Check(WARNING, _("No summary"), writing.summary_missing),
    "not_in_japanese": Check(WARNING, _("Text without Japanese"), writing.not_in_japanese),
    "h5p_words_in_english": Check(
        WARNING, _("Buttons or messages in English"), writing.h5p_words_in_english
    ),
    "machine_dependent": Check(
        WARNING, _("Characters that depend on the machine"), writing.machine_dependent
    ),
    "sentence_long": Check(ADVICE, _("Long sentence"), writing.sentence_long),
    "kanji_run": Check(ADVICE, _("Many kanji in a row"), writing.kanji_run),
    "double_negative": Check(ADVICE, _("Double negation"), writing.double_negative),
    "time_missing": Check(WARNING, _("No planned learning time"), writing.time_missing),
    "time_too_short": Check(WARNING, _("Longer than planned"), writing.time_too_short),
    "time_too_long": Check(ADVICE, _("Shorter than planned"), writing.time_too_long),
    "lesson_long": Check(ADVICE, _("Long lesson"), writing.lesson_long),
}
