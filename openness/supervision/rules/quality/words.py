"""Error-prone words (错敏词) of the list that staff keep."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from ...models import CheckName
from .text import Batch, Found, Text, around, mark_of


class ErrorWords:
    name = CheckName.WORD

    def findings(self, text: Text, batch: Batch) -> Iterator[Found]:
        for place in batch.places(text):
            for word, right in batch.words.items():
                start = place.words.find(word)
                if start >= 0:
                    advice = _("“{word}”应当写成“{right}”。") if right else _("“{word}”在错敏词表里，请核对。")
                    quote = around(place.words, start, start + len(word))
                    yield Found(place.label, advice.format(word=word, right=right), quote, mark_of(word))
