from django.urls import path

from api.v1.skills.matrix_views import (
    FiscalYearView,
    MatrixCharactersView,
    MatrixRowsView,
    MatrixView,
    SavedViewsView,
    SavedViewView,
)
from api.v1.skills.views import CellView, MySkillsView

urlpatterns = [
    path("skills/me/", MySkillsView.as_view(), name="my_skills"),
    path("skills/matrix/", MatrixView.as_view(), name="skills_matrix"),
    path("skills/matrix/rows/", MatrixRowsView.as_view(), name="skills_matrix_rows"),
    path(
        "skills/matrix/characters/", MatrixCharactersView.as_view(), name="skills_matrix_characters"
    ),
    path("skills/matrix/fiscal-year/", FiscalYearView.as_view(), name="skills_fiscal_year"),
    path("me/matrix-views/", SavedViewsView.as_view(), name="matrix_views"),
    path("me/matrix-views/<uuid:uuid>/", SavedViewView.as_view(), name="matrix_view"),
    path(
        "skills/cells/<lms_staff_number:staff_number>/<lms_key:competency_key>/",
        CellView.as_view(),
        name="skills_cell",
    ),
]
