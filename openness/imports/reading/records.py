"""JSON of an old site: a list of articles, a list inside an object, or one article a line. One article at a time is decoded."""

import json
from collections.abc import Iterator
from itertools import chain, islice
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from openness.units.refusal import Refused

from .separated import encoding_of
from .sheet import Row, Sheet, bounded, narrow

_LOOK = 200  # articles whose names make the head
_SPACE = " \t\r\n\ufeff"
_Article = dict[str, Any]


def sheet(path: Path) -> Sheet:
    """Raises Refused and Unreadable."""
    articles = _articles(path.read_text(encoding=encoding_of(path)))
    first = list(islice(articles, _LOOK))
    head = list(dict.fromkeys(name for one in first for name in one))
    if not head:
        raise Refused(_("JSON 里没有找到文章：要是一个列表，每篇文章是一个对象。"))
    return Sheet(narrow(head), bounded(_rows(chain(first, articles), head)))


def _rows(articles: Iterator[_Article], head: list[str]) -> Iterator[Row]:
    for number, one in enumerate(articles, start=1):
        yield number, narrow(_said(one.get(name)) for name in head)


def _said(value: Any) -> str:
    if isinstance(value, list):
        return "、".join(filter(None, map(_said, value)))
    if isinstance(value, dict):
        return next((_said(value[name]) for name in ("rendered", "name", "title", "value") if name in value), "")
    return "" if value is None or isinstance(value, bool) else str(value)


def _articles(text: str) -> Iterator[_Article]:
    try:
        yield from (one for one in _Walk(text).listed() if isinstance(one, dict))
    except (ValueError, RecursionError) as fault:
        raise Refused(_("JSON 写得不完整，读不下去。请重新导出再传。")) from fault


class _Walk:
    def __init__(self, text: str) -> None:
        self.text, self.at = text, 0
        self.decode = json.JSONDecoder().raw_decode

    def listed(self) -> Iterator[Any]:
        if self._next() == "{" and (inside := self._list_inside()) is not None:
            self.at = inside
        if self._next() == "[":
            self.at += 1
            yield from self._until("]")
        else:
            yield from self._until("")

    def _next(self) -> str:
        while self.text[self.at : self.at + 1] and self.text[self.at] in _SPACE:
            self.at += 1
        return self.text[self.at : self.at + 1]

    def _until(self, end: str) -> Iterator[Any]:
        """Values with or without commas between them."""
        while (sign := self._next()) != end:
            if sign == ",":
                self.at += 1
                continue
            value, self.at = self.decode(self.text, self.at)
            yield value

    def _list_inside(self) -> int | None:
        """Where the first list of objects begins in an object such as {"posts": [...]}; None for an article itself."""
        start, self.at = self.at, self.at + 1
        while self._next() == '"':
            _name, self.at = self.decode(self.text, self.at)
            if self._next() != ":":
                break
            self.at += 1
            if self._next() == "[" and self.text[self.at + 1 :].lstrip(_SPACE)[:1] == "{":
                return self.at
            _value, self.at = self.decode(self.text, self.at)
            if self._next() != ",":
                break
            self.at += 1
            self._next()
        self.at = start
        return None
