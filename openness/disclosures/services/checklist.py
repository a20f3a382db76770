"""按规定要公开的内容: what the catalogue asks an item to say, and where this text says it. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from catalog.models.standard import element_list
from search.analysis import normalise

from ..rules.elements import telling_words
from ..text import body_text

if TYPE_CHECKING:
    from ..models import Disclosure

DONE, NIL, FILE, APART = "done", "nil", "file", "apart"
ROSTER = "roster"


@dataclass(frozen=True)
class Asked:
    """`state` is done, nil (said that there is none, with the reason), file (see the attachments) or apart (not found in the words)."""

    name: str
    state: str
    reason: str = ""


@dataclass(frozen=True)
class Checklist:
    asked: tuple[Asked, ...]

    def _number(self, state: str) -> int:
        return sum(one.state == state for one in self.asked)

    @property
    def sentence(self) -> str:
        """标准目录要求 6 项，已公开 5 项，1 项本期没有。"""
        parts = [_("标准目录要求 {n} 项").format(n=len(self.asked)), _("已公开 {n} 项").format(n=self._number(DONE))]
        more = ((NIL, _("{n} 项本期没有")), (FILE, _("{n} 项请看附件")), (APART, _("{n} 项没有单独写")))
        parts += [words.format(n=self._number(state)) for state, words in more if self._number(state)]
        return "，".join(parts) + "。"


def checklist_of(found: "Disclosure", files: Sequence[Any]) -> Checklist | None:
    """None where it cannot be told: no elements are asked for, or a list of names without fields of its own, whose terms stand elsewhere."""
    answers = {normalise(block.value["name"] or ""): block.value for block in found.body if block.block_type == "element"}
    names = element_list(found.item.elements)
    if not names or (found.category == ROSTER and not answers):
        return None
    whole = normalise(f"{found.title}\n{found.summary}\n{body_text(found.body)}")
    return Checklist(tuple(_asked(name, answers.get(normalise(name)), whole, bool(files)) for name in names))


def _asked(name: str, answer: Any, whole: str, has_files: bool) -> Asked:
    if answer is not None and answer.is_answered:
        return Asked(name, NIL, answer["reason"].strip()) if answer.is_nil else Asked(name, DONE)
    words = telling_words(name)
    own_name = normalise(name)
    rest = whole.replace(own_name, "", 1) if answer is not None else whole
    if not words or any(word in rest for word in words):
        return Asked(name, DONE)
    return Asked(name, FILE if has_files else APART)
