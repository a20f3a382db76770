"""Everything into the index: our rebuild beside `update_index`, over the same rows of the same database."""

import os
from collections.abc import Callable, Iterator, Sequence
from time import perf_counter

from django.core.management import call_command
from wagtail.search.management.commands import update_index

from search.rebuild import rebuild

from .engines import ENGINES, new_engine, read_names
from .measuring import head, row
from .pages import make_pages, pages_only, wagtail_search


def indexing(number: int, engines: Sequence[str] = ENGINES) -> Iterator[str]:
    """Both read the rows page by page, make what they index, and write it; ours also compares counts and digests at the end."""
    read_names()
    make_pages(number)
    yield f"\nindexing: {number} rows"
    yield head("what", "seconds", "rows/s", "ms of processor a row", "times update_index")
    with wagtail_search():
        theirs, used = spent(lambda: call_command(update_index.Command(), verbosity=0, chunk_size=1000))
    yield row("Wagtail: `update_index`, database search", f"{theirs:.1f}", f"{number / theirs:.0f}", f"{used / number * 1000:.2f}", 1)
    with pages_only():
        for name in engines:
            with new_engine(name) as engine:
                ours, used = spent(lambda engine=engine: rebuild(engine))  # type: ignore[misc]
                assert engine.count() == number
            what = f"ours: `search_rebuild`, {name}"
            yield row(what, f"{ours:.1f}", f"{number / ours:.0f}", f"{used / number * 1000:.2f}", f"{theirs / ours:.1f}")


def spent(act: Callable[[], object]) -> tuple[float, float]:
    """Seconds that passed, and seconds of processor that this process and its ended children used; a server's are not in it."""
    before, start = os.times(), perf_counter()
    act()
    passed, after = perf_counter() - start, os.times()
    return passed, sum(after[:4]) - sum(before[:4])
