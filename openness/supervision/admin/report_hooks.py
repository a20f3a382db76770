"""Addresses and menu of indicators, scores, notices and annual reports."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import Menu, MenuItem, SubmenuMenuItem

from . import annual, indicators, reports, scores


@hooks.register("register_admin_urls")
def addresses() -> list[Any]:
    return [*indicators.URLS, *scores.URLS, *reports.URLS, *annual.URLS]


class _Item(MenuItem):
    """Shown to whoever may see what is behind it."""

    def __init__(self, label: Any, address: str, model: str, icon: str, order: int) -> None:
        super().__init__(label, reverse_lazy(address), name=address, icon_name=icon, order=order)
        self.permission = f"supervision.view_{model}"

    def is_shown(self, request: HttpRequest) -> bool:
        return bool(request.user.has_perm(self.permission))


@hooks.register("register_admin_menu_item")
def menu_item() -> MenuItem:
    items = [
        _Item(_("得分"), "supervision_scores", "indicator", "order", 10),
        _Item(_("考核指标"), "supervision_indicators", "indicator", "sliders", 20),
        _Item(_("通报"), "supervision_notices", "notice", "doc-full-inverse", 30),
        _Item(_("年度报告"), "supervision_annual", "annualreport", "calendar-alt", 40),
    ]
    return SubmenuMenuItem(_("考核和报告"), Menu(items=items), name="supervision-reports", icon_name="order", order=160)
