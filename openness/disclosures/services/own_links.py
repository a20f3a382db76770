"""Links inside the site, resolved against the database: one query a kind of target."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import Resolver404, resolve
from django.utils.translation import gettext as _
from wagtail.models import Page, Site

from catalog.models import Item
from openness.units.models import Unit

from ..models import Attachment, Disclosure

_NAMED = {"disclosure": "disclosure", "unit": "unit", "item": "item", "wagtaildocs_serve": "document"}
_LONGEST_KEY = 19  # more digits than any number of the database


def is_foreign(address: str) -> bool:
    """An http(s) address of another site."""
    if not address.startswith(("http://", "https://")):
        return False
    return urlsplit(address).netloc != urlsplit(settings.WAGTAILADMIN_BASE_URL).netloc


def _texts(values: Iterable[object]) -> set[str]:
    return {str(value) for value in values}


def _paths(paths: Iterable[str]) -> set[str]:
    root = Site.objects.filter(is_default_site=True).values_list("root_page__url_path", flat=True).first() or "/"
    wanted = {root + path: path for path in paths}
    return {wanted[found] for found in Page.objects.live().filter(url_path__in=wanted).values_list("url_path", flat=True)}


_KINDS: dict[str, Callable[[Iterable[str]], set[str]]] = {
    "disclosure": lambda keys: _texts(Disclosure.objects.public().filter(pk__in=keys).values_list("pk", flat=True)),
    "unit": lambda keys: _texts(Unit.objects.filter(code__in=keys).values_list("code", flat=True)),
    "item": lambda keys: _texts(Item.objects.filter(pk__in=keys).values_list("pk", flat=True)),
    "document": lambda keys: _texts(Attachment.objects.filter(pk__in=keys).values_list("pk", flat=True)),
    "path": _paths,
    "page": lambda keys: _texts(Page.objects.live().filter(pk__in=keys).values_list("pk", flat=True)),
}


def broken_own_links(addresses: Iterable[str]) -> dict[str, str]:
    """Address -> why, for those of this site that lead nowhere."""
    broken: dict[str, str] = {}
    targets: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for address in set(addresses):
        if is_foreign(address):
            continue
        target = _target(address)
        if target is None:
            broken[address] = _("本站没有这个网址")
        elif target[0]:
            targets[target[0]][target[1]].append(address)
    for kind, wanted in targets.items():
        there = _KINDS[kind](wanted)
        broken |= {address: _("要看的内容没有公开，或者已经撤下") for key, same in wanted.items() if key not in there for address in same}
    return broken


def _target(address: str) -> tuple[str, str] | None:
    """(kind, key) of what is looked at; an empty kind where any address is good; None for an address of nothing."""
    kind, _colon, key = address.partition(":")
    if kind in ("page", "document"):
        return (kind, key) if key.isascii() and key.isdecimal() and len(key) < _LONGEST_KEY else None
    try:
        match = resolve(urlsplit(address).path or "/")
    except Resolver404:
        return None
    if match.url_name == "wagtail_serve":
        return "path", str(match.args[0])
    if match.url_name not in _NAMED:
        return "", ""
    value = str([*match.args, *match.kwargs.values()][0])  # Wagtail's own patterns give no names
    return (_NAMED[match.url_name], value) if len(value) < _LONGEST_KEY else None
