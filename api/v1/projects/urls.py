from django.urls import path

from api.v1.projects.benefit_views import (
    BenefitsView,
    ChainListsView,
    ChainView,
    ChainYearsView,
    EntriesView,
)
from api.v1.projects.board_views import (
    BoardView,
    ChoicesView,
    JoinablePeopleView,
    TemplatesView,
)
from api.v1.projects.life_views import (
    ConfirmationView,
    LedgerView,
    MemberView,
    TeamView,
    WithdrawalView,
)
from api.v1.projects.suggestion_views import (
    AnswersView,
    AnswerView,
    InterestedView,
    MatchNoticesView,
    MySuggestionsView,
    MySuggestionView,
    PersonSuggestionsView,
)
from api.v1.projects.views import (
    CopiesView,
    MovesView,
    ProjectsView,
    ProjectView,
    SimilarView,
    UndoView,
)

_ONE = "projects/<lms_key:key>/"
_MINE = "suggestions/me/projects/<lms_key:key>/"
_MEMBER = f"{_ONE}members/<lms_staff_number:staff_number>/"

urlpatterns = [
    path("project-board/", BoardView.as_view(), name="project_board"),
    path("project-templates/", TemplatesView.as_view(), name="project_templates"),
    path("project-choices/", ChoicesView.as_view(), name="project_choices"),
    path("projects/", ProjectsView.as_view(), name="projects"),
    path("projects/similar/", SimilarView.as_view(), name="projects_similar"),
    path(_ONE, ProjectView.as_view(), name="project"),
    path(f"{_ONE}moves/", MovesView.as_view(), name="project_moves"),
    path(f"{_ONE}moves/undo/", UndoView.as_view(), name="project_undo"),
    path(f"{_ONE}copies/", CopiesView.as_view(), name="project_copies"),
    path(f"{_ONE}figures/", LedgerView.as_view(), name="project_figures"),
    path(f"{_ONE}members/", TeamView.as_view(), name="project_members"),
    path(f"{_ONE}people/", JoinablePeopleView.as_view(), name="joinable_people"),
    path(_MEMBER, MemberView.as_view(), name="project_member"),
    path(f"{_MEMBER}confirmation/", ConfirmationView.as_view(), name="project_confirmation"),
    path(
        f"{_MEMBER}confirmation/withdrawal/",
        WithdrawalView.as_view(),
        name="project_confirmation_withdrawal",
    ),
    path(f"{_ONE}chain/", ChainView.as_view(), name="project_chain"),
    path("benefits/", BenefitsView.as_view(), name="benefits"),
    path("benefits/chain/", ChainYearsView.as_view(), name="benefits_chain"),
    path(f"{_ONE}interested/", InterestedView.as_view(), name="project_interested"),
    path("suggestions/me/", MySuggestionsView.as_view(), name="my_suggestions"),
    path("suggestions/me/answers/", AnswersView.as_view(), name="my_suggestion_answers"),
    path("suggestions/me/notices/", MatchNoticesView.as_view(), name="my_suggestion_notices"),
    path(_MINE, MySuggestionView.as_view(), name="my_suggestion"),
    path(f"{_MINE}answer/", AnswerView.as_view(), name="my_suggestion_answer"),
    path(
        "suggestions/people/<lms_staff_number:staff_number>/",
        PersonSuggestionsView.as_view(),
        name="person_suggestions",
    ),
    path(
        "benefits/chain/<int:fiscal_year>/", ChainListsView.as_view(), name="benefits_chain_lists"
    ),
    path("benefits/entries/", EntriesView.as_view(), name="benefit_entries"),
]
