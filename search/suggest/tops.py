"""The best terms of prefixes that very many keys share, such as one letter: worked out beforehand, in one pass in key order."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from .keys import Kind
from .models import TermKey, TermTop

MOST_SUGGESTIONS = 8
MOST_ROWS = 250  # so many are sorted while somebody waits
_DEEPEST = 12


class Row(NamedTuple):
    """A key that matched, and its term."""

    key: str
    kind: int
    weight: int
    text: str
    source: str


COLUMNS = ("key", "kind", "term__weight", "term__text", "term__source")


def row_of(columns: Any) -> Row:
    """A row from the columns above."""
    return Row(bytes(columns[0]).decode(), *columns[1:])


@dataclass
class _Run:
    """The rows so far that share a prefix."""

    prefix: str
    rows: list[Row] = field(default_factory=list)


def best(rows: list[Row], typed: str, limit: int) -> list[tuple[str, str]]:
    """(text, source) of the best terms, each once: by the kind of the match, the whole key before a beginning, then by weight."""
    ordered = sorted(rows, key=lambda row: (row.kind, row.key != typed, -row.weight, len(row.text), row.text))
    return list({row.text: (row.text, row.source) for row in reversed(ordered)}.values())[::-1][:limit]


def tops() -> Iterator[TermTop]:
    """One row for each prefix, up to 12 characters, that more than 250 keys share."""
    runs: list[_Run] = []
    for row in _rows_in_key_order():
        while runs and not row.key.startswith(runs[-1].prefix):
            yield from _closed([runs.pop()])
        runs += [_Run(row.key[:length]) for length in range(len(runs) + 1, min(len(row.key), _DEEPEST) + 1)]
        for run in runs:
            run.rows.append(row)
    yield from _closed(runs)


def _rows_in_key_order() -> Iterator[Row]:
    return map(row_of, TermKey.objects.filter(kind__lt=Kind.WORD).order_by("key").values_list(*COLUMNS).iterator(chunk_size=2000))


def _closed(runs: list[_Run]) -> Iterator[TermTop]:
    for run in runs:
        if len(run.rows) > MOST_ROWS:
            yield TermTop(prefix=run.prefix.encode(), terms=best(run.rows, run.prefix, MOST_SUGGESTIONS))
