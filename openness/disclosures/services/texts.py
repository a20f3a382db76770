"""Reading disclosures for the rules: their words, files and links, with a fixed number of queries for any number of them."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from bs4 import BeautifulSoup

from catalog.models.standard import element_list
from search.analysis import normalise

from ..html import plain_text
from ..models.files import Attachment, Photo
from ..models.texts import AttachmentText, TextState
from ..rules.text import File, Picture, Place, Text
from ..spots import Content, spots
from ..text import TABLES, Passage, passages

if TYPE_CHECKING:
    from ..models import Disclosure

_ADDRESS = re.compile(r"https?://[^\s<>\"'，。；、）)】》]+")
_SAYS_MUCH = TABLES | {"photo"}
_UNREADABLE = frozenset({TextState.ENCRYPTED, TextState.DAMAGED, TextState.SCANNED, TextState.TOO_SLOW})


def read_texts(rows: "Sequence[Disclosure]") -> list[Text]:
    """No query where `unit` and `item` are loaded. A row that was never saved gets a negative key of its own."""
    return [_text(row, row.pk or -number) for number, row in enumerate(rows, start=1)]


def content_of(row: "Disclosure") -> Content:
    """The words of a row as `spots` walks them. To change them without changing the row, copy it deeply."""
    return {"title": row.title, "summary": row.summary, "change_note": row.change_note, "body": row.body.get_prep_value()}


def own_phones(row: "Disclosure") -> frozenset[str]:
    return frozenset(re.sub(r"\D", "", phone) for phone in (row.unit.phone, row.unit.supervisor_phone) if phone)


def _text(row: "Disclosure", key: int) -> Text:
    content = content_of(row)
    body = content["body"]
    blocks = list(_blocks(row, body))
    head = [Place("标题", row.title), Place("一句话看懂", row.summary)]
    return Text(
        key=key,
        title=row.title,
        period=row.period,
        category=row.category,
        elements=tuple(element_list(row.item.elements)),
        own_names=(row.unit.name, row.unit.short_name),
        own_phones=own_phones(row),
        places=tuple(place for place in [*head, *(Place(one.label, one.words) for one in blocks)] if place.words),
        spots=tuple(spots(content)),
        has_table=any(block["type"] in _SAYS_MUCH for block in body),
        files=tuple(block["value"] for block in body if block["type"] == "file" and block["value"]),
        photos=tuple(_photos(body)),
        links=tuple(_links(body, blocks)),
        answers=_answers(row),
    )


def _answers(row: "Disclosure") -> dict[str, bool]:
    """Of the elements that stand as fields of their own: whether anything was said to each, be it that there is nothing."""
    numbers = [
        number for number, block in enumerate(row.body.raw_data) if block["type"] == "element"
    ]  # walking would fetch pictures and files
    return {normalise(value["name"] or ""): value.is_answered for value in (row.body[number].value for number in numbers)}


def _photos(body: list[Any]) -> Iterator[int]:
    for block in body:
        photo = (block["value"] or {}).get("photo") if block["type"] == "photo" else None
        if photo:
            yield photo


def _blocks(row: "Disclosure", body: list[Any]) -> Iterator[Passage]:
    """Like `passages`, but pictures and files are not fetched one by one: they give their captions only."""
    for number, block in enumerate(body):
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


def _links(body: list[Any], blocks: Iterable[Passage]) -> Iterator[tuple[str, str]]:
    for number, block in enumerate(body, start=1):
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


def read_files(texts: Iterable[Text]) -> dict[int, File]:
    """One query for the titles, one for the words. What was read of another file than the present one does not count."""
    keys = {key for text in texts for key in text.files}
    files = {row.pk: row for row in Attachment.objects.filter(pk__in=keys).select_related("unit")} if keys else {}
    read = {row.attachment_id: row for row in AttachmentText.objects.filter(attachment__in=files)} if files else {}
    return {key: _file(row, read.get(key)) for key, row in files.items()}


def _file(attachment: Attachment, read: AttachmentText | None) -> File:
    owner = attachment.unit.path if attachment.unit else ""
    if read is None or read.state == TextState.WAITING or read.sha256 != attachment.sha256:
        return File(attachment.title, owner=owner)
    pages = tuple((label, text) for label, text in read.pages)
    words = "\n".join(text for _label, text in pages)
    return File(attachment.title, read.state not in _UNREADABLE, str(read.words), words, pages, owner)


def read_photos(texts: Iterable[Text]) -> dict[int, Picture]:
    """One query. The files are opened by the rule that looks into them, and by no other."""
    keys = {key for text in texts for key in text.photos}
    rows = Photo.objects.filter(pk__in=keys).select_related("unit") if keys else ()
    return {row.pk: Picture(row.title, row.unit.path if row.unit else "", row.file) for row in rows}
