"""Links, each to something that everybody may read. What has been withdrawn since is left out when the page is shown."""

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from catalog.models import Item
from openness.disclosures.models import Disclosure
from openness.units.models import Unit

from .. import choosers

_MODULE = __name__
UnitChooserBlock = choosers.units.get_block_class("UnitChooserBlock", _MODULE)
ItemChooserBlock = choosers.items.get_block_class("ItemChooserBlock", _MODULE)
DisclosureChooserBlock = choosers.disclosures.get_block_class("DisclosureChooserBlock", _MODULE)


class AddressBlock(blocks.StructBlock):
    """An address written by hand: of this site, or with https://."""

    words = blocks.CharBlock(label=_("显示的文字"), max_length=60)
    address = blocks.CharBlock(label=_("网址"), max_length=300, help_text=_("本站的写 /catalog/ 这样的；别的网站写全，以 https:// 开头"))

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        if not _is_address(cleaned["address"]):
            wrong = ValidationError(_now("网址要以 / 或者 https:// 开头。"))
            raise blocks.StructBlockValidationError(block_errors={"address": wrong})
        return cleaned

    class Meta:
        icon = "link-external"
        label = _("别的网址")


def _is_address(words: str) -> bool:
    return words.startswith(("https://", "http://")) or (words.startswith("/") and not words.startswith("//"))


class LinkBlock(blocks.StreamBlock):
    """To what a link may lead."""

    unit = UnitChooserBlock(label=_("乡镇、街道、村（社区）"))
    item = ItemChooserBlock(label=_("公开事项"))
    disclosure = DisclosureChooserBlock(label=_("公开内容"))
    page = blocks.PageChooserBlock(label=_("本站的说明页、指南"))
    address = AddressBlock()


class LinksBlock(blocks.StructBlock):
    heading = blocks.CharBlock(label=_("小标题"), max_length=40, required=False)
    links = LinkBlock(label=_("链接"))

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        return {**super().get_context(value, parent_context), "shown": list(shown_links(value["links"]))}

    class Meta:
        icon = "link"
        label = _("一组链接")
        template = "pages/blocks/links.html"


def shown_links(links: Any) -> Iterator[tuple[str, str]]:
    """(address, words) of those that lead somewhere today."""
    for link in links or ():
        found = _target(link.block_type, link.value)
        if found:
            yield found


def _target(kind: str, value: Any) -> tuple[str, str] | None:
    if value is None or not _is_public(value):
        return None
    if kind == "address":
        return value["address"], value["words"]
    if kind == "page":
        return value.url, value.title
    return value.get_absolute_url(), str(value)


def _is_public(value: Any) -> bool:
    if isinstance(value, Disclosure):
        return value.live and not value.is_over
    if isinstance(value, Unit):
        return value.active
    return isinstance(value, Item) or getattr(value, "live", True)
