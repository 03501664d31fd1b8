"""Every benchmark, one after the other. They print ratios; nothing is asserted.

`--national` adds the 2.8 million people of a nation, which take an hour.
"""

import os
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
from services import postgresql

ROOT = Path(__file__).resolve().parents[1]
DATABASE = "lms_bench"


def main() -> int:
    with postgresql() as url:
        server = url.replace("postgres://", "postgresql://")
        with psycopg.connect(server, autocommit=True) as connection:
            connection.execute(f"DROP DATABASE IF EXISTS {DATABASE} WITH (FORCE)")
            connection.execute(f"CREATE DATABASE {DATABASE}")
        try:
            environment = os.environ | {
                "DATABASE_URL": urlunsplit(urlsplit(url)._replace(path=f"/{DATABASE}")),
                "DJANGO_SETTINGS_MODULE": "bench.settings",
                "PYTHONPATH": str(ROOT),
            }
            failed = 0
            for path in (
                ROOT / "bench" / "engine_matrix.py",
                ROOT / "bench" / "coverage.py",
                ROOT / "bench" / "ingest.py",
                ROOT / "bench" / "matrix_page.py",
                ROOT / "bench" / "matrix_excel.py",
                ROOT / "bench" / "rule_evaluation.py",
                ROOT / "bench" / "home_page.py",
                ROOT / "bench" / "teams.py",
                ROOT / "bench" / "suggestions.py",
                ROOT / "bench" / "fairness.py",
                ROOT / "bench" / "national.py",
            ):
                print(f"\n==> {path.stem}", flush=True)
                options = sys.argv[1:] if path.stem == "national" else []
                failed |= subprocess.call(
                    [sys.executable, str(path), *options], cwd=ROOT, env=environment
                )
            return failed
        finally:
            with psycopg.connect(server, autocommit=True) as connection:
                connection.execute(f"DROP DATABASE IF EXISTS {DATABASE} WITH (FORCE)")


if __name__ == "__main__":
    sys.exit(main())
