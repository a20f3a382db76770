"""The documents as rows of a database: pages of Wagtail, which its own search indexes and which ours reads through a registered kind."""

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace

from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction
from django.test.utils import override_settings
from django.utils.timezone import now
from modelsearch import index
from wagtail.blocks import StreamValue
from wagtail.models import Locale, Page

from openness.pages.models import TextPage
from search.analysis import index_words, normalise
from search.documents import Document
from search.registry import DocumentKind, registry
from search.sending import pages

from .documents import KIND, document, documents

_BATCH = 1000


def make_pages(number: int) -> None:
    """One live page a document: title and text, straight into the tables, with no index written. Earlier ones go."""
    for before in Page.objects.filter(slug="bench", depth=2):
        before.delete()
    root = Page.objects.get(depth=1)
    root = root.add_child(instance=TextPage(title="bench", slug="bench", live=False))
    about = {
        "content_type": ContentType.objects.get_for_model(TextPage),
        "locale": Locale.get_default(),
        "depth": root.depth + 1,
        "live": True,
    }
    with transaction.atomic():
        for page in pages(documents(number), _BATCH):
            rows = [
                Page(path=root._get_path(root.path, root.depth + 1, int(one.key) + 1), title=one.title, draft_title=one.title,
                     slug=one.key, url_path=f"{root.url_path}{one.key}/", first_published_at=now(), **about)
                for one in page
            ]  # fmt: skip
            made = Page.objects.bulk_create(rows)
            with connection.cursor() as cursor:
                table = TextPage._meta.db_table
                bodies = [(row.pk, _stored(one.body), False) for row, one in zip(made, page, strict=True)]
                cursor.executemany(f"INSERT INTO {table} (page_ptr_id, body, in_foot, summary) VALUES (%s, %s, %s, '')", bodies)
    Page.objects.filter(pk=root.pk).update(numchild=number)


def cut_pages() -> None:
    """Words with spaces between: without them Wagtail's search, which cuts no Chinese, finds next to nothing."""
    for page in pages(_all().iterator(chunk_size=_BATCH), _BATCH):
        for one in page:
            one.body = _stored(" ".join(index_words(normalise(_words(one.body)))))
        with connection.cursor() as cursor:
            rows = [(one.body, one.pk) for one in page]
            cursor.executemany(f"UPDATE {TextPage._meta.db_table} SET body = %s WHERE page_ptr_id = %s", rows)


@contextmanager
def wagtail_search() -> Iterator[None]:
    """Wagtail's full-text search in the database, over title and text; the site itself does not use it."""
    before = TextPage.search_fields
    TextPage.search_fields = [*Page.search_fields, index.SearchField("body")]
    with override_settings(WAGTAILSEARCH_BACKENDS={"default": {"BACKEND": "modelsearch.backends.database"}}):
        yield
    TextPage.search_fields = before


@contextmanager
def pages_only() -> Iterator[None]:
    """These pages are the one registered kind: what a rebuild of ours reads from the database."""
    before = registry.kinds
    registry.kinds = {KIND: DocumentKind(KIND, KIND, TextPage, _build, _keys, _all().count, lambda query, limit: [])}
    yield
    registry.kinds = before


def _stored(words: str) -> str:
    """As a stream field stores one block of text."""
    return json.dumps([{"type": "text", "value": words, "id": "0"}], ensure_ascii=False)


def _words(body: StreamValue) -> str:
    return str(body.raw_data[0]["value"])


def _all():
    return TextPage.objects.live().filter(depth=3).order_by("pk")


def _keys() -> Iterator[str]:
    yield from (str(pk) for pk in _all().values_list("pk", flat=True).iterator())


def _build(keys: Sequence[str]) -> dict[str, Document]:
    """Title and text from the row, places and other facets, which a page has not, from the row's number."""
    rows = _all().filter(pk__in=[int(key) for key in keys]).values_list("pk", "slug", "title", "body")
    return {str(pk): replace(document(int(slug)), key=str(pk), title=title, body=_words(body)) for pk, slug, title, body in rows}
