"""Service guides of the demo, a township's list of powers and the county's list of licences, each list in two versions: by the services that staff use."""

import csv
import json
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
from django.core.files.base import ContentFile

from openness.disclosures.models import Attachment
from openness.guides.models import ServiceGuide
from openness.powers.models import Kind, ListVersion, Matter, PowerUpload
from openness.powers.rules.content import Content
from openness.powers.services.drafts import accept, begin_list, describe
from openness.powers.services.publish import publish
from openness.units.models import Unit

DATA = Path(__file__).resolve().parent / "data"
_TOWN, _COUNTY = "220204101", "220204"
_HOURS = "周一至周五 8:30–11:30，13:00–16:30"
_WRITER = "示例经办人"
_SAYINGS = {
    "licence": ("受理、审查、决定、送达，事后检查。", "该批不批、不该批乱批、超过时限的，追究责任。"),
    "penalty": ("立案、调查、告知、决定、送达、执行。", "没有依据处罚、乱罚款、该罚不罚的，追究责任。"),
    "benefit": ("受理、调查、公示、发放，每年核对。", "优亲厚友、截留挪用、该发不发的，追究责任。"),
    "inspection": ("按计划检查，写检查记录，督促改正。", "走过场、发现问题不处理、收受好处的，追究责任。"),
}
_ORDINARY = ("受理、审查、办理、告知结果。", "不办、拖办、乱办，造成后果的，追究责任。")


def play_lists(cast: Any, today: date) -> None:
    """Nothing for units that a small demo has not."""
    units = {unit.code: unit for unit in Unit.objects.filter(code__in={row["unit"] for row in _guides()})}
    for row in _guides():
        if row["unit"] in units:
            _guide(units[row["unit"]], row)
    if _TOWN in units:
        _list(units[_TOWN], Kind.POWERS, "powers.csv", cast, today, "搜政发")
    if _COUNTY in units:
        _list(units[_COUNTY], Kind.LICENCES, "licences.csv", cast, today, "船政办发")


def _guides() -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = json.loads((DATA / "guides.json").read_text(encoding="utf-8"))
    return rows


def _guide(unit: Unit, row: dict[str, Any]) -> None:
    """Published by nobody in particular, as all of the demo is; a draft stays one."""
    words = {name: value for name, value in row.items() if name not in ("unit", "draft", "materials", "steps", "questions")}
    if not row.get("draft"):
        words |= {"hours": _HOURS, "phone": unit.phone or "0432-00009999", "complaint_phone": "12345"}
        words["place"] = words["place"] or (unit.is_leaf_level and "村委会便民服务站") or f"{unit.name}便民服务中心一楼大厅"
    made = ServiceGuide(
        unit=unit, live=False, **words, materials=[("material", _material(unit, one)) for one in row["materials"]],
        steps=[("step", {"days": "", **one}) for one in row["steps"]], questions=[("question", one) for one in row["questions"]],
    )  # fmt: skip
    made.save()
    revision = made.save_revision()
    if not row.get("draft"):
        revision.publish()


def _material(unit: Unit, one: dict[str, Any]) -> dict[str, Any]:
    files = {
        "blank": _form("空表", unit, one["name"]) if one["blank"] else None,
        "sample": _form("样表", unit, one["name"]) if one["sample"] else None,
    }
    return {**one, **files}


def _form(what: str, unit: Unit, name: str) -> Attachment:
    document = docx.Document()
    document.add_heading(name)
    for line in ("姓名：", "住址：", "申请什么："):
        document.add_paragraph(line + ("（示例，请照自己的情况写）" if what == "样表" else ""))
    out = BytesIO()
    document.save(out)
    return Attachment.objects.create(title=f"{name}（{what}）", file=ContentFile(out.getvalue(), f"{unit.code}-form.docx"), unit=unit)


def _list(unit: Unit, kind: Kind, file: str, cast: Any, today: date, sign: str) -> None:
    """The first version a year old or two, the second some weeks; written by one, published by another."""
    days = {"1": date(today.year - 1, 3, 1), "2": max(today - timedelta(days=40), date(today.year - 1, 3, 2))}
    power_list = begin_list(unit, kind, cast["guanli"])
    for number, day in days.items():
        rows = [_content(row, kind).as_dict() for row in _rows(file) if number in row["版本"]]
        draft = accept(PowerUpload.objects.create(power_list=power_list, owner=cast["guanli"], file_name=file, rows=rows), cast["guanli"])
        basis = "第一次编制" if number == "1" else "法律法规修改后的动态调整"
        describe(draft, cast["guanli"], in_force_from=day, document_number=f"{sign}〔{day.year}〕{number}号", basis=basis)
        ListVersion.objects.filter(pk=draft.pk).update(author=None, written_by=_WRITER)
        publish(ListVersion.objects.select_related("power_list__unit").get(pk=draft.pk), cast["guanli"])


def _rows(file: str) -> list[dict[str, str]]:
    with (DATA / file).open(encoding="utf-8", newline="") as sheet:
        return list(csv.DictReader(sheet))


def _content(row: dict[str, str], kind: Kind) -> Content:
    matter = {str(label): value for value, label in Matter.choices}.get(row.get("类型", ""), Matter.LICENCE.value)
    duties, accountability = _SAYINGS.get(matter, _ORDINARY)
    powers = {"duties": duties, "accountability": accountability} if kind == Kind.POWERS else {}
    return Content(
        name=row["名称"], matter=matter, code=row["编码"], basis=row["依据"], body=row.get("实施主体", "搜登站镇人民政府"),
        level=row.get("层级", "县级"), conditions=row.get("许可条件", ""), term=row.get("有效期", ""), fee=row.get("收费", ""), note=row.get("备注", ""),
        **powers,
    )  # fmt: skip
