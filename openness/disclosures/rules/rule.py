"""What every rule of publishing is: one small object with a code, plain words, a usual level and a floor."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from .issue import Issue
from .level import Level
from .text import Batch, Found, Text

if TYPE_CHECKING:
    from ..models import Disclosure

_FIELDS = {"标题": "title", "一句话看懂": "summary", "这次改了什么": "change_note"}
_EVERYWHERE = frozenset({"全文", "附件"})


@dataclass(frozen=True)
class Case:
    """One text before the rules: the row as it would be published, its words, and what is known beside them."""

    disclosure: "Disclosure"
    text: Text
    facts: Batch
    correcting: bool
    today: date


class Rule:
    """`level` is the usual one; `floor` the softest that a county may set, with its reason in `basis`. A rule that is not
    `overridable` is about structure: no reviewer can let it through. `needs` names the facts that must be gathered for it.
    """

    code = ""
    name: Any = ""
    meaning: Any = ""
    advice: Any = ""
    basis: Any = ""
    level = Level.WARN
    floor = Level.NOTE
    overridable = True
    maskable = False
    field = "body"
    needs: frozenset[str] = frozenset()

    def issues(self, case: Case) -> Iterator[Issue]:
        raise NotImplementedError


class TextRule(Rule):
    """A rule that reads words only, so that it can also be asked of what is public already. `check` is its name there."""

    check = ""

    def findings(self, text: Text, batch: Batch) -> Iterator[Found]:
        raise NotImplementedError

    def issues(self, case: Case) -> Iterator[Issue]:
        for one in self.findings(case.text, case.facts):
            where = "" if one.place in _EVERYWHERE else f"{one.place}："
            shown = f"{one.shown} " if one.shown else ""
            in_file = one.place.startswith("附件")
            yield Issue(
                _FIELDS.get(one.place, self.field), f"{where}{shown}{one.sentence}{one.advice}",
                advice=str(IN_FILE if in_file and self.maskable else self.advice), maskable=self.maskable and not in_file,
            )  # fmt: skip


IN_FILE = _("这里改不了附件：请打开原来的文件改好，重新上传，再把旧的附件换掉。")
