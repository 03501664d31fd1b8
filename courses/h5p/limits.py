"""How much an H5P package may contain."""

from dataclasses import dataclass

MIB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """Upper bounds, all inclusive. Sizes in bytes, counted while inflating, never believed.

    `ratio` is inflated to packed size of one entry; entries that inflate to less than
    `ratio_floor` are let through, since a small file of zeros harms nobody.
    """

    package_bytes: int = 250 * MIB
    entry_bytes: int = 200 * MIB
    total_bytes: int = 500 * MIB
    entries: int = 10_000
    ratio: int = 200
    ratio_floor: int = MIB
    name_bytes: int = 200
    depth: int = 20
    path_bytes: int = 1000
    json_bytes: int = 10 * MIB
    json_depth: int = 64
    svg_bytes: int = 5 * MIB
