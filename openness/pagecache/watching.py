"""Every write of this process passes here: what nobody said more about makes every kept page old, so that nothing can be forgotten."""

import re
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.db.backends.base.base import BaseDatabaseWrapper

from . import changes
from .private import is_private
from .topics import told

_TABLE = r'(?:INSERT\s+INTO|REPLACE\s+INTO|UPDATE(?!\s+SET\b)|DELETE\s+FROM|TRUNCATE(?:\s+TABLE)?)\s+(?:ONLY\s+)?"?(\w+)"?'
_WRITE, _WRITES = re.compile(_TABLE, re.IGNORECASE), re.compile(r"\b" + _TABLE, re.IGNORECASE)
_READS = ("SELECT", "PRAGMA", "SAVEPO", "RELEAS", "ROLLBA", "BEGIN", "COMMIT", "EXPLAI", "SET ", "SHOW")
_ready: set[str] = set()


def watch(connection: BaseDatabaseWrapper, **_kwargs: Any) -> None:
    """Once a connection, however often it is opened anew."""
    if connection.alias == "default" and _watched not in connection.execute_wrappers:
        connection.execute_wrappers.append(_watched)


def _watched(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
    if not settings.PAGE_CACHE:
        return execute(sql, params, many, context)
    changes.count_alone()
    if not _is_public_write(sql):
        return execute(sql, params, many, context)
    connection = context["connection"]
    topics = told()
    if not topics or not _has_tables(connection):
        return execute(sql, params, many, context)
    if connection.in_atomic_block:
        done = execute(sql, params, many, context)
        changes.note(topics)
        return done
    changes.note_alone(topics)
    return execute(sql, params, many, context)


def _is_public_write(sql: Any) -> bool:
    words = str(sql).lstrip()
    if words[:6].upper().startswith(_READS):
        return False
    if plain := _WRITE.match(words):
        return not is_private(plain[1])
    return any(not is_private(table) for table in _WRITES.findall(words))


def _has_tables(connection: BaseDatabaseWrapper) -> bool:
    """Not yet while a new database is being migrated."""
    name = str(connection.settings_dict["NAME"])
    if name not in _ready and set(connection.introspection.table_names()) >= changes.TABLES:
        _ready.add(name)
    return name in _ready
