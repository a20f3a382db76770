"""Rules about what the form asks: item, period, dates, notice, note of change, files."""

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..periods import parse_period
from .issue import Issue
from .level import Level
from .rule import Case, Rule
from .text import File, Picture

if TYPE_CHECKING:
    from ..models import Disclosure

# 村民委员会组织法(2025) art. 35 and 城市居民委员会组织法(2025) art. 34: 公布的期限不得少于十五日.
MINIMUM_NOTICE_DAYS = 15
_COMMITTEE_KINDS = {"village", "community"}
LONGEST_TEXT = 200_000
_PERIODIC = {"month", "quarter", "half_year", "year"}


class _Structure(Rule):
    """What nobody can let through: without it the text stands in the wrong place, or breaks a law."""

    level = floor = Level.BLOCK
    overridable = False


class ItemOfUnit(_Structure):
    """The item must be in the unit's catalogue: same county, and the unit's tier ticked."""

    code, field = "item", "item"
    name = gettext_lazy("公开事项")
    meaning = gettext_lazy("选的事项要在本单位的公开目录里。")
    advice = gettext_lazy("换一个本单位目录里的事项。")
    basis = gettext_lazy("公开目录按县、乡、村分级制定（国办发〔2019〕54号）")

    def issues(self, case: Case) -> Iterator[Issue]:
        unit, item = case.disclosure.unit, case.disclosure.item
        if item.field.standard.area != unit.code[:6] or unit.tier not in item.tiers:
            yield Issue("item", _("“{item}”不在{unit}的公开目录里。").format(item=item.name, unit=unit))


class PeriodFits(_Structure):
    """The period must have begun, and must be given where the item has a cadence."""

    code, field = "period_given", "period"
    name = gettext_lazy("选期次")
    meaning = gettext_lazy("要定期公开的事项要选是哪一期，而且这一期已经开始。")
    advice = gettext_lazy("在“公开的是哪一期”里选对的一期。")
    basis = gettext_lazy("按期公开（村民委员会组织法第三十五条：一般事项至少每季度公布一次）")

    def issues(self, case: Case) -> Iterator[Issue]:
        period = parse_period(case.disclosure.period)
        if period is None:
            if case.disclosure.item.cadence in _PERIODIC:
                yield Issue("period", _("这一项要定期公开，请选公开的是哪一期。"))
        elif period.first > case.today:
            yield Issue("period", _("“{period}”还没有到。").format(period=case.disclosure.period_label))


class FormedInThePast(_Structure):
    code, field = "formed_on", "formed_on"
    name = gettext_lazy("形成日期")
    meaning = gettext_lazy("信息形成日期不能晚于今天。")
    advice = gettext_lazy("改成信息真正形成的那一天。")
    basis = gettext_lazy("伪造日期是单项否决（国办秘函〔2019〕19号）")

    def issues(self, case: Case) -> Iterator[Issue]:
        if case.disclosure.formed_on and case.disclosure.formed_on > case.today:
            yield Issue("formed_on", _("信息形成日期不能晚于今天。"))


class BodyHasWords(_Structure):
    code = "body"
    name = gettext_lazy("有内容")
    meaning = gettext_lazy("要有文字、表格、照片或附件，文字不超过 20 万字。")
    advice = gettext_lazy("写上内容；太长的表放到附件里。")
    basis = gettext_lazy("空白栏目是单项否决（国办秘函〔2019〕19号）")

    def issues(self, case: Case) -> Iterator[Issue]:
        length = len(case.text.body)
        if not length and not case.text.files and not case.text.photos:
            yield Issue("body", _("还没有内容，写上再公开。"))
        if length > LONGEST_TEXT:
            yield Issue("body", _("内容太长（{n} 字），请把长表放到附件里。").format(n=length))


class FilesOfUnit(_Structure):
    """Files of the unit itself or of a unit above it; nobody else's."""

    code = "files"
    name = gettext_lazy("别的单位的文件")
    meaning = gettext_lazy("照片和附件要是本单位的，或者上级单位的。")
    advice = gettext_lazy("把文件重新上传到本单位，再换上。")
    basis = gettext_lazy("谁公开谁负责（政府信息公开条例第十条）")
    needs = frozenset({"files"})

    def issues(self, case: Case) -> Iterator[Issue]:
        path = case.disclosure.unit.path
        files: list[File | Picture] = [file for _key, file in case.facts.files_of(case.text)]
        files += [case.facts.photos[key] for key in case.text.photos if key in case.facts.photos]
        for file in files:
            if file.owner and not path.startswith(file.owner):
                yield Issue("body", _("文件“{file}”是别的单位的，请换成本单位的。").format(file=file.title))


class NoticeLongEnough(_Structure):
    """A committee's notice stays up at least fifteen days (see `MINIMUM_NOTICE_DAYS`)."""

    code, field = "notice", "notice_until"
    name = gettext_lazy("公示期")
    meaning = gettext_lazy("公示开始和结束一起填；村（居）委会的公示不少于 15 天。")
    advice = gettext_lazy("把公示结束改晚，或者补上公示开始。")
    basis = gettext_lazy("村民委员会组织法第三十五条、城市居民委员会组织法第三十四条：公布的期限不得少于十五日")

    def issues(self, case: Case) -> Iterator[Issue]:
        start, end = case.disclosure.notice_from, case.disclosure.notice_until
        if (start is None) != (end is None):
            yield Issue("notice_until", _("公示开始和公示结束要一起填。"))
        elif start and end:
            yield from self._length(case.disclosure, start, end)
        elif case.disclosure.comes_down:
            yield Issue("notice_until", _("公示期满后撤下的，要填公示开始和公示结束。"))

    def _length(self, disclosure: "Disclosure", start: date, end: date) -> Iterator[Issue]:
        days = (end - start).days + 1
        if days < 1:
            yield Issue("notice_until", _("公示结束不能早于公示开始。"))
        elif disclosure.unit.kind in _COMMITTEE_KINDS and days < MINIMUM_NOTICE_DAYS:
            yield Issue("notice_until", _("村（居）务公布不得少于 15 天，现在只有 {n} 天。").format(n=days))


class NoticeOfItem(Rule):
    """What the catalogue itself asks for (公示7个工作日): fewer calendar days than that are certainly too few."""

    code, field = "notice_item", "notice_until"
    name = gettext_lazy("目录要求的公示天数")
    meaning = gettext_lazy("公示期不能比公开目录里写的天数短。")
    advice = gettext_lazy("把公示结束改晚。")
    basis = gettext_lazy("公开目录的“公开时限”")

    def issues(self, case: Case) -> Iterator[Issue]:
        start, end = case.disclosure.notice_from, case.disclosure.notice_until
        asked = (case.disclosure.item.limit_data or {}).get("display_days")
        if start and end and asked and (days := (end - start).days + 1) < asked:
            yield Issue("notice_until", _("目录要求公示 {asked} 天，现在只有 {n} 天。").format(asked=asked, n=days))


class ChangeNoted(_Structure):
    code, field = "change_note", "change_note"
    name = gettext_lazy("更正说明")
    meaning = gettext_lazy("更正已公开的内容，要写明改了什么。")
    advice = gettext_lazy("在“这次改了什么”里写一句。")
    basis = gettext_lazy("更正要让群众看得到（政府信息公开条例第六条）")

    def issues(self, case: Case) -> Iterator[Issue]:
        if case.correcting and not case.disclosure.change_note.strip():
            yield Issue("change_note", _("更正已公开的内容，要写明这次改了什么。"))
