"""Attachments that were read and could not be: with a password, damaged, or pictures without words."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from ...models import CheckName
from .text import Batch, Found, Text, mark_of


class Attachments:
    name = CheckName.ATTACHMENT

    def findings(self, text: Text, batch: Batch) -> Iterator[Found]:
        for key in text.files:
            file = batch.files.get(key)
            if file is not None and file.readable is False:
                sentence = _("附件“{title}”：{why}").format(title=file.title, why=file.why)
                yield Found(_("附件"), sentence, file.title, mark_of(str(key)))
