"""Every test has an H5P storage of its own, and the real official libraries to fill it with."""

from pathlib import Path
from typing import Any

import pytest

from courses.conf import conf
from courses.h5p.models import H5PLibrary
from courses.h5p.services import install_libraries_from_directory


@pytest.fixture(autouse=True)
def h5p_root(settings: Any, tmp_path: Path) -> Path:
    root = tmp_path / "h5p"
    settings.LMS_COURSES_H5P_ROOT = root
    return root


@pytest.fixture
def official() -> Path:
    """H5P.TrueFalse 1.6 and all it needs, unpacked, as the npm package ships them."""
    for source in conf.H5P_LIBRARY_SOURCES:
        if (source / "H5P.TrueFalse-1.6").is_dir():
            return source
    pytest.fail("LMS_COURSES_H5P_LIBRARY_SOURCES lacks H5P.TrueFalse 1.6: run npm ci first.")


@pytest.fixture
def true_false(db: None, official: Path) -> H5PLibrary:
    """The installed question type."""
    libraries = install_libraries_from_directory(directory=official)
    return next(library for library in libraries if library.machine_name == "H5P.TrueFalse")


QUESTION = {
    "question": "<p>電子申請を使わない方の待ち時間も、DXの成果に数えてよい。</p>",
    "correct": "true",
    "behaviour": {"feedbackOnCorrect": "そのとおりです。"},
}


@pytest.fixture
def question() -> dict[str, Any]:
    """Parameters of a true/false question whose right answer is true."""
    return {**QUESTION, "behaviour": dict(QUESTION["behaviour"])}  # type: ignore[arg-type]
