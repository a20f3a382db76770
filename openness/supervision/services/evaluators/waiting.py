"""What waits: messages without an answer; and what the platform cannot measure, which it says and does not count."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from functools import partial

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from openness.units.models import Unit

from ...rules.parameters import Age, Sentence, age_words, cutoff
from ...rules.score import Measure
from ..facts import Facts
from .base import Evaluator, OfRows, Parameters, Row, fewer_than


class _NotYet(Evaluator):
    def why(self, parameters: Parameters) -> str:
        raise NotImplementedError

    def measure(self, facts: Facts, parameters: Parameters) -> Callable[[Unit], Measure]:
        why = self.why(parameters)
        return lambda unit: Measure(0, 0, _("还不能测：{why}").format(why=why), None, why)

    def rows(self, facts: Facts, unit: Unit, parameters: Parameters, *, bad_only: bool) -> Sequence[Row]:
        return []


class MessagesAnswered(OfRows):
    """Rows are the messages without an answer on the last day that counts: a resident may have waited long before the period began."""

    kind = "messages_answered"
    label = gettext_lazy("留言多久没有回复")
    method = gettext_lazy(
        "到期末（这一期没完就到今天）还没有答复的留言，从收到那天算，超过规定时间的，有一件就不合格。一件等答复的也没有，就不计。"
    )
    example = gettext_lazy("最早一条没有答复的留言已过 3 个月零 1 天，规定最长 3 个月：不合格。")
    parameters = (Age("max_age", gettext_lazy("最长多久不答复")),)

    def own(self, facts: Facts, parameters: Parameters) -> Callable[[Unit], Iterable[Row]]:
        oldest = cutoff(facts.until, parameters["max_age"])

        def of_unit(unit: Unit) -> Iterable[Row]:
            for number, received in facts.messages.get(unit.pk, ()):
                yield Row(
                    unit, _("留言 {number}").format(number=number), partial(_waiting_words, received, facts.until), received >= oldest
                )

        return of_unit

    def judge(self, good: int, of: int, parameters: Parameters) -> Measure:
        if not of:
            return Measure(0, 0, _("没有等答复的留言"), True)
        words = _("等答复的留言 {of} 件，超过{age}的 {n} 件").format(of=of, age=age_words(parameters["max_age"]), n=of - good)
        return fewer_than(of - good, 1, words)


def _waiting_words(received: date, until: date) -> str:
    return _("{day}收到，到{until}还没有答复").format(day=received.isoformat(), until=until.isoformat())


class LookedAtElsewhere(_NotYet):
    kind = "elsewhere"
    label = gettext_lazy("要靠人或别的工具查的")
    method = gettext_lazy("平台自己量不出来，要靠人工检查或专门的监测工具；现在不测、不计分。")
    example = gettext_lazy("检查的人另外写结论，不进得分。")
    parameters = (Sentence("needs", gettext_lazy("要靠什么来查")),)

    def why(self, parameters: Parameters) -> str:
        return str(parameters["needs"])
