from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext_lazy
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response

from api.schema import describe
from api.v1.mentoring.inputs import (
    AnswerIn,
    ByHandIn,
    EndIn,
    MyMentoringIn,
    PairsParameters,
    ProposeIn,
    SessionIn,
)
from api.v1.mentoring.outputs import (
    MentorPairOut,
    MentorPairsOut,
    MyMentoringOut,
    SuitedPairsOut,
    people_in,
    shown_pair,
    shown_proposals,
)
from api.views import ApiView, ListView
from lms.people.calendar import office_today
from lms.people.selectors import employee_of
from skills_matrix.assessments.services import log_skills_views
from skills_matrix.competencies.selectors import competencies_held
from skills_matrix.mentoring.by_hand import propose_by_hand
from skills_matrix.mentoring.models import (
    USUAL_HOURS,
    MentorOffer,
    MentorPair,
    MentorSession,
)
from skills_matrix.mentoring.selectors import pairs_of, pairs_that_suit, pairs_visible_to, wishes_of
from skills_matrix.mentoring.services import (
    answer_pair,
    confirm_session,
    end_pair,
    log_session,
    propose_pairs,
    set_mentoring,
    withdraw_session,
)
from skills_matrix.projects.access import require_run_projects


class MyMentoringView(ApiView):
    scopes = {"GET": "mentoring:read", "PUT": "mentoring:write"}

    @describe(
        operation_id="getMyMentoring",
        tags=["mentoring"],
        summary=gettext_lazy("What I offer and want to learn"),
        responses=MyMentoringOut,
    )
    def get(self, request: Request) -> Response:
        """How many learners I would take, and the skills I want to learn from somebody."""
        offer = MentorOffer.objects.filter(employee=self.employee).first()
        return Response(
            MyMentoringOut(
                {
                    "learners": offer.learners if offer else 0,
                    "hours_per_month": offer.hours_per_month if offer else USUAL_HOURS,
                    "teaches": list(offer.skills.order_by("pk")) if offer else [],
                    "wishes": wishes_of(self.employee),
                    "skills": competencies_held(office_today()),
                }
            ).data
        )

    @describe(
        operation_id="putMyMentoring",
        tags=["mentoring"],
        summary=gettext_lazy("Offer to teach, and say what I want to learn"),
        request=MyMentoringIn,
        responses=MyMentoringOut,
    )
    def put(self, request: Request) -> Response:
        """What was said before is replaced; pairs there are already stay."""
        said = MyMentoringIn(data=request.data)
        said.is_valid(raise_exception=True)
        set_mentoring(
            employee=self.employee,
            learners=said.validated_data["learners"],
            hours_per_month=said.validated_data["hours_per_month"],
            teaches=said.validated_data["teaches"],
            wishes={row["competency"]: row["level"] for row in said.validated_data["wishes"]},
            on=office_today(),
        )
        return self.get(request)


class PairsView(ApiView):
    """An address about pairs."""

    def pair(self, uuid: UUID) -> MentorPair:
        """One of my own pairs."""
        found = pairs_of(self.employee).filter(uuid=uuid).first()
        if found is None:
            raise NotFound
        return found

    def session(self, uuid: UUID) -> MentorSession:
        """A session of one of my own pairs."""
        found = MentorSession.objects.filter(
            uuid=uuid, pair__in=pairs_of(self.employee).order_by().values("pk")
        ).first()
        if found is None:
            raise NotFound
        return found

    def rows(self, pairs: Iterable[MentorPair]) -> list[dict[str, Any]]:
        """As the reader sees them; noted for whoever is in them."""
        shown = list(pairs)
        subjects = {one.learner_id for one in shown} | {one.mentor_id for one in shown}
        log_skills_views(viewer=self.request.user, subject_ids=sorted(subjects), what="mentoring")
        own = employee_of(self.request.user)
        return [shown_pair(pair, own) for pair in shown]

    def shown(self, uuid: UUID, status: int = 200) -> Response:
        (row,) = self.rows([self.pair(uuid)])
        return Response(MentorPairOut(row).data, status=status)


class MentorPairsView(PairsView, ListView):
    scopes = {"GET": "mentoring:read", "POST": "teams:write"}
    parameters = {"GET": PairsParameters}

    @describe(
        operation_id="listMentorPairs",
        tags=["mentoring"],
        summary=gettext_lazy("Mentor pairs"),
        responses=MentorPairOut(many=True),
    )
    def get(self, request: Request) -> Response:
        """My own, or for the DX office all, then without what the sessions were about."""
        if self.asked["whose"] == "all":
            require_run_projects(request.user)
            pairs = pairs_visible_to(request.user)
        else:
            pairs = pairs_of(self.employee)
        start = (self.asked["page"] - 1) * self.asked["page_size"]
        rows = self.rows(pairs[start : start + self.asked["page_size"]])
        return self.envelope_of(rows, pairs.count(), MentorPairOut)

    @describe(
        operation_id="proposeMentorPairs",
        tags=["mentoring"],
        summary=gettext_lazy("Bring mentors and learners together"),
        request=ProposeIn,
        responses={201: MentorPairsOut},
    )
    def post(self, request: Request) -> Response:
        """For the DX office: the best pairs of those who offer and those who wish, all at once.

        Or some of the proposals.
        """
        said = ProposeIn(data=request.data)
        said.is_valid(raise_exception=True)
        asked = said.validated_data["pairs"]
        only = None if asked is None else [(one["learner"], one["mentor"]) for one in asked]
        return _made(request.user, propose_pairs(by=request.user, only=only))


class PairByHandView(ApiView):
    scopes = {"POST": "teams:write"}

    @describe(
        operation_id="proposeMentorPairByHand",
        tags=["mentoring"],
        summary=gettext_lazy("Propose a mentor pair of one's own choice"),
        request=ByHandIn,
        responses={201: MentorPairsOut},
    )
    def post(self, request: Request) -> Response:
        """For the DX office: by the rules of every pair; refused with the one that fails."""
        said = ByHandIn(data=request.data)
        said.is_valid(raise_exception=True)
        return _made(request.user, [propose_by_hand(by=request.user, **said.validated_data)])


class MentorProposalsView(PairsView):
    scopes = {"GET": "teams:read"}

    @describe(
        operation_id="listMentorProposals",
        tags=["mentoring"],
        summary=gettext_lazy("Mentor pairs that would suit"),
        responses=SuitedPairsOut,
    )
    def get(self, request: Request) -> Response:
        """For the DX office: the best pairs as things stand, and why; nobody is told yet."""
        require_run_projects(request.user)
        now = timezone.now()
        found = pairs_that_suit(as_of=now)
        subjects = sorted(people_in(found))
        log_skills_views(viewer=request.user, subject_ids=subjects, what="mentoring")
        return Response(SuitedPairsOut(shown_proposals(found, now)).data)


class MentorPairView(PairsView):
    scopes = {"GET": "mentoring:read"}

    @describe(
        operation_id="getMentorPair",
        tags=["mentoring"],
        summary=gettext_lazy("One of my pairs"),
        responses=MentorPairOut,
    )
    def get(self, request: Request, uuid: UUID) -> Response:
        """Who, about what, and the sessions held."""
        return self.shown(uuid)


class MentorAnswerView(PairsView):
    scopes = {"PUT": "mentoring:write"}

    @describe(
        operation_id="answerMentorPair",
        tags=["mentoring"],
        summary=gettext_lazy("Agree to a pair, or decline"),
        request=AnswerIn,
        responses=MentorPairOut,
    )
    def put(self, request: Request, uuid: UUID) -> Response:
        """It may be changed or taken back until the first session is held."""
        said = AnswerIn(data=request.data)
        said.is_valid(raise_exception=True)
        answer_pair(pair=self.pair(uuid), employee=self.employee, **said.validated_data)
        return self.shown(uuid)


class MentorEndView(PairsView):
    scopes = {"POST": "mentoring:write"}

    @describe(
        operation_id="endMentorPair",
        tags=["mentoring"],
        summary=gettext_lazy("End the mentoring"),
        request=EndIn,
        responses=MentorPairOut,
    )
    def post(self, request: Request, uuid: UUID) -> Response:
        """Either side may. What was confirmed stays evidence."""
        said = EndIn(data=request.data)
        said.is_valid(raise_exception=True)
        end_pair(pair=self.pair(uuid), employee=self.employee, **said.validated_data)
        return self.shown(uuid)


class MentorSessionsView(PairsView):
    scopes = {"POST": "mentoring:write"}

    @describe(
        operation_id="logMentorSession",
        tags=["mentoring"],
        summary=gettext_lazy("Write down a session"),
        request=SessionIn,
        responses={201: MentorPairOut},
    )
    def post(self, request: Request, uuid: UUID) -> Response:
        """Either side may; it counts once the other side confirms it."""
        said = SessionIn(data=request.data)
        said.is_valid(raise_exception=True)
        log_session(pair=self.pair(uuid), employee=self.employee, **said.validated_data)
        return self.shown(uuid, status=201)


class MentorSessionView(PairsView):
    scopes = {"DELETE": "mentoring:write"}

    @describe(
        operation_id="withdrawMentorSession",
        tags=["mentoring"],
        summary=gettext_lazy("Take a session back"),
        responses={204: None},
    )
    def delete(self, request: Request, uuid: UUID) -> Response:
        """What I wrote down and nobody has confirmed."""
        withdraw_session(session=self.session(uuid), employee=self.employee)
        return Response(status=204)


class SessionConfirmationView(PairsView):
    scopes = {"PUT": "mentoring:write"}

    @describe(
        operation_id="confirmMentorSession",
        tags=["mentoring"],
        summary=gettext_lazy("Confirm a session"),
        request=None,
        responses=MentorPairOut,
    )
    def put(self, request: Request, uuid: UUID) -> Response:
        """It was as the other side wrote; now it is evidence of both."""
        session = confirm_session(session=self.session(uuid), employee=self.employee)
        return self.shown(session.pair.uuid)


def _made(viewer: Any, made: Iterable[MentorPair]) -> Response:
    pairs = pairs_visible_to(viewer).filter(pk__in=[pair.pk for pair in made])
    own = employee_of(viewer)
    rows = {"pairs": [shown_pair(pair, own) for pair in pairs]}
    return Response(MentorPairsOut(rows).data, status=201)
