"""What supervisors did and what came of it: spot checks and rectification orders."""

from collections.abc import Callable, Iterable
from datetime import date
from functools import partial

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from openness.disclosures.rules.personal import mask
from openness.units.models import Unit

from ...models import Rectification, Sample
from ...rules.parameters import Number
from ...rules.score import Measure
from ..facts import Facts
from .base import OfRows, Parameters, Row, share


class SpotChecks(OfRows):
    kind = "spot_checks"
    label = gettext_lazy("抽查合格率")
    method = gettext_lazy(
        "这一期里抽查看过、打了分的每一条公开内容算一项，分数到合格线的算合格；合格的条数除以看过的条数。各项都不适用的不算。"
    )
    example = gettext_lazy("抽查看了 5 条，4 条到合格线：4 ÷ 5。权重 10 得 8 分。")
    parameters = (Number("pass_mark", gettext_lazy("多少分算合格（满分 100）"), highest=100),)

    def own(self, facts: Facts, parameters: Parameters) -> Callable[[Unit], Iterable[Row]]:
        def of_unit(unit: Unit) -> Iterable[Row]:
            for one in facts.samples.get(unit.pk, ()):
                good = one.score is not None and one.score >= parameters["pass_mark"]
                what = one.disclosure.title if one.disclosure.live else _("已经撤下的内容")
                yield Row(unit, what, partial(_sample_words, one), good, disclosure=one.disclosure)

        return of_unit

    def judge(self, good: int, of: int, parameters: Parameters) -> Measure:
        words = _("抽查看了 {of} 条，合格 {good} 条，{mark} 分算合格").format(good=good, of=of, mark=parameters["pass_mark"])
        return share(good, of, words, _("这一期没有抽查"))


def _sample_words(sample: Sample) -> str:
    day = timezone.localdate(sample.judged_at).isoformat() if sample.judged_at else "–"
    return _("{day}抽查，得 {score} 分").format(day=day, score=sample.score)


class Rectified(OfRows):
    kind = "rectified"
    label = gettext_lazy("整改按期完成率")
    method = gettext_lazy(
        "这一期到期的每一张整改单算一项：最后一次答复不晚于到期日、没有被退回的，算按期完成；按期完成的除以到期的。"
        "撤销的不算；还没有到期、也没有答复的，先不算。被退回的有新的到期日，按新的算。"
    )
    example = gettext_lazy("到期 4 张整改单，3 张按期完成：3 ÷ 4。权重 10 得 7.50 分。")

    def own(self, facts: Facts, parameters: Parameters) -> Callable[[Unit], Iterable[Row]]:
        def of_unit(unit: Unit) -> Iterable[Row]:
            for order, answered in facts.orders.get(unit.pk, ()):
                if answered or order.due_on <= facts.missed:
                    good = answered is not None and answered <= order.due_on
                    yield Row(unit, mask(order.title), partial(_order_words, order, answered), good)

        return of_unit

    def judge(self, good: int, of: int, parameters: Parameters) -> Measure:
        words = _("到期的整改单 {of} 张，按期完成 {good} 张").format(good=good, of=of)
        return share(good, of, words, _("这一期没有到期的整改单"))


def _order_words(order: Rectification, answered: date | None) -> str:
    due = order.due_on.isoformat()
    if answered is None:
        return _("{due}到期，还没有完成").format(due=due)
    return _("{due}到期，{day}答复，{state}").format(due=due, day=answered.isoformat(), state=order.get_state_display())
