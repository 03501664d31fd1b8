"""Statements are never changed or deleted: the database refuses it, whoever asks."""

from django.db import migrations

TABLE = "lms_core_statement"

POSTGRESQL = [
    f"""
    CREATE FUNCTION {TABLE}_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        RAISE EXCEPTION 'statements are append-only' USING ERRCODE = 'restrict_violation';
    END $$
    """,
    f"""
    CREATE TRIGGER {TABLE}_append_only BEFORE UPDATE OR DELETE ON {TABLE}
    FOR EACH ROW EXECUTE FUNCTION {TABLE}_append_only()
    """,
]
POSTGRESQL_BACK = [
    f"DROP TRIGGER {TABLE}_append_only ON {TABLE}",
    f"DROP FUNCTION {TABLE}_append_only()",
]
SQLITE = [
    f"""
    CREATE TRIGGER {TABLE}_no_{action.lower()} BEFORE {action} ON {TABLE}
    BEGIN SELECT RAISE(ABORT, 'statements are append-only'); END
    """
    for action in ("UPDATE", "DELETE")
]
SQLITE_BACK = [f"DROP TRIGGER {TABLE}_no_{action}" for action in ("update", "delete")]

FORWARD = {"postgresql": POSTGRESQL, "sqlite": SQLITE}
BACK = {"postgresql": POSTGRESQL_BACK, "sqlite": SQLITE_BACK}


def run(table):
    def execute(apps, schema_editor):
        for statement in table.get(schema_editor.connection.vendor, []):
            schema_editor.execute(statement)

    return execute


class Migration(migrations.Migration):
    dependencies = [("lms_core", "0001_initial")]
    operations = [migrations.RunPython(run(FORWARD), run(BACK))]
