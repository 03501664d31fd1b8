from typing import Any

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from api.fields import LevelField, UtcDateTimeField
from api.v1.outputs import CourseLink, Titled
from api.v1.skills.matrix_outputs import DepartmentChoice
from api.v1.skills.outputs import DayField, ScaleStepOut
from skills_matrix.engine.columns import COVERAGE_CHANGES, RISK_REASONS, UNIT_KINDS
from skills_matrix.reports.coverage import STATES


class Count(serializers.IntegerField):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(min_value=0, **kwargs)


class UnitOut(Titled):
    """A section, or a business process or project with the department in charge.

    `department` null = a project of no one department.
    """

    kind = serializers.ChoiceField(UNIT_KINDS)
    department = Titled(allow_null=True)


class UnitNumbers(serializers.Serializer[Any]):
    """`is_suppressed`: too small for you to see numbers of, which are null then.

    `needs` are those of at least one person; `covered` of them have as many holders as needed.
    `least_bus_factor`: the fewest holders whose going leaves a need unmet; null = no needs.
    """

    unit = UnitOut()
    is_suppressed = serializers.BooleanField()
    people = Count(allow_null=True)
    needs = Count(allow_null=True)
    covered = Count(allow_null=True)
    by_reason = serializers.DictField(child=Count(), allow_null=True)
    least_bus_factor = Count(allow_null=True)


class NeedNumbers(serializers.Serializer[Any]):
    """How many people at the level or above are needed, and are there.

    `leaving` + `expiring` + `secure` = `holders`. `assessed` of the `people` have any level.
    `bus_factor`: the fewest holders whose going leaves the need unmet, 0 = it is; null = nobody
    is needed. `missing`: holders missing now or at the horizon, by `reason`; empty = no risk.
    """

    competency = Titled()
    level = LevelField()
    needed = Count()
    people = Count()
    assessed = Count()
    holders = Count()
    leaving = Count()
    expiring = Count()
    secure = Count()
    shortage = Count()
    bus_factor = Count(allow_null=True)
    reason = serializers.ChoiceField([*RISK_REASONS, ""], allow_blank=True)
    missing = Count()


class RiskOut(NeedNumbers):
    """A need at risk. `rank` 1 = the gravest."""

    rank = serializers.IntegerField(min_value=1)
    unit = UnitOut()


class CoverageOut(serializers.Serializer[Any]):
    """The units in numbers, and one page of the risks, the gravest first."""

    as_of = DayField()
    horizon_on = serializers.DateField()
    count = Count(help_text=_("Risks that the filters leave."))
    page = serializers.IntegerField()
    page_size = serializers.IntegerField()
    pages = serializers.IntegerField()
    risks = RiskOut(many=True)
    by_reason = serializers.DictField(child=Count())
    units = UnitNumbers(many=True)
    small_group = Count(help_text=_("Units of fewer people are suppressed for you; 0: none is."))
    scale = ScaleStepOut(many=True)
    departments = DepartmentChoice(many=True)


class HolderOut(serializers.Serializer[Any]):
    """Somebody at the level. `leaves_on`: first day no longer there; `falls_at`: the level's end.

    Both only within the horizon.
    """

    staff_number = serializers.CharField(source="employee.staff_number")
    name = serializers.CharField(source="employee.name")
    kana = serializers.CharField(source="employee.kana")
    department = Titled(source="posting.department")
    tier = Titled(source="posting.tier")
    level = LevelField()
    state = serializers.ChoiceField(STATES)
    leaves_on = serializers.DateField(allow_null=True)
    falls_at = UtcDateTimeField(allow_null=True)


class HeldNeedOut(serializers.Serializer[Any]):
    """A need and who holds it. `unnamed`: holders whose names are not for you."""

    need = NeedNumbers()
    holders = HolderOut(many=True)
    unnamed = Count()


class UnitCoverageOut(serializers.Serializer[Any]):
    as_of = DayField()
    horizon_on = serializers.DateField()
    numbers = UnitNumbers(source="row")
    needs = HeldNeedOut(many=True)
    scale = ScaleStepOut(many=True)


# --- what if ----------------------------------------------------------------------------------


class MovablePerson(serializers.Serializer[Any]):
    """Somebody who can be moved in a what-if, with the main posting of today."""

    staff_number = serializers.CharField(source="employee.staff_number")
    name = serializers.CharField(source="employee.name")
    kana = serializers.CharField(source="employee.kana")
    department = Titled(source="posting.department", allow_null=True)
    tier = Titled(source="posting.tier", allow_null=True)
    roles = serializers.SerializerMethodField()

    @extend_schema_field(Titled(many=True))
    def get_roles(self, row: Any) -> Any:
        roles = row.posting.roles.all() if row.posting else []
        return Titled(roles, many=True).data


class MovablePeople(serializers.Serializer[Any]):
    """The first who match; `is_cut` = there are more."""

    people = MovablePerson(many=True)
    is_cut = serializers.BooleanField()


class WhatIfChoices(serializers.Serializer[Any]):
    """Where people can be moved to, and as what."""

    departments = DepartmentChoice(many=True)
    tiers = Titled(many=True)
    roles = Titled(many=True)


class MoveOut(serializers.Serializer[Any]):
    """A move as it was understood. `to_department` null = leaves the office."""

    person = MovablePerson(source="*")
    to_department = Titled(source="department", allow_null=True)
    to_tier = Titled(source="tier", allow_null=True)
    to_roles = Titled(source="roles", many=True)


class ChangeOut(serializers.Serializer[Any]):
    """A need whose coverage differs.

    falls: was met; worse, better: short before and after; recovers: was short; thin: still met,
    but the next to go breaks it.
    """

    unit = UnitOut()
    competency = Titled()
    level = LevelField()
    change = serializers.ChoiceField(COVERAGE_CHANGES)
    needed_before = Count()
    needed = Count()
    holders_before = Count()
    holders = Count()
    shortage_before = Count()
    shortage = Count()


class UnitSizeOut(serializers.Serializer[Any]):
    """A unit that gains or loses people."""

    unit = UnitOut()
    before = Count()
    after = Count()


class WhatIfOut(serializers.Serializer[Any]):
    """What the moves would change, what falls short first. Nothing was written."""

    on = serializers.DateField()
    moves = MoveOut(many=True)
    changes = ChangeOut(many=True)
    sizes = UnitSizeOut(many=True)
    scale = ScaleStepOut(many=True)


# --- expiring ---------------------------------------------------------------------------------


class FallingOut(serializers.Serializer[Any]):
    """A level that falls. `falls_to` null = no level is left; `target` null = not asked for.

    `course`: open to the person, and reaches the level again; `by_project`: so does project work.
    """

    staff_number = serializers.CharField(source="employee.staff_number")
    name = serializers.CharField(source="employee.name")
    kana = serializers.CharField(source="employee.kana")
    department = Titled(source="posting.department")
    competency = Titled()
    level = LevelField()
    falls_at = UtcDateTimeField()
    falls_to = LevelField(allow_null=True)
    target = LevelField(allow_null=True)
    misses_target = serializers.BooleanField()
    course = CourseLink(allow_null=True)
    by_project = serializers.BooleanField()


class ExpiringOut(serializers.Serializer[Any]):
    """One page of levels that fall, the soonest first."""

    horizon_on = serializers.DateField()
    count = Count()
    page = serializers.IntegerField()
    page_size = serializers.IntegerField()
    pages = serializers.IntegerField()
    results = FallingOut(many=True)
    scale = ScaleStepOut(many=True)
    departments = DepartmentChoice(many=True)
