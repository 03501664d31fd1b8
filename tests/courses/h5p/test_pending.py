"""Bundles that wait for their confirmation."""

import os
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import time_machine
from django.utils.timezone import now

from courses.h5p.pending import KEPT, keep_pending, open_pending, remove_pending


def waiting(root: Path) -> list[Path]:
    return [path for path in (root / "pending").rglob("*") if path.is_file()]


def test_only_its_owner_can_open_it(h5p_root: Path) -> None:
    ticket = keep_pending(file=BytesIO(b"bundle"), owner=1)
    file = open_pending(ticket=ticket, owner=1)
    assert file is not None
    with file:
        assert file.read() == b"bundle"
    assert open_pending(ticket=ticket, owner=2) is None
    assert open_pending(ticket=f"../{ticket}", owner=1) is None
    assert open_pending(ticket="", owner=1) is None
    remove_pending(ticket=ticket, owner=2)
    assert len(waiting(h5p_root)) == 1


def test_it_is_gone_once_removed(h5p_root: Path) -> None:
    ticket = keep_pending(file=BytesIO(b"bundle"), owner=1)
    remove_pending(ticket=ticket, owner=1)
    remove_pending(ticket=ticket, owner=1)
    assert open_pending(ticket=ticket, owner=1) is None
    assert waiting(h5p_root) == []


def test_a_ticket_ends_after_a_day(h5p_root: Path) -> None:
    ticket = keep_pending(file=BytesIO(b"bundle"), owner=1)
    with time_machine.travel(now() + KEPT + timedelta(minutes=1)):
        assert open_pending(ticket=ticket, owner=1) is None


def test_what_nobody_came_back_for_goes_with_the_next_upload(h5p_root: Path) -> None:
    keep_pending(file=BytesIO(b"old"), owner=1)
    (old,) = waiting(h5p_root)
    long_ago = (now() - KEPT - timedelta(hours=1)).timestamp()
    os.utime(old, (long_ago, long_ago))
    keep_pending(file=BytesIO(b"new"), owner=1)
    (left,) = waiting(h5p_root)
    assert left.read_bytes() == b"new"
