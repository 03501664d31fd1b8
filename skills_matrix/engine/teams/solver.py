"""Solving a programme by HiGHS, in a process that is killed when the time is over.

HiGHS looks at its clock late, by minutes in bad cases, so a limit that holds is kept from
outside. The child says every answer as soon as it has it: first the bound of the relaxation,
then an answer near the bound, then the proven one. What it said before it was killed counts.
"""

import io
import json
import logging
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
from scipy import optimize, sparse

from skills_matrix.engine.arrays import Ints
from skills_matrix.engine.teams.model import Model

logger = logging.getLogger(__name__)

# How far from the bound the answers may be that are asked for, one after the other.
GAPS: Final = (0.01, 0.0)
PROVEN, FEASIBLE, INFEASIBLE, UNKNOWN = "proven", "feasible", "infeasible", "unknown"
_ROOT = Path(__file__).resolve().parents[3]
# Of the time, what HiGHS is told that it has.
_OWN_SHARE: Final = 0.9
# Above it a column is in: what HiGHS calls whole is whole to a millionth.
_HALF = 0.5


@dataclass(frozen=True, slots=True)
class Solution:
    """What is known so far.

    Attributes:
        state: ``proven`` (no better one), ``feasible``, ``infeasible`` (proven that there is
            none) or ``unknown``.
        chosen: pairs that become places, ascending; empty where there is no answer.
        bound: no answer costs less; None = not known yet.
    """

    state: str
    chosen: Ints
    bound: float | None


def solve(
    model: Model,
    *,
    seconds: float,
    gaps: tuple[float, ...] = GAPS,
    on_answer: Callable[[Solution], None] | None = None,
    in_child: bool = True,
) -> Solution:
    """The best answer within the time.

    Args:
        seconds: holds to within a second with ``in_child``; without it HiGHS keeps it as it can.
        gaps: shares of the bound, falling; the last one is 0 where a proof is wanted.
        on_answer: is told each answer that may yet be bettered, as soon as it is there.
        in_child: solve in a process of its own.
    """
    latest = Solution(UNKNOWN, np.empty(0, dtype=np.int64), None)
    said = _child(model, seconds, gaps) if in_child else stages(model, seconds, gaps)
    for solution in said:
        if solution.state == UNKNOWN and latest.state == FEASIBLE:
            bounds = [bound for bound in (latest.bound, solution.bound) if bound is not None]
            latest = Solution(FEASIBLE, latest.chosen, max(bounds, default=None))
        else:
            latest = solution
            if on_answer and latest.state == FEASIBLE:
                on_answer(latest)
    return latest


def stages(model: Model, seconds: float, gaps: tuple[float, ...]) -> Iterator[Solution]:
    """One after the other: the relaxation's bound, then an answer for each gap."""
    ends = time.monotonic() + seconds
    none = np.empty(0, dtype=np.int64)
    if not model.cost.size:
        # HiGHS takes no empty programme: without columns it is met or not as it stands.
        is_met = bool((model.low <= 0).all() and (model.high >= 0).all())
        yield Solution(PROVEN if is_met else INFEASIBLE, none, 0.0)
        return
    whole = np.zeros(model.cost.size)
    relaxed = _milp(model, whole, seconds, 0.0)
    if relaxed.status == 2:
        yield Solution(INFEASIBLE, none, None)
        return
    bound = float(relaxed.fun) if relaxed.status == 0 else None
    yield Solution(UNKNOWN, none, bound)
    whole[: model.pairs] = 1
    for gap in gaps:
        left = ends - time.monotonic()
        if left <= 0:
            return
        found = _milp(model, whole, left, gap)
        if found.status == 2:
            yield Solution(INFEASIBLE, none, None)
            return
        if found.mip_dual_bound is not None and np.isfinite(found.mip_dual_bound):
            bound = max(float(found.mip_dual_bound), -np.inf if bound is None else bound)
        if found.x is None:
            yield Solution(UNKNOWN, none, bound)
            return
        chosen = np.flatnonzero(found.x[: model.pairs] > _HALF)
        # A small programme is often proven already when an answer near the bound was asked for.
        is_proven = found.status == 0 and (gap == 0.0 or not found.mip_gap)
        yield Solution(PROVEN if is_proven else FEASIBLE, chosen, bound)
        if is_proven:
            return


def _milp(model: Model, whole: Any, seconds: float, gap: float) -> Any:
    return optimize.milp(
        model.cost,
        integrality=whole,
        bounds=optimize.Bounds(model.lower, model.upper),
        constraints=optimize.LinearConstraint(model.matrix, model.low, model.high),
        options={"time_limit": max(seconds, 0.01), "mip_rel_gap": gap},
    )


def _child(model: Model, seconds: float, gaps: tuple[float, ...]) -> Iterator[Solution]:
    ends = time.monotonic() + seconds
    path = os.pathsep.join(filter(None, (str(_ROOT), os.environ.get("PYTHONPATH"))))
    child: Any = subprocess.Popen(  # noqa: S603 - our own program
        [sys.executable, "-m", __name__],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=os.environ | {"PYTHONPATH": path},
    )
    # Reading a line waits for the child, however long it takes: whoever ends that is the clock.
    clock = threading.Timer(max(ends - time.monotonic(), 0.0), child.kill)
    clock.start()
    try:
        try:
            # Where HiGHS does look at its clock, it hands over what it has before it is killed.
            child.stdin.write(_packed(model, _OWN_SHARE * seconds, gaps))
            child.stdin.close()
        except BrokenPipeError:
            return
        for line in child.stdout:
            said = json.loads(line)
            yield Solution(said["state"], np.array(said["chosen"], dtype=np.int64), said["bound"])
        if child.wait() and time.monotonic() < ends:
            # It was not the clock: what it said so far still counts, but somebody should know.
            logger.error("the solver's process ended with %s", child.returncode)
    finally:
        clock.cancel()
        child.kill()
        child.wait()
        child.stdout.close()


def _packed(model: Model, seconds: float, gaps: tuple[float, ...]) -> bytes:
    matrix, file = model.matrix.tocsr(), io.BytesIO()
    np.savez(
        file,
        cost=model.cost,
        data=matrix.data,
        indices=matrix.indices,
        indptr=matrix.indptr,
        low=model.low,
        high=model.high,
        lower=model.lower,
        upper=model.upper,
        pairs=model.pairs,
        seconds=seconds,
        gaps=gaps,
    )
    return file.getvalue()


def _unpacked(packed: bytes) -> tuple[Model, float, tuple[float, ...]]:
    with np.load(io.BytesIO(packed)) as file:
        shape = file["low"].size, file["cost"].size
        parts = file["data"], file["indices"], file["indptr"]
        model = Model(
            cost=file["cost"],
            matrix=sparse.csr_array(parts, shape=shape),
            low=file["low"],
            high=file["high"],
            lower=file["lower"],
            upper=file["upper"],
            pairs=int(file["pairs"]),
        )
        return model, float(file["seconds"]), tuple(file["gaps"].tolist())


def main() -> None:
    """What the child does: a programme from its input, a line for each answer."""
    for solution in stages(*_unpacked(sys.stdin.buffer.read())):
        said = {
            "state": solution.state,
            "chosen": solution.chosen.tolist(),
            "bound": solution.bound,
        }
        sys.stdout.write(json.dumps(said) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
