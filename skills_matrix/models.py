"""Every model of the app, so that Django finds them; each lives in its applet."""

from skills_matrix.assessments.models import Assessment, SkillsView
from skills_matrix.competencies.models import (
    Award,
    Competency,
    Framework,
    LevelDescriptor,
    Target,
)
from skills_matrix.projects.models import Project, ProjectNeed

__all__ = [
    "Assessment",
    "Award",
    "Competency",
    "Framework",
    "LevelDescriptor",
    "Project",
    "ProjectNeed",
    "SkillsView",
    "Target",
]
