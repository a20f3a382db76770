"""How a hit is shown: marks, two lines of text, the page of a file that says it, days left."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.safestring import SafeString

from .documents import Document, FilePage
from .engines.base import Hit
from .highlight import first_term_in, marked, snippet, terms_of
from .registry import registry
from .service import Results


@dataclass(frozen=True)
class InFile:
    """The page of a file where the words stand."""

    page: FilePage
    snippet: SafeString


@dataclass(frozen=True)
class Shown:
    document: Document
    title: SafeString
    snippet: SafeString
    days_left: int | None
    in_file: InFile | None


def shown(results: Results, today: date) -> list[Shown]:
    """The hits of one page. Files are read for this page's hits alone, in one query a kind."""
    terms = terms_of(results.plan)
    files = _files(results.hits) if terms else {}
    return [
        Shown(
            hit.document,
            marked(hit.document.title, terms),
            snippet(hit.document.body, terms),
            _days_left(hit.document.notice_until, today),
            _in_file(files.get(hit.document.uid, ()), terms),
        )
        for hit in results.hits
    ]


def _days_left(until: date | None, today: date) -> int | None:
    return (until - today).days if until and until >= today else None


def _files(hits: Sequence[Hit]) -> dict[str, tuple[FilePage, ...]]:
    found: dict[str, tuple[FilePage, ...]] = {}
    with_files = [hit.document for hit in hits if hit.document.files_digest]
    for kind in {document.kind for document in with_files} & registry.kinds.keys():
        pages = registry.kinds[kind].file_pages([document.key for document in with_files if document.kind == kind])
        found |= {f"{kind}:{key}": said for key, said in pages.items()}
    return found


def _in_file(pages: Sequence[FilePage], terms: Sequence[str]) -> InFile | None:
    """The page with the best term: the terms stand in the order of what they say of the query."""
    ranked = [(first_term_in(page.text, terms), number) for number, page in enumerate(pages)]
    best = min(((rank, number) for rank, number in ranked if rank is not None), default=None)
    if best is None:
        return None
    page = pages[best[1]]
    return InFile(page, snippet(page.text, terms))
