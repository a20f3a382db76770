"""The notice (通报) of a place for a month or a quarter: numbers taken on one day, words drafted from them, then frozen by issuing."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Count
from django.utils import timezone
from django.utils.translation import gettext as _

from openness.disclosures.periods import Period, parse_period, period_label
from openness.disclosures.services.receipts import person
from openness.units.models import Unit
from openness.units.refusal import Refused

from ..models import Notice
from .desk import Choice
from .figures import percent
from .notice_sections import sections_for
from .overview import Sums, cells_behind, sums_of
from .scores import UnitScore, ranking, score

MOST_CELLS = 2000
_MOST_NAMED = 10
_MOST_IN_WORDS = 5
Figures = dict[str, Any]


class NoticeRefused(Refused):
    """The notice stays as it was."""


def figures_of(place: Unit, period: Period, today: date) -> Figures:
    """Every number of the notice, as JSON, the same as the desk shows of the place and period. The number of queries does not grow with the units."""
    choice = Choice(place, period)
    scope = choice.scope(today)
    scores = score(place, period, today)
    overdue = cells_behind(place, scope, "overdue")
    return {
        "place": place.name,
        "period": period.code,
        "as_of": today.isoformat(),
        "sums": sums_json(sums_of(place, scope)),
        "before": sums_json(sums_of(place, choice.scope_before(today))),
        "before_words": choice.before_words(today),
        "ranking": [_ranked(one.rank, one.of_unit) for one in ranking([one for one in scores if one.unit.pk != place.pk])],
        "checks": [_check(line) for one in scores if one.unit.pk == place.pk for line in one.lines if line.indicator.veto],
        "indicators": _indicators(scores),
        "most_overdue": _most_overdue(overdue),
        "overdue_total": overdue.count(),
        "overdue": [_cell(cell, today) for cell in overdue.select_related("unit", "town", "duty__item")[:MOST_CELLS]],
        "sections": sections_for(place, period),
    }


def sums_json(sums: Sums) -> dict[str, Any]:
    names = ("owed", "done", "on_time", "late", "overdue", "nil", "waived", "checked", "complete")
    rates = {"rate": (sums.done, sums.owed), "on_time_rate": (sums.on_time, sums.owed), "complete_rate": (sums.complete, sums.checked)}
    return {name: getattr(sums, name) for name in names} | {name: percent(*parts) for name, parts in rates.items()}


def _ranked(rank: int | None, one: UnitScore) -> dict[str, Any]:
    return {
        "rank": rank,
        "code": one.unit.code,
        "name": one.unit.short_name,
        "score": "" if one.score is None else str(one.score),
        "vetoes": [row.name for row in one.vetoes],
        **sums_json(one.sums),
    }


def _check(line: Any) -> dict[str, Any]:
    return {"name": line.indicator.name, "words": line.measure.words, "passed": line.measure.passed, "source": line.indicator.source}


def _indicators(scores: Iterable[UnitScore]) -> list[dict[str, str]]:
    """The versions that counted, once each."""
    rows = {line.indicator.pk: line.indicator for one in scores for line in one.lines if line.weight > 0}
    return [
        {"name": row.name, "since": row.effective_from.isoformat(), "source": row.source}
        for row in sorted(rows.values(), key=lambda row: (row.position, row.pk))
    ]


def _most_overdue(overdue: Any) -> list[dict[str, Any]]:
    rows = overdue.order_by().values_list("unit__short_name", "town__short_name", "unit__level").annotate(cells=Count("pk"))
    named = [(name if level < 5 or not town else f"{town}{name}", cells) for name, town, level, cells in rows]
    return [{"name": name, "cells": cells} for name, cells in sorted(named, key=lambda row: (-row[1], row[0]))[:_MOST_NAMED]]


def _cell(cell: Any, today: date) -> dict[str, Any]:
    return {
        "unit": cell.unit.short_name,
        "town": cell.town.short_name if cell.town and cell.town_id != cell.unit_id else "",
        "item": cell.duty.item.name,
        "period": cell.period_label,
        "due_on": cell.due_on.isoformat(),
        "days": (today - cell.due_on).days,
    }


def draft_notice(place: Unit, period: Period, user: Any, today: date | None = None) -> Notice:
    """A notice with its numbers of today and words made from them.

    Raises:
        NoticeRefused: there is one already, or the period has not begun.
    """
    today = today or timezone.localdate()
    if period.first > today:
        raise NoticeRefused(_("{period}还没有到。").format(period=period_label(period.code)))
    if Notice.objects.filter(unit=place, period=period.code).exists():
        raise NoticeRefused(_("{place}{period}已经有一份通报。").format(place=place.name, period=period_label(period.code)))
    figures = figures_of(place, period, today)
    title = _("关于{place}{period}基层政务公开情况的通报").format(place=place.name, period=period_label(period.code))
    issuer = _("{place}政务公开工作主管部门").format(place=place.name)
    return Notice.objects.create(
        unit=place, period=period.code, title=title, issuer=issuer, figures=figures, drafted_by=person(user), drafted_at=timezone.now(),
        **words_of(figures),
    )  # fmt: skip


def redraft(notice: Notice, user: Any, today: date | None = None) -> None:
    """Numbers of today, and words made from them anew: what was written by hand goes."""
    period = parse_period(notice.period)
    assert period is not None  # noqa: S101  (the model's validator)
    with transaction.atomic():
        locked = _open(notice)
        locked.figures = figures_of(locked.unit, period, today or timezone.localdate())
        locked.drafted_by, locked.drafted_at = person(user), timezone.now()
        for name, words in words_of(locked.figures).items():
            setattr(locked, name, words)
        locked.save()


def issue(notice: Notice, user: Any) -> Notice:
    """From now on neither its words nor its numbers change.

    Raises:
        NoticeRefused: it has been issued already.
    """
    with transaction.atomic():
        locked = _open(notice)
        locked.issued_by, locked.issued_at = person(user), timezone.now()
        locked.save()
    return locked


def _open(notice: Notice) -> Notice:
    locked = Notice.objects.select_for_update(of=("self",)).select_related("unit").get(pk=notice.pk)
    if locked.issued_at is not None:
        raise NoticeRefused(_("“{title}”已经印发，不能再改。").format(title=locked.title))
    return locked


def words_of(figures: Figures) -> dict[str, str]:
    """The three texts, from the numbers alone."""
    return {"opening": _opening(figures), "problems": _problems(figures), "demands": _demands(figures)}


def _opening(figures: Figures) -> str:
    sums, before = figures["sums"], figures["before"]
    label = period_label(figures["period"])
    words = _(
        "{period}，{place}应公开 {owed} 项，已公开 {done} 项，公开率 {rate}；按时公开 {on_time} 项，及时率 {on_time_rate}；逾期 {overdue} 项。"
    )
    text = words.format(period=label, place=figures["place"], **_only(sums, "owed", "done", "rate", "on_time", "on_time_rate", "overdue"))
    if sums["nil"] or sums["waived"]:
        text += _("另有 {nil} 项报了“本期无此事项”，{waived} 项经批准不公开，都不算在应公开里。").format(**_only(sums, "nil", "waived"))
    if sums["checked"]:
        text += _("机器查过其中 {checked} 项，要素齐全 {complete} 项，要素齐全率 {complete_rate}。").format(
            **_only(sums, "checked", "complete", "complete_rate")
        )
    if before["owed"]:
        words = _("{before}公开率 {rate}，及时率 {on_time_rate}。")
        text += words.format(before=figures["before_words"], **_only(before, "rate", "on_time_rate"))
    best = [row["name"] for row in figures["ranking"] if row["rank"] == 1]
    if best and len(best) <= _MOST_IN_WORDS:
        text += _("得分最高的是{names}。").format(names="、".join(best))
    return text + _("（数字截至 {day}）").format(day=figures["as_of"])


def _only(numbers: dict[str, Any], *names: str) -> dict[str, Any]:
    return {name: numbers[name] for name in names}


def _problems(figures: Figures) -> str:
    parts = []
    if figures["overdue_total"]:
        named = "、".join(
            _("{name}（{n} 项）").format(name=row["name"], n=row["cells"]) for row in figures["most_overdue"][:_MOST_IN_WORDS]
        )
        parts.append(_("还有 {n} 项逾期没有公开，较多的是{names}。明细见附件 2。").format(n=figures["overdue_total"], names=named))
    if figures["sums"]["late"]:
        parts.append(_("有 {n} 项虽已公开，但超过了规定时限。").format(n=figures["sums"]["late"]))
    parts += [
        _("检查指标“{name}”不合格：{words}。").format(**_only(row, "name", "words")) for row in figures["checks"] if row["passed"] is False
    ]
    untested = [row["name"] for row in figures["checks"] if row["passed"] is None]
    if untested:
        parts.append(_("以下指标平台还不能测，没有计入：{names}。").format(names="、".join(untested)))
    return "\n".join(parts) or _("本期没有发现逾期没有公开的事项。")


def _demands(figures: Figures) -> str:
    if not figures["overdue_total"]:
        return _("请各单位继续按目录和时限公开。")
    return _("请有逾期事项的单位尽快公开；确实没有发生的，报“本期无此事项”；需要延期的，写明原因报批。整改情况下一期通报。")


def rows_of_ranking(figures: Figures) -> Sequence[Sequence[Any]]:
    """As the table shows them, on paper and in the workbook."""
    return [
        [
            row["rank"] or "–",
            row["name"],
            row["score"] or "–",
            row["owed"],
            row["done"],
            row["rate"],
            row["on_time_rate"],
            row["overdue"],
            "、".join(row["vetoes"]),
        ]
        for row in figures["ranking"]
    ]


def ranking_headings() -> list[str]:
    return [_("名次"), _("单位"), _("得分"), _("应公开"), _("已公开"), _("公开率"), _("及时率"), _("逾期"), _("单项否决")]


def rows_of_overdue(figures: Figures) -> Sequence[Sequence[Any]]:
    return [[row["town"], row["unit"], row["item"], row["period"], row["due_on"], row["days"]] for row in figures["overdue"]]


def overdue_headings() -> list[str]:
    return [_("乡镇（街道）"), _("单位"), _("事项"), _("期次"), _("最迟哪天公开"), _("逾期天数")]
