"""Our embedded engine beside Wagtail's own search in the database: the same rows of the same SQLite, first page and five facets."""

from collections.abc import Callable, Iterator
from functools import partial
from urllib.parse import urlencode

from django.core.management import call_command
from django.http import QueryDict
from wagtail.search.management.commands import update_index

from openness.pages.models import TextPage
from search.query import parse
from search.rebuild import rebuild
from search.service import search

from .asking import words_by_frequency
from .documents import document
from .engines import new_engine, read_names
from .measuring import Times, head, row
from .pages import cut_pages, make_pages, pages_only, wagtail_search

_FACETS = ("content_type_id", "locale_id", "live", "depth", "show_in_menus")  # five that a page can be counted by
_ROUNDS = 20


def database(number: int) -> Iterator[str]:
    """Wagtail's search is given the words cut; without that it finds next to none of the documents with a word.

    Each word is asked once of Wagtail, which takes seconds, and some times of ours.
    """
    read_names()
    make_pages(number)
    common, middle, rare = words_by_frequency([document(n) for n in range(min(2000, number))])
    with wagtail_search(), pages_only(), new_engine("embedded") as engine:
        rebuild(engine)
        cut_pages()
        call_command(update_index.Command(), verbosity=0, chunk_size=1000)
        yield f"\nembedded engine beside Wagtail's database search: {number} rows"
        yield head("query", "ours, p50 ms", "Wagtail, p50 ms", "times faster", "found by ours", "found by Wagtail")
        for what, words in (("rare, 3 words", rare[:3]), ("in 1–5 %, 2 words", middle[:2]), ("in a third, 1 word", common[:1])):
            yield _compared(what, words, lambda word, engine=engine: search(parse(QueryDict(urlencode({"q": word}))), by=engine).total)  # type: ignore[misc]


def _compared(what: str, words: list[str], ask: Callable[[str], int]) -> str:
    ours, theirs, found = Times(), Times(), [0, 0]
    for word in words:
        found[0] += ask(word)
        for _ in range(_ROUNDS):
            ours.take(partial(ask, word))
        counted: list[int] = []
        theirs.take(lambda word=word, counted=counted: counted.append(_wagtail(word)))  # type: ignore[misc]
        found[1] += counted[0]
    return row(f"one word, {what}", f"{ours.at(50):.1f}", f"{theirs.at(50):.0f}", f"{theirs.at(50) / ours.at(50):.0f}", *found)


def _wagtail(word: str) -> int:
    """What a page of results needs: twenty rows, the number of all, five facets."""
    results = TextPage.objects.live().search(word)
    list(results[:20])
    for name in _FACETS:
        results.facet(name)
    return results.count()
