"""The table of official types; what is not in it is unknown."""

import pytest

from courses.h5p.accessibility import Status, accessibility_of, known_types


@pytest.mark.parametrize(
    ("machine_name", "status"),
    [
        ("H5P.TrueFalse", Status.ACCESSIBLE),
        ("H5P.ImageHotspotQuestion", Status.INACCESSIBLE),
        ("H5P.Quiz", Status.UNKNOWN),
    ],
)
def test_a_type_has_the_status_of_the_table(machine_name: str, status: Status) -> None:
    assert accessibility_of(machine_name).status == status


def test_every_judgement_has_a_source_and_every_warning_a_reason() -> None:
    for name, known in known_types().items():
        assert known.source, name
        assert known.address.startswith("https://help.h5p.com/"), name
        is_explained = bool(known.reason_en and known.reason_ja)
        assert is_explained == (known.status == Status.INACCESSIBLE), name
