"""The sections of the home page: an editor puts them in order and leaves out what is not wanted."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from .links import LinkBlock, shown_links


class _Computed(blocks.StaticBlock):
    """Filled by the platform; there is nothing to write."""


class BandBlock(blocks.StructBlock):
    words = blocks.CharBlock(label=_("要告诉大家的话"), max_length=120)
    until = blocks.DateBlock(label=_("显示到哪天"), required=False, help_text=_("过了这天自动不显示；空着就一直显示"))
    link = LinkBlock(label=_("点了去哪里"), required=False, max_num=1)

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        return {**super().get_context(value, parent_context), "shown": list(shown_links(value["link"]))}

    class Meta:
        icon = "warning"
        label = _("通知条")


class PickedBlock(blocks.StructBlock):
    heading = blocks.CharBlock(label=_("标题"), max_length=20, default=_("常用"))
    links = LinkBlock(label=_("链接"))

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        return {**super().get_context(value, parent_context), "shown": list(shown_links(value["links"]))}

    class Meta:
        icon = "link"
        label = _("挑出来的链接")


class HomeSections(blocks.StreamBlock):
    band = BandBlock()
    village = _Computed(label=_("看我们村（社区）"), icon="home", admin_text=_("选乡镇、选村。自动生成。"))
    matters = _Computed(label=_("按事情找"), icon="list-ul", admin_text=_("公开得最多的八个领域。自动生成。"))
    notices = _Computed(label=_("正在公示"), icon="time", admin_text=_("最先到期的五条。自动生成。"))
    progress = _Computed(label=_("公开进度"), icon="tasks", admin_text=_("今年应公开、已公开、逾期的数。自动生成。"))
    newest = _Computed(label=_("最新公开"), icon="doc-full", admin_text=_("最近公开的八条。自动生成。"))
    picked = PickedBlock()

    class Meta:
        required = False
        block_counts = {name: {"max_num": 1} for name in ("village", "matters", "notices", "progress", "newest")}


# What a home page shows whose editor chose nothing (ux/README.md, screen a).
USUAL = ("village", "matters", "notices", "progress", "newest")
