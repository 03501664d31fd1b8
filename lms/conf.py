"""Settings of the package, read when used. Every one is listed in docs/settings.md."""

from datetime import timedelta
from pathlib import Path

from django.conf import settings


class LmsSettings:
    """Prefix `LMS_`."""

    @property
    def STATEMENT_BATCH_LIMIT(self) -> int:
        """How many statements one request may carry."""
        return getattr(settings, "LMS_STATEMENT_BATCH_LIMIT", 100)

    @property
    def STATEMENT_MAX_AGE(self) -> timedelta:
        """How far back a client's clock may place a statement; older is moved to this edge."""
        return getattr(settings, "LMS_STATEMENT_MAX_AGE", timedelta(days=30))

    @property
    def TEST_OUT_PAUSE_DAYS(self) -> int:
        """So many days after a try at a question of a test-out, the next one counts."""
        return int(getattr(settings, "LMS_TEST_OUT_PAUSE_DAYS", 30))

    @property
    def STATE_MAX_BYTES(self) -> int:
        """The largest state document the player may keep, in bytes."""
        return getattr(settings, "LMS_STATE_MAX_BYTES", 256 * 1024)

    @property
    def FORWARD_URL(self) -> str:
        """Where every statement is forwarded to, e.g. https://lrs.example/xapi. Empty = nowhere."""
        return str(getattr(settings, "LMS_FORWARD_URL", ""))

    @property
    def FORWARD_KEY(self) -> str:
        """The key with which this office signs in there (HTTP Basic)."""
        return str(getattr(settings, "LMS_FORWARD_KEY", ""))

    @property
    def FORWARD_SECRET(self) -> str:
        """The secret of that key."""
        return str(getattr(settings, "LMS_FORWARD_SECRET", ""))

    @property
    def LRS_MAX_BYTES(self) -> int:
        """The largest body another system may send to the record store, files included."""
        return int(getattr(settings, "LMS_LRS_MAX_BYTES", 20 * 1024 * 1024))

    @property
    def EXERCISE_FILES_KEPT(self) -> int:
        """Of how many latest attempts of a person at an exercise the file is kept."""
        return int(getattr(settings, "LMS_EXERCISE_FILES_KEPT", 20))

    @property
    def ACTOR_HOME_PAGE(self) -> str:
        """`account.homePage` of every xAPI actor this office issues (an IRI)."""
        return getattr(settings, "LMS_ACTOR_HOME_PAGE", "https://lms.example/")

    @property
    def SMALLEST_GROUP(self) -> int:
        """Of fewer people, numbers about them are kept from those who may not see everybody."""
        return max(1, int(getattr(settings, "LMS_SMALLEST_GROUP", 5)))

    @property
    def JOBS_BACKEND(self) -> str:
        """Alias in `TASKS` of the queue that background jobs go to."""
        return str(getattr(settings, "LMS_JOBS_BACKEND", "default"))

    @property
    def JOB_LEASE_SECONDS(self) -> float:
        """So long after its last sign of life a worker counts as killed, and its job goes on."""
        return float(getattr(settings, "LMS_JOB_LEASE_SECONDS", 60))

    @property
    def SITE_ORIGIN(self) -> str:
        """Where people reach the site, as certificates and badges say; no slash at the end."""
        return str(getattr(settings, "LMS_SITE_ORIGIN", "http://localhost:8000")).rstrip("/")

    @property
    def OFFICE_NAME(self) -> str:
        """The office that certifies, as it is printed on certificates."""
        return str(getattr(settings, "LMS_OFFICE_NAME", "DX Academy"))

    @property
    def CERTIFICATE_MONTHS(self) -> int | None:
        """For how many months a new certificate holds. None = without end."""
        return getattr(settings, "LMS_CERTIFICATE_MONTHS", None)

    @property
    def CERTIFICATE_FONT(self) -> Path | None:
        """A TrueType file with Japanese. None = certificates cannot be printed."""
        value = getattr(settings, "LMS_CERTIFICATE_FONT", None)
        return Path(value) if value else None

    @property
    def BADGE_KEY_FILE(self) -> Path | None:
        """RSA key (PEM) that signs Open Badges; `make_badge_key` writes it. None = no badges."""
        value = getattr(settings, "LMS_BADGE_KEY_FILE", None)
        return Path(value) if value else None

    @property
    def HEAD_TIERS(self) -> tuple[str, ...]:
        """Keys of the job tiers whose holders head the department of their posting."""
        return tuple(getattr(settings, "LMS_HEAD_TIERS", ("G5", "G6")))

    @property
    def REMINDER_DAYS(self) -> int:
        """How many days before the due date a person is reminded of a course."""
        return int(getattr(settings, "LMS_REMINDER_DAYS", 7))

    @property
    def ESCALATION_DAYS(self) -> int:
        """How many days after the due date the head of the section is told."""
        return int(getattr(settings, "LMS_ESCALATION_DAYS", 7))


conf = LmsSettings()
