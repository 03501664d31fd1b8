"""Every model of the app, so that Django finds them; each lives in its applet."""

from skills_matrix.assessments.models import Assessment, SkillsView
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
from skills_matrix.materialised.models import MatrixState, SkillVector, StaleSkill
from skills_matrix.processes.models import BusinessProcess, ProcessNeed
from skills_matrix.projects.models import Project, ProjectNeed

__all__ = [
    "AgeingRule",
    "Assessment",
    "Award",
    "BusinessProcess",
    "Competency",
    "CompetencyMapping",
    "Framework",
    "LevelDescriptor",
    "LevelRule",
    "MatrixState",
    "ProcessNeed",
    "Project",
    "ProjectNeed",
    "SkillVector",
    "SkillsView",
    "StaleSkill",
    "Target",
]
