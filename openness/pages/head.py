"""What the head of a page says to machines: the tags that inspectors of government sites look for (国办发〔2017〕47号, annex), said once.

Home and every other page say which site they are of (3 tags), a column also which column (7), an article also what it is (10 and more).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone

# The values that `ColumnType` may have, as the annex lists them.
COLUMN_TYPES = (
    "首页", "概况信息", "机构职能", "负责人信息", "工作动态", "政策文件", "信息公开指南", "信息公开目录", "信息公开年报", "依申请公开",
    "数据发布", "数据开放", "政策解读", "回应关切", "办事服务", "咨询投诉", "征集调查", "在线访谈",
)  # fmt: skip
Meta = tuple[str, str]


@dataclass(frozen=True)
class Column:
    """A column. `keywords` are words with commas between.

    Raises:
        ValueError: a `kind` that is not among `COLUMN_TYPES`.
    """

    name: str
    kind: str
    description: str
    keywords: str

    def __post_init__(self) -> None:
        if self.kind not in COLUMN_TYPES:
            raise ValueError(f"{self.kind!r} is no ColumnType; see COLUMN_TYPES")

    def metas(self) -> Iterator[Meta]:
        yield "ColumnName", self.name
        yield "ColumnDescription", self.description
        yield "ColumnKeywords", self.keywords
        yield "ColumnType", self.kind


@dataclass(frozen=True)
class Article:
    """An article. `source` is who is responsible for it; `number` its index number, if it has one."""

    title: str
    published: datetime | None
    source: str
    changed: datetime | None = None
    keywords: str = ""
    author: str = ""
    description: str = ""
    image: str = ""
    number: str = ""

    def metas(self, url: str) -> Iterator[Meta]:
        yield "ArticleTitle", self.title
        yield "PubDate", minute(self.published)
        yield "ContentSource", self.source
        optional = (("Keywords", self.keywords), ("Author", self.author), ("Description", self.description), ("Image", self.image))
        yield from ((name, words) for name, words in optional if words)
        yield "Url", url


def minute(moment: datetime | None) -> str:
    """YYYY-MM-DD HH:MM in the time of the site; empty for a draft."""
    return timezone.localtime(moment).strftime("%Y-%m-%d %H:%M") if moment else ""


def absolute(path: str) -> str:
    """An address of this site with its host; a foreign one stays."""
    return path if "://" in path else settings.SITE_URL.rstrip("/") + path


def canonical(request: HttpRequest | None) -> str:
    """The one address of a page: without size of type, filters and order; the pages of a list stay apart. Empty while previewing."""
    if request is None:
        return ""
    page = request.GET.get("page", "")
    return absolute(request.path) + (f"?page={page}" if page.isdigit() and int(page) > 1 else "")


def domain_of(frame: Any) -> str:
    """The name of the site in the net: what was set, else the host of its address."""
    return frame.domain or urlsplit(settings.SITE_URL).hostname or ""


def site_metas(frame: Any) -> Iterator[Meta]:
    yield "SiteName", f"{frame.place}{frame.site_name}"
    yield "SiteDomain", domain_of(frame)
    yield "SiteIDCode", frame.identification
