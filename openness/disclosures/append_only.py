"""Triggers that refuse UPDATE and DELETE on signatures, on SQLite and PostgreSQL (and TRUNCATE on the latter)."""

from typing import Any

_TABLE = "disclosures_signature"
_ADD = {
    "sqlite": (
        f"CREATE TRIGGER signature_no_update BEFORE UPDATE ON {_TABLE} BEGIN SELECT RAISE(ABORT, 'signatures are append-only'); END",
        f"CREATE TRIGGER signature_no_delete BEFORE DELETE ON {_TABLE} BEGIN SELECT RAISE(ABORT, 'signatures are append-only'); END",
    ),
    "postgresql": (
        """CREATE FUNCTION signatures_are_append_only() RETURNS trigger LANGUAGE plpgsql AS
           $$ BEGIN RAISE EXCEPTION 'signatures are append-only'; END $$""",
        f"""CREATE TRIGGER signature_no_change BEFORE UPDATE OR DELETE ON {_TABLE}
            FOR EACH ROW EXECUTE FUNCTION signatures_are_append_only()""",
        f"""CREATE TRIGGER signature_no_truncate BEFORE TRUNCATE ON {_TABLE}
            FOR EACH STATEMENT EXECUTE FUNCTION signatures_are_append_only()""",
    ),
}
_DROP = {
    "sqlite": ("DROP TRIGGER signature_no_update", "DROP TRIGGER signature_no_delete"),
    "postgresql": (
        f"DROP TRIGGER signature_no_change ON {_TABLE}",
        f"DROP TRIGGER signature_no_truncate ON {_TABLE}",
        "DROP FUNCTION signatures_are_append_only()",
    ),
}


def add_triggers(apps: Any, schema_editor: Any) -> None:
    for statement in _ADD[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def drop_triggers(apps: Any, schema_editor: Any) -> None:
    for statement in _DROP[schema_editor.connection.vendor]:
        schema_editor.execute(statement)
