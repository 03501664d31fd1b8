import pytest

from lms.people.models import Department, EmploymentType, JobTier, Role


@pytest.fixture
def office(db: None) -> None:
    """One 部 with two 課, another 部 with one; four tiers; three roles; two employment types."""
    citizens = Department.objects.create(key="0400", title_ja="区民部")
    Department.objects.create(key="0402", title_ja="税務課", parent=citizens)
    Department.objects.create(key="0404", title_ja="国保年金課", parent=citizens)
    planning = Department.objects.create(key="0100", title_ja="企画部")
    Department.objects.create(key="0103", title_ja="情報政策課", parent=planning)
    for rank, (key, title) in enumerate(
        [("G1", "係員"), ("G2", "主任"), ("G3", "係長級"), ("G5", "課長級")]
    ):
        JobTier.objects.create(key=key, title_ja=title, rank=rank)
    for key, title in (("FT", "常勤"), ("FY", "会計年度任用")):
        EmploymentType.objects.create(key=key, title_ja=title)
    for key in ("LDR", "DAT", "ICT"):
        Role.objects.create(key=key, title_ja=key)
