"""A row of cells as an unsaved draft, with everything that could not be read of it. No query: lookups are loaded for the batch before."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from typing import Any

from django.utils.translation import gettext as _

from catalog.models import Item
from openness.disclosures.html import plain_text
from openness.disclosures.models import Category, Disclosure
from openness.disclosures.rules.personal import mask
from openness.units.models import Unit

from ..columns import columns_of
from ..limits import MOST_CELL_CHARACTERS
from ..models import ImportJob, ImportRow, Kind
from .articles import Article, article_of, text_blocks
from .finding import Finding, blocks, look, must, note
from .lookups import Lookups, Unknown
from .values import PERIODIC, Wrong, category_of, day_of, fits_item, period_in_title, period_of_cell, yes_or_no

_LONGEST = {"title": 200, "summary": 200, "document_number": 80}
Values = Mapping[str, str]


@dataclass
class Draft:
    """`disclosure` is None where unit or item could not be told: then no rule can be asked."""

    row: ImportRow
    disclosure: Disclosure | None = None
    findings: list[Finding] = field(default_factory=list)
    named: list[Unit] = field(default_factory=list)

    @property
    def good(self) -> bool:
        return self.disclosure is not None and not blocks(self.findings)

    @property
    def key(self) -> str:
        """Fingerprint of what must not come twice."""
        made = self.disclosure
        return key_of(made.unit_id, made.item.key, made.period, made.title) if made else ""

    def take(self, read: Callable[..., Any], otherwise: Any, *args: Any) -> Any:
        """What `read` makes of a cell; its words and `otherwise` where it cannot."""
        try:
            return read(*args)
        except (Wrong, Unknown) as why:
            self.findings.append(must(str(why)))
            return otherwise


def key_of(unit: int, item: str, period: str, title: str) -> str:
    return sha256("\x1f".join((str(unit), item, period, "".join(title.split()))).encode()).hexdigest()


def values_of(job: ImportJob, row: ImportRow) -> dict[str, str]:
    """The cells by our names of the columns; "" for a column that the file has not."""
    cells = row.cells
    return {
        column.name: cells[place] if (place := job.columns.get(column.name)) is not None and place < len(cells) else ""
        for column in columns_of(job.kind)
    }


def convert(job: ImportJob, row: ImportRow, lookups: Lookups, today: date) -> Draft:
    made = Draft(row)
    values = values_of(job, row)
    _lengths(job, values, made)
    unit, item = _where(job, values, lookups, made)
    fill = _fill_article if job.kind == Kind.ARTICLES else _fill_table
    text = fill(values, made, item, today)
    if unit is not None and item is not None:
        made.disclosure = Disclosure(unit=unit, item=item, live=False, author=lookups.user, **text)
    return made


def _lengths(job: ImportJob, values: Values, made: Draft) -> None:
    for column in columns_of(job.kind):
        words, most = values[column.name], _LONGEST.get(column.name, MOST_CELL_CHARACTERS)
        if len(words) > most and not (job.kind == Kind.ARTICLES and column.name == "summary"):
            made.findings.append(must(_("“{column}”太长，最多 {n} 个字。").format(column=column.label, n=most)))
        elif column.required and not words and column.name not in ("unit", "item"):
            made.findings.append(must(_("没有写“{column}”。").format(column=column.label)))


def _where(job: ImportJob, values: Values, lookups: Lookups, made: Draft) -> tuple[Unit | None, Item | None]:
    """The cell counts before what was chosen for the whole file."""
    unit = made.take(lookups.unit, None, values["unit"]) if values["unit"] else job.unit
    made.named = lookups.named(values["unit"]) if values["unit"] else [job.unit] if job.unit else []
    if unit is None:
        if not values["unit"]:
            made.findings.append(must(_("没有写单位。")))
        return None, None
    return unit, _item(job, values["item"], unit, lookups, made)


def _item(job: ImportJob, cell: str, unit: Unit, lookups: Lookups, made: Draft) -> Item | None:
    """An old site's category is no item of ours, mostly: then the one chosen for the whole file is taken."""
    if not cell and job.item is None:
        made.findings.append(must(_("没有写公开事项。")))
        return None
    if job.item is None:
        item: Item | None = made.take(lookups.item, None, cell, unit)
        return item
    try:
        return lookups.item(cell, unit) if cell else job.item
    except Unknown:
        return job.item


def _fill_table(values: Values, made: Draft, item: Item | None, today: date) -> dict[str, Any]:
    period = made.take(period_of_cell, "", values["period"])
    if item and (sentence := fits_item(period, item)):
        made.findings.append(must(sentence))
    return {
        "title": _flat(values["title"])[:200],
        "category": made.take(category_of, Category.NOTICE, values["category"]),
        "period": period,
        "formed_on": _day(values, "formed_on", _("信息形成日期"), made) or today,
        "document_number": _flat(values["document_number"])[:80],
        "summary": _flat(values["summary"])[:200],
        "body": stored(text_blocks(values["body"])),
        "notice_from": _day(values, "notice_from", _("公示开始"), made),
        "notice_until": _day(values, "notice_until", _("公示结束"), made),
        "comes_down": made.take(yes_or_no, False, values["comes_down"], _("公示期满后撤下")),
    }


def _fill_article(values: Values, made: Draft, item: Item | None, today: date) -> dict[str, Any]:
    """`formed_on` and `originally_published_on` are the old site's day: what counts for the ledger is the receipt's time alone."""
    day = _day(values, "published", _("发布日期"), made)
    if day and day > today:
        made.findings.append(must(_("发布日期 {day} 还没有到。").format(day=day.isoformat())))
    article = _article(values["body"], made)
    if values["link"]:
        made.findings.append(note(_("原来的网址：{link}").format(link=mask(values["link"][:200]))))
    return {
        "title": _flat(values["title"])[:200],
        "period": _period(values, made, item, day or today),
        "formed_on": min(day or today, today),
        "originally_published_on": day,
        "document_number": _flat(values["document_number"])[:80],
        "summary": _flat(_plain(values["summary"]))[:200],
        "body": stored(article.blocks),
    }


def _period(values: Values, made: Draft, item: Item | None, day: date) -> str:
    period: str = made.take(period_of_cell, "", values["period"])
    if item is None or item.cadence not in PERIODIC:
        return period
    if not period and (period := period_in_title(values["title"], item, day)):
        made.findings.append(note(_("期次是从标题里读出来的：{period}。").format(period=period)))
    if sentence := fits_item(period, item):
        made.findings.append(must(sentence))
    return period


def _article(html: str, made: Draft) -> Article:
    try:
        article = article_of(html)
    except RecursionError:
        made.findings.append(must(_("正文的网页代码太乱，读不了。请把文字另外写。")))
        return Article()
    made.findings += [look(sentence) for sentence in article.said]
    made.findings += [note(quoted) for quoted in (article.dropped_in_words, article.files_in_words) if quoted]
    return article


def _day(values: Values, name: str, label: str, made: Draft) -> date | None:
    day: date | None = made.take(day_of, None, values[name], label) if values[name] else None
    return day


def _plain(html: str) -> str:
    return " ".join(words for block in article_of(html).blocks for words in _words(block)) if "<" in html else html


def _words(block: dict[str, Any]) -> list[str]:
    return [plain_text(block["value"])] if block["type"] == "text" else []


def _flat(text: str) -> str:
    return " ".join(text.split())


def stored(found: list[dict[str, Any]]) -> Any:
    stream: Any = Disclosure._meta.get_field("body")
    return stream.to_python(found)
