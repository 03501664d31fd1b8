"""How much a file handed in for a data exercise may hold."""

from dataclasses import dataclass

MIB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """Upper bounds, all inclusive. Sizes in bytes; `cell_characters` of one value.

    Of an Excel file what it unpacks to counts, not what it weighs packed. `findings` is how many
    places of one rule a report names; the rest is only counted.
    """

    file_bytes: int = 2 * MIB
    unpacked_bytes: int = 24 * MIB
    entries: int = 500
    rows: int = 5_000
    columns: int = 100
    cell_characters: int = 5_000
    findings: int = 100
