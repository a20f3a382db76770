"""A Word document as blocks of a body: words cleaned as everything else, tables as tables, pictures as photographs of the unit."""

import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from io import BytesIO
from pathlib import Path
from typing import Any
from uuid import uuid4
from xml.parsers.expat import ExpatError

import mammoth
from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString
from django.utils.translation import gettext as _

from openness.units.models import Unit
from openness.units.refusal import Refused

from ..blocks.rows import MOST_ROWS
from ..extraction.kinds import Kind, kind_of
from ..extraction.locks import is_locked
from ..extraction.readers.ooxml import refuse_bombs
from ..extraction.readers.word import blocks as word_blocks
from ..extraction.result import Limits, Unreadable
from ..html import clean_html, plain_text
from ..sheets import from_html, guess
from .attachment_texts import reading_limits
from .photos import make_photo

Block = dict[str, Any]
MOST_BYTES = 20 * 1024 * 1024
_MOST_UNPACKED = 60 * 1024 * 1024
MOST_PICTURES = 20
_STYLES = """
p[style-name='Title'] => h2:fresh
p[style-name='标题'] => h2:fresh
p[style-name='Subtitle'] => h3:fresh
p[style-name='副标题'] => h3:fresh
p[style-name='heading 1'] => h2:fresh
p[style-name='heading 2'] => h3:fresh
p[style-name='heading 3'] => h4:fresh
"""
_HEADINGS = {"h1": "h2", "h5": "h4", "h6": "h4"}
_FLOWING = {"p", "h2", "h3", "h4", "ul", "ol"}
_FAULTS = (zipfile.BadZipFile, zlib.error, KeyError, ValueError, EOFError, ExpatError, NotImplementedError, AttributeError, RecursionError)


@dataclass
class Imported:
    """`said` tells in sentences what came and what was left out."""

    blocks: list[Block] = field(default_factory=list)
    said: list[str] = field(default_factory=list)


def import_word(path: Path, name: str, unit: Unit | None, user: Any = None) -> Imported:
    """Blocks in the form that StreamField stores; pictures are stored as photographs of the unit.

    Raises:
        Refused: not a .docx that can be read, with what to do about it.
    """
    _refuse_others(path, name)
    made = Imported()
    pictures = _Pictures(unit, user, Path(name).stem)
    html = _html(path, pictures)
    for part in _parts(html):
        made.blocks.extend(_block_of(part, pictures, made))
    if not made.blocks:
        raise Refused(_("文档里没有读到文字。如果是扫描的图片，请作为照片或附件上传。"))
    made.said[:0] = [_("导入了 {n} 段。").format(n=len(made.blocks))]
    made.said += [*pictures.said, *_left_out(path, html)]
    return made


def _refuse_others(path: Path, name: str) -> None:
    ending = Path(name).suffix.lower()
    try:
        if path.stat().st_size > MOST_BYTES:
            raise Refused(_("文档太大（超过 20 MB）。请把里面的照片压小，或者把文档作为附件上传。"))
        kind = kind_of(path)
        if kind is Kind.OLD_WORD or (ending in {".doc", ".wps"} and kind is not Kind.DOCX):
            raise Refused(_("这是老格式的文档。请用 Word 或 WPS 打开，点“文件”“另存为”，类型选“Word 文档（*.docx）”，再选存好的那一个。"))
        if is_locked(kind, path):
            raise Refused(_("文档有密码，打不开。请去掉密码再选。"))
        if kind is not Kind.DOCX:
            raise Refused(_("这不是 Word 文档（.docx）。请选 .docx 文件；别的文件可以作为附件上传。"))
        refuse_bombs(path, _limits())
    except Unreadable as why:
        raise Refused(_("文档打不开，可能坏了。请用 Word 或 WPS 打开看看，另存一份再选。")) from why


def _limits() -> Limits:
    return replace(reading_limits(), unpacked_bytes=_MOST_UNPACKED)


class _Pictures:
    """Pictures become photographs when they are met; the HTML carries their numbers only."""

    def __init__(self, unit: Unit | None, user: Any, title: str) -> None:
        self.unit, self.user, self.title = unit, user, title
        self.photos: dict[str, Any] = {}
        self.said: list[str] = []
        self.met = 0

    def convert(self, image: Any) -> dict[str, str]:
        self.met += 1
        key = str(self.met)
        if self.met > MOST_PICTURES:
            return {"src": ""}
        with image.open() as file:
            data = file.read(MOST_BYTES + 1)
        try:
            self.photos[key] = make_photo(self.unit, data, _("{title} 图 {n}").format(title=self.title, n=key), self.user)
        except Refused as refused:
            self.said.append(_("第 {n} 张图没有导入：{why}").format(n=key, why=refused.sentences[0]))
            return {"src": ""}
        return {"src": key, "alt": (image.alt_text or "")[:120]}


def _html(path: Path, pictures: _Pictures) -> str:
    try:
        with path.open("rb") as file:
            done = mammoth.convert_to_html(
                BytesIO(file.read()),
                style_map=_STYLES,
                convert_image=mammoth.images.img_element(pictures.convert),
                external_file_access=False,
            )
    except _FAULTS as fault:
        raise Refused(_("文档打不开，可能坏了。请用 Word 或 WPS 打开看看，另存一份再选。")) from fault
    return str(done.value)


def _parts(html: str) -> Iterator[list[Any]]:
    """Runs of flowing words, and single tables and pictures."""
    run: list[Any] = []
    for node in _flat(BeautifulSoup(html, "html.parser")):
        if isinstance(node, Tag) and node.name in {"table", "img"}:
            if run:
                yield run
            yield [node]
            run = []
        else:
            run.append(node)
    if run:
        yield run


def _flat(soup: Any) -> Iterator[Any]:
    """Top-level pieces, with pictures taken out of the paragraphs that they stand in."""
    for node in list(soup.children):
        if isinstance(node, NavigableString):
            if node.strip():
                yield node
            continue
        pictures = [] if node.name == "table" else [picture.extract() for picture in node.find_all("img")]
        if node.name == "img":
            yield node
        elif node.name == "table" or node.get_text(strip=True):
            node.name = _HEADINGS.get(node.name, node.name)
            yield node
        yield from pictures


def _block_of(part: list[Any], pictures: _Pictures, made: Imported) -> Iterator[Block]:
    first = part[0]
    if isinstance(first, Tag) and first.name == "img":
        photo = pictures.photos.get(str(first.get("src", "")))
        if photo is not None:
            yield _block("photo", {"photo": photo.pk, "caption": str(first.get("alt") or "") or photo.title})
    elif isinstance(first, Tag) and first.name == "table":
        yield from table_blocks(first, made.said)
    else:
        html = clean_html("".join(str(node) if isinstance(node, Tag) and node.name in _FLOWING else f"<p>{node}</p>" for node in part))
        if plain_text(html):
            yield _block("text", html)


def table_blocks(table: Tag, said: list[str]) -> Iterator[Block]:
    """A table of HTML as a block; `said` is told of one that is too long."""
    found = guess(from_html(str(table)))
    if len(found.rows) > MOST_ROWS:
        said.append(_("有一张表超过 {most} 行，没有导入。请把它存成表格文件，作为附件公开。").format(most=MOST_ROWS))
        return
    if len(found.columns) == 1 and not found.rows:  # a frame around words
        yield _block("text", clean_html(f"<p>{table.get_text(' ', strip=True)}</p>"))
    elif found.columns:
        columns = [{"type": kind.value, "heading": heading} for kind, heading in found.columns]
        rows = [{"values": [cell or None for cell in row]} for row in found.rows]
        yield _block("table", {"caption": found.caption, "columns": columns, "rows": _text_cells(columns, rows)})


def _text_cells(columns: list[dict[str, str]], rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Words are stored as words: an empty one is "" and not nothing."""
    return [
        {"values": [cell or "" if column["type"] == "text" else cell for cell, column in zip(row["values"], columns, strict=True)]}
        for row in rows
    ]


def _left_out(path: Path, html: str) -> Iterator[str]:
    """What stands in the file and not in what was read of it: text boxes, headers and footers, comments."""
    there = "".join(BeautifulSoup(html, "html.parser").get_text().split())
    beside = [" ".join(one.cells) for one in word_blocks(path, _limits(), beside=True)]
    missing = [words for words in beside if words.strip() and not _stands(words, there)]
    if missing:
        yield _("这些没有导入（页眉页脚、批注或文本框里的字）：{words}").format(
            words="；".join(words.strip()[:40] for words in missing[:5])
        )


def _stands(words: str, there: str) -> bool:
    return all("".join(cell.split()) in there for cell in words.split())


def _block(kind: str, value: Any) -> Block:
    return {"type": kind, "id": str(uuid4()), "value": value}
