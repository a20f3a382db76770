"""Attachments that were read and could not be: with a password, damaged, or pictures without words."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .rule import TextRule
from .text import Batch, Found, Text, mark_of


class Attachments(TextRule):
    code = check = "attachment"
    name = gettext_lazy("附件打得开")
    meaning = gettext_lazy("附件不能有密码、打不开，也不能只是扫描的图片。")
    advice = gettext_lazy("去掉密码，或者换成能选中文字的文件，再上传一次。")
    basis = gettext_lazy("要能检索、查阅、下载（政府信息公开条例第二十四条）")
    needs = frozenset({"files"})

    def findings(self, text: Text, batch: Batch) -> Iterator[Found]:
        for key, file in batch.files_of(text):
            if file.readable is False:
                sentence = _("附件“{title}”：{why}").format(title=file.title, why=file.why)
                yield Found(_("附件"), sentence, file.title, mark_of(str(key)))
