"""Moments read from PostgreSQL several times faster than by Django's loader.

Django takes each one apart in Python; a page of people, or the place of one learner in a course,
reads hundreds. `datetime.fromisoformat` is C and reads what PostgreSQL writes.
"""

from datetime import UTC, datetime
from typing import Any

from django.db.backends.signals import connection_created
from django.dispatch import receiver


@receiver(connection_created, dispatch_uid="lms_core_timestamps")
def read_moments_fast(connection: Any, **_said: Any) -> None:
    """For connections that speak UTC, as Django's do unless told otherwise."""
    if connection.vendor != "postgresql" or connection.timezone is not UTC:
        return
    from psycopg.adapt import Buffer, Loader

    class MomentLoader(Loader):
        # Django looks here for whether its own loader is to be put in place.
        timezone = UTC

        def load(self, data: Buffer) -> datetime:
            return datetime.fromisoformat(str(data, "ascii"))

    connection.connection.adapters.register_loader("timestamptz", MomentLoader)
