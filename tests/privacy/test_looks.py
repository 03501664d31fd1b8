"""What was looked at stays written: nobody changes or deletes a look, by whatever way."""

from collections.abc import Callable
from typing import Any

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction
from django.urls import get_resolver

from skills_matrix.append_only import TABLES, install_append_only
from skills_matrix.assessments.models import SkillsView
from skills_matrix.assessments.services import log_skills_views
from tests.factories import make_employee, make_user
from tests.privacy.test_table import addresses

TABLE = "lms_skills_skillsview"


@pytest.fixture
def look(db: None) -> SkillsView:
    log_skills_views(viewer=make_user(), subject_ids=[make_employee().pk], what="matrix")
    return SkillsView.objects.get()


def by_sql(statement: str) -> Callable[[SkillsView], Any]:
    def run(look: SkillsView) -> None:
        with connection.cursor() as cursor:
            cursor.execute(statement)

    return run


def _saved(look: SkillsView) -> None:
    look.what = "cell"
    look.save()


WAYS: dict[str, Callable[[SkillsView], Any]] = {
    "a saved row": _saved,
    "an update": lambda look: SkillsView.objects.update(what="cell"),
    "a bulk update": lambda look: SkillsView.objects.bulk_update([look], ["seen_at"]),
    "a deleted row": lambda look: look.delete(),
    "a deleted query": lambda look: SkillsView.objects.all().delete(),
    "SQL that updates": by_sql(f"UPDATE {TABLE} SET what = 'cell'"),
    "SQL that moves it to somebody else": by_sql(f"UPDATE {TABLE} SET viewer_id = viewer_id + 1"),
    "SQL that deletes": by_sql(f"DELETE FROM {TABLE}"),
    "its subject deleted": lambda look: look.subject.delete(),
    "its viewer deleted": lambda look: look.viewer.delete(),
}


@pytest.mark.parametrize("way", WAYS)
def test_a_look_is_neither_changed_nor_deleted_by(way: str, look: SkillsView) -> None:
    before = SkillsView.objects.values().get()
    with pytest.raises(DatabaseError), transaction.atomic():
        WAYS[way](look)
    assert SkillsView.objects.values().get() == before


def test_the_triggers_can_be_put_in_place_again(look: SkillsView) -> None:
    assert TABLE in TABLES
    install_append_only(connection)
    with pytest.raises(DatabaseError), transaction.atomic():
        SkillsView.objects.update(what="cell")


def test_no_admin_and_no_address_writes_looks() -> None:
    assert not apps.is_installed("django.contrib.admin")
    assert not [address for address, _module in addresses() if "skillsview" in address]
    methods = get_resolver().resolve("/api/v1/skills/looks/").func.cls().allowed_methods
    assert methods == ["GET", "OPTIONS"]
