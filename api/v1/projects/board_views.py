from collections.abc import Iterable
from typing import Any, Final

from django.db.models import Prefetch
from django.utils.translation import gettext_lazy
from rest_framework.request import Request
from rest_framework.response import Response

from api.schema import describe
from api.v1.projects.board_outputs import (
    BoardOut,
    JoinablePeople,
    ProjectChoices,
    TemplatesOut,
)
from api.v1.projects.inputs import BoardParameters, JoinableParameters
from api.v1.projects.shown import project_seen_by
from api.v1.skills.choices import matrix_choices
from api.views import ApiView
from lms.people.calendar import office_today
from lms.people.models import Department
from skills_matrix.projects.access import may_run_projects, projects_visible_to
from skills_matrix.projects.board import Card, cards_of
from skills_matrix.projects.ledger import benefits_of
from skills_matrix.projects.models import Project
from skills_matrix.projects.people import people_for
from skills_matrix.projects.selectors import needs_in_order, projects_listed

# Of each status; whoever looks for one more narrows the board.
MOST_CARDS: Final = 50


class BoardView(ApiView):
    scopes = {"GET": "projects:read"}
    parameters = {"GET": BoardParameters}

    @describe(
        operation_id="getProjectBoard",
        tags=["projects"],
        summary=gettext_lazy("Projects by how far they are"),
        responses=BoardOut,
    )
    def get(self, request: Request) -> Response:
        """What each waits for, whose turn it is and since when; what waits for me comes first."""
        visible = projects_visible_to(request.user).order_by().values("pk")
        rows = projects_listed().filter(pk__in=visible).exclude(status=Project.Status.TEMPLATE)
        measures = rows.order_by("measure").values_list("measure", flat=True).distinct()
        departments = Department.objects.filter(projects__in=rows).distinct().order_by("key")
        narrowed = {
            field: self.asked[name]
            for name, field in (("measure", "measure"), ("department", "department__key"))
            if self.asked[name]
        }
        cards = cards_of(request.user, rows.filter(**narrowed))
        found = {
            "measures": list(measures),
            "departments": departments,
            "may_run": may_run_projects(request.user),
            "columns": _columns(_of(cards, self.asked["whose"])),
        }
        return Response(BoardOut(found).data)


class TemplatesView(ApiView):
    scopes = {"GET": "projects:read"}

    @describe(
        operation_id="listProjectTemplates",
        tags=["projects"],
        summary=gettext_lazy("The catalogue of project templates"),
        responses=TemplatesOut,
    )
    def get(self, request: Request) -> Response:
        """What each typically needs, in skills, hours and people, and what it saved elsewhere."""
        rows = list(
            projects_listed()
            .filter(status=Project.Status.TEMPLATE)
            .prefetch_related(Prefetch("needs", queryset=needs_in_order()))
        )
        found = {"may_begin": may_run_projects(request.user), "templates": rows}
        return Response(TemplatesOut(found, context={"benefits": benefits_of(rows)}).data)


class ChoicesView(ApiView):
    scopes = {"GET": "projects:read"}

    @describe(
        operation_id="listProjectChoices",
        tags=["projects"],
        summary=gettext_lazy("What the forms of a project choose from"),
        responses=ProjectChoices,
    )
    def get(self, request: Request) -> Response:
        """Departments, job tiers, skills in force, and the measures of all templates."""
        measures = Project.objects.filter(status=Project.Status.TEMPLATE).order_by("measure")
        found = matrix_choices(office_today()) | {
            "measures": list(measures.values_list("measure", flat=True).distinct())
        }
        return Response(ProjectChoices(found).data)


class JoinablePeopleView(ApiView):
    scopes = {"GET": "projects:read"}
    parameters = {"GET": JoinableParameters}

    @describe(
        operation_id="findJoinablePeople",
        tags=["projects"],
        summary=gettext_lazy("People by name, to name them in a project"),
        responses=JoinablePeople,
    )
    def get(self, request: Request, key: str) -> Response:
        """For whoever may add a member or say who measured; no skills are shown."""
        project = project_seen_by(request.user, key)
        found = people_for(viewer=request.user, project=project, search=self.asked["search"])
        return Response(JoinablePeople(found._asdict()).data)


def _of(cards: Iterable[Card], whose: str) -> list[Card]:
    tests: dict[str, Any] = {
        "all": lambda card: True,
        "mine": lambda card: card.is_mine,
        "my_turn": lambda card: card.is_my_turn,
    }
    return [card for card in cards if tests[whose](card)]


def _columns(cards: Iterable[Card]) -> list[dict[str, Any]]:
    by_status: dict[str, list[Card]] = {
        status: [] for status in Project.Status.values if status != Project.Status.TEMPLATE
    }
    for card in sorted(cards, key=_urgency):
        by_status[card.project.status].append(card)
    return [
        {"status": status, "count": len(found), "cards": found[:MOST_CARDS]}
        for status, found in by_status.items()
    ]


def _urgency(card: Card) -> tuple[bool, str, str]:
    """What waits for the viewer first, then what has been where it is the longest."""
    since = card.since.isoformat() if card.since else ""
    return not card.is_my_turn, since, card.project.key
