from django.urls import path

from api.v1.plans import views

urlpatterns = [
    path("plans/choices/", views.PlanChoicesView.as_view(), name="plan_choices"),
    path("plans/me/", views.MyPlanView.as_view(), name="my_plan"),
    path(
        "plans/people/<lms_staff_number:staff_number>/",
        views.PersonPlanView.as_view(),
        name="person_plan",
    ),
]
