"""The committed OpenAPI snapshot and the client's types must be what the code generates."""

import io
import subprocess
import sys
import tempfile
from pathlib import Path

import django
from django.core.management import call_command

ROOT = Path(__file__).resolve().parents[1]
SNAPSHOT = ROOT / "tests" / "snapshots" / "openapi.yaml"
CLIENT = ROOT / "lms" / "client"
TYPES = CLIENT / "src" / "api" / "schema.d.ts"

django.setup()
written = io.StringIO()
call_command("spectacular", "--lang", "en", "--validate", "--fail-on-warn", stdout=written)
if written.getvalue().strip() != SNAPSHOT.read_text(encoding="utf-8").strip():
    sys.exit("tests/snapshots/openapi.yaml is out of date: run `make schema` and read the diff.")
with tempfile.TemporaryDirectory() as directory:
    made = Path(directory) / "schema.d.ts"
    subprocess.check_call(
        ["npx", "--no-install", "openapi-typescript", str(SNAPSHOT), "--output", str(made)],
        cwd=CLIENT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    if made.read_text() != TYPES.read_text():
        sys.exit("lms/client/src/api/schema.d.ts is out of date: run `make schema`.")
