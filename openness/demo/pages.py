"""The composed pages of the demo: help, statements, a guide, and the section 政府信息公开. What they say of the product is true of it."""

import json
import uuid
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from wagtail.models import Page

from openness.pages.models import AnnualReportsPage, GuidePage, OpennessPage, OpennessTextPage, StatutoryPage, TextPage

_TEXTS = Path(__file__).resolve().parent / "data" / "pages.json"
_PICKED = ("village-accounts", "openness", "annual-reports")
KINDS: dict[str, type[Page]] = {
    kind.__name__: kind for kind in (AnnualReportsPage, GuidePage, OpennessPage, OpennessTextPage, StatutoryPage, TextPage)
}


def compose_pages(home: Page) -> None:
    """All of data/pages.json below the home page; what is there already stays."""
    _below(home, json.loads(_TEXTS.read_text(encoding="utf-8")))
    arrange_home(home)


def arrange_home(home: Any) -> None:
    """The usual sections, and a few links picked by hand."""
    picked = [_block("page", page.pk) for page in Page.objects.filter(slug__in=_PICKED).order_by("path")]
    blocks = [_block(kind, None) for kind in ("village", "matters")]
    blocks.append({"type": "picked", "value": {"heading": "怎么办、怎么查", "links": picked}, "id": str(uuid.uuid4())})
    home.sections = json.dumps([*blocks, *(_block(kind, None) for kind in ("notices", "progress", "newest"))], ensure_ascii=False)
    home.save_revision().publish()


def _below(parent: Page, texts: Iterable[dict[str, Any]]) -> None:
    for text in texts:
        page = parent.get_children().filter(slug=text["slug"]).first() or _published(parent, text)
        _below(page, text.get("below", ()))


def _published(parent: Page, text: dict[str, Any]) -> Page:
    columns = {name: value for name, value in text.items() if name not in ("kind", "below", "body")}
    page = KINDS[text["kind"]](**columns, body=json.dumps([_block(*block) for block in text.get("body", ())], ensure_ascii=False))
    parent.add_child(instance=page)
    page.save_revision().publish()
    return page


def _block(kind: str, value: Any) -> dict[str, Any]:
    """As a stream field stores it; the pieces of a list have names of their own, too."""
    if isinstance(value, list):
        value = [{"type": "item", "value": piece, "id": str(uuid.uuid4())} for piece in value]
    return {"type": kind, "value": value, "id": str(uuid.uuid4())}
