"""Reading a batch of disclosures for the checks: their words, files and links, with a fixed number of queries."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from bs4 import BeautifulSoup
from django.apps import apps
from django.db.models import F, Q

from catalog.models.standard import element_list
from openness.disclosures.html import plain_text
from openness.disclosures.models import Attachment, Disclosure
from openness.disclosures.text import TABLES, Passage, passages
from search.analysis import normalise

from ..rules.quality import File, Place, Text

_ADDRESS = re.compile(r"https?://[^\s<>\"'，。；、）)】》]+")
_SAYS_MUCH = TABLES | {"photo"}
_ATTACHMENT_TEXT = "disclosures.AttachmentText"
_UNREADABLE = frozenset({"encrypted", "damaged", "scanned", "too_slow"})


def read_texts(rows: Sequence[Disclosure]) -> list[Text]:
    """No query: `unit` and `item` must be loaded."""
    return [_text(row) for row in rows]


def _text(row: Disclosure) -> Text:
    blocks = list(_blocks(row))
    head = [Place("标题", row.title), Place("一句话看懂", row.summary)]
    phones = (row.unit.phone, row.unit.supervisor_phone)
    return Text(
        key=row.pk,
        title=row.title,
        period=row.period,
        category=row.category,
        elements=tuple(element_list(row.item.elements)),
        own_names=(row.unit.name, row.unit.short_name),
        own_phones=frozenset(re.sub(r"\D", "", phone) for phone in phones if phone),
        places=tuple(place for place in [*head, *(Place(one.label, one.words) for one in blocks)] if place.words),
        has_table=any(block["type"] in _SAYS_MUCH for block in row.body.raw_data),
        files=tuple(block["value"] for block in row.body.raw_data if block["type"] == "file" and block["value"]),
        links=tuple(_links(row, blocks)),
        answers=_answers(row),
    )


def _answers(row: Disclosure) -> dict[str, bool]:
    """Of the elements that stand as fields of their own: whether anything was said to each, be it that there is nothing."""
    return {
        normalise(block["value"].get("name") or ""): row.body[number].value.is_answered
        for number, block in enumerate(row.body.raw_data)
        if block["type"] == "element"
    }


def _blocks(row: Disclosure) -> Iterator[Passage]:
    """Like `passages`, but pictures and files are not fetched one by one: they give their captions only."""
    for number, block in enumerate(row.body.raw_data):
        label = f"第 {number + 1} 段"
        if block["type"] == "text":
            words = plain_text(block["value"] or "")
        elif block["type"] == "photo":
            words = (block["value"] or {}).get("caption") or ""
        elif block["type"] == "file":
            words = ""
        else:
            words = "".join(one.words for one in passages([row.body[number]]))
        if words:
            yield Passage(label, block["type"], words)


def _links(row: Disclosure, blocks: Iterable[Passage]) -> Iterator[tuple[str, str]]:
    for number, block in enumerate(row.body.raw_data, start=1):
        if block["type"] == "text":
            for anchor in BeautifulSoup(block["value"] or "", "html.parser").find_all("a"):
                if address := _address(anchor):
                    yield f"第 {number} 段", address
    for one in blocks:
        for found in _ADDRESS.findall(one.words):
            yield one.label, found


def _address(anchor: Any) -> str:
    """Rich text keeps links inside the site by kind and number: page:3, document:7."""
    if anchor.get("linktype"):
        return f"{anchor['linktype']}:{anchor.get('id', '')}"
    href = (anchor.get("href") or "").strip()
    return href if href.startswith(("http://", "https://", "/")) else ""


def text_model() -> Any | None:
    """The words of attachments, where the site reads them."""
    label: str = _ATTACHMENT_TEXT
    try:
        return apps.get_model(label)
    except LookupError:
        return None


def read_files(texts: Iterable[Text]) -> dict[int, File]:
    """One query for the titles, one for the words. Where nobody reads attachments, or none has yet, nothing is said of them."""
    keys = {key for text in texts for key in text.files}
    files = {row.pk: row for row in Attachment.objects.filter(pk__in=keys)} if keys else {}
    model = text_model()
    if model is None or not files:
        return {key: File(row.title) for key, row in files.items()}
    read = {row.attachment_id: row for row in model.objects.filter(attachment__in=keys)}
    return {key: _file(row, read.get(key)) for key, row in files.items()}


def _file(attachment: Attachment, read: Any | None) -> File:
    if read is None or read.state == "waiting" or read.sha256 != attachment.sha256:
        return File(attachment.title)
    pages = tuple((label, text) for label, text in read.pages)
    words = "\n".join(text for _label, text in pages)
    return File(attachment.title, read.state not in _UNREADABLE, str(read.words), words, pages)


def read_since_checked() -> Q:
    """Disclosures with a file that was read after their check."""
    if text_model() is None:
        return Q(pk__in=[])
    read_at: Any = F("file_uses__attachment__text__extracted_at")
    return Q(prints__checked_at__lt=read_at)
