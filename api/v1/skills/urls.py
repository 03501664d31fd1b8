from django.urls import path

from api.v1.skills.views import CellView, MatrixView, MySkillsView

urlpatterns = [
    path("skills/me/", MySkillsView.as_view(), name="my_skills"),
    path("skills/matrix/", MatrixView.as_view(), name="skills_matrix"),
    path(
        "skills/cells/<lms_staff_number:staff_number>/<lms_key:competency_key>/",
        CellView.as_view(),
        name="skills_cell",
    ),
]
