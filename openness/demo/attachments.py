"""A document with more than its notice says, for the newest circular of each township: found only through the attachment's text."""

from collections.abc import Iterable
from io import BytesIO

import docx
from django.core.files.base import ContentFile

from openness.disclosures.models import Attachment, Disclosure

_ITEM = "政府文件"
_CLAUSES = (
    "一、总体要求。坚持属地负责、分级包保，做到有人管、有人查、有记录。",
    "二、责任分工。镇（街道）班子成员包片，村（社区）干部包组，网格员每天巡查一次，巡查情况记入台账。",
    "三、时间安排。方案印发后五个工作日内召开动员会，月底前完成第一轮排查。",
    "四、保障措施。所需经费从本级预算中列支，物资统一存放，领用要登记。",
)
_TABLE = (("事项", "牵头", "完成时限"), ("动员会", "综合办公室", "五个工作日内"), ("第一轮排查", "应急办公室", "当月月底前"))


def attach_documents(told: Iterable[Disclosure]) -> list[Attachment]:
    """Give the last circular of each unit, in the order told, its document. The disclosures are not saved yet."""
    newest = {draft.unit_id: draft for draft in told if draft.item.name == _ITEM}
    return [_attach(draft) for draft in newest.values()]


def _attach(draft: Disclosure) -> Attachment:
    file = ContentFile(_document(draft.title), f"{draft.unit.code}.docx")
    attachment = Attachment.objects.create(title=f"{draft.title}（全文）", file=file, unit=draft.unit)
    draft.body.append(("file", attachment))
    return attachment


def _document(title: str) -> bytes:
    document = docx.Document()
    document.add_heading(title)
    for clause in _CLAUSES:
        document.add_paragraph(clause)
    grid = document.add_table(len(_TABLE), len(_TABLE[0]))
    for row, cells in zip(grid.rows, _TABLE, strict=True):
        for cell, words in zip(row.cells, cells, strict=True):
            cell.text = words
    out = BytesIO()
    document.save(out)
    return out.getvalue()
