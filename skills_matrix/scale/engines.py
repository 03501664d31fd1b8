"""Where the partitions are derived: in this process, or on a Dask cluster."""

from collections.abc import Callable, Mapping
from contextlib import ExitStack
from importlib import import_module
from itertools import islice
from pathlib import Path
from typing import Any, Final

from skills_matrix.scale.parts import (
    Asked,
    begin_result,
    build_part,
    missing_parts,
    parts_of,
    sum_parts,
)

Say = Callable[[int, int], None]
# Enough to keep every worker busy, few enough that the scheduler never holds a long list.
IN_FLIGHT_PER_THREAD: Final = 2


def build_matrix(
    *,
    facts: Path,
    result: Path,
    engine: str = "local",
    scheduler: str = "",
    workers: int = 2,
    say: Say = lambda done, total: None,
) -> int:
    """Derive every partition that is missing and add up; gives how many people they have.

    Killed at any moment, it goes on where it stopped when it is run again.

    Args:
        engine: a name in `ENGINES`.
        scheduler: of ``dask``: address of a running scheduler, whose workers see both directories
            under the same paths; empty = a cluster of ``workers`` processes on this machine.
        say: told how many partitions are done, and of how many.

    Raises:
        NoFacts: ``facts`` was not written to its end.
        OtherResult: ``result`` holds the matrix of another day or rule.
    """
    asked = begin_result(facts, result)
    waiting = missing_parts(facts, result)
    parts = parts_of(facts)
    done = len(parts) - len(waiting)

    def finished() -> None:
        nonlocal done
        done += 1
        say(done, len(parts))

    people = ENGINES[engine](
        waiting, facts, result, asked, finished, scheduler=scheduler, workers=workers
    )
    sum_parts(result, parts)
    return people


def _local(
    waiting: list[str],
    facts: Path,
    result: Path,
    asked: Asked,
    finished: Callable[[], None],
    **_options: Any,
) -> int:
    people = 0
    for part in waiting:
        people += build_part(facts, result, part, asked)
        finished()
    return people


def _dask(
    waiting: list[str],
    facts: Path,
    result: Path,
    asked: Asked,
    finished: Callable[[], None],
    *,
    scheduler: str,
    workers: int,
) -> int:
    distributed: Any = import_module("distributed")
    with ExitStack() as stack:
        if not scheduler:
            scheduler = stack.enter_context(
                distributed.LocalCluster(
                    n_workers=workers, threads_per_worker=1, dashboard_address=None
                )
            )
        client = stack.enter_context(distributed.Client(scheduler))

        def submit(part: str) -> Any:
            # A worker that dies has its partitions derived by another: writing them again is safe.
            return client.submit(build_part, facts, result, part, asked, retries=2, pure=False)

        rest = iter(waiting)
        width = IN_FLIGHT_PER_THREAD * max(sum(client.nthreads().values()), 1)
        running = distributed.as_completed([submit(part) for part in islice(rest, width)])
        people = 0
        for future in running:
            people += future.result()
            finished()
            for part in islice(rest, 1):
                running.add(submit(part))
        return people


ENGINES: Final[Mapping[str, Callable[..., int]]] = {"local": _local, "dask": _dask}
