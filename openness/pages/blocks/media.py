"""Pictures and files of the site itself: what belongs to a unit is for the public only while a disclosure shows it."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock

from openness.disclosures.services.files import is_public

_HELP = _("请用“单位”空着的文件：有单位的，那个单位没公开，群众就打不开")


def _must_be_open(file: Any) -> None:
    """
    Raises:
        ValidationError: strangers would get 404 for it.
    """
    if file is not None and (file.unit_id is not None or getattr(file, "private", False)) and not is_public(file):
        raise ValidationError(_now("“{title}”是单位的文件，还没有公开。请另传一份，“单位”空着。").format(title=file.title))


class OpenImageBlock(ImageChooserBlock):
    def clean(self, value: Any) -> Any:
        found = super().clean(value)
        _must_be_open(found)
        return found


class OpenFileBlock(DocumentChooserBlock):
    def clean(self, value: Any) -> Any:
        found = super().clean(value)
        _must_be_open(found)
        return found


class PictureBlock(blocks.StructBlock):
    """A picture; what it shows is also said in words, for who cannot see it."""

    image = OpenImageBlock(label=_("图片"), help_text=_HELP)
    alt = blocks.CharBlock(label=_("图里是什么"), max_length=120, help_text=_("念给看不见图的人听，一句话说清楚"))
    caption = blocks.CharBlock(label=_("图片说明"), max_length=120, required=False, help_text=_("显示在图下面"))

    class Meta:
        icon = "image"
        label = _("图片")
        template = "pages/blocks/picture.html"


class FilesBlock(blocks.StructBlock):
    heading = blocks.CharBlock(label=_("小标题"), max_length=40, required=False, default=_("下载"))
    files = blocks.ListBlock(OpenFileBlock(label=_("附件")), label=_("附件"), help_text=_HELP)

    class Meta:
        icon = "doc-full"
        label = _("附件")
        template = "pages/blocks/files.html"
