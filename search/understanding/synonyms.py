"""The synonyms that staff keep, compiled once and again after each change."""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.db.models import Count, Max

from ..analysis import squeezed
from ..models import Synonym


@dataclass(frozen=True)
class Meaning:
    """What else is searched for a word, and how much it counts (0.1 to 1)."""

    word: str
    term: str
    weight: float


def meanings(text: str) -> tuple[Meaning, ...]:
    """The synonyms of the words in a squeezed text; of overlapping words the longest: 新农合, not 农合."""
    pattern, table = _compiled(_state())
    found = dict.fromkeys(pattern.findall(text)) if pattern else {}
    return tuple(meaning for word in found for meaning in table[word] if squeezed(meaning.term) not in text)


def _state() -> Any:
    """Changes with every change of the table, in whichever process it was made."""
    state = Synonym.objects.aggregate(Max("changed_at"), Count("pk"))
    return tuple(state.values())


@lru_cache(maxsize=1)
def _compiled(state: Any) -> tuple[re.Pattern[str] | None, dict[str, list[Meaning]]]:
    table: dict[str, list[Meaning]] = {}
    for word, term, weight in Synonym.objects.values_list("word", "term", "weight"):
        table.setdefault(squeezed(word), []).append(Meaning(word, term, weight))
    if not table:
        return None, table
    return re.compile("|".join(map(re.escape, sorted(table, key=len, reverse=True)))), table
