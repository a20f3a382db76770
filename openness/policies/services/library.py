"""The public library: conditions from the address, counts, and one page of rows; a fixed number of queries."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from taggit.models import Tag

from ..models import Policy, Tier
from ..models.policy import PolicyQuerySet
from ..rules.number import parse_number
from ..rules.tags import tags_of

PER_PAGE = 20
_MOST_TAGS, _MOST_YEARS, _LONGEST, _MOST_WORDS = 20, 12, 60, 5
VALID, VOID = "valid", "void"


@dataclass(frozen=True)
class Wanted:
    """What the address asks for; what it cannot mean counts for nothing."""

    text: str = ""
    tier: str = ""
    field: str = ""
    state: str = ""
    year: str = ""
    tag: str = ""

    @classmethod
    def read(cls, data: Mapping[str, str]) -> "Wanted":
        def said(name: str) -> str:
            return data.get(name, "").strip()[:_LONGEST]

        year = said("year")
        tags = tags_of(said("tag"))[:1]
        return cls(
            said("q"), said("tier") if said("tier") in Tier else "", said("field"), said("state") if said("state") in (VALID, VOID) else "",
            year if year.isascii() and year.isdecimal() and len(year) == 4 else "", tags[0] if tags else "",
        )  # fmt: skip

    def query(self) -> str:
        """The same conditions as an address says them."""
        names = {"q": self.text, "tier": self.tier, "field": self.field, "state": self.state, "year": self.year, "tag": self.tag}
        return urlencode({name: value for name, value in names.items() if value})

    def following(self) -> str:
        """New policies in one-network search, under those of these conditions that it has too."""
        names = {"category": Policy.category, "q": self.text, "field": self.field, "year": self.year, "tag": self.tag}
        return urlencode({name: value for name, value in names.items() if value})


@dataclass(frozen=True)
class Option:
    value: str
    label: str
    count: int
    chosen: bool


@dataclass(frozen=True)
class Facet:
    name: str
    label: str
    options: list[Option]

    @property
    def chosen(self) -> bool:
        return any(option.chosen for option in self.options)


def rows_of(wanted: Wanted, today: date | None = None) -> PolicyQuerySet:
    """Newest first."""
    today, rows = today or timezone.localdate(), Policy.objects.public().filter(_said(wanted.text))
    if wanted.state:
        rows = rows.void(today) if wanted.state == VOID else rows.in_force(today)
    same = {"tier": wanted.tier, "field": wanted.field, "issued_on__year": wanted.year, "tags__name": wanted.tag}
    found: PolicyQuerySet = rows.filter(**{name: value for name, value in same.items() if value})
    return found.order_by("-issued_on", "-pk")


def _said(text: str) -> Q:
    """Every word in the title, the number, the issuer or the text; a whole number as it is written."""
    if number := parse_number(text):
        return Q(number=str(number)) | Q(text__contains=str(number))
    asked = Q()
    for word in text.split()[:_MOST_WORDS]:
        asked &= Q(title__icontains=word) | Q(number__icontains=word) | Q(issuer__icontains=word) | Q(text__icontains=word)
    return asked


def page_of(wanted: Wanted, number: str | None) -> Page[Any]:
    rows = rows_of(wanted).select_related("repealed_by").defer("text", "sketch", "repealed_by__text", "repealed_by__sketch")
    return Paginator(rows, PER_PAGE).get_page(number)


def facets_of(wanted: Wanted) -> list[Facet]:
    """Each counted without its own condition. A chosen value stays visible with count 0. Five queries."""
    return [
        Facet("state", _("有效性"), _states(wanted)),
        Facet("tier", _("级别"), _options(Tier.choices, _counts(replace(wanted, tier=""), "tier"), wanted.tier)),
        Facet("field", _("领域"), _named(_counts(replace(wanted, field=""), "field"), wanted.field)),
        Facet("year", _("年份"), _years(wanted)),
        Facet("tag", _("标签"), _tags(wanted)),
    ]


def _counts(wanted: Wanted, column: str) -> dict[str, int]:
    rows = rows_of(wanted).order_by().values_list(column).annotate(n=Count("pk", distinct=True))
    return {str(value): n for value, n in rows if value}


def _options(choices: Iterable[tuple[str, Any]], counts: Mapping[str, int], chosen: str) -> list[Option]:
    return [
        Option(value, str(label), counts.get(value, 0), value == chosen) for value, label in choices if counts.get(value) or value == chosen
    ]


def _named(counts: Mapping[str, int], chosen: str, key: Callable[[str], Any] | None = None) -> list[Option]:
    names = sorted({*counts, *([chosen] if chosen else [])}, key=key or (lambda name: (-counts.get(name, 0), name)))
    return _options([(name, name) for name in names], counts, chosen)


def _years(wanted: Wanted) -> list[Option]:
    counts = _counts(replace(wanted, year=""), "issued_on__year")
    return _named(counts, wanted.year, key=lambda year: -int(year))[:_MOST_YEARS]


def _states(wanted: Wanted) -> list[Option]:
    today, rows = timezone.localdate(), rows_of(replace(wanted, state=""))
    void = Policy.objects.void(today).values("pk")
    counts = rows.order_by().aggregate(all=Count("pk", distinct=True), void=Count("pk", filter=Q(pk__in=void), distinct=True))
    numbers = {VALID: counts["all"] - counts["void"], VOID: counts["void"]}
    return _options([(VALID, _("有效")), (VOID, _("已失效、已废止"))], numbers, wanted.state)


def _tags(wanted: Wanted) -> list[Option]:
    keys = rows_of(replace(wanted, tag="")).order_by().values("pk")
    ours = {"content_type__app_label": "policies", "content_type__model": "policy", "object_id__in": keys}
    rows = Tag.objects.filter(**{f"taggit_taggeditem_items__{name}": value for name, value in ours.items()})  # one call: one join
    counted = rows.annotate(n=Count("taggit_taggeditem_items")).order_by("-n", "name")[:_MOST_TAGS]
    return _named({tag.name: tag.n for tag in counted}, wanted.tag)


def chips_of(wanted: Wanted, facets: Iterable[Facet]) -> list[tuple[str, str]]:
    """Chosen conditions, and the address without each."""
    labels = {facet.name: option.label for facet in facets for option in facet.options if option.chosen}
    return [(label, replace(wanted, **{name: ""}).query()) for name, label in labels.items()]
