"""Settings of the package, read when used. Every one is listed in docs/settings.md."""

from datetime import timedelta

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
    def STATE_MAX_BYTES(self) -> int:
        """The largest state document the player may keep, in bytes."""
        return getattr(settings, "LMS_STATE_MAX_BYTES", 256 * 1024)

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
        """To those who may not see people, numbers of people are rounded to multiples of this."""
        return max(1, int(getattr(settings, "LMS_SMALLEST_GROUP", 5)))

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

    @property
    def SITE_ADDRESS(self) -> str:
        """Where the site is, for links in e-mail, e.g. https://lms.example.jp. Empty = no links."""
        return str(getattr(settings, "LMS_SITE_ADDRESS", "")).rstrip("/")


conf = LmsSettings()
