from django.utils import timezone
from django.utils.translation import gettext_lazy
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response

from api.pagination import PageNumberPagination
from api.parameters import PageParameters
from api.schema import describe
from api.v1.assessments.inputs import CorrectionIn, LevelsIn
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
from skills_matrix.assessments.models import Assessment
from skills_matrix.assessments.services import log_skills_views
from skills_matrix.campaigns.models import Campaign, CampaignTask
from skills_matrix.campaigns.selectors import (
    differences,
    open_campaigns,
    open_tasks_of,
    progress_of,
    questions_of,
    tasks_headed_by,
)
from skills_matrix.campaigns.services import save_head_assessment, save_self_assessment
from skills_matrix.corrections.models import Correction
from skills_matrix.corrections.services import ask_correction
from skills_matrix.frames import midnight
from skills_matrix.reports.looks import looks_at, looks_told
from skills_matrix.reports.trend import level_history, skill_trend


class CampaignsView(ApiView):
    scopes = {"GET": "skills:read"}

    @describe(
        operation_id="listCampaigns",
        tags=["assessments"],
        summary=gettext_lazy("Skill assessments that are open"),
        responses=CampaignsOut,
    )
    def get(self, request: Request) -> Response:
        """Mine, and how far the section is that I head."""
        today = office_today()
        own = {task.campaign_id: task for task in open_tasks_of(self.employee, today)}
        heads = bool(departments_headed_by(request.user, today))
        rows = []
        for campaign in open_campaigns(today):
            task = own.get(campaign.pk)
            section = tasks_headed_by(request.user, campaign, today) if heads else None
            if task is None and section is None:
                continue
            rows.append(
                {
                    "campaign": campaign,
                    "is_asked": task is not None,
                    "self_done_at": task.self_done_at if task else None,
                    "section": progress_of(section) if section is not None else None,
                }
            )
        return Response(CampaignsOut({"campaigns": rows}).data)


class CampaignView(ApiView):
    """An address below one campaign."""

    def campaign(self, key: str) -> Campaign:
        found = Campaign.objects.filter(key=key).first()
        if found is None:
            raise NotFound
        return found

    def form_of(self, task: CampaignTask, levels: dict[str, int], *, is_head: bool) -> Response:
        """The questions with what was filled in."""
        questions = questions_of(task.campaign, task.employee, office_today())
        # The head judges before reading what the person believes.
        own = _self_levels(task) if is_head and task.head_done_at else {}
        return Response(
            FormOut(
                {
                    "campaign": task.campaign,
                    "person": task.employee.name,
                    "questions": [
                        {
                            "competency": question.competency,
                            "steps": question.steps,
                            "level": levels.get(question.competency.key),
                            "self_level": own.get(question.competency.pk),
                        }
                        for question in questions
                    ],
                    "done_at": task.head_done_at if is_head else task.self_done_at,
                }
            ).data
        )


def _self_levels(task: CampaignTask) -> dict[int, int]:
    rows = Assessment.objects.filter(
        employee=task.employee,
        kind=Assessment.Kind.SELF,
        assessed_at__gte=midnight(task.campaign.opens_on),
    ).order_by("assessed_at", "pk")
    return dict(rows.values_list("competency_id", "level"))


class SelfAssessmentView(CampaignView):
    scopes = {"GET": "skills:read", "PUT": "skills:write"}

    @describe(
        operation_id="getSelfAssessment",
        tags=["assessments"],
        summary=gettext_lazy("My self-assessment"),
        responses=FormOut,
    )
    def get(self, request: Request, campaign_key: str) -> Response:
        """What I am asked, and what I have filled in so far."""
        task = self.campaign(campaign_key).tasks.filter(employee=self.employee).first()
        if task is None:
            raise NotFound
        return self.form_of(task, task.draft, is_head=False)

    @describe(
        operation_id="putSelfAssessment",
        tags=["assessments"],
        summary=gettext_lazy("Keep or hand in my self-assessment"),
        request=LevelsIn,
        responses=FormOut,
    )
    def put(self, request: Request, campaign_key: str) -> Response:
        """Until the last day it may be handed in again; the later one counts."""
        said = LevelsIn(data=request.data)
        said.is_valid(raise_exception=True)
        task = save_self_assessment(
            employee=self.employee,
            campaign=self.campaign(campaign_key),
            on=office_today(),
            **said.validated_data,
        )
        return self.form_of(task, task.draft, is_head=False)


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


class HeadAssessmentView(CampaignView):
    scopes = {"GET": "oversight:read", "PUT": "oversight:write"}

    @describe(
        operation_id="getHeadAssessment",
        tags=["assessments"],
        summary=gettext_lazy("My assessment of somebody in my section"),
        responses=FormOut,
    )
    def get(self, request: Request, campaign_key: str, staff_number: str) -> Response:
        """The person's own levels are shown once mine are handed in. Looking is logged."""
        rows = tasks_headed_by(request.user, self.campaign(campaign_key), office_today())
        task = rows.filter(employee__staff_number=staff_number).first()
        if task is None:
            raise NotFound
        log_skills_views(viewer=request.user, subject_ids=[task.employee_id], what="assessment")
        return self.form_of(task, task.head_draft, is_head=True)

    @describe(
        operation_id="putHeadAssessment",
        tags=["assessments"],
        summary=gettext_lazy("Keep or hand in my assessment of somebody"),
        request=LevelsIn,
        responses=FormOut,
    )
    def put(self, request: Request, campaign_key: str, staff_number: str) -> Response:
        """Nobody assesses oneself here."""
        said = LevelsIn(data=request.data)
        said.is_valid(raise_exception=True)
        task = save_head_assessment(
            viewer=request.user,
            staff_number=staff_number,
            campaign=self.campaign(campaign_key),
            on=office_today(),
            **said.validated_data,
        )
        return self.form_of(task, task.head_draft, is_head=True)


class DifferencesView(CampaignView, ListView):
    scopes = {"GET": "oversight:read"}
    parameters = {"GET": PageParameters}

    @describe(
        operation_id="listDifferences",
        tags=["assessments"],
        summary=gettext_lazy("Where self-assessment and assessment differ"),
        responses=DifferenceOut(many=True),
    )
    def get(self, request: Request, campaign_key: str) -> Response:
        """Only where both are handed in; largest difference first. Looking is logged."""
        rows = differences(request.user, self.campaign(campaign_key), office_today())
        start = (self.asked["page"] - 1) * self.asked["page_size"]
        shown = rows[start : start + self.asked["page_size"]]
        people = {row.employee.pk for row in shown}
        log_skills_views(viewer=request.user, subject_ids=sorted(people), what="calibration")
        return self.envelope_of(shown, len(rows), DifferenceOut)


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
