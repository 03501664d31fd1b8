"""The documents say what the code says."""

import inspect
import re
import subprocess
import sys
from pathlib import Path

import pytest

from courses.conf import conf as courses_conf
from lms.conf import conf as lms_conf
from skills_matrix.conf import conf as skills_conf

ROOT = Path(__file__).resolve().parents[2]
PREFIXES = {
    "LMS_COURSES_": courses_conf,
    "LMS_": lms_conf,
    "LMS_SKILLS_": skills_conf,
}
FORBIDDEN = re.compile(
    r"pypi\.org|pythonhosted|registry\.npmjs|deb\.debian\.org|/root/|/work/main", re.IGNORECASE
)


def settings_in_code() -> set[str]:
    return {
        prefix + name
        for prefix, conf in PREFIXES.items()
        for name, value in inspect.getmembers(type(conf))
        if isinstance(value, property)
    }


def test_every_setting_is_documented_and_no_other() -> None:
    text = (ROOT / "docs" / "settings.md").read_text()
    documented = set(re.findall(r"^\| `(LMS_[A-Z0-9_]+)`", text, re.MULTILINE))
    assert documented == settings_in_code()


@pytest.mark.parametrize(
    "name", ["README.md", "CHANGELOG.md", "CONTRIBUTING.md", "LICENSE", "docs/licences.md"]
)
def test_the_document_exists(name: str) -> None:
    assert (ROOT / name).read_text().strip()


def test_the_page_of_frames_is_what_the_engine_says() -> None:
    done = subprocess.run(
        [sys.executable, "scripts/write_frames_doc.py", "--check"], cwd=ROOT, check=False
    )
    assert done.returncode == 0


def test_links_between_documents_lead_somewhere() -> None:
    broken = [
        f"{path.relative_to(ROOT)}: {target}"
        for path in [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]
        for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", path.read_text())
        if not (path.parent / target).exists()
    ]
    assert broken == []


def test_nothing_names_a_registry_or_this_machine() -> None:
    tracked = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True, text=True
    ).stdout.split("\0")
    named = []
    for name in filter(None, tracked):
        path = ROOT / name
        if path == Path(__file__) or not path.is_file():
            continue
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        if FORBIDDEN.search(text):
            named.append(name)
    assert named == []
