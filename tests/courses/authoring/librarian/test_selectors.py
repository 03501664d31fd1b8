"""What uses a library, what nothing uses, and what goes along when something is removed."""

from datetime import timedelta

import pytest
from django.utils.timezone import now

from courses.authoring.librarian.selectors import (
    GRACE,
    activities_using,
    contents_in_use,
    counted_libraries,
    drafted_contents,
    removal_of,
    unused_libraries,
    upgradable_contents,
)
from courses.h5p.models import H5PContent, H5PLibrary
from courses.h5p.services import install_package
from courses.h5p.unused import unused_contents
from courses.models import Activity, ActivityVersion
from tests.courses.authoring.librarian.conftest import library
from tests.courses.h5p.greeting import greeting_package
from tests.courses.h5p.packages import library_folder, need, pack, package

pytestmark = pytest.mark.django_db


def another_content() -> H5PContent:
    return install_package(file=package(), may_install_libraries=True)


def labels(libraries: object) -> set[str]:
    return {str(row) for row in libraries}  # type: ignore[attr-defined]


def aged(content: H5PContent) -> H5PContent:
    """As if it had been made two days ago."""
    H5PContent.objects.filter(pk=content.pk).update(created_at=now() - timedelta(days=2))
    return content


def test_live_drafted_and_earlier_use_are_told_apart(
    activity: Activity, content: H5PContent, old: H5PLibrary
) -> None:
    (use,) = activities_using(old)
    assert (use.is_live, use.is_drafted, use.is_earlier) == (True, True, False)

    other = another_content()
    draft = activity.get_latest_revision_as_object()
    draft.content = other
    draft.save_revision()
    (use,) = activities_using(old)
    assert (use.is_live, use.is_drafted, use.is_earlier) == (True, False, False)
    (use,) = activities_using(other.main_library)
    assert (use.is_live, use.is_drafted) == (False, True)

    ActivityVersion.objects.create(
        activity=activity, number=1, content=content, title_ja="x", published_at=now()
    )
    activity.get_latest_revision().publish()
    (use,) = activities_using(old)
    assert use.is_earlier


def test_content_of_any_draft_is_in_use(activity: Activity, content: H5PContent) -> None:
    first, second = another_content(), install_package(file=package(params={"question": "2"}))
    for made in (first, second):
        draft = activity.get_latest_revision_as_object()
        draft.content = made
        draft.save_revision()
    assert set(contents_in_use()) == {content, first, second}
    assert drafted_contents() == {activity.pk: second.pk}


def test_content_that_nothing_refers_to_is_unused_a_day_later(activity: Activity) -> None:
    abandoned = another_content()
    assert not unused_contents(GRACE).exists()
    aged(abandoned)
    assert list(unused_contents(GRACE)) == [abandoned]


def test_libraries_are_counted_with_their_use(activity: Activity, old: H5PLibrary) -> None:
    counted = counted_libraries().get(pk=old.pk)
    assert (counted.content_count, counted.library_count) == (1, 0)  # type: ignore[attr-defined]
    another_content()
    unused = counted_libraries().get(machine_name="H5P.Quiz")
    assert unused.content_count == 0  # type: ignore[attr-defined]


def test_what_content_needs_through_other_libraries_is_used(activity: Activity) -> None:
    assert labels(unused_libraries()) == {"H5P.Greeting 1.2.3", "H5P.Word 1.1.3"}


def test_removing_a_type_takes_the_parts_only_it_needs(activity: Activity) -> None:
    shared, own = need("H5P.Shared 1.0"), need("H5P.Own 1.0")
    libraries = (
        library_folder(preloadedDependencies=[shared, own])
        | library_folder("H5P.Keeps 1.0", preloadedDependencies=[shared])
        | library_folder("H5P.Shared 1.0", runnable=0)
        | library_folder("H5P.Own 1.0", runnable=0)
    )
    aged(install_package(file=package(libraries=libraries), may_install_libraries=True))
    removal = removal_of([library("H5P.Quiz 1.2")])
    assert labels(removal.libraries) == {"H5P.Quiz 1.2.3", "H5P.Own 1.0.3"}
    assert labels(removal.parts) == {"H5P.Own 1.0.3"}
    assert [content.title for content in removal.contents] == ["窓口の確認"]
    assert removal.blockers == ()


def test_what_keeps_a_library_is_named(activity: Activity, old: H5PLibrary) -> None:
    removal = removal_of([old])
    assert [(str(row), user) for row, user in removal.blockers] == [
        ("H5P.Greeting 1.0.3", "朝のあいさつ")
    ]


def test_contents_are_upgradable_where_a_draft_has_them(
    activity: Activity, content: H5PContent, old: H5PLibrary, new: H5PLibrary
) -> None:
    (row,) = upgradable_contents(old)
    assert (row.content, row.activities) == (content, (activity,))
    assert upgradable_contents(new) == []
    install_package(file=pack(greeting_package(**{"content/a.txt": b"x"})))
    assert len(upgradable_contents(old)) == 1
