"""The words of the synonyms, offered as such: who begins to type 五保 is offered 五保户."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _

from ..models import Synonym
from ..registry import TermSource
from .refresh import ask_refresh

_WEIGHT = 75


def words_people_say() -> Iterator[TermSource]:
    for word in Synonym.objects.order_by().values_list("word", flat=True).distinct():
        yield TermSource(word, _WEIGHT, _("常用说法"))


def ask_again(**_kwargs: Any) -> None:
    ask_refresh()
