"""Reads every hostile package in a process of its own and prints what it cost, as JSON lines.

Run by test_hostile.py with a folder that holds the packages. Each is read by a fork of this small
process: the kernel then says how much memory that fork held at most, allocations of the
interpreter, of zlib and of expat alike, and nothing of one package is left when the next is read.
"""

import json
import os
import sys
import tempfile
from pathlib import Path
from time import perf_counter

from courses.h5p.package import read_package
from courses.h5p.refusals import PackageRefused


def reason_of(path: Path) -> str:
    with path.open("rb") as file:
        try:
            read_package(file, installed={}).close()
        except PackageRefused as refused:
            return refused.reason
    return ""


def measured(path: Path) -> dict[str, object]:
    receiving, sending = os.pipe()
    start = perf_counter()
    child = os.fork()
    if child == 0:
        os.write(sending, reason_of(path).encode())
        os._exit(0)
    _pid, status, usage = os.wait4(child, 0)
    seconds = perf_counter() - start
    os.close(sending)
    with os.fdopen(receiving) as answer:
        reason = answer.read()
    return {
        "name": path.name,
        "reason": reason,
        "status": status,
        "seconds": seconds,
        "cpu_seconds": usage.ru_utime + usage.ru_stime,
        "mebibytes": usage.ru_maxrss / 1024,
        "left": sorted(os.listdir(tempfile.gettempdir())),
    }


if __name__ == "__main__":
    for one in sorted(Path(sys.argv[1]).iterdir()):
        sys.stdout.write(json.dumps(measured(one)) + "\n")
