"""Triggers that freeze a version once it is published, its entries with it, and keep adjustments append-only; on SQLite and PostgreSQL."""

from typing import Any

from openness.disclosures.append_only import AppendOnly

_ADJUSTMENTS = AppendOnly("powers_adjustment", "adjustment", "adjustments_are_append_only", "adjustments are append-only")
_WORDS = "published versions are frozen"
_PUBLISHED = "EXISTS (SELECT 1 FROM powers_listversion v WHERE v.id = {row}.version_id AND v.published_at IS NOT NULL)"
_SQLITE = {
    "version_frozen_update": ("UPDATE ON powers_listversion", "OLD.published_at IS NOT NULL"),
    "version_frozen_delete": ("DELETE ON powers_listversion", "OLD.published_at IS NOT NULL"),
    "entry_frozen_update": ("UPDATE ON powers_powerentry", f"{_PUBLISHED.format(row='OLD')} OR {_PUBLISHED.format(row='NEW')}"),
    "entry_frozen_delete": ("DELETE ON powers_powerentry", _PUBLISHED.format(row="OLD")),
    "entry_frozen_insert": ("INSERT ON powers_powerentry", _PUBLISHED.format(row="NEW")),
}
_POSTGRESQL = (
    f"""CREATE FUNCTION version_is_frozen() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        IF OLD.published_at IS NOT NULL THEN RAISE EXCEPTION '{_WORDS}'; END IF;
        IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW; END $$""",
    "CREATE TRIGGER version_frozen BEFORE UPDATE OR DELETE ON powers_listversion FOR EACH ROW EXECUTE FUNCTION version_is_frozen()",
    f"""CREATE FUNCTION entry_is_frozen() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        IF TG_OP <> 'INSERT' AND {_PUBLISHED.format(row="OLD")} THEN RAISE EXCEPTION '{_WORDS}'; END IF;
        IF TG_OP <> 'DELETE' AND {_PUBLISHED.format(row="NEW")} THEN RAISE EXCEPTION '{_WORDS}'; END IF;
        IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW; END $$""",
    "CREATE TRIGGER entry_frozen BEFORE INSERT OR UPDATE OR DELETE ON powers_powerentry FOR EACH ROW EXECUTE FUNCTION entry_is_frozen()",
)
_UNDO_POSTGRESQL = (
    "DROP TRIGGER version_frozen ON powers_listversion", "DROP FUNCTION version_is_frozen()",
    "DROP TRIGGER entry_frozen ON powers_powerentry", "DROP FUNCTION entry_is_frozen()",
)  # fmt: skip


def add_triggers(apps: Any, schema_editor: Any) -> None:
    if schema_editor.connection.vendor == "sqlite":
        for name, (act, condition) in _SQLITE.items():
            schema_editor.execute(f"CREATE TRIGGER {name} BEFORE {act} WHEN {condition} BEGIN SELECT RAISE(ABORT, '{_WORDS}'); END")
    else:
        for statement in _POSTGRESQL:
            schema_editor.execute(statement)
    _ADJUSTMENTS.add_triggers(apps, schema_editor)


def drop_triggers(apps: Any, schema_editor: Any) -> None:
    statements = [f"DROP TRIGGER {name}" for name in _SQLITE] if schema_editor.connection.vendor == "sqlite" else _UNDO_POSTGRESQL
    for statement in statements:
        schema_editor.execute(statement)
    _ADJUSTMENTS.drop_triggers(apps, schema_editor)
