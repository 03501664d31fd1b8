"""Coverage and risks as a file: one row a need."""

import csv
import io
from collections.abc import Iterable

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import pgettext, pgettext_lazy
from rest_framework.renderers import BaseRenderer

from api.v1.skills.files.plain import harmless
from skills_matrix.reports.coverage import Need

REASONS: dict[str, Promise | str] = {
    "short_now": pgettext_lazy("risk", "too few today"),
    "short_after_leavings": pgettext_lazy("risk", "too few after people leave"),
    "short_after_expiries": pgettext_lazy("risk", "too few after levels expire"),
    "single_holder": pgettext_lazy("risk", "one person only"),
    "": "",
}
KINDS: dict[str, Promise] = {
    "section": pgettext_lazy("unit", "section"),
    "process": pgettext_lazy("unit", "business process"),
    "project": pgettext_lazy("unit", "project"),
}


class NeedCsvRenderer(BaseRenderer):
    """UTF-8 with a byte-order mark, which Excel needs to read Japanese."""

    media_type = "text/csv"
    format = "csv"
    charset = "utf-8"

    def file(self, needs: Iterable[Need]) -> bytes:
        text = io.StringIO(newline="")
        writer = csv.writer(text)
        writer.writerow(
            [
                pgettext("column", "Rank of the risk"),
                pgettext("column", "Why at risk"),
                pgettext("column", "Kind"),
                pgettext("column", "Key"),
                pgettext("column", "Section or business process"),
                _("Department"),
                pgettext("column", "Skill"),
                pgettext("column", "Level needed"),
                pgettext("column", "Needed"),
                pgettext("column", "Members"),
                pgettext("column", "Assessed"),
                pgettext("column", "Holders"),
                pgettext("column", "Leaving"),
                pgettext("column", "Expiring"),
                pgettext("column", "Secure"),
                pgettext("column", "Short today"),
                pgettext("column", "Bus factor"),
                pgettext("column", "Missing by reason"),
            ]
        )
        for need in needs:
            writer.writerow([harmless(value) for value in _values(need)])
        return text.getvalue().encode("utf-8-sig")


def _values(need: Need) -> list[str | int | None]:
    unit = need.unit
    return [
        need.rank or None,
        str(REASONS[need.reason]),
        str(KINDS[unit.kind]),
        unit.key,
        unit.title,
        unit.department.title if unit.department else "",
        need.competency.title,
        need.level,
        need.needed,
        need.people,
        need.assessed,
        need.holders,
        need.leaving,
        need.expiring,
        need.secure,
        need.shortage,
        need.bus_factor,
        need.missing if need.reason else None,
    ]
