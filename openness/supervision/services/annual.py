"""The annual openness report of a government: drafted from what it published, filled in by hand, checked, then a draft disclosure for review."""

import uuid
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.html import escape
from django.utils.translation import gettext as _

from catalog.models import Item
from openness.disclosures.models import Category, Disclosure, Receipt, Verb
from openness.disclosures.services.receipts import person
from openness.units.models import Unit
from openness.units.names import Level
from openness.units.refusal import Refused

from ..models import AnnualReport
from ..rules.annual import (
    APPLICANTS,
    CARRIED_IN,
    CARRIED_OUT,
    DISPUTES,
    LAYOUTS,
    PROACTIVE,
    REQUESTS,
    Layout,
    empty_tables,
    faults,
    value,
)
from .overview import Scope, sums_of
from .submissions import fill_requests

_WORD = "年度报告"


class ReportRefused(Refused):
    """The report stays as it was."""


def draft_report(unit: Unit, year: int, user: Any, today: date | None = None) -> AnnualReport:
    """What the platform knows is filled in; what it does not know stays empty, never 0.

    Raises:
        ReportRefused: a committee's unit, a year that has not ended its first day, or one that has its report.
    """
    today = today or timezone.localdate()
    if unit.level not in (Level.COUNTY, Level.TOWNSHIP):
        raise ReportRefused(_("只有县级、乡级政府编年度报告，村（居）委会不编。"))
    if date(year, 1, 1) > today:
        raise ReportRefused(_("{year}年还没有到。").format(year=year))
    if AnnualReport.objects.filter(unit=unit, year=year).exists():
        raise ReportRefused(_("{unit}{year}年的年度报告已经有了。").format(unit=unit, year=year))
    return AnnualReport.objects.create(
        unit=unit, year=year, overview=_overview(unit, year, today), tables=_tables(unit, year),
        drafted_by=person(user), drafted_at=timezone.now(),
    )  # fmt: skip


def _overview(unit: Unit, year: int, today: date) -> str:
    """Counts of receipts, and the unit's own cells: those of the units below it are theirs."""
    kinds = Counter(_published(unit, year))
    sums = sums_of(unit, Scope(date(year, 1, 1), date(year, 12, 31), today))
    words = _("{year}年，{unit}主动公开信息 {n} 条").format(year=year, unit=unit.name, n=sum(kinds.values()))
    listed = "、".join(f"{Category(kind).label} {n} 条" for kind, n in kinds.most_common())
    rate = _("按标准目录，本单位和下属单位应公开 {owed} 项次，已公开 {done} 项次，其中按时 {on_time} 项次。").format(
        owed=sums.owed, done=sums.done, on_time=sums.on_time
    )
    return words + (_("，其中{kinds}。").format(kinds=listed) if listed else "。") + rate


def _published(unit: Unit, year: int) -> Iterator[str]:
    """The category of each disclosure of the unit itself that was first published in the year and not withdrawn."""
    rows = Receipt.objects.filter(unit=unit, verb=Verb.PUBLISH, at__year=year, disclosure__withdrawn_at__isnull=True)
    return rows.order_by().values_list("disclosure__category", flat=True).iterator()


def _tables(unit: Unit, year: int) -> dict[str, Any]:
    tables = empty_tables()
    tables["rules"]["regulations"] = dict.fromkeys(("made", "repealed", "valid"), 0)  # 规章 are made by provinces and cities (立法法)
    for column, left in carried_out(unit, year - 1).items():
        tables["requests"][CARRIED_IN][column] = left
    fill_requests(tables, unit, year)
    return tables


def carried_out(unit: Unit, year: int) -> dict[str, int]:
    """What that year's report carried over into the next, by applicant; empty without a report or a number."""
    report = AnnualReport.objects.filter(unit=unit, year=year).first()
    cells = report.tables.get("requests", {}).get(CARRIED_OUT, {}) if report else {}
    return {column: cells[column] for column, _label in APPLICANTS if cells.get(column) is not None}


def faults_of(report: AnnualReport) -> list[str]:
    """Sentences; none means that the report may go to review."""
    texts = ((report.overview, _("总体情况")), (report.issues, _("存在的主要问题及改进情况")), (report.others, _("其他需要报告的事项")))
    found = [_("“{part}”还没有写。").format(part=name) for text, name in texts if not text.strip()]
    return found + faults(report.tables, carried_out(report.unit, report.year - 1))


def fill_with_zeros(report: AnnualReport) -> None:
    """Whoever says so states that what is empty did not happen."""
    for layout in LAYOUTS:
        for line, column in layout.cells():
            row = report.tables.setdefault(layout.key, {}).setdefault(line.key, {})
            row[column] = 0 if row.get(column) is None else row[column]
    report.save(update_fields=["tables"])


def items_for(unit: Unit) -> list[Item]:
    """Items of the unit's catalogue that the report can answer: those whose name says so first, else all."""
    items = Item.objects.for_unit(unit.code, unit.tier, unit.kind).select_related("field__standard").order_by("field__position", "position")
    named = [item for item in items if _WORD in item.name or _WORD in item.elements]
    return named or list(items)


@transaction.atomic
def send_to_review(report: AnnualReport, item: Item, user: Any) -> Disclosure:
    """A draft disclosure with the report's texts and tables, by this person: it is reviewed and published as any other.

    Raises:
        ReportRefused: something does not add up, or the draft exists already.
    """
    report = AnnualReport.objects.select_for_update(of=("self",)).select_related("unit").get(pk=report.pk)
    wrong = faults_of(report)
    if wrong:
        raise ReportRefused(*wrong)
    if report.disclosure_id is not None:
        raise ReportRefused(_("已经生成过公开内容的草稿了。"))
    made = Disclosure(
        unit=report.unit, item=item, title=report.title, category=Category.REPORT, period=str(report.year), live=False, author=user,
        formed_on=timezone.localdate(), body=body_of(report),
    )  # fmt: skip
    made.save()
    made.save_revision(user=user)
    report.disclosure = made
    report.save(update_fields=["disclosure"])
    return made


def body_of(report: AnnualReport) -> list[dict[str, Any]]:
    """The six parts in order, as a stream field stores them."""
    return [
        _text(_("一、总体情况"), report.overview),
        _text(_("二、主动公开政府信息情况"), ""),
        *(_table(layout, report.tables) for layout in PROACTIVE),
        _text(_("三、收到和处理政府信息公开申请情况"), ""),
        _table(REQUESTS, report.tables),
        _text(_("四、政府信息公开行政复议、行政诉讼情况"), ""),
        _table(DISPUTES, report.tables),
        _text(_("五、存在的主要问题及改进情况"), report.issues),
        _text(_("六、其他需要报告的事项"), report.others),
    ]


def _text(heading: str, words: str) -> dict[str, Any]:
    paragraphs = "".join(f"<p>{escape(line.strip())}</p>" for line in words.splitlines() if line.strip())
    return _block("text", f"<h3>{escape(heading)}</h3>{paragraphs}")


def _table(layout: Layout, tables: Mapping[str, Any]) -> dict[str, Any]:
    heading = _("申请处理情况") if layout is REQUESTS else _("信息内容")
    columns = [{"type": "text", "heading": heading}] + [{"type": "number", "heading": str(label)} for _column, label in layout.columns]
    rows = [
        {"values": [f"{line.group}{line.label}", *(_stored(value(tables, layout, line.key, column)) for column, _label in layout.columns)]}
        for line in layout.lines
    ]
    return _block("table", {"columns": columns, "rows": rows, "caption": str(layout.caption)})


def _stored(number: Any) -> str:
    return "" if number is None else str(number)


def _block(kind: str, content: Any) -> dict[str, Any]:
    return {"type": kind, "value": content, "id": str(uuid.uuid4())}
