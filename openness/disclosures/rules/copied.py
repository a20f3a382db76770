"""Copied: the same words as an earlier text of another period or another unit."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .rule import TextRule
from .text import Batch, Found, Source, Text

# What comes from above or holds for all is rightly the same everywhere.
SAME_EVERYWHERE = frozenset({"policy", "rules", "guide"})


class Copied(TextRule):
    code = check = "copied"
    name = gettext_lazy("和以前的一样")
    meaning = gettext_lazy("除日期和单位名称外，不能照抄别的一期、别的单位，也不要把同一期再公开一遍。")
    advice = gettext_lazy("改成这一期自己的情况；要更正已公开的，请去改那一条。")
    basis = gettext_lazy("")
    needs = frozenset({"copies"})

    def findings(self, text: Text, batch: Batch) -> Iterator[Found]:
        source = batch.copies.get(text.key)
        if source is not None and (source.again or text.category not in SAME_EVERYWHERE):
            yield Found(_("全文"), _sentence(source), source=source.key)


def _sentence(source: Source) -> str:
    if source.again:
        return _("这一期已经公开过差不多的一条：“{title}”。").format(title=source.title)
    return _("除日期和单位名称外，和{where}的“{title}”一样。").format(where=source.where, title=source.title)
