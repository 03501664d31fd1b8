from typing import Any, ClassVar

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response

from api.pagination import PageNumberPagination
from api.parameters import PageParameters
from api.schema import describe
from api.v1.assessments.inputs import (
    CorrectionIn,
    DifferenceParameters,
    LevelsIn,
    SettlementIn,
)
from api.v1.assessments.outputs import (
    CampaignsOut,
    CorrectionOut,
    CorrectionsOut,
    DifferenceOut,
    FormOut,
    LookOut,
    TeamRow,
    TrendOut,
)
from api.views import ApiView, ListView
from lms.oversight.heads import departments_headed_by
from lms.people.calendar import office_today
from lms.people.models import Department
from lms.people.selectors import department_subtree_ids
from skills_matrix.access import may_see_matrix
from skills_matrix.assessments.models import Assessment
from skills_matrix.assessments.services import log_skills_views
from skills_matrix.campaigns.calibration import (
    NOTHING,
    Beside,
    differences,
    levels_beside,
    levels_handed_in,
    settle_difference,
)
from skills_matrix.campaigns.models import Campaign, CampaignTask
from skills_matrix.campaigns.selectors import (
    begun_campaigns,
    progress_by_department,
    progress_of,
    questions_of,
    tasks_headed_by,
)
from skills_matrix.campaigns.services import (
    HEAD,
    SELF,
    Part,
    save_head_assessment,
    save_self_assessment,
)
from skills_matrix.competencies.models import Competency
from skills_matrix.corrections.models import Correction
from skills_matrix.corrections.services import ask_correction
from skills_matrix.exceptions import UnknownFilterValue
from skills_matrix.reports.looks import looks_at, looks_told
from skills_matrix.reports.trend import level_history, skill_trend


class CampaignsView(ApiView):
    scopes = {"GET": "skills:read"}

    @describe(
        operation_id="listCampaigns",
        tags=["assessments"],
        summary=gettext_lazy("Skill assessments that are open, and those that are over"),
        responses=CampaignsOut,
    )
    def get(self, request: Request) -> Response:
        """Mine, and how far the people are whom I assess. The last to end comes first."""
        today = office_today()
        tasks = CampaignTask.objects.filter(employee=self.employee)
        own = {task.campaign_id: task for task in tasks.select_related("campaign", "employee")}
        heads = bool(departments_headed_by(request.user, today))
        sees_all = may_see_matrix(request.user)
        rows = []
        for campaign in begun_campaigns(today):
            task = own.get(campaign.pk)
            section = progress_of(tasks_headed_by(request.user, campaign, today)) if heads else None
            if section is not None and not section.people:
                section = None
            if task is None and section is None and not sees_all:
                continue
            rows.append(
                {
                    "campaign": campaign,
                    "is_open": campaign.due_on >= today,
                    "own": task and self._own(task),
                    "section": section if campaign.asks_head else None,
                    "may_calibrate": campaign.asks_head and (sees_all or section is not None),
                    "departments": [
                        row for row, _progress in progress_by_department(campaign, today) if row
                    ]
                    if sees_all and campaign.asks_head
                    else [],
                }
            )
        return Response(CampaignsOut({"campaigns": rows}).data)

    def _own(self, task: CampaignTask) -> dict[str, Any]:
        asked = questions_of(task.campaign, task.employee, office_today())
        keys = {question.competency.key for question in asked}
        return {
            "answered": len(keys & task.draft.keys()),
            "asked": len(keys),
            "done_at": task.self_done_at,
        }


class CampaignView(ApiView):
    """An address below one campaign."""

    def campaign(self, key: str) -> Campaign:
        found = Campaign.objects.filter(key=key).first()
        if found is None:
            raise NotFound
        return found


class PartView(CampaignView):
    """One part of one person's task, as a form; who fills it in is all that differs."""

    part: ClassVar[Part]

    def form_of(self, task: CampaignTask | None) -> Response:
        """The questions with what was filled in; once it is handed in, what stands beside it."""
        if task is None:
            raise NotFound
        today = office_today()
        questions = questions_of(task.campaign, task.employee, today)
        done_at = getattr(task, self.part.done_at)
        levels = getattr(task, self.part.draft)
        given: dict[int, int] = {}
        own: dict[int, int] = {}
        beside: dict[int, Beside] = {}
        # Whoever judges does so before reading what is believed, held or asked for.
        if done_at:
            given = levels_handed_in(task, self.part.kind)
            own = levels_handed_in(task, Assessment.Kind.SELF)
            asked = Competency.objects.filter(pk__in=[row.competency.pk for row in questions])
            beside = levels_beside(task.employee, asked, timezone.now())
        return Response(
            FormOut(
                {
                    "campaign": task.campaign,
                    "person": task.employee.name,
                    "is_open": task.campaign.opens_on <= today <= task.campaign.due_on,
                    "questions": [
                        {
                            "competency": row.competency,
                            "steps": row.steps,
                            "level": levels.get(row.competency.key),
                            "handed_in": given.get(row.competency.pk),
                            "self_level": own.get(row.competency.pk),
                            "official_level": beside.get(row.competency.pk, NOTHING).level,
                            "target": beside.get(row.competency.pk, NOTHING).target,
                        }
                        for row in questions
                    ],
                    "done_at": done_at,
                }
            ).data
        )

    def said(self, request: Request) -> dict[str, Any]:
        """What is to be kept or handed in."""
        said = LevelsIn(data=request.data)
        said.is_valid(raise_exception=True)
        return {"on": office_today(), **said.validated_data}


class SelfAssessmentView(PartView):
    scopes = {"GET": "skills:read", "PUT": "skills:write"}
    part = SELF

    @describe(
        operation_id="getSelfAssessment",
        tags=["assessments"],
        summary=gettext_lazy("My self-assessment"),
        responses=FormOut,
    )
    def get(self, request: Request, campaign_key: str) -> Response:
        """What I am asked, and what I have filled in so far."""
        tasks = self.campaign(campaign_key).tasks
        return self.form_of(tasks.filter(employee=self.employee).first())

    @describe(
        operation_id="putSelfAssessment",
        tags=["assessments"],
        summary=gettext_lazy("Keep or hand in my self-assessment"),
        request=LevelsIn,
        responses=FormOut,
    )
    def put(self, request: Request, campaign_key: str) -> Response:
        """Until the last day it may be handed in again; the later one counts."""
        task = save_self_assessment(
            employee=self.employee, campaign=self.campaign(campaign_key), **self.said(request)
        )
        return self.form_of(task)


class TeamAssessmentsView(CampaignView, ListView):
    scopes = {"GET": "oversight:read"}
    parameters = {"GET": PageParameters}

    @describe(
        operation_id="listTeamAssessments",
        tags=["assessments"],
        summary=gettext_lazy("Who of my section has been assessed"),
        responses=TeamRow(many=True),
    )
    def get(self, request: Request, campaign_key: str) -> Response:
        """For the head of a section."""
        rows = tasks_headed_by(request.user, self.campaign(campaign_key), office_today())
        return self.page_of(rows, TeamRow)


class HeadAssessmentView(PartView):
    scopes = {"GET": "oversight:read", "PUT": "oversight:write"}
    part = HEAD

    @describe(
        operation_id="getHeadAssessment",
        tags=["assessments"],
        summary=gettext_lazy("My assessment of somebody in my section"),
        responses=FormOut,
    )
    def get(self, request: Request, campaign_key: str, staff_number: str) -> Response:
        """The person's own levels are shown once mine are handed in. Looking is logged."""
        rows = tasks_headed_by(request.user, self.campaign(campaign_key), office_today())
        task = rows.filter(employee__staff_number=staff_number, campaign__asks_head=True).first()
        if task is not None:
            log_skills_views(viewer=request.user, subject_ids=[task.employee_id], what="assessment")
        return self.form_of(task)

    @describe(
        operation_id="putHeadAssessment",
        tags=["assessments"],
        summary=gettext_lazy("Keep or hand in my assessment of somebody"),
        request=LevelsIn,
        responses=FormOut,
    )
    def put(self, request: Request, campaign_key: str, staff_number: str) -> Response:
        """Nobody assesses oneself here."""
        task = save_head_assessment(
            viewer=request.user,
            staff_number=staff_number,
            campaign=self.campaign(campaign_key),
            **self.said(request),
        )
        return self.form_of(task)


class DifferencesView(CampaignView, ListView):
    scopes = {"GET": "oversight:read"}
    parameters = {"GET": DifferenceParameters}

    @describe(
        operation_id="listDifferences",
        tags=["assessments"],
        summary=gettext_lazy("Where self-assessment and assessment differ"),
        responses=DifferenceOut(many=True),
    )
    def get(self, request: Request, campaign_key: str) -> Response:
        """Only where both are handed in; largest difference first. Looking is logged."""
        rows = differences(
            request.user,
            self.campaign(campaign_key),
            office_today(),
            at_least=self.asked["at_least"],
            department_ids=self._department_ids(),
        )
        start = (self.asked["page"] - 1) * self.asked["page_size"]
        shown = rows[start : start + self.asked["page_size"]]
        people = {row.employee.pk for row in shown}
        log_skills_views(viewer=request.user, subject_ids=sorted(people), what="calibration")
        return self.envelope_of(shown, len(rows), DifferenceOut)

    def _department_ids(self) -> set[int] | None:
        key = self.asked.get("department")
        if not key:
            return None
        found = Department.objects.filter(key=key).first()
        if found is None:
            raise UnknownFilterValue(_("There is no such department."))
        return department_subtree_ids(found)


class SettlementsView(CampaignView):
    scopes = {"POST": "oversight:write"}

    @describe(
        operation_id="settleDifference",
        tags=["assessments"],
        summary=gettext_lazy("Note what was agreed on where two assessments differ"),
        request=SettlementIn,
        responses=DifferenceOut,
    )
    def post(self, request: Request, campaign_key: str) -> Response:
        """By the head of the person's section or HR. Another level than before needs a reason."""
        said = SettlementIn(data=request.data)
        said.is_valid(raise_exception=True)
        values = dict(said.validated_data)
        row = settle_difference(
            viewer=request.user,
            campaign=self.campaign(campaign_key),
            competency_key=values.pop("competency"),
            on=office_today(),
            **values,
        )
        return Response(DifferenceOut(row).data)


class CorrectionsView(ApiView):
    scopes = {"GET": "skills:read", "POST": "skills:write"}

    @describe(
        operation_id="listCorrections",
        tags=["assessments"],
        summary=gettext_lazy("What I said is wrong about my skills"),
        responses=CorrectionsOut,
    )
    def get(self, request: Request) -> Response:
        """With what HR answered."""
        rows = Correction.objects.filter(employee=self.employee).select_related("competency")
        return Response(CorrectionsOut({"corrections": rows}).data)

    @describe(
        operation_id="askCorrection",
        tags=["assessments"],
        summary=gettext_lazy("Say that a level of mine is wrong"),
        request=CorrectionIn,
        responses={201: CorrectionOut},
    )
    def post(self, request: Request) -> Response:
        """HR reads and answers it. Asked again while open, the text is replaced."""
        said = CorrectionIn(data=request.data)
        said.is_valid(raise_exception=True)
        correction = ask_correction(
            employee=self.employee,
            competency_key=said.validated_data["competency"],
            text=said.validated_data["text"],
            wanted_level=said.validated_data["level"],
        )
        return Response(CorrectionOut(correction).data, status=201)


class LooksView(ListView):
    scopes = {"GET": "skills:read"}
    parameters = {"GET": PageParameters}

    @describe(
        operation_id="listLooks",
        tags=["assessments"],
        summary=gettext_lazy("Who looked at my skills"),
        responses=LookOut(many=True),
    )
    def get(self, request: Request) -> Response:
        """When, why and at what, latest first."""
        paginator = PageNumberPagination()
        shown = paginator.paginate_queryset(looks_at(self.employee), self.request, view=self)
        return self.envelope_of(looks_told(shown), paginator.count, LookOut)


class TrendView(ApiView):
    scopes = {"GET": "skills:read"}

    @describe(
        operation_id="getSkillTrend",
        tags=["assessments"],
        summary=gettext_lazy("How my skills have grown"),
        responses=TrendOut,
    )
    def get(self, request: Request) -> Response:
        """At the ends of the last fiscal years and today, and each step with what caused it."""
        now = timezone.now()
        points = skill_trend(employee=self.employee, as_of=now)
        history = level_history(employee=self.employee, as_of=now)
        return Response(
            TrendOut({"points": points, "steps": history.steps, "counts": history.counts}).data
        )
