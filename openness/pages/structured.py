"""The same facts as data for search engines (schema.org). A block of data is no script: the site's policy lets it stand (tests/browser/test_pages.py)."""

import json
from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from .head import Article, absolute

Data = dict[str, Any]
_ESCAPES = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}


def block(data: Data) -> SafeString:
    words = json.dumps({"@context": "https://schema.org", **data}, ensure_ascii=False).translate(_ESCAPES)
    return format_html('<script type="application/ld+json">{}</script>', mark_safe(words))  # noqa: S308  (escaped above)


def publisher(frame: Any) -> Data:
    """Who runs the site."""
    found: Data = {"@type": "GovernmentOrganization", "name": frame.host or f"{frame.place}{frame.site_name}", "url": absolute("/")}
    return {**found, "telephone": frame.phone} if frame.phone else found


def site(frame: Any) -> Data:
    """The site and its search, for the home page."""
    asked = absolute(reverse("search:search")) + "?q={search_term_string}"
    search = {
        "@type": "SearchAction",
        "target": {"@type": "EntryPoint", "urlTemplate": asked},
        "query-input": "required name=search_term_string",
    }
    name = f"{frame.place}{frame.site_name}"
    about: Data = {"@type": "WebSite", "name": name, "url": absolute("/"), "inLanguage": "zh-CN"}
    return {**about, "publisher": publisher(frame), "potentialAction": search}


def article(said: Article, frame: Any, url: str) -> Data:
    """A text; one with an index number is a `Report`, which can say it."""
    data: Data = {
        "@type": "Report" if said.number else "Article", "headline": said.title, "url": url, "mainEntityOfPage": url, "inLanguage": "zh-CN",
        "author": {"@type": "GovernmentOrganization", "name": said.source}, "publisher": publisher(frame),
    }  # fmt: skip
    if said.published:
        data |= {"datePublished": said.published.isoformat(), "dateModified": (said.changed or said.published).isoformat()}
    optional = (("description", said.description), ("image", said.image), ("reportNumber", said.number))
    return data | {name: words for name, words in optional if words}


def breadcrumbs(steps: Iterable[tuple[str, str]]) -> Data:
    """(words, address) from the home page down; the last is this page and needs no address."""
    items = [
        {"@type": "ListItem", "position": n, "name": words, **({"item": absolute(path)} if path else {})}
        for n, (words, path) in enumerate(steps, start=1)
    ]
    return {"@type": "BreadcrumbList", "itemListElement": items}
