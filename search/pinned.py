"""Answers that staff pinned to certain words."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.db.models import Q

from .analysis import squeezed
from .models import PinnedAnswer, PinnedWord


def pinned(text: str, today: date) -> Sequence[PinnedAnswer]:
    """What is shown above the results of exactly these words, signs and blanks aside."""
    word = squeezed(text)
    if not word:
        return []
    in_time = Q(until=None) | Q(until__gte=today)
    return list(PinnedAnswer.objects.filter(in_time, looked_up__word=word).distinct()[:3])


@transaction.atomic
def look_up_by(answer: PinnedAnswer) -> None:
    """Its words, as they are now, are what it is found by."""
    words = {squeezed(word)[:200] for word in answer.words.splitlines()} - {""}
    PinnedWord.objects.filter(answer=answer).delete()
    PinnedWord.objects.bulk_create(PinnedWord(answer=answer, word=word) for word in sorted(words))
