"""How much an H5P package may contain."""

from dataclasses import dataclass

MIB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """Upper bounds, all inclusive. Sizes in bytes, as the archive states them; inflating stops
    where the statement turns out to be false.

    `json_values` and `svg_tags` bound what a small file can be made to cost: they are counted
    as punctuation marks before anything is parsed, those inside texts among them.
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
    json_values: int = 500_000
    svg_bytes: int = 5 * MIB
    svg_tags: int = 200_000
