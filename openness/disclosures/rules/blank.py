"""Blank or nearly blank: words that say nothing, with no table, file or picture beside them."""

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .rule import TextRule
from .text import Batch, Found, Text

FEWEST_CHARACTERS = 8  # 本季度没有批准宅基地 says something
_SIGNS = re.compile(r"[\W_]+")
_FILLER = re.compile(r"待补充|待完善|此处填写|在此输入|测试测试|暂无内容|内容略|同上")


class Blank(TextRule):
    code = check = "blank"
    name = gettext_lazy("没有实质内容")
    meaning = gettext_lazy("不能只有几个字，也不能留着“待补充”一类的话。")
    advice = gettext_lazy("把要公开的事写完整。")
    basis = gettext_lazy("空白栏目是单项否决（国办秘函〔2019〕19号）")

    def findings(self, text: Text, batch: Batch) -> Iterator[Found]:
        for place in text.places:
            if found := _FILLER.search(place.words):
                yield Found(place.label, _("“{words}”像是没有写完。").format(words=found[0]), found[0], found[0])
        if not text.has_table and not text.files:
            length = len(_SIGNS.sub("", text.body))
            if length < FEWEST_CHARACTERS:
                yield Found(_("全文"), _("正文只有 {n} 个字，没有实质内容。").format(n=length), text.body)
