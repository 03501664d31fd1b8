from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy
from rest_framework import serializers
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response

from api.pagination import envelope
from api.parameters import PageParameters
from api.schema import describe
from api.v1.projects.shown import project_seen_by
from api.v1.projects.suggestion_outputs import (
    GIVEN,
    InterestedOut,
    MatchNoticesOut,
    SuggestionAnswerOut,
    SuggestionAnswersOut,
    SuggestionOut,
    SuggestionsOut,
)
from api.views import ApiView
from skills_matrix.assessments.services import log_skills_views
from skills_matrix.reports.suggestions import (
    Suggestions,
    my_suggestions,
    suggestion_of,
    suggestions_seen_by,
)
from skills_matrix.suggestions.models import SuggestionAnswer
from skills_matrix.suggestions.selectors import (
    answers_of,
    interested_visible_to,
    may_see_interested,
    most_notices_a_month,
)
from skills_matrix.suggestions.services import (
    answer_suggestion,
    set_most_notices,
    withdraw_answer,
)


class MySuggestionParameters(PageParameters):
    part = serializers.ChoiceField(
        ["open", "not_for_me"],
        default="open",
        help_text=gettext_lazy("Those I said no to stand apart."),
    )


class SuggestionAnswerIn(serializers.Serializer[Any]):
    """`reason` and `note` belong to “not for me”."""

    choice = serializers.ChoiceField(GIVEN)
    reason = serializers.ChoiceField(SuggestionAnswer.Reason.choices, default="", allow_blank=True)
    note = serializers.CharField(default="", allow_blank=True, max_length=500)


class MySuggestionsView(ApiView):
    scopes = {"GET": "projects:read"}
    parameters = {"GET": MySuggestionParameters}

    @describe(
        operation_id="listMySuggestions",
        tags=["projects"],
        summary=gettext_lazy("Projects that suit me"),
        responses=SuggestionsOut,
    )
    def get(self, request: Request) -> Response:
        """Best first; each says which needs I meet, which not yet, and what closes the gap."""
        found = my_suggestions(
            employee=self.employee,
            as_of=timezone.now(),
            declined=self.asked["part"] == "not_for_me",
            **_stretch(self.asked),
        )
        return _page(found, self.asked)


class PersonSuggestionsView(ApiView):
    scopes = {"GET": "skills:read"}
    parameters = {"GET": PageParameters}

    @describe(
        operation_id="listSuggestionsOfPerson",
        tags=["projects"],
        summary=gettext_lazy("Projects that suit a person"),
        responses=SuggestionsOut,
    )
    def get(self, request: Request, staff_number: str) -> Response:
        """Word for word what the person reads, without what they hide; the look is logged."""
        found = suggestions_seen_by(
            request.user,
            staff_number=staff_number,
            as_of=timezone.now(),
            **_stretch(self.asked),
        )
        return _page(found, self.asked)


class MySuggestionView(ApiView):
    scopes = {"GET": "projects:read"}

    @describe(
        operation_id="getMySuggestion",
        tags=["projects"],
        summary=gettext_lazy("How one project suits me"),
        responses=SuggestionOut,
    )
    def get(self, request: Request, key: str) -> Response:
        """Not found: it looks for nobody, or I am in it already."""
        project = project_seen_by(request.user, key)
        found = suggestion_of(employee=self.employee, project=project, as_of=timezone.now())
        if found is None:
            raise NotFound
        return Response(SuggestionOut(found).data)


class AnswersView(ApiView):
    scopes = {"GET": "projects:read"}

    @describe(
        operation_id="listMyAnswers",
        tags=["projects"],
        summary=gettext_lazy("What I said to suggested projects"),
        responses=SuggestionAnswersOut,
    )
    def get(self, request: Request) -> Response:
        """The latest first. Nobody else reads them."""
        reasons = [{"key": key, "title": title} for key, title in SuggestionAnswer.Reason.choices]
        answers = answers_of(self.employee)
        return Response(SuggestionAnswersOut({"answers": answers, "reasons": reasons}).data)


class AnswerView(ApiView):
    scopes = {"PUT": "projects:write", "DELETE": "projects:write"}

    @describe(
        operation_id="answerSuggestion",
        tags=["projects"],
        summary=gettext_lazy("Say what I think of a suggested project"),
        request=SuggestionAnswerIn,
        responses=SuggestionAnswerOut,
    )
    def put(self, request: Request, key: str) -> Response:
        """In place of what I said before. A no keeps me out of teams proposed for it."""
        said = SuggestionAnswerIn(data=request.data)
        said.is_valid(raise_exception=True)
        answer = answer_suggestion(
            employee=self.employee,
            project=project_seen_by(request.user, key),
            **said.validated_data,
        )
        return Response(SuggestionAnswerOut(answer).data)

    @describe(
        operation_id="withdrawAnswer",
        tags=["projects"],
        summary=gettext_lazy("Take my answer back"),
        responses={204: None},
    )
    def delete(self, request: Request, key: str) -> Response:
        """As if I had said nothing."""
        withdraw_answer(employee=self.employee, project=project_seen_by(request.user, key))
        return Response(status=204)


class InterestedView(ApiView):
    scopes = {"GET": "projects:read"}

    @describe(
        operation_id="listInterested",
        tags=["projects"],
        summary=gettext_lazy("Who would like to be in a project"),
        responses=InterestedOut,
    )
    def get(self, request: Request, key: str) -> Response:
        """For the DX office and the lead; for others it is not there. The look is logged."""
        project = project_seen_by(request.user, key)
        if not may_see_interested(request.user, project):
            raise NotFound
        people = list(interested_visible_to(request.user, project))
        log_skills_views(
            viewer=request.user,
            subject_ids=[row.employee_id for row in people],
            what=f"interested:project:{project.key}",
        )
        return Response(InterestedOut({"people": people}).data)


class MatchNoticesView(ApiView):
    scopes = {"GET": "projects:read", "PATCH": "projects:write"}

    @describe(
        operation_id="getMatchNotices",
        tags=["projects"],
        summary=gettext_lazy("How often I am told of new matches"),
        responses=MatchNoticesOut,
    )
    def get(self, request: Request) -> Response:
        """As I chose, or else as the office does."""
        return self._answer()

    @describe(
        operation_id="setMatchNotices",
        tags=["projects"],
        summary=gettext_lazy("Choose how often I am told of new matches"),
        request=MatchNoticesOut,
        responses=MatchNoticesOut,
    )
    def patch(self, request: Request) -> Response:
        """In the site; whether an e-mail comes too is chosen with the other notices."""
        said = MatchNoticesOut(data=request.data)
        said.is_valid(raise_exception=True)
        set_most_notices(employee=self.employee, **said.validated_data)
        return self._answer()

    def _answer(self) -> Response:
        most = most_notices_a_month(self.employee)
        return Response(MatchNoticesOut({"most_a_month": most}).data)


def _stretch(asked: Any) -> dict[str, int]:
    return {"limit": asked["page_size"], "offset": (asked["page"] - 1) * asked["page_size"]}


def _page(found: Suggestions, asked: Any) -> Response:
    page = envelope(count=found.count, asked=asked, results=found.rows)
    return Response(SuggestionsOut(page | {"person": found.person}).data)
