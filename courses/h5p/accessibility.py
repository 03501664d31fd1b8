"""What is said of the accessibility of official content types, and whether that was confirmed.

The table is accessibility.toml; its head says where it comes from. No Django.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

TABLE = Path(__file__).with_name("accessibility.toml")


class Status(StrEnum):
    """UNKNOWN is not a judgement: nobody has said anything the table knows of."""

    ACCESSIBLE = "accessible"
    INACCESSIBLE = "inaccessible"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Accessibility:
    """What is said of one content type.

    Attributes:
        reason_en, reason_ja: empty unless it is said to be inaccessible.
        source: whose judgement it is; empty when unknown.
        verified: whether somebody compared the entry with the source.
        address: where the source stands, outside the office's network; empty when unknown.
    """

    status: Status
    reason_en: str = ""
    reason_ja: str = ""
    source: str = ""
    verified: bool = False
    address: str = ""


UNKNOWN = Accessibility(Status.UNKNOWN)


@cache
def known_types() -> Mapping[str, Accessibility]:
    """The table, by machine name."""
    with TABLE.open("rb") as file:
        table: dict[str, Any] = tomllib.load(file)
    return {
        entry["machine_name"]: Accessibility(
            Status.ACCESSIBLE if entry["accessible"] else Status.INACCESSIBLE,
            entry.get("reason_en", ""),
            entry.get("reason_ja", ""),
            entry["source"],
            entry["verified"],
            table["address"],
        )
        for entry in table["type"]
    }


def accessibility_of(machine_name: str) -> Accessibility:
    """What is known of the type; versions are not told apart."""
    return known_types().get(machine_name, UNKNOWN)
