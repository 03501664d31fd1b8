"""Settings of the package, read when used. Every one is listed in docs/settings.md."""

from pathlib import Path

from django.conf import settings

from courses.exercises.limits import Limits as ExerciseLimits
from courses.h5p.limits import Limits


class CoursesSettings:
    """Prefix `LMS_COURSES_`."""

    @property
    def SITE_ORIGINS(self) -> tuple[str, ...]:
        """Origins whose pages may show an H5P player and talk to it, e.g. https://lms.example.jp."""
        return tuple(
            origin.rstrip("/") for origin in getattr(settings, "LMS_COURSES_SITE_ORIGINS", ())
        )

    @property
    def CONTENT_ORIGIN(self) -> str:
        """Where H5P runs: another host name than the site's. Empty = H5P cannot be played."""
        return (getattr(settings, "LMS_COURSES_CONTENT_ORIGIN", "") or "").rstrip("/")

    @property
    def H5P_ROOT(self) -> Path | None:
        """Folder of installed H5P files. Not needed where STORAGES has an alias "h5p"."""
        root = getattr(settings, "LMS_COURSES_H5P_ROOT", None)
        return Path(root) if root else None

    @property
    def H5P_PLAYER_DIR(self) -> Path | None:
        """The dist folder of the npm package h5p-standalone. None = H5P cannot be played."""
        directory = getattr(settings, "LMS_COURSES_H5P_PLAYER_DIR", None)
        return Path(directory) if directory else None

    @property
    def H5P_LIBRARY_SOURCES(self) -> tuple[Path, ...]:
        """Folders with unpacked H5P libraries that the librarian trusts, e.g. of npm packages."""
        sources = getattr(settings, "LMS_COURSES_H5P_LIBRARY_SOURCES", ())
        return tuple(Path(path) for path in sources)

    @property
    def H5P_TOKEN_SECONDS(self) -> int:
        """How long the address of a player works. It must outlive a sitting, not a day."""
        return int(getattr(settings, "LMS_COURSES_H5P_TOKEN_SECONDS", 8 * 60 * 60))

    @property
    def H5P_LIMITS(self) -> Limits:
        """What an H5P package may weigh: fields of courses/h5p/limits.py `Limits`."""
        return Limits(**getattr(settings, "LMS_COURSES_H5P_LIMITS", {}))

    @property
    def H5P_HUB_URL(self) -> str:
        """Where content types are fetched from, e.g. https://api.h5p.org/v1. Empty = nowhere."""
        return (getattr(settings, "LMS_COURSES_H5P_HUB_URL", "") or "").rstrip("/")

    @property
    def EXERCISE_LIMITS(self) -> ExerciseLimits:
        """What an exercise's file may hold: fields of courses/exercises/limits.py `Limits`."""
        return ExerciseLimits(**getattr(settings, "LMS_COURSES_EXERCISE_LIMITS", {}))

    @property
    def REVIEW_ADDRESS(self) -> str:
        """Where the review screen is, with {token}. Empty = there is none, and no links to it."""
        return str(getattr(settings, "LMS_COURSES_REVIEW_ADDRESS", ""))

    @property
    def CHECK_ALLOWED_HOSTS(self) -> tuple[str, ...]:
        """Further hosts that learners reach, e.g. of the intranet; the course check allows them."""
        return tuple(getattr(settings, "LMS_COURSES_CHECK_ALLOWED_HOSTS", ()))


conf = CoursesSettings()
