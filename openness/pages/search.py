"""What one-network search knows of composed pages: guides, help, statements and the section 政府信息公开. The home page is not searched."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models.signals import post_delete, post_save
from django.utils import timezone
from django.utils.html import strip_tags
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page
from wagtail.query import PageQuerySet

from search import registry
from search.documents import Document
from search.outbox import touch

from .kinds.composed import ComposedPage

KIND = "page"


def register(kinds: Sequence[type[ComposedPage]]) -> None:
    """One kind of document for all kinds of pages."""
    first, *others = kinds
    registry.register(
        registry.DocumentKind(
            name=KIND, label=_("说明和指南"), model=first, build=build, all_keys=all_keys,
            public_count=lambda: _public().count(), search_plain=search_plain,
        )
    )  # fmt: skip
    for model in others:
        registry.exclude(model, f"searched as {KIND}, with the other composed pages")
    for model in kinds:
        post_save.connect(_changed, sender=model)
        post_delete.connect(_changed, sender=model)


def _changed(instance: Page, **_kwargs: Any) -> None:
    touch(KIND, [instance.pk])


def _public() -> PageQuerySet:
    types = ContentType.objects.get_for_models(*_kinds()).values()
    return Page.objects.live().public().filter(content_type__in=types)


def _kinds() -> list[type[ComposedPage]]:
    return [model for model in ComposedPage.__subclasses__() for model in (_below(model) or [model])]


def _below(model: type[ComposedPage]) -> list[type[ComposedPage]]:
    return list(model.__subclasses__()) if model._meta.abstract else []


def build(keys: Sequence[str]) -> dict[str, Document]:
    """The public documents among these keys; whoever is missing is not public."""
    rows = _public().filter(pk__in=[int(key) for key in keys]).specific()
    return {document.key: document for document in _documents(rows)}


def _documents(rows: Iterable[Any]) -> Iterator[Document]:
    for row in rows:
        name = str(_("说明和指南"))
        yield Document(
            kind=KIND, key=str(row.pk), title=row.title, body=words_of(row), url=_path(row), number="", place=(), place_label="",
            field=str(row.column_name), category=name, unit_kind="", published_on=timezone.localdate(row.published) if row.published else None,
        )  # fmt: skip


def _path(page: Page) -> str:
    """Without asking for the site: the home page's slug is the first part."""
    return "/" + page.url_path.split("/", 2)[2]


def words_of(page: ComposedPage) -> str:
    """Summary and blocks, without marks."""
    facts = [words for _label, words in getattr(page, "facts", list)()]
    parts = [page.summary, *facts, *(strip_tags(str(block.render())) for block in page.body if block.block_type not in _SILENT)]
    return "\n".join(" ".join(part.split()) for part in parts if part)


_SILENT = {"links", "files", "picture"}  # what they show is found by itself


def all_keys() -> Iterator[str]:
    yield from (str(key) for key in _public().values_list("pk", flat=True).iterator())


def search_plain(query: str, limit: int) -> list[Document]:
    """What the database alone can answer when the engine is away: titles."""
    rows = _public()
    for word in query.split()[:8]:
        rows = rows.filter(title__icontains=word)
    return list(_documents(rows.order_by("path")[:limit].specific()))
