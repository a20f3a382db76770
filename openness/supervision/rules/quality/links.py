"""Links that do not open. Who asks, when and whether: services/links.py."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from ...models import CheckName
from .text import Batch, Found, Text, mark_of


class Links:
    name = CheckName.LINK

    def findings(self, text: Text, batch: Batch) -> Iterator[Found]:
        for label, address in text.links:
            if address in batch.broken:
                sentence = _("链接打不开：{why}").format(why=batch.broken[address])
                yield Found(label, sentence, address, mark_of(address))
