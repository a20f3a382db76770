"""Every public address, read from the URL resolver: what is asked there, and which tags its page must have. A new address needs a line."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import URLPattern, URLResolver, get_resolver

SITE, COLUMN, ARTICLE = "site", "column", "article"  # 3, 7, 10 tags
NO_PAGE = "no page"  # a file, a feed, a redirect, a drawing


@dataclass(frozen=True)
class Line:
    """`tags` is one of the four above; `thing` names what the address is asked for (see `things` in test_head.py)."""

    tags: str
    thing: str = ""


LINES: dict[str, Line] = {
    "healthz": Line(NO_PAGE),
    "robots": Line(NO_PAGE),
    "sitemap": Line(NO_PAGE),
    "sitemap_part": Line(NO_PAGE),
    "site_map": Line(COLUMN),
    "search:search": Line(SITE),
    "search:json": Line(NO_PAGE),
    "search:atom": Line(NO_PAGE),
    "search:suggest": Line(NO_PAGE),
    "board": Line(NO_PAGE),  # a sheet of paper
    "board_pdf": Line(NO_PAGE),
    "messages": Line(COLUMN),
    "message_new": Line(SITE),
    "message_sent": Line(NO_PAGE),  # only after sending
    "message_follow": Line(SITE),
    "message": Line(ARTICLE, "message"),
    "correction_new": Line(SITE, "disclosure"),
    "objection_new": Line(SITE, "notice of a village"),
    "requests": Line(COLUMN),
    "request_new": Line(SITE),
    "go": Line(NO_PAGE),
    "catalog": Line(COLUMN),
    "item": Line(COLUMN, "item"),
    "disclosure": Line(ARTICLE, "disclosure"),
    "media": Line(NO_PAGE),
    "unit": Line(COLUMN, "unit"),
    "progress": Line(COLUMN),
    "progress_cells": Line(COLUMN),
    "progress_scores": Line(COLUMN),
    "progress_scores_csv": Line(NO_PAGE),
    "progress_method": Line(COLUMN),
    "progress_script": Line(NO_PAGE),
    "progress_score": Line(COLUMN, "unit"),
    "progress_score_rows": Line(COLUMN, "indicator"),
    "progress_notices": Line(COLUMN),
    "progress_notice": Line(ARTICLE, "issued notice"),
    "progress_notice_print": Line(NO_PAGE),  # a sheet of paper
    "progress_notice_xlsx": Line(NO_PAGE),
    "progress_of": Line(COLUMN, "unit"),
    "wagtail_serve": Line(NO_PAGE),  # composed pages: each kind in test_kinds.py
}
_NOT_OURS = ("admin/", "documents/", "_util/")


def public_names() -> Iterator[str]:
    yield from _walk(get_resolver().url_patterns, "", [])


def _walk(patterns: list, prefix: str, spaces: list[str]) -> Iterator[str]:
    for pattern in patterns:
        route = prefix + str(pattern.pattern)
        if route.lstrip("^").startswith(_NOT_OURS):
            continue
        if isinstance(pattern, URLResolver):
            yield from _walk(pattern.url_patterns, route, [*spaces, *([pattern.namespace] if pattern.namespace else [])])
        elif isinstance(pattern, URLPattern):
            yield ":".join([*spaces, pattern.name or route])
