"""What one-network search knows of a disclosure: its public words only."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import timedelta
from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from catalog.models import Field, Item
from openness.units.models import Unit, line_of
from search import registry
from search.analysis import ENDINGS, forget_words, set_word_source
from search.documents import Document, FilePage
from search.outbox import touch, touch_query

from . import terms
from .models import Disclosure, tags_of
from .services.attachment_texts import attached_pages
from .services.publish import KIND
from .text import body_text

_PAGE = 2000
_MOST_CALLED = 100
_CLOCKS_DIFFER = timedelta(minutes=1)
_SEARCHED = {
    *("live", "unit", "item", "title", "summary", "body", "document_number", "index_number"),
    *("category", "first_published_at", "notice_until"),
}


def register() -> None:
    registry.register(
        registry.DocumentKind(
            name=KIND,
            label=_("公开内容"),
            model=Disclosure,
            build=build,
            all_keys=all_keys,
            public_count=lambda: Disclosure.objects.public().count(),
            search_plain=search_plain,
            file_pages=file_pages,
        )
    )
    registry.exclude(Item, "found through what is disclosed under it")
    registry.exclude(Unit, "a place to search in, offered as a facet")
    set_word_source(place_names)
    registry.register_terms(terms.catalogue_terms)
    registry.register_terms(terms.place_terms)
    registry.register_place_labels(place_labels)
    registry.register_place_children(place_children)
    registry.register_place_finder(places_called, places_above)


def build(keys: Sequence[str]) -> dict[str, Document]:
    """The public documents among these keys; whoever is missing is not public."""
    rows = list(Disclosure.objects.public().filter(pk__in=[int(key) for key in keys]).select_related("unit", "item__field"))
    places = _ancestors(row.unit.path for row in rows)
    files, tags = file_pages([str(row.pk) for row in rows]), tags_of([row.pk for row in rows])
    return {str(row.pk): _document(row, places, tags, files.get(str(row.pk), ())) for row in rows}


def file_pages(keys: Sequence[str]) -> dict[str, tuple[FilePage, ...]]:
    """What the files say that the public versions show. One query."""
    found = attached_pages([int(key) for key in keys])
    return {str(pk): tuple(FilePage(page.title, page.url, page.label, page.text) for page in pages) for pk, pages in found.items()}


def _document(
    row: Disclosure, places: dict[str, tuple[str, str, int]], tags: Mapping[int, tuple[str, ...]], files: Sequence[FilePage] = ()
) -> Document:
    above = _above(row.unit.path, places)
    return Document.with_files(
        files,
        kind=KIND,
        key=str(row.pk),
        title=row.title,
        body="\n".join(filter(None, [row.summary, body_text(row.body)])),
        url=row.get_absolute_url(),
        number=row.document_number,
        index_number=row.index_number,
        place=tuple(code for code, _name, _level in above),
        place_label=_label(row.unit.path, places),
        field=row.item.field.name,
        item=row.item.name,
        category=row.get_category_display(),
        unit_kind=row.unit.get_kind_display(),
        published_on=timezone.localdate(row.first_published_at) if row.first_published_at else None,
        notice_until=row.notice_until,
        tags=tags.get(row.pk, ()),
        changed_at=row.last_published_at,
    )


def _ancestors(paths: Iterable[str]) -> dict[str, tuple[str, str, int]]:
    wanted = {one for path in paths for one in line_of(path)}
    rows = Unit.objects.filter(path__in=wanted).values_list("path", "code", "short_name", "level")
    return {path: (code, name, level) for path, code, name, level in rows}


def all_keys() -> Iterator[str]:
    """Keys of all public disclosures, by pages of primary keys."""
    last = 0
    while page := list(Disclosure.objects.public().filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:_PAGE]):
        yield from map(str, page)
        last = page[-1]


def search_plain(query: str, limit: int) -> list[Document]:
    """What the database alone can answer when the engine is away: titles and summaries that contain every word."""
    rows = Disclosure.objects.public()
    for word in query.split()[:8]:
        rows = rows.filter(Q(title__icontains=word) | Q(summary__icontains=word) | Q(document_number=word) | Q(index_number=word))
    found = list(rows.select_related("unit", "item__field").newest()[:limit])
    places = _ancestors(row.unit.path for row in found)
    tags = tags_of([row.pk for row in found])
    return [_document(row, places, tags) for row in found]


def place_labels(codes: Iterable[str]) -> dict[str, str]:
    return dict(Unit.objects.filter(code__in=list(codes)).values_list("code", "short_name"))


def place_children(code: str | None) -> list[tuple[str, str]]:
    """Units in use below a place, in the order of the tree; the counties' townships for no place."""
    units = Unit.objects.filter(active=True).order_by("path")
    if code is None:
        return list(units.filter(level=4).values_list("code", "short_name"))
    parent = Unit.objects.filter(code=code).first()
    return list(parent.get_children().filter(active=True).values_list("code", "short_name")) if parent else []


def place_names() -> list[str]:
    """Names that must not be cut: villages, townships, counties, as people say them."""
    return list(Unit.objects.filter(active=True, level__gte=3).values_list("short_name", flat=True).distinct())


def places_called(names: Sequence[str]) -> list[registry.Place]:
    """Units in use that people call so, with or without the ending: 搜登站 is 搜登站镇. One query, and one for what lies above."""
    endings = ("", *ENDINGS)
    wanted = {name + ending: name for name in names for ending in endings}
    units = list(Unit.objects.filter(active=True, level__gte=3, short_name__in=wanted).order_by("path")[:_MOST_CALLED])
    places = _ancestors(unit.path for unit in units)
    return [registry.Place(wanted[unit.short_name], unit.code, _label(unit.path, places), unit.get_absolute_url()) for unit in units]


def places_above(code: str) -> list[str]:
    """Codes over a unit, the nearest first; none for an unknown code."""
    path = Unit.objects.filter(code=code).values_list("path", flat=True).first()
    return [code for code, _name, _level in reversed(_above(path, _ancestors([path]))[:-1])] if path else []


def _above(path: str, places: dict[str, tuple[str, str, int]]) -> list[tuple[str, str, int]]:
    return [places[one] for one in line_of(path)]


def _label(path: str, places: dict[str, tuple[str, str, int]]) -> str:
    """What tells a place from others of its name: 搜登站镇 小岭村."""
    above = _above(path, places)
    return " ".join(name for _code, name, level in above if level > 3) or above[-1][1]


def touch_below(paths: Sequence[str], **_kwargs: Any) -> None:
    """Units were renamed, moved or put out of use: everything published below shows it.

    Also what others publish below before this transaction ends: they do not see the change yet, nor this transaction theirs.
    """
    forget_words()
    since = timezone.now() - _CLOCKS_DIFFER
    for path in paths:
        some = Disclosure.objects.filter(unit__path__startswith=path)
        touch_query(KIND, some)
        transaction.on_commit(partial(touch_query, KIND, some.filter(last_published_at__gte=since)))


def saved(instance: Disclosure, raw: bool = False, update_fields: Iterable[str] | None = None, **_kwargs: Any) -> None:
    """However it was saved, also by loaddata. What never was public is not in the index, and bookkeeping is not searched."""
    ever_public = raw or instance.live or instance.first_published_at
    if ever_public and (update_fields is None or _SEARCHED & set(update_fields)):
        touch(KIND, [instance.pk])


def forget(instance: Disclosure, **_kwargs: Any) -> None:
    """What never was public is not in the index: an import that is undone deletes thousands of drafts."""
    if instance.live or instance.first_published_at:
        touch(KIND, [instance.pk])


def touch_named(instance: Item | Field, created: bool = False, **_kwargs: Any) -> None:
    """An item or its field got another name."""
    if not created:
        of = {"item": instance} if isinstance(instance, Item) else {"item__field": instance}
        touch_query(KIND, Disclosure.objects.filter(**of))
