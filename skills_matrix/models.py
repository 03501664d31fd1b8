"""Every model of the app, so that Django finds them; each lives in its applet."""

from skills_matrix.assessments.models import Assessment, SkillsView
from skills_matrix.campaigns.models import Campaign, CampaignTask, Settlement
from skills_matrix.competencies.models import (
    AgeingRule,
    Award,
    Competency,
    CompetencyMapping,
    Framework,
    LevelDescriptor,
    LevelRule,
    Target,
)
from skills_matrix.corrections.models import Correction
from skills_matrix.exchange.models import ExchangeFile
from skills_matrix.materialised.models import MatrixState, SkillVector, StaleSkill
from skills_matrix.mentoring.models import (
    LearningWish,
    MentorOffer,
    MentorPair,
    MentorSession,
    PairSkill,
)
from skills_matrix.processes.models import BusinessProcess, ProcessNeed
from skills_matrix.projects.ledger_models import BenefitFigure, HourlyRate
from skills_matrix.projects.models import Project, ProjectMember, ProjectNeed, ProjectStep
from skills_matrix.saved_views.models import SavedView
from skills_matrix.suggestions.models import SuggestionAnswer, SuggestionNotices
from skills_matrix.teams.models import TeamAdoption, TeamChoice, TeamRequest

__all__ = [
    "AgeingRule",
    "Assessment",
    "Award",
    "BenefitFigure",
    "BusinessProcess",
    "Campaign",
    "CampaignTask",
    "Competency",
    "CompetencyMapping",
    "Correction",
    "ExchangeFile",
    "Framework",
    "HourlyRate",
    "LearningWish",
    "LevelDescriptor",
    "LevelRule",
    "MatrixState",
    "MentorOffer",
    "MentorPair",
    "MentorSession",
    "PairSkill",
    "ProcessNeed",
    "Project",
    "ProjectMember",
    "ProjectNeed",
    "ProjectStep",
    "SavedView",
    "Settlement",
    "SkillVector",
    "SkillsView",
    "StaleSkill",
    "SuggestionAnswer",
    "SuggestionNotices",
    "Target",
    "TeamAdoption",
    "TeamChoice",
    "TeamRequest",
]
