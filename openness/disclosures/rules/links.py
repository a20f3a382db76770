"""Links that do not open. Who asks, when and whether: supervision's services/links.py."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .rule import TextRule
from .text import Batch, Found, Text, mark_of


class Links(TextRule):
    code = check = "link"
    name = gettext_lazy("链接打得开")
    meaning = gettext_lazy("本站的链接要有这一页；外面的网址按最近一次夜里检查的结果。")
    advice = gettext_lazy("改对网址，或者去掉链接。")
    basis = gettext_lazy("链接不可用要扣分（国办秘函〔2019〕19号）")
    needs = frozenset({"links"})

    def findings(self, text: Text, batch: Batch) -> Iterator[Found]:
        for label, address in text.links:
            if address in batch.broken:
                sentence = _("链接打不开：{why}。").format(why=batch.broken[address])
                yield Found(label, sentence, address, mark_of(address))
