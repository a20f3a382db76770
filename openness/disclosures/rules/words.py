"""Error-prone words (错敏词) of the list that staff keep."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .rule import TextRule
from .text import Batch, Found, Text, around, mark_of


class ErrorWords(TextRule):
    code = check = "word"
    name = gettext_lazy("错敏词")
    meaning = gettext_lazy("错敏词表里的词不要用；词表由县级管理员维护。")
    advice = gettext_lazy("按提示改成规范的写法。")
    basis = gettext_lazy("严重表述错误是单项否决（国办秘函〔2019〕19号）")
    needs = frozenset({"words", "files"})

    def findings(self, text: Text, batch: Batch) -> Iterator[Found]:
        for place in batch.places(text):
            for word, right in batch.words.items():
                start = place.words.find(word)
                if start >= 0:
                    advice = _("“{word}”应当写成“{right}”。") if right else _("“{word}”在错敏词表里，请核对。")
                    quote = around(place.words, start, start + len(word))
                    yield Found(place.label, advice.format(word=word, right=right), quote, mark_of(word))
