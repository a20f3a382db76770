"""Triggers that refuse UPDATE and DELETE on what reviewers let through, on SQLite and PostgreSQL."""

from typing import Any

_TABLE = "disclosures_ruleoverride"
_ADD = {
    "sqlite": (
        f"CREATE TRIGGER override_no_update BEFORE UPDATE ON {_TABLE} BEGIN SELECT RAISE(ABORT, 'overrides are append-only'); END",
        f"CREATE TRIGGER override_no_delete BEFORE DELETE ON {_TABLE} BEGIN SELECT RAISE(ABORT, 'overrides are append-only'); END",
    ),
    "postgresql": (
        """CREATE FUNCTION overrides_are_append_only() RETURNS trigger LANGUAGE plpgsql AS
           $$ BEGIN RAISE EXCEPTION 'overrides are append-only'; END $$""",
        f"""CREATE TRIGGER override_no_change BEFORE UPDATE OR DELETE ON {_TABLE}
            FOR EACH ROW EXECUTE FUNCTION overrides_are_append_only()""",
        f"""CREATE TRIGGER override_no_truncate BEFORE TRUNCATE ON {_TABLE}
            FOR EACH STATEMENT EXECUTE FUNCTION overrides_are_append_only()""",
    ),
}
_DROP = {
    "sqlite": ("DROP TRIGGER override_no_update", "DROP TRIGGER override_no_delete"),
    "postgresql": (
        f"DROP TRIGGER override_no_change ON {_TABLE}",
        f"DROP TRIGGER override_no_truncate ON {_TABLE}",
        "DROP FUNCTION overrides_are_append_only()",
    ),
}


def add_triggers(apps: Any, schema_editor: Any) -> None:
    for statement in _ADD[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def drop_triggers(apps: Any, schema_editor: Any) -> None:
    for statement in _DROP[schema_editor.connection.vendor]:
        schema_editor.execute(statement)
