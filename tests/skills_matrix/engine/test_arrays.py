import subprocess
import sys
from datetime import UTC, datetime, timedelta, timezone
from random import Random

import numpy as np
import pandas as pd
import pytest
from hypothesis import strategies as st

from skills_matrix.engine.arrays import ABSENT, FOREVER, arrays_of, frame_of, microseconds, take
from skills_matrix.engine.columns import ASSESSMENT_KINDS
from skills_matrix.engine.exceptions import NaiveInstant
from tests.skills_matrix.engine.office import Office, for_every, offices, rows


@for_every(offices())
def test_a_frame_survives_the_way_to_arrays_and_back(office: Office) -> None:
    for name, frame in office.items():
        pd.testing.assert_frame_equal(frame_of(name, arrays_of(name, frame)), frame)


@for_every(offices(), st.randoms(use_true_random=False))
def test_chosen_rows_are_the_rows_of_the_whole(office: Office, random: Random) -> None:
    for name, frame in office.items():
        whole = arrays_of(name, frame)
        first = np.array([row for row in range(len(frame)) if random.random() < 0.7], dtype=int)
        second = np.array([row for row in range(first.size) if random.random() < 0.7], dtype=int)
        chosen = whole.at(first).at(second)
        for key in whole:
            assert chosen[key].tolist() == whole[key][first][second].tolist()


def test_words_are_read_by_meaning_not_by_the_order_of_their_categories() -> None:
    frame = rows(
        "assessments",
        {"assessment_id": 1, "level": 1, "assessed_at": datetime(2026, 1, 1, tzinfo=UTC)},
    )
    other = frame.assign(kind=frame["kind"].cat.reorder_categories(ASSESSMENT_KINDS[::-1]))
    assert arrays_of("assessments", other)["kind"].tolist() == [
        ASSESSMENT_KINDS.index("supervisor")
    ]


@for_every(
    st.datetimes(datetime(1900, 1, 1), datetime(2200, 1, 1)),
    st.integers(-12, 14),
)
def test_an_instant_is_counted_as_a_column_counts_it(moment: datetime, hours: int) -> None:
    aware = moment.replace(tzinfo=timezone(timedelta(hours=hours)))
    column = arrays_of("completions", rows("completions", {"completed_at": aware}))["completed_at"]
    assert column.tolist() == [microseconds(aware)]


def test_an_instant_without_a_zone_is_refused() -> None:
    with pytest.raises(NaiveInstant):
        microseconds(datetime(2026, 4, 1))


def test_an_absent_row_takes_the_absent_value() -> None:
    at = np.array([1, ABSENT])
    assert take(np.array([5, 6]), at).tolist() == [6, ABSENT]
    assert take(np.array([5, 6]), at, absent=FOREVER).tolist() == [6, FOREVER]
    assert take(np.array([], dtype=np.int64), np.array([ABSENT])).tolist() == [ABSENT]


def test_the_engine_needs_no_django() -> None:
    program = (
        "import importlib, pkgutil, sys\n"
        "import skills_matrix.engine as engine\n"
        "names = [m.name for m in pkgutil.iter_modules(engine.__path__)]\n"
        "assert len(names) > 10, names\n"
        "for name in names: importlib.import_module(f'skills_matrix.engine.{name}')\n"
        "assert not [m for m in sys.modules if m.split('.')[0] in ('django', 'lms', 'courses')]\n"
    )
    subprocess.run([sys.executable, "-c", program], check=True)
