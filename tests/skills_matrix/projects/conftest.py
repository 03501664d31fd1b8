from datetime import date
from typing import Any

import pytest

from skills_matrix.projects.models import Project, ProjectMember
from tests.factories import (
    make_competency,
    make_department,
    make_employee,
    make_project,
    make_scale,
    make_tier,
)

RUN = "lms_skills.run_projects"


class RunningProject:
    """A project under way with a lead and a member, and the DX office beside it."""

    def __init__(self, settings: Any) -> None:
        settings.LMS_HEAD_TIERS = ["G5"]
        make_scale()
        self.section = make_department()
        self.office = make_employee(permissions=[RUN])
        self.lead_person = make_employee(department=self.section)
        self.person = make_employee(department=self.section)
        self.head = make_employee(department=self.section, tier=make_tier("G5"))
        self.skill = make_competency("BX-P3")
        self.project = make_project(
            "RPA", measure="M08", status=Project.Status.RUNNING, needs={self.skill: 3}
        )
        self.project.department = self.section
        self.project.save()
        self.lead = self.join(self.lead_person, ProjectMember.Part.LEAD)
        self.member = self.join(self.person, ProjectMember.Part.MEMBER)

    def join(self, employee: Any, part: str) -> ProjectMember:
        return ProjectMember.objects.create(
            project=self.project, employee=employee, part=part, joined_on=date(2026, 4, 1)
        )

    def become(self, status: str) -> None:
        self.project.status = status
        self.project.save()


@pytest.fixture
def running(db: None, settings: Any) -> RunningProject:
    return RunningProject(settings)
