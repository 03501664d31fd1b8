"""Where the data exercises hang into the Wagtail admin."""

from typing import Any

from django.http import HttpRequest
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from courses.authoring.exercises import views
from courses.authoring.policy import courses_for

BASE = "data-exercises/"


@hooks.register("register_admin_urls")
def addresses() -> list[Any]:
    return [
        path(BASE, views.index, name="lms_courses_exercises"),
        path(f"{BASE}new/", views.create, name="lms_courses_exercise_new"),
        path(f"{BASE}guess/", views.guess, name="lms_courses_exercise_guess"),
        path(f"{BASE}try/", views.try_out, name="lms_courses_exercise_try_new"),
        path(f"{BASE}<int:pk>/", views.edit, name="lms_courses_exercise_edit"),
        path(f"{BASE}<int:pk>/try/", views.try_out, name="lms_courses_exercise_try"),
        path(
            f"{BASE}<int:pk>/messy/",
            views.file,
            {"which": "messy"},
            name="lms_courses_exercise_messy",
        ),
        path(
            f"{BASE}<int:pk>/expected/",
            views.file,
            {"which": "expected"},
            name="lms_courses_exercise_expected",
        ),
    ]


class ExercisesMenuItem(MenuItem):
    """For whoever may edit a course."""

    def is_shown(self, request: HttpRequest) -> bool:
        return courses_for(request.user, "edit").exists()


@hooks.register("register_admin_menu_item")
def menu_item() -> MenuItem:
    return ExercisesMenuItem(
        _("Data exercises"),
        reverse("lms_courses_exercises"),
        name="data-exercises",
        icon_name="table",
        order=310,
    )
