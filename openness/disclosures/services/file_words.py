"""Attachments as residents meet them: what kind of file, how long, how large, and its words on a page for those who cannot open it."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from django.db.models import F, Func, IntegerField
from django.urls import reverse
from django.utils.translation import gettext as _

from ..models import Attachment, AttachmentText, FileUse, TextState
from ..rules.personal import mask

if TYPE_CHECKING:
    from ..models import Disclosure

_AT_ONCE = 20_000  # signs on one page of words
_KINDS = {"pdf": "PDF", "xlsx": "表格 XLSX", "xls": "表格 XLS", "et": "表格 ET", "csv": "表格 CSV", "docx": "文档 DOCX", "doc": "文档 DOC", "wps": "文档 WPS", "pptx": "幻灯片 PPTX"}  # fmt: skip


@dataclass(frozen=True)
class PublicFile:
    """`length` is 2 页 or 3 张表, empty where it is not known; `words_url` where its words can be read, `why_not` why they cannot."""

    file: Attachment
    kind: str
    length: str = ""
    words_url: str = ""
    why_not: str = ""


class _Length(Func):
    """How many entries a JSON list has."""

    function = "JSON_ARRAY_LENGTH"
    output_field = IntegerField()

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        return self.as_sql(compiler, connection, function="JSONB_ARRAY_LENGTH", **context)


def public_files(found: "Disclosure", files: Iterable[Attachment]) -> list[PublicFile]:
    """One query, none where there are no files; the words themselves stay in the database."""
    shown = list(files)
    rows = AttachmentText.objects.filter(attachment__in=shown).defer("pages").annotate(length=_Length("pages")) if shown else ()
    texts = {row.attachment_id: row for row in rows}
    return [_public_file(found, file, texts.get(file.pk)) for file in shown]


def _public_file(found: "Disclosure", file: Attachment, text: Any) -> PublicFile:
    ending = PurePath(file.filename).suffix.lstrip(".").lower()
    kind = _KINDS.get(ending, ending.upper())
    if text is None or text.sha256 != file.sha256 or not found.live or file.private:
        return PublicFile(file, kind)
    if text.state == TextState.SCANNED:
        return PublicFile(file, kind, why_not=_("扫描件，没有文字版"))
    if text.state != TextState.READABLE or not text.length:
        return PublicFile(file, kind)
    return PublicFile(file, kind, _length(ending, text.length), reverse("file_words", args=[found.pk, file.pk]))


def _length(ending: str, number: int) -> str:
    words = {"pdf": _("{n} 页"), "pptx": _("{n} 张"), "xlsx": _("{n} 张表"), "xls": _("{n} 张表"), "et": _("{n} 张表")}
    return words[ending].format(n=number) if ending in words else ""


@dataclass(frozen=True)
class Leaf:
    """Some words of a file; `label` is 第 3 页 or the name of a sheet, empty where the file has no pages."""

    label: str
    words: str


def words_of_file(found: "Disclosure", attachment: int) -> tuple[Attachment, list[list[Leaf]]] | None:
    """The words of a file that this public text shows, cut into pages of a bearable length; None where there are none to be read.

    The same condition as for search: the public version shows the file, and the words are of the file as it is now. One query.
    """
    uses = FileUse.objects.filter(disclosure=found.pk, disclosure__live=True, attachment=attachment, attachment__private=False)
    rows = AttachmentText.objects.filter(attachment__in=uses.values("attachment"), state=TextState.READABLE, sha256=F("attachment__sha256"))
    text = rows.select_related("attachment").first()
    if text is None or not text.pages:
        return None
    return text.attachment, _sheaves(text.pages)


def _sheaves(pages: Iterable[list[str]]) -> list[list[Leaf]]:
    sheaves: list[list[Leaf]] = [[]]
    room = _AT_ONCE
    for label, words in pages:
        for part in _parts(words):
            if len(part) > room and sheaves[-1]:
                sheaves.append([])
                room = _AT_ONCE
            sheaves[-1].append(Leaf(label, part))
            room -= len(part)
    return sheaves


def _parts(words: str) -> Iterable[str]:
    """Cut between lines."""
    part: list[str] = []
    length = 0
    for line in words.split("\n"):
        if part and length + len(line) > _AT_ONCE:
            yield "\n".join(part)
            part, length = [], 0
        part.append(line)
        length += len(line) + 1
    if any(part):
        yield "\n".join(part)


def masked(leaves: Iterable[Leaf]) -> list[Leaf]:
    """Numbers of persons are hidden, whoever published the file."""
    return [Leaf(leaf.label, mask(leaf.words)) for leaf in leaves]
