"""Home pages and columns (栏目): too long without anything new, blank, or owing something for long."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from functools import partial
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from openness.disclosures.models import Category
from openness.units.models import Unit

from ...rules.parameters import Age, Ages, Categories, Number, age_words, cutoff
from ...rules.score import Measure, passing
from ..facts import Column, Facts
from .base import Evaluator, OfRows, Parameters, Row, fewer_than, share


class Freshness(Evaluator):
    kind = "freshness"
    label = gettext_lazy("多久没有更新")
    example = gettext_lazy(
        "最近一次公开是 11 月 10 日，检查那天是 11 月 24 日，正好 14 天，规定最长 14 天：合格，权重 10 得 10 分；再过一天就不合格，得 0 分。"
    )
    method = gettext_lazy(
        "看本单位和下面各单位最近一次公开是哪天（以公开凭证为准），到检查那天超过规定的时间就不合格；从来没有公开过也不合格。"
    )
    parameters = (
        Age("max_age", gettext_lazy("最长多久不更新")),
        Categories("categories", gettext_lazy("看哪些类别")),
    )

    def measure(self, facts: Facts, parameters: Parameters) -> Callable[[Unit], Measure]:
        def of_unit(unit: Unit) -> Measure:
            row = self._row(facts, unit, parameters)
            return passing(row.good, row.words)

        return of_unit

    def _row(self, facts: Facts, unit: Unit, parameters: Parameters) -> Row:
        wanted = parameters["categories"] or Category.values
        days = [day for category, day in facts.newest_by_category.get(unit.pk, {}).items() if category in wanted]
        return _fresh_row(facts, unit, self._what(parameters), max(days, default=None), parameters["max_age"])

    def _what(self, parameters: Parameters) -> str:
        return "、".join(str(Category(one).label) for one in parameters["categories"]) or _("全部内容")

    def rows(self, facts: Facts, unit: Unit, parameters: Parameters, *, bad_only: bool) -> Sequence[Row]:
        row = self._row(facts, unit, parameters)
        return [] if bad_only and row.good else [row]


def _fresh_row(facts: Facts, unit: Unit, what: str, newest: date | None, age: dict[str, int]) -> Row:
    good = newest is not None and newest >= cutoff(facts.until, age)
    return Row(unit, what, partial(_fresh_words, newest, facts.until, age), good)


def _fresh_words(newest: date | None, until: date, age: dict[str, int]) -> str:
    limit = age_words(age)
    if newest is None:
        return _("到 {until} 从来没有公开过，规定最长 {limit}").format(until=until.isoformat(), limit=limit)
    return _("最近一次是 {day}，到 {until} 有 {n} 天，规定最长 {limit}").format(
        day=newest.isoformat(), until=until.isoformat(), n=(until - newest).days, limit=limit
    )


class StaleColumns(OfRows):
    kind = "stale_columns"
    label = gettext_lazy("不更新的栏目数")
    example = gettext_lazy("12 个栏目里有 4 个超过了期限，到 5 个算不合格：合格。")
    method = gettext_lazy(
        "一个单位的一个类别是一个栏目，下面各单位的内容也在其中。有过内容、最近一次公开又超过规定时间的，算不更新；够了规定的个数就不合格。"
    )
    parameters = (
        Ages("columns", gettext_lazy("各类别最长多久不更新"), {one.value: one.label for one in Category}),
        Number("fewer_than", gettext_lazy("到多少个算不合格")),
    )

    def own(self, facts: Facts, parameters: Parameters) -> Callable[[Unit], Iterable[Row]]:
        def of_unit(unit: Unit) -> Iterable[Row]:
            newest = facts.newest_by_category.get(unit.pk, {})
            for category, age in parameters["columns"].items():
                if category in newest:
                    yield _fresh_row(facts, unit, str(Category(category).label), newest[category], age)

        return of_unit

    def judge(self, good: int, of: int, parameters: Parameters) -> Measure:
        words = _("{of} 个栏目里有 {bad} 个没有更新").format(of=of, bad=of - good)
        return fewer_than(of - good, parameters["fewer_than"], words)


class BlankColumns(OfRows):
    kind = "blank_columns"
    label = gettext_lazy("空白栏目数")
    example = gettext_lazy("12 个栏目里有 5 个空白，到 5 个算不合格：不合格。")
    method = gettext_lazy(
        "一个单位的一个领域是一个栏目。有到期的格，却从来没有公开过、也没有报过“本期无此事项”的，算空白；够了规定的个数就不合格。"
    )
    parameters = (Number("fewer_than", gettext_lazy("到多少个算不合格")),)

    def own(self, facts: Facts, parameters: Parameters) -> Callable[[Unit], Iterable[Row]]:
        def of_unit(unit: Unit) -> Iterable[Row]:
            published = facts.newest_by_field.get(unit.pk, {})
            for field, column in sorted(facts.columns.get(unit.pk, {}).items()):
                yield Row(unit, field, partial(_answered_words, column), column.answered > 0 or field in published)

        return of_unit

    def judge(self, good: int, of: int, parameters: Parameters) -> Measure:
        return fewer_than(of - good, parameters["fewer_than"], _("{of} 个栏目里有 {bad} 个空白").format(of=of, bad=of - good))


def _answered_words(column: Column) -> str:
    return _("到期 {due} 格，有着落的 {answered} 格").format(due=column.due, answered=column.answered)


class OverdueColumns(OfRows):
    kind = "overdue_columns"
    label = gettext_lazy("应更新长期未更新的栏目数")
    example = gettext_lazy("最早一格 2 月 1 日到期，到 5 月 3 日还没公开，逾期 91 天，规定 90 天：这个栏目算长期未更新。")
    method = gettext_lazy(
        "一个单位的一个领域是一个栏目。里面有一格逾期超过规定天数还没有公开的，算应更新长期未更新；够了规定的个数就不合格。"
    )
    parameters = (
        Number("more_than_days", gettext_lazy("逾期超过多少天")),
        Number("fewer_than", gettext_lazy("到多少个算不合格")),
    )

    def own(self, facts: Facts, parameters: Parameters) -> Callable[[Unit], Iterable[Row]]:
        def of_unit(unit: Unit) -> Iterable[Row]:
            for field, column in sorted(facts.columns.get(unit.pk, {}).items()):
                blank = column.oldest_blank
                days = (facts.until - blank).days if blank else 0
                yield Row(unit, field, partial(_overdue_words, days), days <= parameters["more_than_days"])

        return of_unit

    def judge(self, good: int, of: int, parameters: Parameters) -> Measure:
        words = _("{of} 个栏目里有 {bad} 个长期未更新").format(of=of, bad=of - good)
        return fewer_than(of - good, parameters["fewer_than"], words)


def _overdue_words(days: int) -> str:
    return _("最早一格逾期 {n} 天").format(n=days) if days else _("没有逾期的格")


class FieldAges(OfRows):
    kind = "field_ages"
    label = gettext_lazy("各领域的更新期限")
    example = gettext_lazy("写了期限的领域 6 个，5 个在期限内更新过：5 ÷ 6。权重 10 得 8.33 分。")
    method = gettext_lazy("每个单位有到期事项的领域里，写了期限的各算一个；最近一次公开没有超过期限的个数除以总数。")
    parameters = (Ages("fields", gettext_lazy("各领域最长多久不更新")),)

    def own(self, facts: Facts, parameters: Parameters) -> Callable[[Unit], Iterable[Row]]:
        def of_unit(unit: Unit) -> Iterable[Row]:
            newest: dict[str, Any] = facts.newest_by_field.get(unit.pk, {})
            for field in sorted(facts.columns.get(unit.pk, {})):
                if field in parameters["fields"]:
                    yield _fresh_row(facts, unit, field, newest.get(field), parameters["fields"][field])

        return of_unit

    def judge(self, good: int, of: int, parameters: Parameters) -> Measure:
        return share(good, of, _("{of} 个领域里有 {good} 个在期限内更新").format(good=good, of=of), _("没有写了期限的领域"))
