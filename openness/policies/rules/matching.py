"""政策直达: who asks, for what, where; and the small checkers that say whether a policy fits, and why."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

AUDIENCES: tuple[tuple[str, Any], ...] = (
    ("elder", gettext_lazy("老人")),
    ("disabled", gettext_lazy("残疾人")),
    ("poor", gettext_lazy("低保户、特困户")),
    ("farmer", gettext_lazy("种地的")),
    ("breeder", gettext_lazy("养殖户")),
    ("worker", gettext_lazy("务工的")),
    ("parent", gettext_lazy("学生家长")),
    ("veteran", gettext_lazy("退役军人")),
    ("business", gettext_lazy("企业主、个体户")),
    ("anyone", gettext_lazy("都不是")),
)
NEEDS: tuple[tuple[str, Any], ...] = (
    ("money", gettext_lazy("领钱")),
    ("health", gettext_lazy("看病")),
    ("school", gettext_lazy("上学")),
    ("house", gettext_lazy("建房、修房")),
    ("farming", gettext_lazy("种地、养殖")),
    ("jobs", gettext_lazy("找工作、用工")),
    ("business", gettext_lazy("做买卖")),
)
AUDIENCE_WORDS, NEED_WORDS = dict(AUDIENCES), dict(NEEDS)
MOST_QUESTIONS = 3
_OLDEST = 120


@dataclass(frozen=True)
class Asked:
    """What the address says. `place` are the codes of the township and of what lies above it; `age` in full years, None where not said."""

    who: str = ""
    need: str = ""
    place: tuple[str, ...] = ()
    place_name: str = ""
    age: int | None = None

    @property
    def is_complete(self) -> bool:
        return bool(self.who and self.need)


class Wanting(Protocol):
    """The conditions of a policy, as the model has them."""

    audiences: list[str]
    needs: list[str]
    covers: list[str]
    conditions: list[dict[str, Any]]


@dataclass(frozen=True)
class Verdict:
    """`why` is a sentence for the resident; empty where the condition says nothing about this person."""

    fits: bool
    why: str = ""


class Checker(Protocol):
    def check(self, policy: Wanting, asked: Asked) -> Verdict: ...


class Audience:
    """A policy without audiences is for everybody."""

    def check(self, policy: Wanting, asked: Asked) -> Verdict:
        if not policy.audiences:
            return Verdict(True, _("谁都可以办。"))
        words = AUDIENCE_WORDS.get(asked.who, "")
        return Verdict(asked.who in policy.audiences, _("您选了“{who}”，这份政策给的就是。").format(who=words))


class Need:
    def check(self, policy: Wanting, asked: Asked) -> Verdict:
        words = NEED_WORDS.get(asked.need, "")
        return Verdict(asked.need in policy.needs, _("管的是“{need}”这件事。").format(need=words))


class Place:
    """Covered is a place that the policy names, or one below it. Without a place nothing is ruled out, and it is said."""

    def check(self, policy: Wanting, asked: Asked) -> Verdict:
        if not policy.covers:
            return Verdict(True, _("全县都管。"))
        if not asked.place:
            return Verdict(True, _("只管一部分乡镇，看看有没有您那里。"))
        return Verdict(any(code in policy.covers for code in asked.place), _("管{place}。").format(place=asked.place_name))


class Age:
    """A condition `{"kind": "age", "least": 80, "most": 89}` in full years; either end may be missing."""

    def check(self, policy: Wanting, asked: Asked) -> Verdict:
        for one in policy.conditions:
            if one.get("kind") == "age":
                return self._judge(one.get("least"), one.get("most"), asked.age)
        return Verdict(True)

    def _judge(self, least: int | None, most: int | None, age: int | None) -> Verdict:
        span = span_words(least, most)
        if age is None:
            return Verdict(True, _("要{span}，看看是不是。").format(span=span))
        fits = (least is None or age >= least) and (most is None or age <= most)
        return Verdict(fits, _("您 {age} 岁，符合“{span}”。").format(age=age, span=span))


CHECKERS: Sequence[Checker] = (Audience(), Need(), Place(), Age())


def reasons(policy: Wanting, asked: Asked) -> list[str] | None:
    """Why it fits, a sentence a condition; None where one of them does not."""
    found = [checker.check(policy, asked) for checker in CHECKERS]
    return [one.why for one in found if one.why] if all(one.fits for one in found) else None


def span_words(least: int | None, most: int | None) -> str:
    if least is not None and most is not None:
        return _("{least} 到 {most} 岁").format(least=least, most=most)
    return _("满 {least} 岁").format(least=least) if least is not None else _("{most} 岁以下").format(most=most)


def age_of(text: str) -> int | None:
    """An age that somebody typed; None for anything else."""
    digits = text.strip().removesuffix("岁").strip()
    return int(digits) if digits.isascii() and digits.isdecimal() and len(digits) <= 3 and int(digits) <= _OLDEST else None
