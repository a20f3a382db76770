"""督办: everything that supervisors look at and do under one sub-menu, in one order; each person sees what they have a right to."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import Menu, MenuItem, SubmenuMenuItem

from openness.units.admin.common import ForThose

from ..rules.steps import ORDER

HOOK = "register_supervision_menu_item"
# label, address, what one must have the right to view, icon
_ITEMS = (
    (_("督办台"), "supervision_desk", "supervision.obligation", "tasks"),
    (_("提醒和催办"), "supervision_pursuit", "supervision.urging", "warning"),
    (_("整改"), "supervision_orders", ORDER, "check"),
    (_("抽查"), "supervision_spot_checks", "supervision.spotcheck", "crosshairs"),
    (_("自动检查"), "supervision_findings", "supervision.finding", "glasses"),
    (_("得分"), "supervision_scores", "supervision.indicator", "order"),
    (_("考核指标"), "supervision_indicators", "supervision.indicator", "sliders"),
    (_("通报"), "supervision_notices", "supervision.notice", "doc-full-inverse"),
    (_("年度报告"), "supervision_annual", "supervision.annualreport", "calendar-alt"),
)


@hooks.register("register_admin_menu_item")
def supervision_menu() -> MenuItem:
    items = [
        ForThose(label, reverse(address), name=address, icon_name=icon, order=order, model=model)
        for order, (label, address, model, icon) in enumerate(_ITEMS)
    ]
    return SubmenuMenuItem(_("督办"), Menu(register_hook_name=HOOK, items=items), name="supervision", icon_name="tasks", order=150)
