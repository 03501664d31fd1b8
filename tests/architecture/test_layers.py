"""What import-linter cannot see: foreign keys by string, our own signals, words and folders."""

import ast
from pathlib import Path

import pytest
from django.apps import apps

ROOT = Path(__file__).resolve().parents[2]
LAYERS = ["lms_courses", "lms_course_pages", "lms_core", "lms_skills", "lms_api", "lms_host"]
PACKAGES = ["courses", "lms", "skills_matrix", "api", "host"]
SOURCES = [
    path
    for package in PACKAGES
    for path in (ROOT / package).rglob("*.py")
    if "node_modules" not in path.parts
]


def test_foreign_keys_point_down_the_layers() -> None:
    upward = [
        f"{model._meta.label}.{field.name} -> {field.related_model._meta.label}"
        for label in LAYERS
        for model in apps.get_app_config(label).get_models()
        for field in model._meta.get_fields()
        if field.concrete
        and field.is_relation
        and field.related_model is not None
        and field.related_model._meta.app_label in LAYERS
        and LAYERS.index(field.related_model._meta.app_label) > LAYERS.index(label)
    ]
    assert upward == []


def test_api_and_host_have_no_models() -> None:
    assert [
        model._meta.label
        for label in ("lms_api", "lms_host")
        for model in apps.get_app_config(label).get_models()
    ] == []


def test_tables_carry_the_app_prefix() -> None:
    tables = [
        model._meta.db_table
        for label in LAYERS
        for model in apps.get_app_config(label).get_models(include_auto_created=True)
    ]
    assert tables
    assert [table for table in tables if not table.startswith("lms_")] == []


def test_nobody_here_listens_to_our_own_signals() -> None:
    listeners = [
        str(path.relative_to(ROOT))
        for path in SOURCES
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Attribute)
        and node.attr == "connect"
        and isinstance(node.value, ast.Attribute | ast.Name)
        and getattr(node.value, "attr", getattr(node.value, "id", ""))
        in {"statements_recorded", "course_completed"}
    ]
    assert listeners == []


def test_signals_are_sent_only_after_the_transaction() -> None:
    senders = [
        str(path.relative_to(ROOT))
        for path in SOURCES
        if "signals." in path.read_text() and ".send" in path.read_text()
    ]
    assert senders == ["lms/flows.py"]
    assert "transaction.on_commit" in (ROOT / "lms/flows.py").read_text()


@pytest.mark.parametrize("name", ["utils.py", "helpers.py", "common.py"])
def test_no_module_is_named_for_nothing_in_particular(name: str) -> None:
    assert [path for path in SOURCES if path.name == name] == []


def test_no_module_grows_past_four_hundred_lines() -> None:
    long = {
        str(path.relative_to(ROOT)): lines
        for path in SOURCES
        if "migrations" not in path.parts and (lines := len(path.read_text().splitlines())) > 430
    }
    assert long == {}


def test_request_objects_stay_out_of_the_domain() -> None:
    # What answers the browser: by the last word of the module's name.
    allowed = {"views", "viewsets", "endpoints", "admin", "serving", "middleware", "hooks"}
    named = [
        str(path.relative_to(ROOT))
        for path in SOURCES
        if path.relative_to(ROOT).parts[0] in {"courses", "lms", "skills_matrix"}
        and path.stem.rpartition("_")[2] not in allowed
        and "HttpRequest" in path.read_text()
    ]
    assert named == []


def test_no_blind_except_swallows_what_it_catches() -> None:
    """Cleaning up after anything is fine as long as it is raised again."""
    blind = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in SOURCES
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.ExceptHandler)
        and (node.type is None or getattr(node.type, "id", "") in {"Exception", "BaseException"})
        and not (isinstance(node.body[-1], ast.Raise) and node.body[-1].exc is None)
    ]
    assert blind == []
