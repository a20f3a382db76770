"""WordPress's export (WXR): the published articles, one at a time. No entity is resolved, nothing is fetched."""

from collections.abc import Iterator
from pathlib import Path

from django.utils.translation import gettext as _
from lxml.etree import XMLSyntaxError, _Element, iterparse

from openness.disclosures.extraction.result import State, Unreadable

from .accept import no_declarations
from .sheet import Row, Sheet, bounded, narrow

HEAD = ["标题", "正文", "发布日期", "分类", "摘要", "链接"]
_CONTENT = "http://purl.org/rss/1.0/modules/content/"
_KINDS = ("post", "page")


def sheet(path: Path) -> Sheet:
    """Raises Refused and, while walking, Unreadable."""
    with path.open("rb") as file:
        no_declarations(file)
    made = Sheet(list(HEAD), iter(()))
    made.rows = bounded(_rows(path, made.said))
    return made


def _rows(path: Path, said: list[str]) -> Iterator[Row]:
    left_out = number = 0
    try:
        for _event, item in iterparse(str(path), tag="{*}item", resolve_entities=False, no_network=True, huge_tree=False):
            number += 1
            if _is_article(item):
                yield number, narrow(_cells(item))
            else:
                left_out += 1
            _forget(item)
    except XMLSyntaxError as fault:
        raise Unreadable(State.DAMAGED) from fault
    if left_out:
        said.append(_("有 {n} 条没有读：草稿、回收站里的、附件和菜单。").format(n=left_out))


def _is_article(item: _Element) -> bool:
    return _text(item, "post_type") in ("", *_KINDS) and _text(item, "status") in ("", "publish")


def _cells(item: _Element) -> list[str]:
    body = item.findtext(f"{{{_CONTENT}}}encoded") or _text(item, "description")
    day = _text(item, "post_date") or _text(item, "pubDate")
    categories = [one.text or "" for one in item.iterfind("{*}category") if one.get("domain", "category") == "category"]
    return [_text(item, "title"), body, day, "、".join(categories), _excerpt(item), _text(item, "link")]


def _excerpt(item: _Element) -> str:
    return next((one.text or "" for one in item.iterfind("{*}encoded") if "excerpt" in str(one.tag)), "")


def _text(item: _Element, name: str) -> str:
    return (item.findtext(f"{{*}}{name}") or "").strip()


def _forget(item: _Element) -> None:
    item.clear()
    while item.getprevious() is not None:
        parent = item.getparent()
        if parent is None:
            return
        del parent[0]
