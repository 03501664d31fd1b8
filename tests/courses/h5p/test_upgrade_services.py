"""What the upgrade scripts made enters like any other content, or not at all."""

from typing import Any

import pytest

from courses.exceptions import UpgradeRefused
from courses.h5p.library import LibraryName
from courses.h5p.models import H5PContent, H5PLibrary
from courses.h5p.refusals import PackageRefused
from courses.h5p.selectors import library_named
from courses.h5p.semantics.check import ParamsRefused
from courses.h5p.services import install_package
from courses.h5p.upgrade_services import upgrade_content, upgrade_differences
from tests.courses.h5p.greeting import PARAMS, UPGRADED_PARAMS, greeting_package, new_version
from tests.courses.h5p.packages import pack

pytestmark = pytest.mark.django_db
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 20


@pytest.fixture
def content() -> H5PContent:
    files = greeting_package() | {"content/images/a.png": PNG} | new_version()
    return install_package(file=pack(files), may_install_libraries=True)


@pytest.fixture
def newer(content: H5PContent) -> H5PLibrary:
    library = library_named(LibraryName("H5P.Greeting", 1, 2))
    assert library is not None
    return library


def upgraded(content: H5PContent, library: H5PLibrary, **changes: Any) -> H5PContent:
    made: dict[str, Any] = {"params": UPGRADED_PARAMS, "metadata": dict(content.metadata)}
    return upgrade_content(content=content, library=library, **(made | changes))


def test_the_newer_content_has_the_media_and_the_older_stays(
    content: H5PContent, newer: H5PLibrary
) -> None:
    made = upgraded(
        content,
        newer,
        params=UPGRADED_PARAMS | {"picture": {"path": "images/a.png", "mime": "image/png"}},
        metadata={"license": "CC BY", "title": "別の題"},
    )
    assert made.main_library == newer
    assert made.params["shown"] == UPGRADED_PARAMS["shown"]
    assert made.params["parts"][0]["params"] == {"words": ["春"]}
    assert {row.folder for row in made.libraries.all()} == {"H5P.Greeting-1.2", "H5P.Word-1.1"}
    assert [used.name for used in made.files.all()] == ["images/a.png"]
    assert (made.title, made.language, made.metadata["license"]) == ("朝のあいさつ", "ja", "CC BY")
    content.refresh_from_db()
    assert content.params == PARAMS
    assert content.main_library.minor == 0


def test_what_is_missing_gets_the_newer_versions_defaults(
    content: H5PContent, newer: H5PLibrary
) -> None:
    made = upgraded(content, newer, params={"shown": {"message": "x"}})
    assert made.params["shown"] == {"message": "x", "tone": "polite"}


def test_the_differences_are_told_in_the_newer_versions_words(
    content: H5PContent, newer: H5PLibrary
) -> None:
    found = upgrade_differences(before=content, after=upgraded(content, newer))
    told = {change.path: (change.label, change.before, change.after) for change in found}
    assert told["text"] == ("text", "おはようございます", None)
    label, before, after = told["shown"]
    assert (label, before, after["tone"]) == ("Shown", None, "polite")


@pytest.mark.parametrize(
    ("params", "place"),
    [
        ({"shown": {"message": 7}}, "shown.message"),
        ({"shown": {}}, "shown.message"),
        ({"shown": {"message": "x", "tone": "rude"}}, "shown.tone"),
        (
            {"shown": {"message": "x"}, "parts": [{"library": "H5P.Gone 1.0", "params": {}}]},
            "parts[0]",
        ),
    ],
)
def test_a_result_that_does_not_fit_is_refused(
    content: H5PContent, newer: H5PLibrary, params: dict[str, Any], place: str
) -> None:
    with pytest.raises(ParamsRefused) as caught:
        upgraded(content, newer, params=params)
    assert caught.value.faults[0].path.startswith(place)
    assert H5PContent.objects.count() == 1


@pytest.mark.parametrize(
    "changes", [{"params": {"shown": {"message": "\0"}}}, {"metadata": {"license": "\0"}}]
)
def test_a_result_that_is_no_sound_json_is_refused(
    content: H5PContent, newer: H5PLibrary, changes: dict[str, Any]
) -> None:
    with pytest.raises(PackageRefused) as caught:
        upgraded(content, newer, **changes)
    assert caught.value.reason == "json_text"
    assert H5PContent.objects.count() == 1


def test_only_a_higher_version_of_the_same_type_is_an_upgrade(
    content: H5PContent, newer: H5PLibrary
) -> None:
    other = H5PLibrary.objects.get(machine_name="H5P.Word", minor=1)
    for library in (content.main_library, other):
        with pytest.raises(UpgradeRefused):
            upgraded(content, library)
    with pytest.raises(UpgradeRefused):
        upgraded(upgraded(content, newer), content.main_library)
