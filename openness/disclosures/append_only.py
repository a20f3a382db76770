"""Triggers that refuse UPDATE and DELETE on a table whose rows stay for good, on SQLite and PostgreSQL (and TRUNCATE on the latter)."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class AppendOnly:
    """`trigger` begins the names of the triggers, `function` is PostgreSQL's; `words` are what the database answers."""

    table: str
    trigger: str
    function: str
    words: str

    def add_triggers(self, apps: Any, schema_editor: Any) -> None:
        self._execute(schema_editor, {"sqlite": self._sqlite(), "postgresql": self._postgresql()})

    def drop_triggers(self, apps: Any, schema_editor: Any) -> None:
        sqlite = [f"DROP TRIGGER {self.trigger}_no_{act}" for act in ("update", "delete")]
        postgresql = [f"DROP TRIGGER {self.trigger}_no_{act} ON {self.table}" for act in ("change", "truncate")]
        self._execute(schema_editor, {"sqlite": sqlite, "postgresql": [*postgresql, f"DROP FUNCTION {self.function}()"]})

    def _execute(self, schema_editor: Any, statements: dict[str, list[str]]) -> None:
        for statement in statements[schema_editor.connection.vendor]:
            schema_editor.execute(statement)

    def _sqlite(self) -> list[str]:
        refuse = f"BEGIN SELECT RAISE(ABORT, '{self.words}'); END"
        return [f"CREATE TRIGGER {self.trigger}_no_{act.lower()} BEFORE {act} ON {self.table} {refuse}" for act in ("UPDATE", "DELETE")]

    def _postgresql(self) -> list[str]:
        return [
            f"CREATE FUNCTION {self.function}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION '{self.words}'; END $$",
            f"""CREATE TRIGGER {self.trigger}_no_change BEFORE UPDATE OR DELETE ON {self.table}
                FOR EACH ROW EXECUTE FUNCTION {self.function}()""",
            f"""CREATE TRIGGER {self.trigger}_no_truncate BEFORE TRUNCATE ON {self.table}
                FOR EACH STATEMENT EXECUTE FUNCTION {self.function}()""",
        ]


SIGNATURES = AppendOnly("disclosures_signature", "signature", "signatures_are_append_only", "signatures are append-only")
OVERRIDES = AppendOnly("disclosures_ruleoverride", "override", "overrides_are_append_only", "overrides are append-only")
