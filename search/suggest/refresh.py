"""From what apps register to the table of terms: only differences are computed and written, never in a request."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import F

from ..analysis import index_words, normalise, squeezed
from ..outbox import work_arrived
from ..registry import TermSource, registry
from ..sending import pages
from .keys import LONGEST_WORD, Kind, find_keys, has_hanzi, spelling_keys, syllables
from .models import Term, TermKey, TermsState, TermTop
from .tops import tops

RECIPE = 1  # raise it when keys are made differently: the next refresh makes all of them anew
_BATCH = 300
_LONGEST_TEXT = 30  # longer ones are no suggestion for a small screen; their words still count
_DIGIT = re.compile(r"\d")


@dataclass
class Wanted:
    """What a row should say."""

    weight: int = 0
    source: str = ""
    also: str = ""
    uses: int = 0

    def same_keys(self, term: Term) -> bool:
        return (bool(self.source), self.also) == (bool(term.source), term.also)


@dataclass(frozen=True)
class Refreshed:
    """What a refresh did: rows added, rows changed, rows removed."""

    added: int = 0
    changed: int = 0
    removed: int = 0


@dataclass(frozen=True)
class _Difference:
    fresh: list[tuple[str, Wanted]]
    changed: list[Term]
    gone: list[int]


def ask_refresh() -> None:
    """What is registered has changed. Call inside the transaction of the change."""
    if not TermsState.objects.filter(pk=1).update(asked=F("asked") + 1):
        _state, made = TermsState.objects.get_or_create(pk=1, defaults={"asked": 1})
        if not made:
            TermsState.objects.filter(pk=1).update(asked=F("asked") + 1)
    transaction.on_commit(work_arrived.set)


def refresh_if_asked(between: Callable[[], object] = lambda: None) -> Refreshed | None:
    """Refresh when somebody asked, or nobody ever did; None if there was nothing to do. One query when there is not."""
    state = TermsState.objects.filter(pk=1).first()
    if state and state.done >= state.asked and state.recipe == RECIPE:
        return None
    return refresh_terms(between)


def refresh_terms(between: Callable[[], object] = lambda: None) -> Refreshed:
    """Bring the table in line with the sources, in short transactions; `between` is called after each.

    Broken off, it goes on with what is left the next time. Two processes at once do each other's work, but no harm.
    """
    before, _made = TermsState.objects.get_or_create(pk=1)
    difference = _difference(anew=before.recipe != RECIPE)
    steps: tuple[tuple[Callable[[Any], None], Sequence[Any]], ...] = (
        (_remove, difference.gone),
        (_change, difference.changed),
        (_add, difference.fresh),
    )
    for act, rows in steps:
        for page in pages(rows, _BATCH):
            with transaction.atomic():
                TermsState.objects.select_for_update().get(pk=1)  # writers of terms stand in line
                act(page)
            between()
    _renew_tops()
    TermsState.objects.filter(pk=1, done__lte=before.asked).update(done=before.asked, recipe=RECIPE)
    return Refreshed(len(difference.fresh), len(difference.changed), len(difference.gone))


def _difference(*, anew: bool) -> _Difference:
    wanted = _wanted()
    changed, gone = [], []
    for term in Term.objects.iterator(chunk_size=1000):
        now = wanted.get(term.text)
        if anew or now is None or not now.same_keys(term):
            gone.append(term.pk)
            continue
        del wanted[term.text]
        if (now.weight, now.source, now.uses) != (term.weight, term.source, term.uses):
            term.weight, term.source, term.uses = now.weight, now.source, now.uses
            changed.append(term)
    return _Difference(list(wanted.items()), changed, gone)


def _wanted() -> dict[str, Wanted]:
    """Text -> what its row should say. Of the same text in several sources the weightiest counts."""
    wanted: dict[str, Wanted] = {}
    for source in registry.term_sources:
        for term in source():
            text = " ".join(term.text.split())
            if squeezed(text) and len(text) <= _LONGEST_TEXT:
                _offer(wanted.setdefault(text, Wanted()), term)
            for word in _words_of(text, term.also):
                wanted.setdefault(word, Wanted()).uses += 1
    return wanted


def _offer(row: Wanted, term: TermSource) -> None:
    names = {*row.also.splitlines(), *map(squeezed, term.also)} - {""}
    row.also = "\n".join(sorted(names))
    if not row.source or term.weight > row.weight:
        row.weight, row.source = term.weight, str(term.source)


def _words_of(text: str, also: Iterable[str]) -> set[str]:
    whole = {squeezed(name) for name in (text, *also)}
    return {word for word in {*index_words(normalise(text)), *whole} if _is_vocabulary(word)}


def _is_vocabulary(word: str) -> bool:
    return 1 < len(word) <= LONGEST_WORD and has_hanzi(word) and not _DIGIT.search(word)


def _term(text: str, row: Wanted) -> Term:
    pinyin = syllables(squeezed(text))
    initials = "".join(syllable[:1] for syllable in pinyin)
    return Term(
        text=text, also=row.also, pinyin=" ".join(pinyin), initials=initials,
        weight=row.weight, uses=row.uses, source=row.source,
    )  # fmt: skip


def _remove(ids: Sequence[int]) -> None:
    TermKey.objects.filter(term__in=ids).delete()
    Term.objects.filter(pk__in=ids).delete()


def _change(terms: Sequence[Term]) -> None:
    Term.objects.bulk_update(terms, ["weight", "source", "uses"])


def _add(rows: Sequence[tuple[str, Wanted]]) -> None:
    there = set(Term.objects.filter(text__in=[text for text, _row in rows]).values_list("text", flat=True))
    made = Term.objects.bulk_create(_term(text, row) for text, row in rows if text not in there)
    TermKey.objects.bulk_create((key for term in made for key in _keys(term)), batch_size=1000)


def _renew_tops() -> None:
    made = list(tops())
    with transaction.atomic():
        TermsState.objects.select_for_update().get(pk=1)
        TermTop.objects.all().delete()
        TermTop.objects.bulk_create(made, batch_size=1000)


def _keys(term: Term) -> Iterator[TermKey]:
    text, pinyin = squeezed(term.text), term.pinyin.split(" ")
    keys: set[tuple[Kind, bytes]] = find_keys(text, pinyin) if term.source else set()
    for name in term.also.splitlines():
        keys |= find_keys(name, syllables(name)) if not text.startswith(name) else set()
    if term.text == text and _is_vocabulary(text):
        keys |= spelling_keys(text, pinyin)
    for kind, key in keys:
        yield TermKey(term=term, kind=kind, key=key)
