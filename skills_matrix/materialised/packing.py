"""A person's row of the matrix as bytes, and many of them back as one table.

`levels` holds level and target, one byte each per competency; `details` self level and assurance,
one byte each, then since, expires_at and used_at, eight each. -1 is absent, as in the engine.
"""

from collections.abc import Iterator, Sequence

import numpy as np

from skills_matrix.engine.arrays import FOREVER, Ints
from skills_matrix.engine.table import SkillTable

LEVELS = ("level", "target")
BELIEFS = ("self_level", "assurance")
INSTANTS = ("since", "expires_at", "used_at")


def pack(table: SkillTable) -> Iterator[tuple[int, bytes, bytes]]:
    """Each person's id, `levels` and `details`."""
    levels = np.concatenate([getattr(table, name) for name in LEVELS], axis=1)
    beliefs = np.concatenate([getattr(table, name) for name in BELIEFS], axis=1)
    instants = np.concatenate([getattr(table, name) for name in INSTANTS], axis=1)
    little = instants.astype("<i8", copy=False)
    for row, employee_id in enumerate(table.employee_id.tolist()):
        yield employee_id, levels[row].tobytes(), beliefs[row].tobytes() + little[row].tobytes()


def unpack(
    employee_id: Ints, competency_id: Ints, levels: Sequence[bytes], details: Sequence[bytes] | None
) -> SkillTable:
    """The table of these rows. `details` None = only levels and targets are wanted."""
    people, width = employee_id.size, competency_id.size
    small = np.frombuffer(b"".join(levels), np.int8).reshape(people, 2 * width)
    if details is None:
        nothing = np.broadcast_to(np.int8(-1), (people, width))
        never = np.broadcast_to(np.int64(FOREVER), (people, width))
        rest = (nothing, nothing, never, never, never)
        self_level, assurance, since, expires_at, used_at = rest
    else:
        raw = np.frombuffer(b"".join(details), np.uint8).reshape(people, (2 + 3 * 8) * width)
        beliefs = raw[:, : 2 * width].view(np.int8)
        instants = np.ascontiguousarray(raw[:, 2 * width :]).view("<i8")
        self_level, assurance = beliefs[:, :width], beliefs[:, width:]
        since, expires_at, used_at = (
            instants[:, n * width : (n + 1) * width] for n in range(len(INSTANTS))
        )
    return SkillTable(
        employee_id=employee_id,
        competency_id=competency_id,
        level=small[:, :width],
        self_level=self_level,
        target=small[:, width:],
        assurance=assurance,
        since=since,
        expires_at=expires_at,
        used_at=used_at,
    )
