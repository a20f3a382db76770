"""The head of a page, written in its template by one tag: `column_head` or `article_head`. What every page has stands in base.html."""

from collections.abc import Iterable
from datetime import datetime
from html import unescape
from typing import Any

from django import template
from django.template.loader_tags import BLOCK_CONTEXT_KEY
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from .. import structured
from ..head import Article, Column, Meta, canonical, site_metas

register = template.Library()
Context = template.Context
_TYPE = '{}\n<meta property="og:type" content="{}">\n{}'


@register.simple_tag(takes_context=True)
def again(context: Context, name: str) -> SafeString:
    """What the template of this page put into a block, once more: a title is written once and shown in several places."""
    block = context.render_context[BLOCK_CONTEXT_KEY].get_block(name)
    return SafeString(" ".join(block.render(context).split()) if block else "")


@register.simple_tag(takes_context=True)
def site_head(context: Context) -> SafeString:
    """Which site this is, for every page."""
    return _tags(site_metas(context["frame"])) if "frame" in context else SafeString()


@register.simple_tag(takes_context=True)
def column_head(context: Context, kind: str, keywords: str = "") -> SafeString:
    """Of a column page: its name is the block `title`, its description the block `description`. `kind` is one
    of `head.COLUMN_TYPES`, `keywords` are words with commas between, beside the name.
    """
    name = _words(context, "title")
    return format_html(_TYPE, _tags(Column(name, kind, _words(context, "description"), _joined(name, keywords)).metas()), "website", "")


@register.simple_tag(takes_context=True)
def article_head(context: Context, kind: str, column: str, published: datetime | None, source: str, **more: Any) -> SafeString:
    """Of an article in a column: its title and description are those blocks.

    `kind` is one of `head.COLUMN_TYPES`, `column` the column's name, `source` who is responsible for the text;
    `more` may be changed, keywords, author, image, number (an index number) of `head.Article`.
    """
    keywords = str(more.pop("keywords", ""))
    said = Article(
        _words(context, "title"), published, str(source), description=_words(context, "description"), keywords=keywords,
        **{name: value for name, value in more.items() if value},
    )  # fmt: skip
    url = canonical(context.get("request"))
    about = Column(str(column), kind, f"{source}{column}", _joined(str(column), keywords))
    data = structured.block(structured.article(said, context["frame"], url)) if "frame" in context else ""
    return format_html(_TYPE, _tags([*about.metas(), *said.metas(url)]), "article", data)


@register.simple_tag(takes_context=True)
def site_data(context: Context) -> SafeString:
    """The site, who runs it and how to search it, for the home page."""
    return structured.block(structured.site(context["frame"])) if "frame" in context else SafeString()


@register.simple_tag
def crumb_data(above: Iterable[Any], middle: Any, here: Any, from_home: bool = False) -> SafeString:
    """The crumbs as data. The steps of `above` and `middle` have `get_absolute_url`; `here` is this page."""
    steps = [*(above or ()), *([middle] if middle else [])]
    home = [(_("首页"), "/")] if from_home or not above else []
    between = [(str(step), step.get_absolute_url()) for step in steps]
    return structured.block(structured.breadcrumbs([*home, *between, (str(here), "")]))


@register.simple_tag(takes_context=True)
def canonical_link(context: Context) -> SafeString:
    url = canonical(context.get("request"))
    return format_html('<link rel="canonical" href="{}">\n<meta property="og:url" content="{}">', url, url) if url else SafeString()


def _tags(metas: Iterable[Meta]) -> SafeString:
    return format_html_join("\n", '<meta name="{}" content="{}">', metas)


def _words(context: Context, block: str) -> str:
    return unescape(again(context, block))


def _joined(name: str, keywords: str) -> str:
    return ",".join(word for word in (name, str(keywords)) if word)
