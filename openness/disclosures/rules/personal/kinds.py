"""What kinds of personal data there are, how serious each is, and the one wording for all who speak of them."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy


class Kind(StrEnum):
    ID_NUMBER = "id_number"
    PHONE = "phone"
    BANK_CARD = "bank_card"
    PASSPORT = "passport"
    EMAIL = "email"
    ACCOUNT = "account"
    ADDRESS = "address"
    HEALTH = "health"
    CHILD = "child"
    BIRTH_DATE = "birth_date"


class Severity(StrEnum):
    """Block: not to be published like this. Warn: look again. Note: good to know, as a rule in order."""

    BLOCK = "block"
    WARN = "warn"
    NOTE = "note"


NAMES = {
    Kind.ID_NUMBER: gettext_lazy("身份证号"),
    Kind.PHONE: gettext_lazy("手机号"),
    Kind.BANK_CARD: gettext_lazy("银行卡号"),
    Kind.PASSPORT: gettext_lazy("护照或通行证号"),
    Kind.EMAIL: gettext_lazy("个人邮箱"),
    Kind.ACCOUNT: gettext_lazy("个人微信或 QQ 号"),
    Kind.ADDRESS: gettext_lazy("家庭住址"),
    Kind.HEALTH: gettext_lazy("个人病情或残疾情况"),
    Kind.CHILD: gettext_lazy("未成年人的信息"),
    Kind.BIRTH_DATE: gettext_lazy("个人出生日期"),
}
ADVICE = {
    Severity.BLOCK: gettext_lazy("遮住中间几位再公开。"),
    Severity.WARN: gettext_lazy("请核对，用不着的删去。"),
    Severity.NOTE: gettext_lazy("请核对。"),
}
OFFICE = gettext_lazy("旁边写着办公、咨询或监督，是公用的就不用改。")
LOST_DIGITS = gettext_lazy("表格把它存成了数字，后几位已经丢了，请改成文本并遮住。")
TOO_LITTLE = gettext_lazy("遮得太少，出生日期那几位也要遮住。")


@dataclass(frozen=True)
class Finding:
    """One piece of personal data in a text, without the data: `masked` is how it may be shown.

    `start` and `end` count characters of the text that was read; `place` is how people find it: 第3行, B5, 第2页.
    """

    kind: Kind
    severity: Severity
    start: int
    end: int
    masked: str
    place: str = ""
    remark: str = ""
    hidden: tuple[int, ...] = field(default=(), repr=False)

    @property
    def says(self) -> str:
        return _("像是{kind}。").format(kind=NAMES[self.kind])

    @property
    def sentence(self) -> str:
        return f"{self.says}{self.remark or ADVICE[self.severity]}"


def found(
    kind: Kind, severity: Severity, span: tuple[int, int], masked: str, *, hidden: Iterable[int] = (), remark: object = ""
) -> Finding:
    """A finding whose place is not known yet. `hidden` are the characters to be replaced with asterisks; none: it cannot be masked."""
    return Finding(kind, severity, *span, masked, remark=str(remark), hidden=tuple(hidden))
