"""Triggers that refuse UPDATE and DELETE on the history of rectification orders, on SQLite and PostgreSQL."""

from typing import Any

_TABLE = "supervision_rectificationevent"
_ADD = {
    "sqlite": (
        f"CREATE TRIGGER rectification_no_update BEFORE UPDATE ON {_TABLE} BEGIN SELECT RAISE(ABORT, 'history is append-only'); END",
        f"CREATE TRIGGER rectification_no_delete BEFORE DELETE ON {_TABLE} BEGIN SELECT RAISE(ABORT, 'history is append-only'); END",
    ),
    "postgresql": (
        """CREATE FUNCTION rectification_history_is_append_only() RETURNS trigger LANGUAGE plpgsql AS
           $$ BEGIN RAISE EXCEPTION 'history is append-only'; END $$""",
        f"""CREATE TRIGGER rectification_no_change BEFORE UPDATE OR DELETE ON {_TABLE}
            FOR EACH ROW EXECUTE FUNCTION rectification_history_is_append_only()""",
        f"""CREATE TRIGGER rectification_no_truncate BEFORE TRUNCATE ON {_TABLE}
            FOR EACH STATEMENT EXECUTE FUNCTION rectification_history_is_append_only()""",
    ),
}
_DROP = {
    "sqlite": ("DROP TRIGGER rectification_no_update", "DROP TRIGGER rectification_no_delete"),
    "postgresql": (
        f"DROP TRIGGER rectification_no_change ON {_TABLE}",
        f"DROP TRIGGER rectification_no_truncate ON {_TABLE}",
        "DROP FUNCTION rectification_history_is_append_only()",
    ),
}


def add_triggers(apps: Any, schema_editor: Any) -> None:
    for statement in _ADD[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def drop_triggers(apps: Any, schema_editor: Any) -> None:
    for statement in _DROP[schema_editor.connection.vendor]:
        schema_editor.execute(statement)
