"""What nothing shows goes after a while; what anything shows stays."""

from datetime import timedelta
from importlib import import_module
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.utils import timezone

from courses import migrations
from courses.h5p import unused
from courses.h5p.media_store import media_entry
from courses.h5p.models import H5PContent, H5PFile, H5PLibrary
from courses.h5p.services import make_content, remove_unused_contents
from courses.h5p.unused import Removed, unused_contents
from courses.models import Activity, ActivityVersion
from tests.courses.h5p.cards import install_cards, png, upload
from tests.courses.h5p.test_services import files_below, media_of
from tests.factories.courses import make_activity, make_course, make_h5p_content, make_lesson

pytestmark = pytest.mark.django_db

MONTH = timedelta(days=30)


@pytest.fixture
def card(tmp_path: Path) -> H5PLibrary:
    return install_cards(tmp_path)


def old(content: H5PContent) -> H5PContent:
    H5PContent.objects.filter(pk=content.pk).update(created_at=timezone.now() - 2 * MONTH)
    return content


def old_file(data: bytes, name: str) -> H5PFile:
    file = upload(data, name)
    H5PFile.objects.filter(pk=file.pk).update(made_at=timezone.now() - 2 * MONTH)
    return file


def content_of(card: H5PLibrary, text: str, *files: H5PFile) -> H5PContent:
    params: dict[str, Any] = {"text": text, "film": [media_entry(file=file) for file in files]}
    return make_content(library=card, params=params, title=text, language="ja")


def _activity(content: H5PContent | None = None) -> Activity:
    return make_activity(make_lesson(make_course("dx"), "a"), "b", content=content)


def by_an_activity(content: H5PContent) -> None:
    _activity(content)


def by_a_version(content: H5PContent) -> None:
    ActivityVersion.objects.create(
        activity=_activity(),
        number=1,
        content=content,
        title_ja="x",
        published_at=timezone.now(),
    )


def by_a_draft(content: H5PContent) -> None:
    activity = _activity()
    shown = activity.content
    activity.content = content
    activity.save_revision()
    activity.content = shown


def by_an_earlier_draft(content: H5PContent) -> None:
    by_a_draft(content)
    Activity.objects.get(key="b").save_revision()


@pytest.mark.parametrize("use", [by_an_activity, by_a_version, by_a_draft, by_an_earlier_draft])
def test_what_is_used_stays(use: Any) -> None:
    content = old(make_h5p_content())
    assert content in unused_contents(MONTH)
    use(content)
    assert content not in unused_contents(MONTH)
    remove_unused_contents(older_than=MONTH)
    assert H5PContent.objects.filter(pk=content.pk).exists()


def test_learners_records_count_as_use() -> None:
    pointing = {pointer.model._meta.label for pointer in unused._pointers()}
    assert {"lms_core.Statement", "lms_core.ActivityState"} <= pointing
    assert "lms_courses.H5PContentFile" not in pointing


def test_what_is_young_stays() -> None:
    make_h5p_content()
    assert not unused_contents(MONTH).exists()


def test_unused_content_goes_with_the_media_that_only_it_shows(
    card: H5PLibrary, h5p_root: Path, django_capture_on_commit_callbacks: Any
) -> None:
    own, shared = old_file(b"own", "a.mp4"), old_file(b"shared", "b.mp4")
    young = upload(png(), "c.png")
    gone = old(content_of(card, "gone", own, shared))
    kept = content_of(card, "kept", shared)

    with django_capture_on_commit_callbacks(execute=True):
        removed = remove_unused_contents(older_than=MONTH)

    assert removed == Removed(contents=1, files=1)
    assert set(H5PContent.objects.all()) == {kept}
    assert not H5PContent.objects.filter(pk=gone.pk).exists()
    assert files_below(h5p_root / "media") == sorted(
        [f"{shared.digest}.mp4", f"{young.digest}.png"]
    )


def test_a_file_uploaded_again_is_young_again(card: H5PLibrary) -> None:
    old_file(b"film", "a.mp4")
    upload(b"film", "a.mp4")
    assert remove_unused_contents(older_than=MONTH).files == 0


def test_cron_says_what_went(card: H5PLibrary) -> None:
    content = old(content_of(card, "古い", old_file(b"film", "a.mp4")))

    def run(*arguments: str) -> str:
        output = StringIO()
        call_command("remove_unused_h5p", *arguments, stdout=output)
        return output.getvalue().strip()

    assert run("--dry-run") == f"{content.uuid} H5P.Card 1.0.3 古い"
    assert run("--days", "90") == "コンテンツ0件、ファイル0件を削除しました。"
    assert run() == "コンテンツ1件、ファイル1件を削除しました。"
    with pytest.raises(CommandError):
        run("--days", "0")


def test_media_from_before_are_registered_where_they_lie(h5p_root: Path) -> None:
    first, second = make_h5p_content(), make_h5p_content()
    for content in (first, second):
        folder = h5p_root / "contents" / str(content.uuid) / "content" / "images"
        folder.mkdir(parents=True)
        (folder / "窓.png").write_bytes(png())
        (folder.parent / "content.json").write_bytes(b"{}")

    (migration,) = Path(migrations.__file__).parent.glob("*_h5p_media.py")
    import_module(f"courses.migrations.{migration.stem}").register_media(apps, None)

    assert media_of(first) == media_of(second) == {"images/窓.png": png()}
    assert H5PFile.objects.get().stored_in.startswith("contents/")
    assert len(files_below(h5p_root)) == 4
