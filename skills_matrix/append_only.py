"""Rows that are written once: the database refuses to change or delete them, whoever asks."""

from django.db.backends.base.base import BaseDatabaseWrapper

from skills_matrix.materialised.triggers import run_statements

TABLES = (
    "lms_skills_skillsview",
    "lms_skills_projectstep",
    "lms_skills_benefitfigure",
    "lms_skills_suggestionanswer",
)
NAME = "lms_skills_append_only"


def install_append_only(connection: BaseDatabaseWrapper) -> None:
    """Put the triggers in place, or anew."""
    remove_append_only(connection)
    statements: list[str] = []
    if connection.vendor == "postgresql":
        statements.append(
            f"""
            CREATE FUNCTION {NAME}() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                RAISE EXCEPTION '% is append-only', TG_TABLE_NAME
                USING ERRCODE = 'restrict_violation';
            END $$
            """
        )
        statements += [
            f"""
            CREATE TRIGGER {NAME} BEFORE UPDATE OR DELETE ON {table}
            FOR EACH ROW EXECUTE FUNCTION {NAME}()
            """
            for table in TABLES
        ]
    elif connection.vendor == "sqlite":
        statements += [
            f"""
            CREATE TRIGGER {NAME}_{table}_{event.lower()} BEFORE {event} ON {table}
            BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END
            """
            for table in TABLES
            for event in ("UPDATE", "DELETE")
        ]
    run_statements(connection, statements)


def remove_append_only(connection: BaseDatabaseWrapper) -> None:
    """As before the package came."""
    if connection.vendor == "postgresql":
        present = set(connection.introspection.table_names())
        tables = [table for table in TABLES if table in present]
        run_statements(
            connection, [f"DROP TRIGGER IF EXISTS {NAME} ON {table}" for table in tables]
        )
        run_statements(connection, [f"DROP FUNCTION IF EXISTS {NAME}()"])
    elif connection.vendor == "sqlite":
        events = ("update", "delete")
        run_statements(
            connection,
            [
                f"DROP TRIGGER IF EXISTS {NAME}_{table}_{event}"
                for table in TABLES
                for event in events
            ],
        )
