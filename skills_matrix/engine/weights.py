"""How a suggestion's score is put together: what an office may set, and what it may not."""

from dataclasses import dataclass, fields
from typing import Final

import numpy as np

from skills_matrix.engine.arrays import Floats
from skills_matrix.engine.exceptions import InvalidWeights

CREDIT_UNITS: Final = 1_000


@dataclass(frozen=True, slots=True)
class Weights:
    """How a score is put together. All are fractions 0..1 but ``must_multiplier``.

    Attributes:
        met: credit of a need whose level the person has. Credits are read to three decimals.
        one_short_closable: one level short, and a course open to the person closes it.
        one_short: one level short.
        lacking_closable: further away or never assessed, and one course closes it.
        lacking: further away or never assessed.
        must_multiplier: how many times its weight a must-need counts, 0..10.
        needs_share: share of the needs in the score; the rest is for relevance to the person's
            department or role.
        unmet_must_factor: what the score is multiplied by when any must-need is not met.

    Raises:
        InvalidWeights: a fraction leaves 0..1, or a better standing would earn less credit than
            a worse one.
    """

    met: float = 1.0
    one_short_closable: float = 0.6
    one_short: float = 0.5
    lacking_closable: float = 0.3
    lacking: float = 0.0
    must_multiplier: float = 2.0
    needs_share: float = 0.8
    unmet_must_factor: float = 0.7

    def __post_init__(self) -> None:
        for field in fields(self):
            value = getattr(self, field.name)
            top = 10.0 if field.name == "must_multiplier" else 1.0
            if not 0.0 <= value <= top:
                raise InvalidWeights(f"{field.name} is {value}, not within 0..{top:g}")
        rising = (
            (self.lacking, self.one_short, self.met),
            (self.lacking_closable, self.one_short_closable, self.met),
            (self.lacking, self.lacking_closable),
            (self.one_short, self.one_short_closable),
        )
        if any(list(credits) != sorted(credits) for credits in rising):
            raise InvalidWeights("a better standing earns less credit than a worse one")

    @property
    def relevance_share(self) -> float:
        return 1.0 - self.needs_share

    def factors(self) -> Floats:
        """What a score is multiplied by, by whether a must-need is not met."""
        return np.array([1.0, self.unmet_must_factor])

    def credits(self) -> Floats:
        """Credit by status (lacking, one short, met) and closable (no, yes), in thousandths."""
        table = [
            [self.lacking, self.lacking_closable],
            [self.one_short, self.one_short_closable],
            [self.met, self.met],
        ]
        units: Floats = np.rint(np.array(table) * CREDIT_UNITS)
        return units
