"""What the platform cannot measure: it says so and does not count it."""

from collections.abc import Callable, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from openness.units.models import Unit

from ...rules.parameters import Age, Sentence
from ...rules.score import Measure
from ..facts import Facts
from .base import Evaluator, Parameters, Row


class _NotYet(Evaluator):
    def why(self, parameters: Parameters) -> str:
        raise NotImplementedError

    def measure(self, facts: Facts, parameters: Parameters) -> Callable[[Unit], Measure]:
        why = self.why(parameters)
        return lambda unit: Measure(0, 0, _("还不能测：{why}").format(why=why), None, why)

    def rows(self, facts: Facts, unit: Unit, parameters: Parameters, *, bad_only: bool) -> Sequence[Row]:
        return []


class MessagesAnswered(_NotYet):
    kind = "messages_answered"
    label = gettext_lazy("留言多久没有回复")
    method = gettext_lazy("有效留言超过规定时间还没有答复就不合格。留言板还没有接到台账里，现在不测、不计分。")
    example = gettext_lazy("最早一条没有答复的留言已过 3 个月零 1 天，规定最长 3 个月：不合格。")
    parameters = (Age("max_age", gettext_lazy("最长多久不答复")),)

    def why(self, parameters: Parameters) -> str:
        return _("留言板还没有接进来")


class LookedAtElsewhere(_NotYet):
    kind = "elsewhere"
    label = gettext_lazy("要靠人或别的工具查的")
    method = gettext_lazy("平台自己量不出来，要靠人工检查或专门的监测工具；现在不测、不计分。")
    example = gettext_lazy("检查的人另外写结论，不进得分。")
    parameters = (Sentence("needs", gettext_lazy("要靠什么来查")),)

    def why(self, parameters: Parameters) -> str:
        return str(parameters["needs"])
