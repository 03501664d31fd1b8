"""Which change makes whose cells out of date, noted by the database in the same transaction.

Triggers rather than calls, because no writer can forget them: imports, undo, raw SQL and other
packages' services write these tables, and none of them knows of the matrix.
"""

from django.db.backends.base.base import BaseDatabaseWrapper

PREFIX = "lms_skills_stale"
NOTE = "lms_skills_staleskill"

# Table -> the person whose cells a row concerns, as SQL on the row; "" = everybody.
PEOPLE = {
    "lms_core_courseprogress": "{row}.employee_id",
    "lms_core_posting": "{row}.employee_id",
    "lms_core_posting_roles": (
        "(SELECT employee_id FROM lms_core_posting WHERE id = {row}.posting_id)"
    ),
    "lms_skills_assessment": "{row}.employee_id",
}
RULES = (
    "lms_skills_ageingrule",
    "lms_skills_award",
    "lms_skills_competency",
    "lms_skills_competencymapping",
    "lms_skills_framework",
    "lms_skills_levelrule",
    "lms_skills_target",
)
# Which images of a changed row matter: a fact may move from one person to another.
IMAGES = {"INSERT": ("NEW",), "UPDATE": ("OLD", "NEW"), "DELETE": ("OLD",)}


def install_triggers(connection: BaseDatabaseWrapper) -> None:
    """Put the triggers in place, or anew; other databases than these two have none."""
    remove_triggers(connection)
    make = {"postgresql": _postgresql, "sqlite": _sqlite}.get(connection.vendor)
    if make:
        run_statements(connection, make())


def remove_triggers(connection: BaseDatabaseWrapper) -> None:
    """As before the package came: nothing is noted any more."""
    tables = (*PEOPLE, *RULES)
    if connection.vendor == "postgresql":
        present = set(connection.introspection.table_names())
        statements = [
            f"DROP TRIGGER IF EXISTS {PREFIX} ON {table}" for table in tables if table in present
        ]
        statements += [
            f"DROP FUNCTION IF EXISTS {PREFIX}_{table}()" for table in (*PEOPLE, "everybody")
        ]
        run_statements(connection, statements)
    elif connection.vendor == "sqlite":
        run_statements(
            connection,
            [
                f"DROP TRIGGER IF EXISTS {PREFIX}_{table}_{event.lower()}"
                for table in tables
                for event in IMAGES
            ],
        )


def run_statements(connection: BaseDatabaseWrapper, statements: list[str]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def _note(person: str) -> str:
    return f"INSERT INTO {NOTE} (employee_id) VALUES ({person})"  # noqa: S608 - no input


def _postgresql() -> list[str]:
    statements = []
    for table, person in PEOPLE.items():
        notes = "\n".join(
            f"IF TG_OP = '{event}' THEN "
            + " ".join(f"{_note(person.format(row=image))};" for image in images)
            + " END IF;"
            for event, images in IMAGES.items()
        )
        statements += [
            f"""
            CREATE FUNCTION {PREFIX}_{table}() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN {notes} RETURN NULL; END $$
            """,
            f"""
            CREATE TRIGGER {PREFIX} AFTER INSERT OR UPDATE OR DELETE ON {table}
            FOR EACH ROW EXECUTE FUNCTION {PREFIX}_{table}()
            """,
        ]
    statements.append(
        f"""
        CREATE FUNCTION {PREFIX}_everybody() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN {_note("NULL")}; RETURN NULL; END $$
        """
    )
    statements += [
        f"""
        CREATE TRIGGER {PREFIX} AFTER INSERT OR UPDATE OR DELETE ON {table}
        FOR EACH STATEMENT EXECUTE FUNCTION {PREFIX}_everybody()
        """
        for table in RULES
    ]
    return statements


def _sqlite() -> list[str]:
    people = {**PEOPLE, **dict.fromkeys(RULES, "NULL")}
    return [
        f"CREATE TRIGGER {PREFIX}_{table}_{event.lower()} AFTER {event} ON {table} BEGIN "
        + " ".join(f"{_note(person.format(row=image))};" for image in images)
        + " END"
        for table, person in people.items()
        for event, images in IMAGES.items()
    ]
