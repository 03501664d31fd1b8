"""Derive the matrix of many people, partition by partition, here or on a Dask cluster."""

from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.dateparse import parse_date

from skills_matrix.frames import midnight
from skills_matrix.scale.engines import ENGINES, build_matrix
from skills_matrix.scale.export import export_facts
from skills_matrix.scale.parts import NoFacts, OtherResult


class Command(BaseCommand):
    help = (
        "Derive the matrix into Parquet files: the cells of each partition and the sums of every "
        "section. Run again, it goes on where it was stopped."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--facts", type=Path, required=True, help="directory of Parquet facts")
        parser.add_argument("--out", type=Path, required=True, help="directory of the result")
        parser.add_argument(
            "--export",
            action="store_true",
            help="first write this site's own facts into --facts, which must be empty",
        )
        parser.add_argument("--as-of", default="", help="of --export: YYYY-MM-DD. Default: today")
        parser.add_argument("--people-per-part", type=int, default=20_000)
        parser.add_argument("--engine", choices=sorted(ENGINES), default="local")
        parser.add_argument(
            "--scheduler", default="", help="dask: address of a running scheduler, tcp://host:port"
        )
        parser.add_argument("--workers", type=int, default=2, help="dask without --scheduler")

    def handle(self, *args: Any, **options: Any) -> None:
        facts, out = options["facts"].resolve(), options["out"].resolve()
        try:
            if options["export"]:
                as_of = midnight(_day(options["as_of"]) or timezone.localdate())
                export_facts(to=facts, as_of=as_of, people_per_part=options["people_per_part"])
            people = build_matrix(
                facts=facts,
                result=out,
                engine=options["engine"],
                scheduler=options["scheduler"],
                workers=options["workers"],
                say=lambda done, total: self.stderr.write(f"\r{done}/{total}", ending=""),
            )
        except FileExistsError as fault:
            raise CommandError(f"{facts} is not empty; name another directory.") from fault
        except NoFacts as fault:
            raise CommandError(
                f"{facts} holds no complete facts. Write them with --export into a new directory."
            ) from fault
        except OtherResult as fault:
            raise CommandError(
                f"{out} holds the matrix of another day or rule; name another directory."
            ) from fault
        except ImportError as fault:
            raise CommandError(
                f"{fault}. Install the extra: pip install dx-academy[scale]"
            ) from fault
        self.stdout.write(f"{people} people derived.")


def _day(text: str) -> date | None:
    try:
        day = parse_date(text)
    except ValueError:
        day = None
    if text and day is None:
        raise CommandError(f"--as-of {text}: not a day. Write YYYY-MM-DD.")
    return day
