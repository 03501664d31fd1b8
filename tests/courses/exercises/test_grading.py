"""What a mess costs, and nothing else: each breaks its own rule and no other."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from courses.exercises.faults import FAULTS
from courses.exercises.grading import grade
from courses.exercises.refusals import FileRefused
from courses.exercises.report import Report, shown
from courses.exercises.spec import Spec
from courses.exercises.texts import RULES
from tests.courses.exercises.tables import (
    MESSES,
    NAMES,
    Rows,
    clean_rows,
    csv_bytes,
    spec_of,
    xlsx_bytes,
)
from tests.examples import examples

CLEAN = (csv_bytes(clean_rows()), "clean.csv")


def graded(data: bytes, kind: str = "csv", spec: Spec | None = None, **more: object) -> Report:
    return grade(
        data,
        f"a.{kind}",
        spec or spec_of(),
        expected=CLEAN,
        **more,  # type: ignore[arg-type]
    )


def broken(report: Report) -> set[str]:
    return {item.rule for item in report.rules if item.failed}


@settings(deadline=None, max_examples=examples(of=100))
@given(st.integers(min_value=1, max_value=40))
def test_a_clean_table_scores_one(count: int) -> None:
    rows = clean_rows(count)
    data = csv_bytes(rows)
    for name, file in (
        ("a.csv", data),
        ("a.csv", b"\xef\xbb\xbf" + data),
        ("a.xlsx", xlsx_bytes(rows)),
    ):
        report = grade(file, name, spec_of(), expected=(data, "e.csv"), pass_mark=0.9)
        assert report.findings == ()
        assert report.score == 1
        assert report.rows == count


@settings(deadline=None, max_examples=examples(of=100))
@given(st.randoms(use_true_random=False), st.sampled_from(sorted(MESSES)))
def test_a_mess_lowers_exactly_its_rule(chance: random.Random, name: str) -> None:
    rule, kind, make = MESSES[name]
    report = grade(make(clean_rows(), chance), f"a.{kind}", spec_of())
    assert broken(report) == {rule}, report.findings
    assert 0 < report.score < 1
    assert all(item.failed <= item.checked for item in report.rules)


@pytest.mark.parametrize("name", sorted(MESSES))
def test_every_mess_is_told_with_its_place_and_a_way_out(name: str) -> None:
    rule, kind, make = MESSES[name]
    report = grade(make(clean_rows(), random.Random(1)), f"a.{kind}", spec_of())
    assert {item.rule for item in report.findings} == {rule}
    for finding in report.findings:
        assert FAULTS[finding.fault].rule == rule
        # Every text is complete with what the finding carries.
        values = dict(finding.params) | {"hint": finding.hint}
        assert FAULTS[finding.fault].what % values
        assert FAULTS[finding.fault].fix % values


def test_every_rule_is_broken_by_some_mess() -> None:
    assert {rule for rule, _kind, _make in MESSES.values()} == set(RULES) - {"content"}


@settings(deadline=None, max_examples=examples(of=100))
@given(st.permutations(clean_rows()))
def test_the_order_of_rows_does_not_matter_where_there_is_a_key(rows: Rows) -> None:
    assert graded(csv_bytes(rows)).score == 1


@settings(deadline=None, max_examples=examples(of=100))
@given(st.permutations(range(len(NAMES))))
def test_the_order_of_columns_does_not_matter(order: list[int]) -> None:
    data = csv_bytes(
        [[row[at] for at in order] for row in clean_rows()], [NAMES[at] for at in order]
    )
    assert graded(data).score == 1


def test_without_a_key_rows_are_compared_in_their_order() -> None:
    rows = clean_rows()
    report = graded(csv_bytes([rows[1], rows[0], *rows[2:]]), spec=spec_of("content", keys=()))
    assert {item.fault for item in report.findings} == {"value_differs"}


def test_a_lost_row_an_added_row_and_a_changed_value_are_told() -> None:
    rows = clean_rows()
    lost = rows.pop(2)
    rows.append(["E999", *lost[1:]])
    rows[0][10] = "99"
    report = graded(csv_bytes(rows))
    told = {(item.fault, item.line, item.column) for item in report.findings}
    assert told == {
        ("row_missing", 0, ""),
        ("row_unknown", 7, "番号"),
        ("value_differs", 2, "定員（人）"),
    }
    assert next(item.params for item in report.findings if item.fault == "row_missing") == {
        "key": "E002"
    }


def test_a_value_in_another_notation_is_the_same_value() -> None:
    rows = clean_rows()
    rows[0][3] = "令和4年10月1日"
    rows[1][10] = "11人"
    assert broken(graded(csv_bytes(rows))) == {"dates", "units"}


def test_a_wrong_value_in_another_notation_is_told_too() -> None:
    rows = clean_rows()
    rows[0][3] = "令和4年10月2日"
    assert broken(graded(csv_bytes(rows))) == {"dates", "content"}


def test_rows_may_not_be_dropped_where_nothing_is_expected() -> None:
    spec = spec_of("content", "dates").model_copy(update={"minimum_rows": 6})
    report = grade(csv_bytes(clean_rows(2)), "a.csv", spec)
    assert [item.fault for item in report.findings] == ["rows_lost"]
    assert report.score < 1


def test_the_score_is_the_weighted_share_of_what_holds() -> None:
    rows = clean_rows(4)
    rows[0][3] = "2022/10/1"
    report = grade(csv_bytes(rows), "a.csv", spec_of("dates", "times"))
    assert {(item.rule, item.failed, item.checked) for item in report.rules} == {
        ("dates", 1, 4),
        ("times", 0, 4),
    }
    assert report.score == 0.875


def test_a_rule_with_nothing_to_check_does_not_count() -> None:
    rows = clean_rows(4)
    rows[0][3] = "2022/10/1"
    report = grade(csv_bytes(rows), "a.csv", spec_of("dates", "merged_cells"))
    assert report.score == 0.75


@pytest.mark.parametrize("pass_mark", [0.0, 0.5, 0.8, 1.0])
def test_a_critical_breach_stays_below_the_pass_mark(pass_mark: float) -> None:
    data = CLEAN[0].decode().encode("cp932")
    report = graded(data, spec=spec_of(critical=("encoding",)), pass_mark=pass_mark)
    if pass_mark > 0:
        assert report.score < pass_mark
    assert report.is_capped == (pass_mark <= 0.9)


def test_the_same_breach_costs_its_share_where_it_is_not_critical() -> None:
    report = graded(CLEAN[0].decode().encode("cp932"), pass_mark=0.5)
    assert not report.is_capped
    assert report.score > 0.9


def test_only_the_picked_rules_count() -> None:
    rows = clean_rows()
    rows[0][3], rows[0][10] = "令和4年10月1日", "10人"
    assert broken(graded(csv_bytes(rows), spec=spec_of("units"))) == {"units"}


def test_lines_are_those_of_the_learners_program() -> None:
    rows = clean_rows(3)
    rows[0][1] = "読書\n会あ"
    rows[2][3] = "2022/10/3"
    report = grade(csv_bytes(rows), "a.csv", spec_of("dates", "whitespace"))
    assert [(item.line, item.cell) for item in report.findings] == [(2, "B2"), (5, "D5")]


def test_long_reports_name_the_first_places_and_count_the_rest() -> None:
    rows = clean_rows(300)
    for row in rows:
        row[3] = "2022/10/1"
    report = grade(csv_bytes(rows), "a.csv", spec_of("dates"))
    assert len(report.findings) == 100
    assert report.rules[0].failed == 300


def test_a_value_is_repeated_without_what_steers_a_screen() -> None:
    assert shown("a\x1b[31m\u202eb\x00") == "a␛[31m<U+202E>b␀"
    assert shown("あ\n　い") == "あ\n　い"
    assert len(shown("x" * 500)) == 120


@settings(deadline=None, max_examples=examples(of=100))
@given(st.text(max_size=300))
def test_any_text_is_graded_or_refused(text: str) -> None:
    _graded_or_refused(text.encode("utf-8", "surrogatepass"))


@settings(deadline=None, max_examples=examples(of=100))
@given(st.binary(max_size=300), st.sampled_from(["csv", "xlsx"]))
def test_any_bytes_are_graded_or_refused(data: bytes, kind: str) -> None:
    _graded_or_refused(data, kind)


@settings(deadline=None, max_examples=examples(of=100))
@given(st.lists(st.lists(st.text(max_size=8), min_size=11, max_size=11), min_size=1, max_size=5))
def test_any_cells_are_graded(rows: Rows) -> None:
    _graded_or_refused(csv_bytes([*clean_rows(1), *(_storable(row) for row in rows)]))


def _storable(row: list[str]) -> list[str]:
    return [item.encode("utf-8", "replace").decode().replace("\0", "") for item in row]


def _graded_or_refused(data: bytes, kind: str = "csv") -> None:
    try:
        report = graded(data, kind)
    except FileRefused:
        return
    assert 0 <= report.score <= 1
    assert (report.score == 1) == (report.findings == ())
