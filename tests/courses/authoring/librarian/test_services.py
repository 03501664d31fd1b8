"""The librarian's writes: drafts get the newer version, learners keep what they have."""

from typing import Any
from unittest.mock import patch

import pytest
from wagtail.models import ModelLogEntry

from courses.authoring.librarian import services
from courses.authoring.librarian.services import (
    CONTENT_UPGRADED,
    Outcome,
    adopt_upgrade,
    discard_content,
    is_in_review,
    remove_unused,
)
from courses.authoring.services import LIBRARIANS, set_up_librarians
from courses.exceptions import LibraryInUse
from courses.h5p.models import H5PContent, H5PLibrary
from courses.h5p.upgrade_services import upgrade_content
from courses.models import Activity
from tests.courses.h5p.greeting import UPGRADED_PARAMS
from tests.factories.courses import make_activity

pytestmark = pytest.mark.django_db


@pytest.fixture
def made(content: H5PContent, new: H5PLibrary) -> H5PContent:
    return upgrade_content(content=content, library=new, params=UPGRADED_PARAMS, metadata={})


def outcomes(before: H5PContent, after: H5PContent, user: Any) -> dict[str, Outcome]:
    adoptions = adopt_upgrade(before=before, after=after, adopted_by=user)
    return {adoption.activity.key: adoption.outcome for adoption in adoptions}


def test_every_activity_with_the_content_gets_it_as_its_draft(
    activity: Activity, content: H5PContent, made: H5PContent, librarian: Any
) -> None:
    assert activity.lesson is not None
    make_activity(activity.lesson, "again", content=content)
    make_activity(activity.lesson, "other")
    assert outcomes(content, made, librarian) == {
        "greet": Outcome.DRAFTED,
        "again": Outcome.DRAFTED,
    }
    activity.refresh_from_db()
    assert activity.content == content
    assert activity.get_latest_revision_as_object().content == made
    assert activity.has_unpublished_changes
    entry = ModelLogEntry.objects.filter(action=CONTENT_UPGRADED).latest("pk")
    assert entry.data["from"] == "H5P.Greeting 1.0.3"
    assert entry.user == librarian
    # A second time there is nothing left to do.
    assert outcomes(content, made, librarian) == {}


def test_the_rest_of_an_authors_draft_stays(
    activity: Activity, content: H5PContent, made: H5PContent, librarian: Any
) -> None:
    draft = activity.get_latest_revision_as_object()
    draft.title_ja = "朝のあいさつ（改訂案）"
    draft.save_revision()
    outcomes(content, made, librarian)
    latest = Activity.objects.get(pk=activity.pk).get_latest_revision_as_object()
    assert (latest.title_ja, latest.content) == ("朝のあいさつ（改訂案）", made)


def test_a_locked_activity_does_not_hold_back_the_others(
    activity: Activity, content: H5PContent, made: H5PContent, librarian: Any
) -> None:
    assert activity.lesson is not None
    make_activity(activity.lesson, "again", content=content)
    Activity.objects.filter(pk=activity.pk).update(locked=True)
    assert outcomes(content, made, librarian) == {
        "greet": Outcome.LOCKED,
        "again": Outcome.DRAFTED,
    }
    assert Activity.objects.get(pk=activity.pk).latest_revision is None


def test_a_course_under_review_is_left_as_it_is(
    activity: Activity, content: H5PContent, made: H5PContent, librarian: Any
) -> None:
    assert not is_in_review(activity.course)
    with patch.object(services, "is_in_review", return_value=True):
        assert outcomes(content, made, librarian) == {"greet": Outcome.IN_REVIEW}


def test_removing_is_all_or_nothing(
    activity: Activity, content: H5PContent, old: H5PLibrary, new: H5PLibrary, librarian: Any
) -> None:
    before = H5PLibrary.objects.count()
    with pytest.raises(LibraryInUse) as caught:
        remove_unused(libraries=[new, old], removed_by=librarian)
    assert caught.value.params["library"] == "H5P.Greeting 1.0.3"
    assert H5PLibrary.objects.count() == before
    removal = remove_unused(libraries=[new], removed_by=librarian)
    assert [str(row) for row in removal.libraries] == ["H5P.Greeting 1.2.3"]


def test_a_result_that_nobody_adopted_is_discarded(
    activity: Activity, content: H5PContent, made: H5PContent
) -> None:
    assert not discard_content(content=content)
    assert discard_content(content=made)
    assert list(H5PContent.objects.all()) == [content]


def test_setting_up_the_group_again_changes_nothing() -> None:
    first, second = set_up_librarians(), set_up_librarians()
    assert first == second
    assert first.name == LIBRARIANS
    assert {permission.codename for permission in first.permissions.all()} == {
        "access_admin",
        "manage_h5p_libraries",
    }
