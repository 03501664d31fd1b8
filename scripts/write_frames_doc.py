"""Write docs/frames.md from the engine's own table of frames; `--check` only compares."""

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from skills_matrix.engine.schema import DERIVED, INPUTS  # noqa: E402

TARGET = ROOT / "docs" / "frames.md"
HEAD = """# Frames

The skills engine takes frames and gives frames (pandas, long, row order means nothing). This page
is written from `skills_matrix/engine/` by `scripts/write_frames_doc.py`; a test compares the two.
Levels are 0–4; instants are `datetime64[us, UTC]`; a thing holds at `as_of` when
start ≤ `as_of` < end.
"""


def text() -> str:
    parts = [HEAD]
    for title, frames in (("Read from rows", INPUTS), ("Derived", DERIVED)):
        parts.append(f"## {title}\n")
        for name, schema in frames.items():
            parts.append(f"### `{name}`\n\nGrain: {schema.grain}. Key: {', '.join(schema.key)}.\n")
            parts.append("| column | type | may be absent | meaning |\n|---|---|---|---|")
            for key, column in schema.columns.items():
                kind = " / ".join(column.dtype) if isinstance(column.dtype, tuple) else column.dtype
                absent = "yes" if column.nullable else ""
                parts.append(f"| {key} | {kind} | {absent} | {column.meaning} |")
            parts.append("")
    return "\n".join(parts)


if __name__ == "__main__":
    if "--check" not in sys.argv:
        TARGET.write_text(text(), encoding="utf-8")
    elif TARGET.read_text(encoding="utf-8") != text():
        sys.exit("docs/frames.md is out of date: run scripts/write_frames_doc.py.")
