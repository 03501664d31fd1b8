"""The values the matrix can be filtered by."""

from datetime import date
from typing import Any

from lms.people.models import JobTier, Role
from lms.people.selectors import department_paths
from skills_matrix.competencies.models import Assurance, Framework
from skills_matrix.competencies.selectors import competencies_held


def matrix_choices(on: date) -> dict[str, Any]:
    """Departments as the tree they are, the other tables in their own order. Five queries."""
    lines = sorted(department_paths().values(), key=lambda line: [row.key for row in line])
    return {
        "departments": [
            {"key": line[-1].key, "title": line[-1].title, "depth": len(line) - 1} for line in lines
        ],
        "tiers": JobTier.objects.all(),
        "roles": Role.objects.all(),
        "frameworks": Framework.objects.all(),
        "competencies": competencies_held(on),
        "assurances": [{"value": item.value, "title": item.label} for item in Assurance],
    }
