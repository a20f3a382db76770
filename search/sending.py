"""Build documents from the database as it is now and write them: what the worker and a rebuild have in common."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import NamedTuple, TypeVar

from django.core.exceptions import ObjectDoesNotExist
from django.db import DataError

from .documents import Document
from .engines.base import Delete, DocumentRejected, Engine, Index, Operation
from .registry import registry

PAGE = 1000
# What one document's data can do to its builder or to the engine. Anything else, such as a lost database, is not its fault.
FAULTS = (
    DocumentRejected,
    ArithmeticError,
    AttributeError,
    DataError,
    LookupError,
    ObjectDoesNotExist,
    RuntimeError,
    TypeError,
    ValueError,
)
_T = TypeVar("_T")


class Wanted(NamedTuple):
    """A document to be brought up to date, and the version that the outbox gave it."""

    kind: str
    key: str
    version: int = 0


class Sent(NamedTuple):
    """What became of it: the operation written, or the fault that kept it from being written."""

    wanted: Wanted
    operation: Operation | None
    fault: Exception | None = None


def send(engine: Engine, wanted: Sequence[Wanted]) -> list[Sent]:
    """Write all of them. One at fault is found by halving, so that the others do not wait for it.

    Raises:
        EngineAway: the engine took nothing, whatever the documents.
    """
    if not wanted:
        return []
    try:
        operations = _operations(wanted)
        engine.apply(operations)
    except FAULTS as fault:
        if len(wanted) == 1:
            return [Sent(wanted[0], None, fault)]
        middle = len(wanted) // 2
        return [*send(engine, wanted[:middle]), *send(engine, wanted[middle:])]
    return [Sent(one, operation) for one, operation in zip(wanted, operations, strict=True)]


def _operations(wanted: Sequence[Wanted]) -> list[Operation]:
    """What is public is indexed, what is not is taken out."""
    documents: dict[tuple[str, str], Document] = {}
    for kind in {one.kind for one in wanted}:
        keys = [one.key for one in wanted if one.kind == kind]
        built = registry.kinds[kind].build(keys) if kind in registry.kinds else {}
        documents |= {(kind, key): document for key, document in built.items()}
    return [
        Index(documents[one.kind, one.key], one.version)
        if (one.kind, one.key) in documents
        else Delete(f"{one.kind}:{one.key}", one.version)
        for one in wanted
    ]


def pages(items: Iterable[_T], size: int = PAGE) -> Iterator[list[_T]]:
    """The items in lists of at most `size`."""
    source = iter(items)
    while page := list(islice(source, size)):
        yield page
