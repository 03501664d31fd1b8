"""What readers ask of the skills: each report names the whole chain and shapes its end.

frames → evidence → levels → cells → suggestions; see chain.py.
"""

from skills_matrix.reports.cell import explain_cell
from skills_matrix.reports.matrix import MatrixFilters, matrix
from skills_matrix.reports.person import my_skills
from skills_matrix.reports.suggestions import suggestions

__all__ = ["MatrixFilters", "explain_cell", "matrix", "my_skills", "suggestions"]
