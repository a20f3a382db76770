"""Words and photographs."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.images.blocks import ImageChooserBlock

from ..html import clean_html

# No link to a document within words: residents would get 404, and no rule would read it. Files have a block of their own.
FEATURES = ["bold", "italic", "h3", "ol", "ul", "link"]


class TextBlock(blocks.RichTextBlock):
    """Rich text that is cleaned whenever it is stored, whoever wrote it: the editor, an import or a script."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"features": FEATURES, **options})

    def get_prep_value(self, value: Any) -> str:
        return clean_html(super().get_prep_value(value) or "")

    def deconstruct(self) -> Any:
        """Under the name that the first migration knows."""
        _path, args, options = super().deconstruct()
        return ("openness.disclosures.blocks.TextBlock", args, options)


class PhotoBlock(blocks.StructBlock):
    photo = ImageChooserBlock(label=_("照片"))
    caption = blocks.CharBlock(label=_("照片说明"), max_length=120)

    class Meta:
        icon = "image"
        label = _("照片")
        template = "disclosures/blocks/photo.html"
