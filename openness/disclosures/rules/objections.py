"""Objections: what follows a notice waits until whoever objected has an answer, or a reviewer says why not."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .issue import Issue
from .level import Level
from .rule import Case, Rule


class OpenObjections(Rule):
    """The next text of the same item and unit, such as the result, after a notice to which somebody objected. A correction of the notice
    itself may go out: it may be what was asked for.
    """

    code, field = "objections", ""
    name = gettext_lazy("不同意见先答复")
    meaning = gettext_lazy("同一事项的公示有人提了不同意见，答复以后才公布下一步。")
    advice = gettext_lazy("先到“留言”里答复；等不得的，审核人写明原因放行。")
    basis = gettext_lazy("本站的承诺：公示结果定下来以前答复不同意见")
    level, floor = Level.BLOCK, Level.WARN
    needs = frozenset({"objections"})

    def issues(self, case: Case) -> Iterator[Issue]:
        for one in case.facts.objections.get(case.text.key, ()):
            words = _("“{title}”还有 {n} 条不同意见没有答复。")
            yield Issue(self.field, words.format(title=one.title, n=one.number))
