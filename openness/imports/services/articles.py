"""The HTML of an old site as blocks of a body: words and tables stay, everything else goes and is counted. Nothing is fetched."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import escape
from typing import Any
from uuid import uuid4

from bs4 import BeautifulSoup, Comment, Tag
from bs4.element import NavigableString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from openness.disclosures.html import clean_html, plain_text
from openness.disclosures.services.import_word import table_blocks

Block = dict[str, Any]
_MARKUP = re.compile(r"<\s*/?\s*[a-zA-Z][^>]*>")
_BLOCKS = re.compile(r"<\s*(?:p|div|br|table|ul|ol|h[1-6]|section|article|center)\b", re.IGNORECASE)
_SHORTCODES = re.compile(r"\[/?(?:caption|gallery|embed|video|audio|playlist)\b[^\]]*\]", re.IGNORECASE)
_GONE = {
    "script": gettext_lazy("脚本"), "style": gettext_lazy("样式"), "iframe": gettext_lazy("嵌入的网页"), "object": gettext_lazy("插件"),
    "embed": gettext_lazy("插件"), "form": gettext_lazy("表单"), "video": gettext_lazy("视频"), "audio": gettext_lazy("录音"),
    "svg": gettext_lazy("图形"), "img": gettext_lazy("图片"), "noscript": gettext_lazy("脚本"), "template": gettext_lazy("脚本"), "link": gettext_lazy("样式"), "meta": gettext_lazy("样式"),
}  # fmt: skip
_FLOWING = frozenset({"p", "h2", "h3", "h4", "ul", "ol", "table"})
_RENAMED = {"h1": "h2", "h5": "h4", "h6": "h4"}
_HOLDERS = frozenset(
    {
        "div",
        "section",
        "article",
        "center",
        "blockquote",
        "pre",
        "main",
        "header",
        "footer",
        "figure",
        "dl",
        "dt",
        "dd",
        "font",
        "body",
        "html",
        "tbody",
        "thead",
        "tr",
        "td",
        "th",
    }
)
_FILES = re.compile(r"\.(?:docx?|xlsx?|pptx?|pdf|wps|et|rar|zip|7z|txt|ofd|jpe?g|png|gif|bmp)(?:[?#].*)?$", re.IGNORECASE)
_MOST_LISTED = 20


@dataclass
class Article:
    """`dropped` counts what went, by its name; `files` are the addresses of pictures and attachments that were used."""

    blocks: list[Block] = field(default_factory=list)
    dropped: Counter[str] = field(default_factory=Counter)
    files: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)

    @property
    def dropped_in_words(self) -> str:
        return (
            _("去掉了：{things}。").format(things="、".join(f"{name} {n} 处" for name, n in self.dropped.items())) if self.dropped else ""
        )

    @property
    def files_in_words(self) -> str:
        """Listed, not brought over."""
        if not self.files:
            return ""
        shown = "，".join(self.files[:_MOST_LISTED])
        return _("用到的 {n} 个图片和附件没有搬，要的话请自己上传：{files}").format(n=len(self.files), files=shown)


def article_of(html: str) -> Article:
    made = Article()
    soup = BeautifulSoup(_as_html(html), "html.parser")
    _drop(soup, made)
    _links(soup, made)
    for run in _runs(soup):
        made.blocks.extend(_block(run, made))
    return made


def text_blocks(words: str) -> list[Block]:
    """Plain words, a paragraph a line."""
    lines = "".join(f"<p>{escape(line.strip())}</p>" for line in words.splitlines() if line.strip())
    return [_text(lines)] if lines else []


def _as_html(raw: str) -> str:
    text = _SHORTCODES.sub("", raw)
    if not _MARKUP.search(text):
        text = escape(text, quote=False)
    if not _BLOCKS.search(text):
        return "".join(f"<p>{line}</p>" for line in text.splitlines() if line.strip())
    return text


def _drop(soup: BeautifulSoup, made: Article) -> None:
    for comment in soup.find_all(string=lambda text: isinstance(text, Comment)):
        comment.extract()
    for tag in soup.find_all(list(_GONE)):
        if tag.decomposed:
            continue
        if tag.name == "img" and (source := str(tag.get("src") or "")):
            made.files.append(source[:200] if not source.startswith("data:") else _("（嵌在文字里的图）"))
        made.dropped[str(_GONE[tag.name])] += 1
        tag.decompose()


def _links(soup: BeautifulSoup, made: Article) -> None:
    """Files are listed; a link that only the old site understood keeps its words."""
    for anchor in soup.find_all("a"):
        address = str(anchor.get("href") or "").strip()
        if _FILES.search(address):
            made.files.append(address[:200])
        if not address.startswith(("http://", "https://")) or _FILES.search(address):
            anchor.unwrap()


def _runs(soup: Any) -> Iterator[list[Tag]]:
    """Paragraphs that stand together, and single tables."""
    run: list[Tag] = []
    for piece in _pieces(soup):
        if piece.name == "table":
            if run:
                yield run
            yield [piece]
            run = []
        else:
            run.append(piece)
    if run:
        yield run


def _pieces(holder: Any) -> Iterator[Tag]:
    """Paragraphs, headings, lists and tables in their order, whatever they are packed in; loose words become paragraphs."""
    loose: list[Any] = []
    for node in list(holder.children):
        inner = isinstance(node, Tag) and node.find(_is_block) is not None
        if isinstance(node, Tag) and (node.name in _FLOWING | _HOLDERS | _RENAMED.keys() or inner or node.name == "br"):
            yield from _paragraph(loose)
            loose = []
            if node.name in {"ul", "ol", "table"} and not _is_layout(node):
                yield node
            elif inner:
                yield from _pieces(node)
            elif node.name != "br":
                node.name = _RENAMED.get(node.name, node.name if node.name in _FLOWING and node.name != "table" else "p")
                yield node
        else:
            loose.append(node)
    yield from _paragraph(loose)


def _is_block(tag: Tag) -> bool:
    return tag.name in _FLOWING or tag.name in _HOLDERS or tag.name in _RENAMED


def _is_layout(table: Tag) -> bool:
    """A table around tables or around a whole text is no table of data."""
    return table.name == "table" and (table.find("table") is not None or len(table.find_all(["td", "th"])) == 1)


def _paragraph(loose: list[Any]) -> Iterator[Tag]:
    if any(node.get_text(strip=True) if isinstance(node, Tag) else str(node).strip() for node in loose):
        made = Tag(name="p")
        for node in loose:
            made.append(node if isinstance(node, Tag) else NavigableString(str(node)))
        yield made


def _block(run: list[Tag], made: Article) -> Iterator[Block]:
    if run[0].name == "table":
        yield from table_blocks(run[0], made.said)
        return
    html = clean_html("".join(str(piece) for piece in run if piece.get_text(strip=True)))
    if plain_text(html):
        yield _text(html)


def _text(html: str) -> Block:
    return {"type": "text", "id": str(uuid4()), "value": html}
