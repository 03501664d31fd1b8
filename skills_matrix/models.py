"""Every model of the app, so that Django finds them; each lives in its applet."""

from skills_matrix.assessments.models import Assessment, SkillsView
from skills_matrix.campaigns.models import Campaign, CampaignTask
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
from skills_matrix.projects.models import Project, ProjectMember, ProjectNeed
from skills_matrix.saved_views.models import SavedView
from skills_matrix.teams.models import TeamAdoption, TeamChoice, TeamRequest

__all__ = [
    "AgeingRule",
    "Assessment",
    "Award",
    "BusinessProcess",
    "Campaign",
    "CampaignTask",
    "Competency",
    "CompetencyMapping",
    "Correction",
    "ExchangeFile",
    "Framework",
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
    "SavedView",
    "SkillVector",
    "SkillsView",
    "StaleSkill",
    "Target",
    "TeamAdoption",
    "TeamChoice",
    "TeamRequest",
]
