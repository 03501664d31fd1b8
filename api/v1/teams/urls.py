from django.urls import path

from api.v1.teams import views

ONE = "teams/<uuid:uuid>"
urlpatterns = [
    path("teams/", views.TeamRequestsView.as_view(), name="team_requests"),
    path("teams/choices/", views.TeamChoicesView.as_view(), name="team_choices"),
    path("teams/people/", views.TeamPeopleView.as_view(), name="team_people"),
    path(f"{ONE}/", views.TeamRequestView.as_view(), name="team_request"),
    path(f"{ONE}/adoption/", views.TeamAdoptionView.as_view(), name="team_adoption"),
    path(f"{ONE}/compared/", views.ComparedTeamsView.as_view(), name="compared_teams"),
]
