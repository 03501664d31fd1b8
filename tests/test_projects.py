"""The packages inside other people's sites: each project boots, migrates and shows a course."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
import wagtail

ROOT = Path(__file__).resolve().parents[1]
PROJECTS = ["courses_only", "no_skills", "full"]
# Wagtail can swap its page model from 8.0 on; before, such a project cannot exist.
if wagtail.VERSION >= (8,):
    PROJECTS.append("swapped_page")


@pytest.mark.parametrize("project", PROJECTS)
def test_the_packages_boot_and_migrate_in_another_site(project: str, tmp_path: Path) -> None:
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": f"tests.projects.{project}.settings",
        "LMS_PROJECT_DIR": str(tmp_path),
        "PYTHONPATH": str(ROOT),
    }
    done = subprocess.run(
        [sys.executable, "tests/projects/smoke.py"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "boots, migrates and publishes" in done.stdout
