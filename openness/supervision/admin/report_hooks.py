"""Addresses of indicators, scores, notices and annual reports."""

from typing import Any

from wagtail import hooks

from . import annual, indicators, reports, scores


@hooks.register("register_admin_urls")
def addresses() -> list[Any]:
    return [*indicators.URLS, *scores.URLS, *reports.URLS, *annual.URLS]
