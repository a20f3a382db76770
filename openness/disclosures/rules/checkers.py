"""The rules of publishing, one small object each. The same rule speaks in the form and at publish."""

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Protocol

from django.utils import timezone
from django.utils.translation import gettext as _

from ..blocks import FINANCE_TABLES
from ..periods import parse_period
from ..services.personal_data import personal_data_of
from ..services.receipts import files_of
from .issue import Issue
from .personal import Severity

if TYPE_CHECKING:
    from ..models import Disclosure

# 村民委员会组织法(2025) art. 35 and 城市居民委员会组织法(2025) art. 34: 公布的期限不得少于十五日.
MINIMUM_NOTICE_DAYS = 15
_COMMITTEE_KINDS = {"village", "community"}
LONGEST_TEXT = 200_000
_MOST_SENTENCES = 5


class Checker(Protocol):
    def issues(self, disclosure: "Disclosure", *, correcting: bool) -> Iterator[Issue]: ...


class ItemOfUnit:
    """The item must be in the unit's catalogue: same county, and the unit's tier ticked."""

    def issues(self, disclosure: "Disclosure", *, correcting: bool) -> Iterator[Issue]:
        unit, item = disclosure.unit, disclosure.item
        if item.field.standard.area != unit.code[:6] or unit.tier not in item.tiers:
            yield Issue("item", _("“{item}”不在{unit}的公开目录里。").format(item=item.name, unit=unit))


class BodyHasWords:
    def issues(self, disclosure: "Disclosure", *, correcting: bool) -> Iterator[Issue]:
        length = sum(len(passage.words) for passage in disclosure.passages())
        if not length and not list(files_of(disclosure)):
            yield Issue("body", _("还没有内容，写上再公开。"))
        if length > LONGEST_TEXT:
            yield Issue("body", _("内容太长（{n} 字），请把长表放到附件里。").format(n=length))


class FinanceAddsUp:
    """Every finance table adds up, to the cent; the table itself says what does not."""

    def issues(self, disclosure: "Disclosure", *, correcting: bool) -> Iterator[Issue]:
        for block in disclosure.body:
            if block.block_type in FINANCE_TABLES and not block.value.adds_up:
                yield Issue("body", block.value.why_not)


class FormedInThePast:
    def issues(self, disclosure: "Disclosure", *, correcting: bool) -> Iterator[Issue]:
        if disclosure.formed_on > timezone.localdate():
            yield Issue("formed_on", _("信息形成日期不能晚于今天。"))


class PeriodFits:
    """The period must have begun, and be of the item's cadence where it has one."""

    def issues(self, disclosure: "Disclosure", *, correcting: bool) -> Iterator[Issue]:
        period = parse_period(disclosure.period)
        cadence = disclosure.item.cadence
        if period is None:
            if cadence in {"month", "quarter", "half_year", "year"}:
                yield Issue("period", _("这一项要定期公开，请选公开的是哪一期。"))
        elif period.first > timezone.localdate():
            yield Issue("period", _("“{period}”还没有到。").format(period=disclosure.period_label))


class NoticeLongEnough:
    """A committee's notice stays up at least fifteen days (see `MINIMUM_NOTICE_DAYS`)."""

    def issues(self, disclosure: "Disclosure", *, correcting: bool) -> Iterator[Issue]:
        start, end = disclosure.notice_from, disclosure.notice_until
        if (start is None) != (end is None):
            yield Issue("notice_until", _("公示开始和公示结束要一起填。"))
        elif start and end:
            yield from self._length(disclosure, start, end)
        elif disclosure.comes_down:
            yield Issue("notice_until", _("公示期满后撤下的，要填公示开始和公示结束。"))

    def _length(self, disclosure: "Disclosure", start: date, end: date) -> Iterator[Issue]:
        days = (end - start).days + 1
        if days < 1:
            yield Issue("notice_until", _("公示结束不能早于公示开始。"))
        elif disclosure.unit.kind in _COMMITTEE_KINDS and days < MINIMUM_NOTICE_DAYS:
            yield Issue("notice_until", _("村（居）务公布不得少于 15 天，现在只有 {n} 天。").format(n=days))


class ChangeNoted:
    def issues(self, disclosure: "Disclosure", *, correcting: bool) -> Iterator[Issue]:
        if correcting and not disclosure.change_note.strip():
            yield Issue("change_note", _("更正已公开的内容，要写明这次改了什么。"))


class FilesOfUnit:
    """Files of the unit itself or of a unit above it; nobody else's."""

    def issues(self, disclosure: "Disclosure", *, correcting: bool) -> Iterator[Issue]:
        for file in files_of(disclosure):
            if file.unit is not None and not disclosure.unit.path.startswith(file.unit.path):
                yield Issue("body", _("文件“{file}”是别的单位的，请换成本单位的。").format(file=file.title))


class NoPersonalData:
    """Numbers that lead to one person; what only may be private is told by `personal_warnings`, and does not stop anything."""

    def issues(self, disclosure: "Disclosure", *, correcting: bool) -> Iterator[Issue]:
        yield from _sentences(disclosure, Severity.BLOCK)


def personal_warnings(disclosure: "Disclosure") -> list[Issue]:
    return list(_sentences(disclosure, Severity.WARN))


def _sentences(disclosure: "Disclosure", severity: Severity) -> Iterator[Issue]:
    """A sentence a finding; of a long list the first few."""
    found = [one for one in personal_data_of(disclosure) if one.severity is severity]
    for one in found[:_MOST_SENTENCES]:
        yield Issue("body", _("{place}：{masked} {sentence}").format(place=one.place, masked=one.masked, sentence=one.sentence))
    if len(found) > _MOST_SENTENCES:
        yield Issue("body", _("这样的个人信息还有 {n} 处。").format(n=len(found) - _MOST_SENTENCES))


CHECKERS: tuple[Checker, ...] = (
    ItemOfUnit(), BodyHasWords(), FinanceAddsUp(), FormedInThePast(), PeriodFits(), NoticeLongEnough(), ChangeNoted(), FilesOfUnit(), NoPersonalData(),
)  # fmt: skip
