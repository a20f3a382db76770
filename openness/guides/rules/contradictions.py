"""What cannot be true at once, or cannot be dialled or opened."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from django.utils.translation import gettext as _

from openness.disclosures.rules import Issue

from .rule import Facts, GuideRule

if TYPE_CHECKING:
    from ..models import ServiceGuide

_WORKING, _CALENDAR = "working", "calendar"
_PHONE = re.compile(r"(?:0\d{2,3}-?)?\d{7,8}(?:-\d{1,6})?|1\d{10}|400-?\d{3}-?\d{4}|1\d{4}|9\d{4,5}")
_BETWEEN = re.compile(r"[\s，,、；;/或]+")
_AMOUNT = re.compile(r"\d+(?:\.\d+)?\s*元")


def calendar_days(number: int, kind: str) -> int:
    """The fewest days that so many working days can take: five in a week of seven, begun on a Monday."""
    return number + 2 * ((number - 1) // 5) if kind == _WORKING and number else number


class DrawnOut(GuideRule):
    """The promise must not be longer than the law allows."""

    code = "promise"

    def issues(self, guide: "ServiceGuide", facts: Facts) -> Iterator[Issue]:
        if guide.promised_days is None or guide.legal_days is None or guide.legal_kind not in (_WORKING, _CALENDAR):
            return
        same = guide.promised_kind == guide.legal_kind
        promised = guide.promised_days if same else calendar_days(guide.promised_days, guide.promised_kind)
        legal = guide.legal_days if same else calendar_days(guide.legal_days, guide.legal_kind)
        if promised > legal:
            yield self.issue(
                "promised_days",
                _("承诺 {promised}，比法定的 {legal} 还长。").format(promised=guide.promised_time, legal=guide.legal_time),
                _("承诺不能超过法定时限。"),
            )


class Fees(GuideRule):
    """Whoever charges says how much and by which rule; whoever does not names no sum."""

    code = "fee"

    def issues(self, guide: "ServiceGuide", facts: Facts) -> Iterator[Issue]:
        if guide.charges and not guide.fee.strip():
            yield self.issue("fee", _("写了要收费，没有写收多少。"), _("写清收费标准。"))
        if guide.charges and not guide.fee_basis.strip():
            yield self.issue("fee_basis", _("写了要收费，没有写依据。"), _("写收费依据的文件名和文号。"))
        if not guide.charges and (found := _AMOUNT.search(guide.fee)):
            yield self.issue("fee", _("没有勾收费，收费标准里又写了{amount}。").format(amount=found[0]), _("收不收费，只留一种说法。"))


class Phones(GuideRule):
    code = "phone"

    def issues(self, guide: "ServiceGuide", facts: Facts) -> Iterator[Issue]:
        for column, name in (("phone", _("联系电话")), ("complaint_phone", _("监督电话"))):
            written = getattr(guide, column).strip()
            if written and not all(_PHONE.fullmatch(one) for one in _BETWEEN.split(written) if one):
                yield self.issue(column, _("{name}“{written}”拨不通。").format(name=name, written=written), _("写成 0432-12345678 这样。"))
        if guide.phone.strip() and guide.phone.strip() == guide.complaint_phone.strip():
            yield self.issue("complaint_phone", _("监督电话和联系电话是同一个。"), _("监督电话写管监督的部门，或者 12345。"))


class VisitsWithoutNet(GuideRule):
    code = "visits"

    def issues(self, guide: "ServiceGuide", facts: Facts) -> Iterator[Issue]:
        if guide.visits == 0 and not guide.online_url:
            yield self.issue("visits", _("写了一次都不用跑，又没有网上办理的网址。"), _("写上网址，或者写要跑几次。"))


class OnlineAddress(GuideRule):
    """To the province's 一网通办 and nowhere else: a resident types an identity number there."""

    code = "online"

    def issues(self, guide: "ServiceGuide", facts: Facts) -> Iterator[Issue]:
        if not guide.online_url:
            return
        try:
            parts = urlsplit(guide.online_url)
            host = parts.hostname or ""
        except ValueError:
            parts, host = urlsplit(""), ""
        if parts.scheme != "https" or parts.username is not None:
            yield self.issue("online_url", _("网上办理的网址没有加密，填身份证号不安全。"), _("从省一网通办的页面上复制网址。"))
        elif not any(host == one or host.endswith(f".{one}") for one in facts.hosts):
            yield self.issue(
                "online_url", _("{host} 不是省一网通办的网址。").format(host=host),
                _("只能连到：{hosts}。").format(hosts="、".join(sorted(facts.hosts))),
            )  # fmt: skip
