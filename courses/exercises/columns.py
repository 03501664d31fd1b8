"""What can only be seen by looking along a column, or at all rows at once. Pure, with pandas."""

from collections.abc import Iterator
from typing import Any

import pandas as pd

from courses.exercises.characters import in_width, widths
from courses.exercises.grid import Note
from courses.exercises.spec import WORDS, Column, Spec
from courses.exercises.values import plain_words

_PREFECTURE = r"^(?:北海道|東京都|(?:京都|大阪)府|.{2,3}県)"


def by_line(cells: Any) -> Iterator[tuple[int, Any]]:
    """The cells of a column with their line numbers."""
    for line, cell in cells.items():
        yield int(line), cell


def spelling_notes(texts: pd.Series, column: Column) -> Iterator[Note]:
    """One thing written in two ways, and values that the column does not take.

    Args:
        texts: cells of the column that have no fault of another rule, tidied; by line number.
    """
    if column.type not in WORDS or texts.empty:
        return
    if column.allowed:
        for line, text in by_line(texts[~texts.isin(column.allowed)]):
            same = [item for item in column.allowed if plain_words(item) == plain_words(text)]
            fault = "variant" if same else "not_allowed"
            hint = same[0] if same else ", ".join(column.allowed[:10])
            yield Note(fault, line, column.name, text, hint)
        return
    noted: set[int] = set()
    counts = texts.value_counts()
    usual = {
        text: _usual(group, counts)
        for _, group in texts.groupby(texts.map(lambda text: plain_words(text).casefold()))
        for text in group.unique()
    }
    for line, text in by_line(texts):
        if usual[text] != text:
            noted.add(line)
            yield Note("variant", line, column.name, text, usual[text])
    rest = texts[~texts.index.isin(noted)]
    found = rest.map(widths)
    narrow = found.map(lambda item: "narrow" in item)
    wide = found.map(lambda item: "wide" in item)
    if narrow.any() and wide.any():
        kept = "narrow" if narrow.sum() >= wide.sum() else "wide"
        for line, text in by_line(rest[wide if kept == "narrow" else narrow]):
            yield Note("mixed_width", line, column.name, text, in_width(text, kept))


def _usual(group: pd.Series, counts: pd.Series) -> str:
    """The way most rows write it; among equals the one without full-width letters."""
    return str(min(group.unique(), key=lambda text: (-counts[text], "wide" in widths(text), text)))


def postal_notes(texts: pd.Series, column: Column) -> Iterator[Note]:
    """Some with a hyphen and some without."""
    dashed = texts.str.contains("-")
    if dashed.any() and not dashed.all():
        is_dashed = dashed.sum() * 2 >= len(dashed)
        for line, text in by_line(texts[~dashed if is_dashed else dashed]):
            hint = f"{text[:3]}-{text[3:]}" if is_dashed else text.replace("-", "")
            yield Note("postal_mixed", line, column.name, text, hint)


def address_notes(texts: pd.Series, column: Column) -> Iterator[Note]:
    """Some with the prefecture and some without."""
    has = texts.str.contains(_PREFECTURE, regex=True)
    if has.any() and not has.all():
        for line, text in by_line(texts[~has if has.sum() * 2 >= len(has) else has]):
            yield Note("address_mixed", line, column.name, text)


def key_notes(meanings: pd.DataFrame, blanks: pd.DataFrame, spec: Spec) -> Iterator[Note]:
    """Keys that are empty, and keys that stand there twice.

    Args:
        meanings: what the key cells mean; missing = not understood, so not compared.
        blanks: which key cells are blank.
    """
    for name in blanks.columns:
        for line, is_blank in by_line(blanks[name]):
            if is_blank:
                yield Note("key_empty", line, name)
    whole = meanings[~blanks.any(axis=1)].dropna()
    first: dict[tuple[str, ...], int] = {}
    for line, *key in whole.itertuples():
        before = first.setdefault(tuple(key), line)
        if before != line:
            shown = " / ".join(key)
            yield Note(
                "key_repeated",
                line,
                " / ".join(whole.columns),
                shown,
                params={"first": before},
            )


def content_notes(
    found: pd.DataFrame, wanted: pd.DataFrame, spec: Spec, *, present: set[tuple[str, ...]]
) -> Iterator[Note]:
    """Rows and values that differ from the expected table.

    Args:
        found: what the cells mean, by line number; missing = not understood, told elsewhere.
        wanted: what the expected table means, all its columns.
        present: keys of rows that are there, but cannot be compared.
    """
    keys = list(spec.keys)
    if keys and set(keys) <= set(found.columns):
        found_by, wanted_by = _by_key(found, keys), _by_key(wanted, keys)
    else:
        found_by = {(str(n),): (line, row) for n, (line, row) in enumerate(_rows(found))}
        wanted_by = {(str(n),): (line, row) for n, (line, row) in enumerate(_rows(wanted))}
        for n in range(len(present)):
            wanted_by.pop((str(len(wanted) - 1 - n),), None)
    missing = [key for key in wanted_by if key not in found_by and key not in present]
    for key in _unexplained(missing, found[keys] if keys else found[[]]):
        yield Note("row_missing", params={"key": " / ".join(key)})
    for key, (_, row) in wanted_by.items():
        if key not in found_by:
            continue
        line, mine = found_by[key]
        for name in found.columns:
            if not pd.isna(mine[name]) and mine[name] != row[name]:
                yield Note("value_differs", line, name)
    for key, (line, _) in found_by.items():
        if key not in wanted_by:
            yield Note("row_unknown", line, " / ".join(keys), " / ".join(key) if keys else "")


def _rows(frame: Any) -> Iterator[tuple[int, Any]]:
    for line, row in frame.iterrows():
        yield int(line), row


def _unexplained(missing: list[tuple[str, ...]], keys: pd.DataFrame) -> list[tuple[str, ...]]:
    """Missing keys that no row with a key in part empty or not understood may stand for."""
    unclear = [
        tuple(None if pd.isna(part) or part == "" else part for part in row)
        for row in keys.itertuples(index=False)
        if any(pd.isna(part) or part == "" for part in row)
    ]
    partly = [row for row in unclear if any(row)]
    left = [
        key
        for key in missing
        if not any(
            all(a is None or a == b for a, b in zip(row, key, strict=True)) for row in partly
        )
    ]
    return left[len(unclear) - len(partly) :]


def _by_key(frame: pd.DataFrame, keys: list[str]) -> dict[tuple[str, ...], tuple[int, Any]]:
    """Key -> line and row; the first of rows with the same key, none for a key not understood."""
    known = frame[frame[keys].notna().all(axis=1) & (frame[keys] != "").all(axis=1)]
    first = known[~known.duplicated(keys)]
    return {tuple(row[name] for name in keys): (line, row) for line, row in _rows(first)}
