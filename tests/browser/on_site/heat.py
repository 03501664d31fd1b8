"""A matrix of thousands."""


def make_heat(people: int, competencies: int) -> None:
    """A department of its own, HEAT, in ten sections, with a framework HEAT of its own.

    Everybody has a judgement in one of five competencies, another a year before, and a target by
    tier in every second.
    """
    from datetime import date

    from django.db import connection, transaction
    from django.utils import timezone

    from lms.people.models import Department, Employee, JobTier, Posting
    from skills_matrix.competencies.models import Competency, Framework, Target
    from skills_matrix.materialised.services import rebuild_matrix

    kana = "アイウエオカキクケコサシスセソタチツテトナニヌネノ"
    started = date(2020, 4, 1)
    with transaction.atomic():
        top = Department.objects.create(key="HEAT", title_ja="実験部")
        sections = [
            Department.objects.create(key=f"HEAT{n}", title_ja=f"実験第{n}課", parent=top)
            for n in range(10)
        ]
        tiers = list(JobTier.objects.all())
        rows = Employee.objects.bulk_create(
            [
                Employee(
                    staff_number=f"H{n:05}",
                    name=f"実験 {n:04}",
                    kana="".join(kana[(n // 25**k) % 25] for k in range(3)),
                )
                for n in range(people)
            ],
            batch_size=1_000,
        )
        Posting.objects.bulk_create(
            [
                Posting(
                    employee=row,
                    department=sections[n % 10],
                    tier=tiers[n % len(tiers)],
                    starts_on=started,
                )
                for n, row in enumerate(rows)
            ],
            batch_size=1_000,
        )
        framework = Framework.objects.create(key="HEAT", title_ja="実験の体系", version="1.0")
        groups = [
            Competency.objects.create(
                framework=framework, key=f"HG{n}", title_ja=f"分野{n}", is_group=True
            )
            for n in range(competencies // 10)
        ]
        held = Competency.objects.bulk_create(
            Competency(
                framework=framework,
                key=f"HK{n}",
                title_ja=f"実験スキル{n}",
                parent=groups[n // 10],
                position=n,
            )
            for n in range(competencies)
        )
        Target.objects.bulk_create(
            Target(competency=skill, tier=tier, level=1 + (n + m) % 3, effective_from=started)
            for n, skill in enumerate(held)
            for m, tier in enumerate(tiers)
            if n % 2 == 0
        )
        with connection.cursor() as cursor:
            # One note for everybody instead of one for each row.
            cursor.execute("ALTER TABLE lms_skills_assessment DISABLE TRIGGER USER")
            cursor.execute(
                """
                INSERT INTO lms_skills_assessment
                    (employee_id, competency_id, level, kind, assurance, assessed_at, note)
                SELECT e.id, c.id, (e.id / 5 + c.position + ago.days / 365) % 5, 'supervisor', 4,
                       now() - (ago.days + (e.id * 13 + c.position * 29) % 300)
                           * interval '1 day', ''
                FROM lms_core_employee e, lms_skills_competency c,
                     (VALUES (10), (375)) AS ago (days)
                WHERE c.key LIKE 'HK%' AND e.staff_number LIKE 'H0%'
                  AND (e.id + c.position) % 5 = 0
                """
            )
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("ALTER TABLE lms_skills_assessment ENABLE TRIGGER USER")
        rebuild_matrix(now=timezone.now())


def rename_heat(staff_number: str, name: str) -> None:
    """Give one of the people of `make_heat` another name."""
    from lms.people.models import Employee

    Employee.objects.filter(staff_number=staff_number).update(name=name)


def unmake_heat() -> None:
    """The office as it was before `make_heat`."""
    from django.db import connection, transaction

    people = "(SELECT id FROM lms_core_employee WHERE staff_number LIKE 'H0%')"
    skills = "(SELECT id FROM lms_skills_competency WHERE key LIKE 'H_%' AND framework_id IN "
    skills += "(SELECT id FROM lms_skills_framework WHERE key = 'HEAT'))"
    with transaction.atomic(), connection.cursor() as cursor:
        for statement in (
            "ALTER TABLE lms_skills_assessment DISABLE TRIGGER USER",
            f"DELETE FROM lms_skills_assessment WHERE employee_id IN {people}",
            "SET CONSTRAINTS ALL IMMEDIATE",
            "ALTER TABLE lms_skills_assessment ENABLE TRIGGER USER",
            # The log of looks is append-only; these people are taken out of the world with it.
            "ALTER TABLE lms_skills_skillsview DISABLE TRIGGER USER",
            f"DELETE FROM lms_skills_skillsview WHERE subject_id IN {people}",
            "SET CONSTRAINTS ALL IMMEDIATE",
            "ALTER TABLE lms_skills_skillsview ENABLE TRIGGER USER",
            f"DELETE FROM lms_skills_skillvector WHERE employee_id IN {people}",
            f"DELETE FROM lms_core_posting WHERE employee_id IN {people}",
            "DELETE FROM lms_core_employee WHERE staff_number LIKE 'H0%'",
            f"DELETE FROM lms_skills_target WHERE competency_id IN {skills}",
            f"DELETE FROM lms_skills_competency WHERE id IN {skills} AND parent_id IS NOT NULL",
            f"DELETE FROM lms_skills_competency WHERE id IN {skills}",
            "DELETE FROM lms_skills_framework WHERE key = 'HEAT'",
            "DELETE FROM lms_core_department WHERE key LIKE 'HEAT_'",
            "DELETE FROM lms_core_department WHERE key = 'HEAT'",
            "DELETE FROM lms_skills_savedview WHERE query LIKE '%department=HEAT%'",
        ):
            cursor.execute(statement)
