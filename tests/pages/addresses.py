"""Which tags the page of each public address must have. A new address with a page needs a line.

What the tests of this folder do not make themselves is looked at in the demo: tests/browser/test_gates.py.
"""

import re
from dataclasses import dataclass
from html import unescape

SITE, COLUMN, ARTICLE = "site", "column", "article"  # 3, 7, 10 tags
NO_PAGE = "no page"  # a sheet of paper
IN_DEMO = "in the demo"
OF_SITE = ["SiteName", "SiteDomain", "SiteIDCode"]
OF_COLUMN = ["ColumnName", "ColumnDescription", "ColumnKeywords", "ColumnType"]
OF_ARTICLE = ["ArticleTitle", "PubDate", "ContentSource"]
NEEDED = {SITE: OF_SITE, COLUMN: OF_SITE + OF_COLUMN, ARTICLE: OF_SITE + OF_COLUMN + OF_ARTICLE}


@dataclass(frozen=True)
class Line:
    """`tags` is one of the four above; `thing` names what the address is asked for (see `things` in test_head.py)."""

    tags: str
    thing: str = ""


LINES: dict[str, Line] = {
    "policies": Line(COLUMN),
    "policies_match": Line(SITE),
    "guides": Line(COLUMN),
    "powers": Line(COLUMN),
    "power_changes": Line(COLUMN),
    "find_receipt": Line(SITE),
    "subscription_new": Line(SITE),
    "subscription_sent": Line(SITE),
    "subscriptions_none": Line(SITE),
    "unit_period": Line(SITE, IN_DEMO),
    "policy": Line(ARTICLE, IN_DEMO),
    "interpretation": Line(ARTICLE, IN_DEMO),
    "guide": Line(ARTICLE, IN_DEMO),
    "power_list": Line(COLUMN, IN_DEMO),
    "power_version": Line(COLUMN, IN_DEMO),
    "power_entry": Line(ARTICLE, IN_DEMO),
    "changes": Line(SITE, IN_DEMO),
    "receipt": Line(SITE, IN_DEMO),
    "file_words": Line(SITE, IN_DEMO),
    "site_map": Line(COLUMN),
    "search:search": Line(SITE),
    "board": Line(NO_PAGE),  # a sheet of paper
    "messages": Line(COLUMN),
    "message_new": Line(SITE),
    "message_follow": Line(SITE),
    "message": Line(ARTICLE, "message"),
    "correction_new": Line(SITE, "disclosure"),
    "objection_new": Line(SITE, "notice of a village"),
    "requests": Line(COLUMN),
    "request_new": Line(SITE),
    "catalog": Line(COLUMN),
    "item": Line(COLUMN, "item"),
    "disclosure": Line(ARTICLE, "disclosure"),
    "unit": Line(COLUMN, "unit"),
    "progress": Line(COLUMN),
    "progress_cells": Line(COLUMN),
    "progress_scores": Line(COLUMN),
    "progress_method": Line(COLUMN),
    "progress_score": Line(COLUMN, "unit"),
    "progress_score_rows": Line(COLUMN, "indicator"),
    "progress_notices": Line(COLUMN),
    "progress_notice": Line(ARTICLE, "issued notice"),
    "progress_notice_print": Line(NO_PAGE),  # a sheet of paper
    "progress_of": Line(COLUMN, "unit"),
    "wagtail_serve": Line(NO_PAGE),  # composed pages: each kind in test_kinds.py
}


def metas(page: str) -> dict[str, str]:
    """Name -> content. A name that stands twice fails."""
    found = re.findall(r'<meta (?:name|property)="([^"]+)" content="([^"]*)">', page)
    names = [name for name, _content in found]
    assert len(names) == len(set(names)), names
    return {name: unescape(content) for name, content in found}


def tags_of(found: dict[str, str]) -> list[str]:
    """Of the tags that inspectors look for, those that a page has."""
    return [one for one in NEEDED[ARTICLE] if one in found]
