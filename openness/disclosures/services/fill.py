"""Filling in a draft from plain fields: elements, tables pasted as text or chosen as files, a Word document, photographs."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from django.utils.translation import gettext as _
from wagtail.documents.forms import get_document_form
from wagtail.models import Collection

from openness.units.refusal import Refused

from ..blocks import Sheet
from ..blocks.ledger import COLUMNS
from ..models import Attachment, Disclosure
from ..sheets import Kind, to_text
from ..sheets.cells import Unread, read_cell
from .guide import guide
from .import_word import import_word
from .local_files import uploaded_path
from .paste import TABLE, Pasted, Read, read_pasted
from .photos import make_photo

_SIDES = {"in": "收入", "out": "支出"}
_AMOUNTS = ("opening", "closing", "total")
_KINDS = {"income": "in", "expense": "out"}
Values = Mapping[str, Any]


@dataclass
class Part:
    """One block as fields. `values` are what stands in them; `heading` and `example` beside them."""

    id: str
    kind: str
    heading: str
    values: dict[str, Any] = field(default_factory=dict)
    example: str = ""
    columns: str = ""
    shown: Any = None

    def name(self, field_name: str) -> str:
        return f"{self.id}-{field_name}"


@dataclass
class Filled:
    """What was said while filling in. `refused` are sentences after which the same fields are shown again."""

    said: list[str] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)


def parts_of(disclosure: Disclosure, posted: Values | None = None) -> list[Part]:
    """The blocks in their order. What was posted and could not be taken stands in its field again."""
    beside = guide(disclosure.unit, disclosure.item)
    examples = {one.name: f"{one.source}：{one.words}" for one in beside.examples}
    parts = [_part(block, examples) for block in disclosure.body]
    for part in parts:
        for name in part.values:
            if posted is not None and part.name(name) in posted:
                part.values[name] = posted[part.name(name)]
    return parts


def _part(block: Any, examples: Mapping[str, str]) -> Part:
    value, kind = block.value, block.block_type
    if kind == "element":
        values = {name: value[name] or "" for name in ("words", "reason")}
        return Part(block.id, kind, value["name"], {**values, "nil": value.is_nil}, examples.get(value["name"], ""))
    if kind in COLUMNS:
        amounts = {name: "" if value[name] is None else str(value[name]) for name in _AMOUNTS if name in value}
        columns = "、".join(column.label for column in COLUMNS[kind])
        return Part(block.id, kind, value["caption"], {"text": _ledger_text(kind, value), **amounts}, columns=columns)
    if kind == TABLE:
        return Part(block.id, kind, value.caption or _("表格"), {"text": _table_text(value)})
    return Part(block.id, "other", str(block.block.label), shown=block)


def _ledger_text(kind: str, value: Any) -> str:
    if not value.rows:
        return ""
    columns = COLUMNS[kind]
    cells = [
        [_SIDES.get(row[one.name], row[one.name]) if one.kind is Kind.SIDE else row[one.name] for one in columns] for row in value.rows
    ]
    return to_text([column.label for column in columns], cells)


def _table_text(value: Any) -> str:
    rows = [["" if cell is None else str(cell) for cell in row["values"]] for row in value.row_data]
    return to_text([column["heading"] for column in value.columns], rows) if value.columns else ""


def fill(disclosure: Disclosure, posted: Values, files: Values, user: Any, year: int | None) -> Filled:
    """Change the body as the fields say; nothing is stored. What cannot be taken is said, and its block stays as it was."""
    filled = Filled()
    blocks = disclosure.body.get_prep_value()
    for block, part in zip(blocks, parts_of(disclosure), strict=True):
        with _telling(filled, part.heading):
            _fill_one(block["value"], part, (posted, files, year), filled)
    blocks += _added(disclosure, posted, files, user, filled)
    stream: Any = Disclosure._meta.get_field("body")
    disclosure.body = stream.to_python(blocks)
    return filled


@contextmanager
def _telling(filled: Filled, heading: str) -> Iterator[None]:
    try:
        yield
    except Refused as refused:
        filled.refused += [_("“{heading}”：{sentence}").format(heading=heading[:30], sentence=sentence) for sentence in refused.sentences]


def _fill_one(value: Any, part: Part, asked: Any, filled: Filled) -> None:
    if part.kind == "element":
        _fill_element(value, part, asked)
    elif part.kind == TABLE:
        _fill_table(value, part, asked, filled)
    elif part.kind in COLUMNS:
        _fill_ledger(value, part, asked, filled)


def _fill_element(value: dict[str, Any], part: Part, asked: Any) -> None:
    posted = asked[0]
    if part.name("words") in posted:
        value["words"] = posted[part.name("words")].strip()
        value["reason"] = posted.get(part.name("reason"), "").strip()[:200]
        value["nil"] = bool(posted.get(part.name("nil")))


def _fill_ledger(value: dict[str, Any], part: Part, asked: Any, filled: Filled) -> None:
    posted, _files, _year = asked
    for name in _AMOUNTS:
        if name in value and part.name(name) in posted:
            value[name] = _amount(posted[part.name(name)])
    read = _read(part, asked, side=_KINDS.get(value["kind"], ""))
    if read is not None:
        value["rows"] = read.rows
        _tell(filled, part, read)


def _fill_table(value: dict[str, Any], part: Part, asked: Any, filled: Filled) -> None:
    read = _read(part, asked)
    if read is None:
        return
    same = [column["heading"] for column in value["columns"]] == [column["heading"] for column in read.columns]
    said = {"caption": value["caption"] or read.caption, "columns": value["columns"] if same else read.columns, "rows": read.rows}
    table: Sheet = Disclosure._meta.get_field("body").stream_block.child_blocks[TABLE]  # type: ignore[union-attr]
    value.update(table.get_prep_value(table.from_said(said)))
    _tell(filled, part, read)


def _tell(filled: Filled, part: Part, read: Read) -> None:
    filled.said += [f"“{part.heading[:30]}”{sentence}" for sentence in read.said]
    filled.unread += [f"“{part.heading[:30]}”{sentence}" for sentence in read.unread]


def _read(part: Part, asked: Any, side: str = "") -> Read | None:
    """What was pasted or chosen for a table; None where nothing was. A box that was emptied empties the table."""
    posted, files, year = asked
    file, text = files.get(part.name("file")), posted.get(part.name("text"))
    if file:
        with uploaded_path(file) as path:
            return read_pasted(Pasted(part.kind, file=path, year=year, side=side))
    if text is None or text.replace("\r\n", "\n").strip() == part.values["text"].strip():
        return None
    if not text.strip():
        return Read()
    return read_pasted(Pasted(part.kind, text=text, year=year, side=side))


def _amount(said: str) -> str | None:
    try:
        return read_cell(said, Kind.MONEY) or None
    except Unread as fault:
        raise Refused(_("“{said}”不是金额，请写成 1234.50 这样。").format(said=said[:20])) from fault


def _attachment(disclosure: Disclosure, upload: Any, user: Any) -> Any:
    """Through the form that every attachment goes through: kinds of files, sizes and passwords are refused there."""
    root = Collection.get_first_root_node()
    data = {"title": upload.name[:200], "unit": disclosure.unit_id, "collection": root.pk}
    form = get_document_form(Attachment)(data, {"file": upload}, instance=Attachment(uploaded_by_user=user), user=user)
    if not form.is_valid():
        raise Refused(*(str(one) for errors in form.errors.values() for one in errors))
    return form.save()


def _added(disclosure: Disclosure, posted: Values, files: Values, user: Any, filled: Filled) -> list[dict[str, Any]]:
    """New blocks: those of a Word document, an attachment, and a photograph."""
    added: list[dict[str, Any]] = []
    if word := files.get("word"):
        with _telling(filled, word.name), uploaded_path(word) as path:
            made = import_word(path, word.name, disclosure.unit, user)
            added += made.blocks
            filled.said += made.said
    if roster := files.get("attachment"):
        with _telling(filled, roster.name):
            attachment = _attachment(disclosure, roster, user)
            added.append({"type": "file", "id": str(uuid4()), "value": attachment.pk})
            filled.said.append(_("附件放在最后了。"))
    if picture := files.get("photo"):
        with _telling(filled, picture.name):
            caption = posted.get("photo_caption", "").strip()[:120]
            photo = make_photo(disclosure.unit, picture.read(), caption, user)
            added.append({"type": "photo", "id": str(uuid4()), "value": {"photo": photo.pk, "caption": caption or photo.title}})
            filled.said.append(_("照片放在最后了。"))
    return added
