"""How many examples Hypothesis draws where one is dear: a quarter, or all for a thorough run.

Each run draws others, so what one leaves out a later one finds. What must never be missed stands
beside them, made by hand.
"""

import os

IS_THOROUGH = os.environ.get("HYPOTHESIS_PROFILE") == "thorough"


def examples(of: int) -> int:
    return of if IS_THOROUGH else max(of // 4, 5)
