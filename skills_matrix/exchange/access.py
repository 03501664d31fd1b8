"""Who takes frameworks and judgements in."""

from typing import Any

from django.db.models import QuerySet

from skills_matrix.access import may_see_matrix
from skills_matrix.exchange.models import ExchangeFile

# Django's own permissions: HR has them.
NEEDED = {
    ExchangeFile.Kind.FRAMEWORK: "lms_skills.change_framework",
    ExchangeFile.Kind.JUDGEMENTS: "lms_skills.add_assessment",
}


def may_hand_in(user: Any, kind: str) -> bool:
    """Judgements are about people, so whoever hands them in must be allowed to see the matrix."""
    allowed = user.is_active and user.has_perm(NEEDED[ExchangeFile.Kind(kind)])
    return bool(allowed and (kind != ExchangeFile.Kind.JUDGEMENTS or may_see_matrix(user)))


def files_visible_to(user: Any) -> QuerySet[ExchangeFile]:
    kinds = [kind for kind in NEEDED if may_hand_in(user, kind)]
    rows = ExchangeFile.objects.filter(kind__in=kinds)
    return rows.select_related("uploaded_by", "applied_by").defer("content")
