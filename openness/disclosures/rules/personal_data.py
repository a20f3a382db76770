"""Personal data in texts and their files. Numbers stand in the way; what only may be private asks for a look.

个人信息保护法 art. 25 (no publication without consent), 28 to 30 (identity, health, accounts, children under 14), 34 (state organs);
政府信息公开条例 art. 15.
"""

from collections.abc import Iterator

from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy

from ..spots import Spot
from .level import Level
from .personal import Finding, Severity, mask
from .rule import TextRule
from .text import Batch, Found, Text

_REACH = 12


class _Personal(TextRule):
    check = "personal"
    severity = Severity.BLOCK
    needs = frozenset({"files"})

    def findings(self, text: Text, batch: Batch) -> Iterator[Found]:
        for spot in _looked_at(text, batch):
            for one in private(spot, text.own_phones):
                if one.severity is self.severity:
                    yield _found(spot, one)


class PersonalNumbers(_Personal):
    code = "personal"
    name = gettext_lazy("个人号码")
    meaning = gettext_lazy("不能有完整的身份证号、手机号、银行卡号、护照号；附件里的也算。")
    advice = gettext_lazy("点“帮我遮住”，或者自己遮住中间几位。")
    basis = gettext_lazy("个人信息保护法第二十五条、第二十八条；政府信息公开条例第十五条")
    level = floor = Level.BLOCK
    maskable = True


class PersonalMatters(_Personal):
    code = "private"
    name = gettext_lazy("可能是个人隐私")
    meaning = gettext_lazy("姓名旁边的病情、残疾、住址、出生日期、孩子的学校和年龄，还有个人邮箱、微信号。")
    advice = gettext_lazy("用不着的删去；必须公开的只留姓名、村组、项目和金额。")
    basis = gettext_lazy("个人信息保护法第二十八条至第三十一条：敏感个人信息和不满十四周岁未成年人")
    severity = Severity.WARN
    floor = Level.WARN


def private(spot: Spot, own_phones: frozenset[str]) -> Iterator[Finding]:
    """Without the unit's own telephones and what is only good to know."""
    for one in spot.findings:
        if one.severity is not Severity.NOTE and spot.words.number(one.start, one.end) not in own_phones:
            yield one


def _looked_at(text: Text, batch: Batch) -> Iterator[Spot]:
    yield from text.spots
    for _key, file in batch.files_of(text):
        yield from file.spots


def _found(spot: Spot, one: Finding) -> Found:
    words = spot.words
    number = words.number(one.start, one.end)
    # A plain hash of a number of so few digits could be tried out.
    sign = salted_hmac("supervision.quality", number or words.raw[one.start : one.end]).hexdigest()[:16]
    advice = one.sentence.removeprefix(one.says)
    return Found(spot.label, one.says, _quote(one, mask(words.raw), spot.findings), sign, shown=one.masked, advice=advice)


def _quote(one: Finding, shown: str, everything: list[Finding]) -> str:
    """With a little of what stands around, unless that is private and cannot be masked."""
    start, end = max(0, one.start - _REACH), one.end + _REACH
    if any(not other.hidden and other.start < end and start < other.end for other in everything):
        return one.masked
    return shown[start:end].replace("\n", " ")
