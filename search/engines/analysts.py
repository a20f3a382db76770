"""Analysis in several processes, for filling a whole index: cutting words holds the interpreter's lock, so threads gain nothing."""

import logging
import os
from collections.abc import Iterator, Sequence
from concurrent.futures import BrokenExecutor, ProcessPoolExecutor
from contextlib import contextmanager
from contextvars import ContextVar
from multiprocessing import get_context

from ..analysis import known_names, set_word_source
from ..documents import Document, FilePage
from .tokens import token_fields

logger = logging.getLogger(__name__)
WORTHWHILE = 10_000  # documents; fewer are done before the processes have started, which takes each half a second of processor
_CHUNK, _MOST_PROCESSES = 100, 8
_executor: ContextVar[ProcessPoolExecutor | None] = ContextVar("executor", default=None)


@contextmanager
def analysts(documents: int) -> Iterator[None]:
    """Inside, in this thread, large batches are analysed on all processors, with the names as they are known now."""
    processes = min(len(os.sched_getaffinity(0)), _MOST_PROCESSES)
    if documents < WORTHWHILE or processes < 2:
        yield
        return
    # Spawned, not forked: this process has threads and connections.
    with ProcessPoolExecutor(processes, get_context("spawn"), initializer=_begin, initargs=(known_names(),)) as executor:
        before = _executor.set(executor)
        try:
            yield
        finally:
            _executor.reset(before)


def fields_of(documents: Sequence[Document]) -> Iterator[dict[str, str]]:
    """The token fields of each, in order. Raises what analysing one of them raises."""
    executor = _executor.get()
    if executor is None or len(documents) <= _CHUNK:
        yield from map(token_fields, documents)
        return
    texts = [(document.title, document.body, document.files) for document in documents]
    chunks = [texts[start : start + _CHUNK] for start in range(0, len(texts), _CHUNK)]
    try:
        analysed = list(executor.map(_analyse, chunks))
    except BrokenExecutor:  # a process was killed, as by want of memory: no document's fault
        logger.warning("a process that analyses texts has died; going on without", exc_info=True)
        _executor.set(None)
        yield from map(token_fields, documents)
        return
    for fields in analysed:
        yield from fields


def _begin(names: list[str]) -> None:
    set_word_source(lambda: names)


def _analyse(texts: Sequence[tuple[str, str, tuple[FilePage, ...]]]) -> list[dict[str, str]]:
    return [token_fields(Document("", "", title, body, "", files=files)) for title, body, files in texts]
