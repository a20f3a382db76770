"""What the search box may offer: the catalogue's names, categories, places; each also by the words that people use."""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _

from catalog.models import Field, Item
from catalog.models.standard import Status
from openness.units.models import Unit
from openness.units.names import Level
from search.models import Synonym
from search.registry import TermSource
from search.suggest.refresh import ask_refresh

from .models.disclosure import Category

_FIELD, _CATEGORY, _ITEM, _ABOVE_ITEM = 90, 70, 80, 60
_PLACE_KIND = re.compile("(街道办事处|街道|社区居委会|居委会|社区|[镇乡村区市县省州])$")


def catalogue_terms() -> Iterator[TermSource]:
    """Fields, items by the names of all their levels, and categories; each also as people say it, by the synonyms."""
    said = list(Synonym.objects.values_list("word", "term"))
    for name in Field.objects.filter(standard__status=Status.IN_FORCE).values_list("name", flat=True).distinct():
        yield TermSource(name, _FIELD, _("领域"), also=_as_said(name, said))
    for label in Category.labels:
        yield TermSource(str(label), _CATEGORY, _("类别"))
    for levels in Item.objects.in_force().order_by().values_list("level3", "level2", "level1").distinct():
        names = [name for name in levels if name]
        for weight, name in zip((_ITEM, _ABOVE_ITEM, _ABOVE_ITEM), names, strict=False):
            yield TermSource(name, weight, _("公开事项"), also=_as_said(name, said))


def _as_said(name: str, said: Iterable[tuple[str, str]]) -> tuple[str, ...]:
    return tuple(name.replace(official, word) for word, official in said if official in name)


def place_terms() -> Iterator[TermSource]:
    """Places as people call them, the larger the weightier; 镇 and 村 are often left away."""
    rows = Unit.objects.filter(active=True, level__gte=Level.COUNTY).order_by().values_list("short_name", "level").distinct()
    for name, level in rows.iterator(chunk_size=2000):
        bare = _PLACE_KIND.sub("", name)
        yield TermSource(name, 10 * (9 - level), _("地区"), also=(bare,) if len(bare) > 1 else ())


def ask_terms(**_kwargs: Any) -> None:
    """Places or the catalogue have changed: what the box offers follows after the transaction."""
    ask_refresh()
