"""Whether kept pages are still true, asked of the database without Django: one connection of the process for this and nothing else.

A request may use only an answer that was asked for after the request came. Requests that come while a question is under way share the
next one, so that many readers cost few questions.
"""

import threading
import time
from collections.abc import Sequence
from typing import Any, Protocol

from django.db import DEFAULT_DB_ALIAS, connections

from .changes import ALL_QUERY, token_of, token_query

_RENEWED_AFTER = 60.0  # seconds, as the connections of Django: a database that was put in another's place is found


class Dated(Protocol):
    """What was made when the versions of its topics were `token`, and was last found true at this count of all changes."""

    topics: Sequence[str]
    token: str
    true_at: int


class Asking:
    """Safe for threads. Whatever the database cannot answer counts as not true: Django makes the page or says what is wrong."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._line: _Line | None = None
        self._begun = 0
        self._answer: int | None = None

    def is_true(self, kept: Dated) -> bool:
        now = self._changes()
        return now is not None and (kept.true_at == now or self._is_true_at(kept, now))

    def close(self) -> None:
        with self._lock:
            self._hang_up()

    def _changes(self) -> int | None:
        """How many changes were counted up to a moment after this call; None while one is noted and not counted."""
        needed = self._begun + 1
        with self._lock:
            if self._begun < needed:
                self._begun += 1
                ((number, is_noted),) = self._asked(ALL_QUERY, ()) or ((0, True),)
                self._answer = None if is_noted else number or 0
            return self._answer

    def _is_true_at(self, kept: Dated, now: int) -> bool:
        """By the versions of its own topics. They are read after `now` was, so a change that comes later raises that."""
        with self._lock:
            rows = self._asked(token_query(len(kept.topics)), [*kept.topics, *kept.topics])
        if rows is None or token_of(kept.topics, rows) != kept.token:
            return False
        kept.true_at = now
        return True

    def _asked(self, sql: str, parameters: Sequence[str]) -> list[tuple[Any, ...]] | None:
        try:
            if self._line is None or self._line.is_old():
                self._hang_up()
                self._line = _Line()
            return self._line.ask(sql, parameters)
        except _django().Database.Error:
            self._hang_up()
            return None

    def _hang_up(self) -> None:
        line, self._line = self._line, None
        if line is not None:
            line.close()


def _django() -> Any:
    """This thread's connection of Django, for how to open another; `Database` is its driver, which the stubs do not know."""
    return connections[DEFAULT_DB_ALIAS]


class _Line:
    """A connection as Django opens one, and a cursor that is used again and again."""

    def __init__(self) -> None:
        django = _django()
        self._errors = django.Database.Error
        self._connection = django.get_new_connection(django.get_connection_params())
        self._is_sqlite = django.vendor == "sqlite"
        if self._is_sqlite:
            self._connection.isolation_level = None
        else:
            self._connection.autocommit = True
        self._cursor = self._connection.cursor()
        self._until = time.monotonic() + _RENEWED_AFTER

    def is_old(self) -> bool:
        return time.monotonic() > self._until

    def ask(self, sql: str, parameters: Sequence[str]) -> list[tuple[Any, ...]]:
        """Read to the end: a statement left half read would go on seeing the database of that moment."""
        self._cursor.execute(sql.replace("%s", "?") if self._is_sqlite else sql, parameters)
        return list(self._cursor.fetchall())

    def close(self) -> None:
        try:
            self._connection.close()
        except self._errors:
            return  # it was broken, which is why it is closed


asking = Asking()
