"""Triggers that refuse UPDATE and DELETE on receipts, on SQLite and PostgreSQL (and TRUNCATE on the latter)."""

from typing import Any

from django.db import migrations

SQLITE = (
    """CREATE TRIGGER receipt_no_update BEFORE UPDATE ON disclosures_receipt
       BEGIN SELECT RAISE(ABORT, 'receipts are append-only'); END""",
    """CREATE TRIGGER receipt_no_delete BEFORE DELETE ON disclosures_receipt
       BEGIN SELECT RAISE(ABORT, 'receipts are append-only'); END""",
)
POSTGRESQL = (
    """CREATE FUNCTION receipts_are_append_only() RETURNS trigger LANGUAGE plpgsql AS
       $$ BEGIN RAISE EXCEPTION 'receipts are append-only'; END $$""",
    """CREATE TRIGGER receipt_no_change BEFORE UPDATE OR DELETE ON disclosures_receipt
       FOR EACH ROW EXECUTE FUNCTION receipts_are_append_only()""",
    """CREATE TRIGGER receipt_no_truncate BEFORE TRUNCATE ON disclosures_receipt
       FOR EACH STATEMENT EXECUTE FUNCTION receipts_are_append_only()""",
)
UNDO = {
    "sqlite": ("DROP TRIGGER receipt_no_update", "DROP TRIGGER receipt_no_delete"),
    "postgresql": (
        "DROP TRIGGER receipt_no_change ON disclosures_receipt",
        "DROP TRIGGER receipt_no_truncate ON disclosures_receipt",
        "DROP FUNCTION receipts_are_append_only()",
    ),
}


def add_triggers(apps: Any, schema_editor: Any) -> None:
    statements = {"sqlite": SQLITE, "postgresql": POSTGRESQL}
    _execute(schema_editor, statements)


def drop_triggers(apps: Any, schema_editor: Any) -> None:
    _execute(schema_editor, UNDO)


def _execute(schema_editor: Any, statements: dict[str, tuple[str, ...]]) -> None:
    for statement in statements[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("disclosures", "0001_initial")]
    operations = [migrations.RunPython(add_triggers, drop_triggers)]
