"""The matrix as it goes over the wire: arrays by column, since a page has thousands of cells."""

from typing import Any

import numpy as np
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from api.fields import LevelField
from api.v1.outputs import Titled
from api.v1.skills.outputs import DayField, ScaleStepOut
from lms.people.calendar import OFFICE_ZONE
from skills_matrix.engine.arrays import ABSENT, DAY, FOREVER, Array, moment_of
from skills_matrix.engine.comparison import CHANGES
from skills_matrix.reports.columns import Column
from skills_matrix.reports.fiscal_year import UnitYear
from skills_matrix.reports.grid import MatrixCells, MatrixSums
from skills_matrix.reports.matrix import Matrix, MatrixGroup, MatrixRow

_DAY_HELP = _("Days of the office since 1970-01-01.")


def _of_each_column(child: serializers.Field[Any, Any, Any, Any], **kwargs: Any) -> Any:
    return serializers.ListField(child=child, **kwargs)


class MatrixColumn(Titled):
    """A competency; or, collapsed, a category of `size` competencies."""

    group = Titled(allow_null=True)
    framework_key = serializers.CharField(source="framework.key")
    size = serializers.IntegerField()


def columns_out(columns: list[Column]) -> list[dict[str, Any]]:
    """By hand, as the rows are."""
    return [
        {
            "key": column.key,
            "title": column.title,
            "group": _titled(column.group),
            "framework_key": column.framework.key,
            "size": column.size,
        }
        for column in columns
    ]


class MatrixPerson(serializers.Serializer[Any]):
    """One row, with the main posting of the day; in each array one value for each column.

    `levels` null = never assessed; of a category the mean of what is assessed, and in `lowest`
    the lowest of it. `targets` null = not asked for. `gaps`: levels short of the target; of a
    category the worst. `before` and `changes` only when compared.
    """

    staff_number = serializers.CharField()
    name = serializers.CharField()
    kana = serializers.CharField()
    department = Titled()
    tier = Titled(allow_null=True)
    roles = Titled(many=True)
    levels = _of_each_column(serializers.FloatField(allow_null=True, min_value=0, max_value=4))
    targets = _of_each_column(LevelField(allow_null=True))
    gaps = _of_each_column(LevelField(allow_null=True))
    since = _of_each_column(serializers.IntegerField(allow_null=True), help_text=_DAY_HELP)
    expires = _of_each_column(serializers.IntegerField(allow_null=True), help_text=_DAY_HELP)
    lowest = _of_each_column(LevelField(allow_null=True), allow_null=True)
    before = _of_each_column(
        serializers.FloatField(allow_null=True, min_value=0, max_value=4), allow_null=True
    )
    changes = _of_each_column(serializers.ChoiceField(CHANGES, allow_null=True), allow_null=True)


def rows_out(found: Matrix) -> list[dict[str, Any]]:
    """Written by hand, since by the serializer above it takes many times as long."""
    cells = found.cells
    arrays = {
        "levels": _levels(cells.level),
        "targets": _present(cells.target),
        "gaps": _present(cells.gap),
        "since": _days(cells.since),
        "expires": _days(cells.expires_at),
        "lowest": None if cells.lowest is None else _present(cells.lowest),
        "before": None if cells.before is None else _levels(cells.before),
        "changes": None if cells.change is None else _changes(cells),
    }
    return [
        {
            **_person(row),
            **{name: None if lists is None else lists[place] for name, lists in arrays.items()},
        }
        for place, row in enumerate(found.rows)
    ]


def _person(row: MatrixRow) -> dict[str, Any]:
    return {
        "staff_number": row.staff_number,
        "name": row.name,
        "kana": row.kana,
        "department": _titled(row.department),
        "tier": _titled(row.tier),
        "roles": [_titled(role) for role in row.roles],
    }


def _titled(row: Any) -> dict[str, str] | None:
    return None if row is None else {"key": row.key, "title": row.title}


def _levels(values: Array) -> Any:
    return _present(values if values.dtype == np.int8 else values.round(1))


def _present(values: Array) -> Any:
    return _with_none(values, values == ABSENT)


def _with_none(values: Array, is_absent: Array) -> Any:
    filled = values.astype(object)
    filled[is_absent] = None
    return filled.tolist()


def _days(instants: Array) -> Any:
    """The office's days of instants, counted from 1970-01-01."""
    absent = instants == FOREVER
    known = np.where(absent, 0, instants)
    # The zone's offset is looked up once for each day that occurs: Tokyo's has not changed since
    # 1951, but another office's may have.
    utc_days, place = np.unique(known // DAY, return_inverse=True)
    offsets = [
        OFFICE_ZONE.utcoffset(moment_of(day * DAY + DAY // 2).astimezone(OFFICE_ZONE))
        for day in utc_days.tolist()
    ]
    shift = np.array([int(offset.total_seconds()) * 1_000_000 for offset in offsets if offset])
    shifted = known + shift[place.reshape(known.shape)] if shift.size else known
    return _with_none(shifted // DAY, absent)


def _changes(cells: MatrixCells) -> Any:
    words = np.array([*CHANGES, None], dtype=object)
    return words[cells.change].tolist()


class MatrixSumsOut(serializers.Serializer[Any]):
    """Of so many people; in each array one value for each column, of a category one for all of it.

    `changes` only when compared: how many cells changed so. `is_suppressed`: too few people for
    you to see sums of, or so few that they could be worked out; then the arrays are empty.
    """

    people = serializers.IntegerField()
    is_suppressed = serializers.BooleanField()
    assessed = _of_each_column(serializers.IntegerField())
    with_target = _of_each_column(serializers.IntegerField())
    at_target = _of_each_column(serializers.IntegerField())
    mean_level = _of_each_column(serializers.FloatField(allow_null=True))
    changes = serializers.DictField(
        child=_of_each_column(serializers.IntegerField()),
        allow_null=True,
        help_text=_("By rose, fell, appeared and ended."),
    )


def sums_out(sums: MatrixSums) -> dict[str, Any]:
    return {
        "people": sums.people,
        "is_suppressed": sums.is_suppressed,
        "assessed": sums.assessed.tolist(),
        "with_target": sums.with_target.tolist(),
        "at_target": sums.at_target.tolist(),
        "mean_level": _with_none(sums.mean_level.round(3), np.isnan(sums.mean_level)),
        "changes": None
        if sums.changes is None
        else {name: sums.changes[:, kind].tolist() for kind, name in enumerate(CHANGES)},
    }


class MatrixGroupOut(serializers.Serializer[Any]):
    """Rows `start` to `start + count` of all; `unit` null = the people in no group."""

    unit = Titled(allow_null=True)
    start = serializers.IntegerField()
    count = serializers.IntegerField()
    sums = MatrixSumsOut()


def group_out(group: MatrixGroup) -> dict[str, Any]:
    return {
        "unit": _titled(group.titled),
        "start": group.start,
        "count": group.count,
        "sums": sums_out(group.sums),
    }


class DepartmentChoice(Titled):
    """`depth` 0 = top of the office; a department stands after the one it belongs to."""

    depth = serializers.IntegerField()


class CompetencyChoice(Titled):
    """`group`: the heading it stands under, if any."""

    group = Titled(source="parent", allow_null=True)
    framework = Titled()


class AssuranceChoice(serializers.Serializer[Any]):
    value = serializers.IntegerField()
    title = serializers.CharField()


class MatrixChoices(serializers.Serializer[Any]):
    """The values the filters take; competencies are those people could hold that day."""

    departments = DepartmentChoice(many=True)
    tiers = Titled(many=True)
    roles = Titled(many=True)
    frameworks = Titled(many=True)
    competencies = CompetencyChoice(many=True)
    assurances = AssuranceChoice(many=True)


def choices_out(choices: dict[str, Any]) -> dict[str, Any]:
    """By hand, as the rows are: hundreds of them come with every first page."""
    return {
        **choices,
        **{
            name: [_titled(row) for row in choices[name]]
            for name in ("tiers", "roles", "frameworks")
        },
        "competencies": [
            {
                "key": row.key,
                "title": row.title,
                "group": _titled(row.parent),
                "framework": _titled(row.framework),
            }
            for row in choices["competencies"]
        ],
    }


class TurnoverOut(serializers.Serializer[Any]):
    """People who were not there on the earlier day, and people who have left since."""

    joined = serializers.IntegerField()
    left = serializers.IntegerField()


class MatrixRowsOut(serializers.Serializer[Any]):
    """A page of rows. A page past the end has none."""

    count = serializers.IntegerField()
    page = serializers.IntegerField()
    page_size = serializers.IntegerField()
    pages = serializers.IntegerField()
    people = MatrixPerson(many=True)


class MatrixOut(MatrixRowsOut):
    """One page of rows, all columns, and the sums over all pages."""

    as_of = DayField()
    compared_to = DayField(allow_null=True)
    competencies = MatrixColumn(many=True)
    scale = ScaleStepOut(many=True)
    summary = MatrixSumsOut()
    groups = MatrixGroupOut(many=True)
    turnover = TurnoverOut(allow_null=True)
    filters = MatrixChoices()


class TitledValue(serializers.Serializer[Any]):
    title = serializers.CharField()
    value = serializers.CharField()


class FileFramework(Titled):
    version = serializers.CharField()


class MatrixFileOut(serializers.Serializer[Any]):
    """The matrix of everybody as one document; `conditions` in the reader's words."""

    as_of = DayField()
    compared_to = DayField(allow_null=True)
    exported_at = serializers.DateTimeField()
    exported_by = serializers.CharField()
    conditions = TitledValue(many=True)
    frameworks = FileFramework(many=True)
    count = serializers.IntegerField()
    competencies = MatrixColumn(many=True)
    scale = ScaleStepOut(many=True)
    summary = MatrixSumsOut()
    groups = MatrixGroupOut(many=True)
    turnover = TurnoverOut(allow_null=True)
    people = MatrixPerson(many=True)


class LostCharacter(serializers.Serializer[Any]):
    """`replacement` empty = it is left out."""

    character = serializers.CharField(trim_whitespace=False)
    code = serializers.CharField()
    replacement = serializers.CharField(allow_blank=True)


class UnwritableText(serializers.Serializer[Any]):
    """A text that is written otherwise; `staff_number` empty = the title of a competency."""

    staff_number = serializers.CharField(allow_blank=True)
    name = serializers.CharField(allow_blank=True)
    column = serializers.ChoiceField(
        ["staff_number", "name", "kana", "department", "tier", "roles", "competency"]
    )
    text = serializers.CharField()
    characters = LostCharacter(source="losses", many=True)


class UnwritableOut(serializers.Serializer[Any]):
    """Of `count` rows, the texts that CP932 cannot hold."""

    count = serializers.IntegerField()
    texts = UnwritableText(many=True)


class UnitYearOut(serializers.Serializer[Any]):
    """`unit` null = all together. A unit without people at one of the ends has no sums there.

    `change` is the end less the start, where both are.
    """

    unit = Titled(allow_null=True)
    start = MatrixSumsOut(allow_null=True)
    end = MatrixSumsOut(allow_null=True)
    change = MatrixSumsOut(allow_null=True)


def unit_year_out(unit: UnitYear) -> dict[str, Any]:
    start, end = unit.start, unit.end
    return {
        "unit": _titled(unit.titled),
        "start": start and sums_out(start),
        "end": end and sums_out(end),
        "change": sums_out(end.less(start)) if start and end else None,
    }


class FiscalYearOut(serializers.Serializer[Any]):
    """Sums on both days; `ends_on` is 31 March, or today while the year runs."""

    fiscal_year = serializers.IntegerField()
    starts_on = serializers.DateField()
    ends_on = serializers.DateField()
    competencies = MatrixColumn(many=True)
    total = UnitYearOut()
    units = UnitYearOut(many=True)


class SavedViewOut(serializers.Serializer[Any]):
    """A view of the matrix that I keep; `query` is what its address holds."""

    uuid = serializers.UUIDField()
    name = serializers.CharField()
    query = serializers.CharField(allow_blank=True)
