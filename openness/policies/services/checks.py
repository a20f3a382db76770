"""What stands in the way of publishing: small checkers, each one sentence a fault."""

from collections.abc import Iterator, Sequence
from typing import Protocol

from django.utils.translation import gettext as _

from openness.disclosures.rules.personal import Severity, find
from openness.units.refusal import Refused

from ..models import Form, Interpretation, Policy, PublicText
from .duplicates import duplicates

_FEWEST = 10


class Checker(Protocol):
    def faults(self, text: PublicText, draft: PublicText) -> Iterator[str]:
        """`text` is the row, `draft` the version that is to become public."""


class Complete:
    def faults(self, text: PublicText, draft: PublicText) -> Iterator[str]:
        if not draft.title.strip():
            yield _("标题没有写。")
        if not draft.issuer.strip():
            yield _("发文机关没有写。")
        if len(draft.text.strip()) < _FEWEST:
            yield _("正文没有写。视频、图片也要有文字版。")
        if isinstance(draft, Interpretation) and draft.form == Form.VIDEO and not draft.video:
            yield _("视频解读要写视频地址。")


class Dates:
    def faults(self, text: PublicText, draft: PublicText) -> Iterator[str]:
        if not isinstance(draft, Policy):
            return
        if draft.issued_on is None:
            yield _("发布日期没有写。")
        if draft.effective_on and draft.expires_on and draft.expires_on < draft.effective_on:
            yield _("有效期比施行日期还早。")


class NoNumbersOfPersons:
    def faults(self, text: PublicText, draft: PublicText) -> Iterator[str]:
        for one in find(f"{draft.title}\n{draft.text}"):
            if one.severity is Severity.BLOCK:
                yield one.sentence


class OnlyOnce:
    def faults(self, text: PublicText, draft: PublicText) -> Iterator[str]:
        if not (isinstance(text, Policy) and isinstance(draft, Policy)):
            return
        same = Policy.objects.public().filter(tier=draft.tier, number=draft.number).exclude(pk=text.pk).first() if draft.number else None
        if same is not None:
            yield _("文号 {number} 已经公开过：《{title}》。").format(number=draft.number, title=same.title)
            return
        for found in duplicates(text, draft):
            yield _("好像和《{title}》是同一份（{why}），先定下来再公开。").format(title=found.policy.title, why=found.why)


CHECKERS: Sequence[Checker] = (Complete(), Dates(), NoNumbersOfPersons(), OnlyOnce())


def faults(text: PublicText, draft: PublicText) -> list[str]:
    return list(dict.fromkeys(said for checker in CHECKERS for said in checker.faults(text, draft)))


def check(text: PublicText, draft: PublicText) -> None:
    """Raises: Refused with every sentence."""
    if found := faults(text, draft):
        raise Refused(*found)
