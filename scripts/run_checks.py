"""The checks that need Django: system checks, migrations, translations, OpenAPI snapshot."""

import os
import subprocess
import sys
from pathlib import Path

from services import postgresql

ROOT = Path(__file__).resolve().parents[1]
CHECKS = (
    ("system checks", ["manage.py", "check", "--fail-level", "WARNING"]),
    ("migrations", ["manage.py", "makemigrations", "--check", "--dry-run"]),
    ("translations", ["scripts/check_translations.py"]),
    ("OpenAPI snapshot", ["scripts/check_schema.py"]),
)


def main() -> int:
    faults = []
    with postgresql() as url:
        environment = os.environ | {
            "DATABASE_URL": url,
            "DJANGO_SETTINGS_MODULE": "host.settings.test",
            "PYTHONPATH": str(ROOT),
        }
        for title, command in CHECKS:
            if subprocess.call([sys.executable, *command], cwd=ROOT, env=environment):
                faults.append(title)
    if faults:
        print(f"Failed: {', '.join(faults)}")
    return len(faults)


if __name__ == "__main__":
    sys.exit(main())
