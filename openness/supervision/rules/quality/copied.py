"""Copied: the same words as an earlier text of another period or another unit."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from openness.disclosures.models import Category

from ...models import CheckName
from .text import Batch, Found, Text

# What comes from above or holds for all is rightly the same everywhere.
SAME_EVERYWHERE = frozenset({Category.POLICY, Category.RULES, Category.GUIDE})


class Copied:
    name = CheckName.COPIED

    def findings(self, text: Text, batch: Batch) -> Iterator[Found]:
        source = batch.copies.get(text.key)
        if source is not None and text.category not in SAME_EVERYWHERE:
            words = _("除日期和单位名称外，和{where}的“{title}”一样。").format(where=source.where, title=source.title)
            yield Found(_("全文"), words, source=source.key)
