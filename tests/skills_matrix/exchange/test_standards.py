"""The frameworks that come along can be loaded into an office that has nothing."""

from typing import Any

import pytest
from django.core.management import CommandError, call_command
from wagtail.models import ModelLogEntry

from lms.people.models import JobTier, Role
from skills_matrix.competencies.models import Competency, Framework, LevelDescriptor, Target
from skills_matrix.exceptions import InvalidFramework
from skills_matrix.exchange.standards import load_standards, standards
from skills_matrix.models import CompetencyMapping
from tests.factories import make_tier, make_user

pytestmark = pytest.mark.django_db
KEYS = ["DSS-L", "DSS-P", "MUNI"]


def state() -> list[list[Any]]:
    models = (Framework, Competency, LevelDescriptor, Target, Role)
    return [list(model._default_manager.order_by("pk").values()) for model in models]


def test_an_empty_office_gets_frameworks_scale_roles_and_their_targets() -> None:
    found = load_standards(keys=KEYS)
    assert [standard.key for standard in found] == KEYS
    assert all(standard.is_complete for standard in found)
    held = Competency.objects.filter(is_group=False)
    assert [held.filter(framework__key=key).count() for key in KEYS] == [23, 49, 12]
    assert LevelDescriptor.objects.count() == 5
    assert set(Role.objects.values_list("key", flat=True)) == {"LDR", "DAT", "BPR", "ICT", "EXT"}
    assert Target.objects.filter(competency__key="MU-L1", role__key="LDR", level=3).exists()
    # Everybody is asked for the literacy part; job tiers are an office's own and are not made.
    everybody = Target.objects.filter(tier=None, role=None, competency__framework__key="DSS-L")
    assert everybody.count() == 23
    assert not JobTier.objects.exists()
    assert not Target.objects.exclude(tier=None).exists()
    assert found[1].tiers_missing == ("G0", "G1", "G2", "G3", "G4", "G5", "G6")
    assert not any(row.is_official for row in Framework.objects.all())
    assert all("公式のものではありません" in row.source_note_ja for row in Framework.objects.all())


def test_targets_of_a_tier_come_when_the_office_has_it() -> None:
    load_standards(keys=["MUNI"])
    make_tier("G5")
    (found,) = load_standards(keys=["MUNI"])
    assert found.tiers_missing == ("G6",)
    assert Target.objects.filter(tier__key="G5", competency__key="MU-M1", level=3).count() == 1


def test_a_second_time_changes_nothing_and_an_offices_wording_stays() -> None:
    load_standards(keys=KEYS)
    Competency.objects.filter(key="L-T1").update(title_ja="生成AI")
    Target.objects.filter(competency__key="MU-G1").update(level=4)
    before, logged = state(), ModelLogEntry.objects.count()
    load_standards(keys=KEYS)
    assert state() == before
    assert ModelLogEntry.objects.count() == logged


def test_one_framework_alone_and_without_targets() -> None:
    load_standards(keys=["DSS-L"], with_targets=False)
    assert list(Framework.objects.values_list("key", flat=True)) == ["DSS-L"]
    assert not Target.objects.exists()
    assert not Role.objects.exists()
    here = {standard.key: standard.present for standard in standards()}
    assert here["DSS-P"] == here["MUNI"] == 0


def test_who_loaded_it_is_logged() -> None:
    user = make_user()
    load_standards(keys=["MUNI"], by=user)
    entry = ModelLogEntry.objects.get(action="lms_skills.framework_imported")
    assert entry.user == user
    assert entry.data == {"standard": "1.0", "added": 16, "targets": 12}


def test_a_framework_that_does_not_come_along_is_refused() -> None:
    with pytest.raises(InvalidFramework) as fault:
        load_standards(keys=["DSS-L", "DSS-9"])
    assert fault.value.code == "unknown_standard"
    assert not Framework.objects.exists()
    with pytest.raises(CommandError, match="DSS-9"):
        call_command("load_frameworks", "DSS-9")


def test_no_mapping_is_invented_between_versions() -> None:
    """What version 2.0 of the standard holds was not read, so nothing is said of it."""
    load_standards(keys=KEYS)
    assert not CompetencyMapping.objects.exists()
    assert not Competency.objects.filter(framework__version__startswith="2").exists()


def test_the_command_lists_and_loads(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("load_frameworks", "--list")
    assert not Framework.objects.exists()
    listed = capsys.readouterr().out
    assert all(key in listed for key in KEYS)
    call_command("load_frameworks", "DSS-P", "--no-targets")
    assert list(Framework.objects.values_list("key", flat=True)) == ["DSS-P"]
    call_command("load_frameworks")
    assert Framework.objects.count() == 3
    assert "12／18" in capsys.readouterr().out
