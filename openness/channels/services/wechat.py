"""What a clerk sends into the village's WeChat group: short, from the text's own words and figures."""

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from openness.disclosures.blocks import LEDGERS
from openness.disclosures.blocks.ledger import money
from openness.disclosures.models import Disclosure
from openness.disclosures.services.showing import address_of

LONGEST = 600
_FIRST_WORDS = 150
_MOST_FIGURES = 4
_AMOUNT = re.compile(r"[\d,]+\.\d\d")


def wechat_text(text: Disclosure) -> str:
    """600 characters at most; the address at the end is always whole."""
    head = _("【{unit}】{title}").format(unit=text.unit, title=text.title)
    foot = "\n".join([*_notice(text), _("点开看全文：{address}").format(address=address_of(text))])
    middle = "\n".join(_middle(text))
    room = LONGEST - len(head) - len(foot) - 2
    if len(middle) > room:
        middle = middle[: max(room - 1, 0)] + "…"
    return "\n".join(part for part in (head, middle, foot) if part)


def _middle(text: Disclosure) -> Iterator[str]:
    """Summary and figures; the first words only where there is neither, and no list of people begins with them."""
    said = [text.summary] if text.summary else []
    said += [line for line in _figures(text) if not _says_it(text.summary, line)][:_MOST_FIGURES]
    if not said and not text.comes_down:
        first = next((passage.words for passage in text.passages() if passage.kind in {"text", "element"}), "")
        said = [first if len(first) <= _FIRST_WORDS else first[:_FIRST_WORDS] + "…"] if first else []
    yield from said


def _says_it(summary: str, line: str) -> bool:
    """Whether the clerk's own sentence has these amounts already."""
    return all(amount in summary for amount in _AMOUNT.findall(line))


def _figures(text: Disclosure) -> Iterator[str]:
    for block in text.body:
        value = block.value
        if block.block_type in LEDGERS and hasattr(value, "sum_line"):
            yield _("{line} 元").format(line=value.sum_line)
        elif block.block_type == "finance":
            income, expense, closing = money(value.total_income), money(value.total_expense), money(value["closing"])
            words = _("收入 {income} 元，支出 {expense} 元，期末结余 {closing} 元。")
            yield words.format(income=income, expense=expense, closing=closing)


def _notice(text: Disclosure) -> Iterator[str]:
    if text.notice_days_left is None or text.notice_until is None:
        return
    phone = text.unit.supervisor_phone or text.unit.phone
    day = {"month": text.notice_until.month, "day": text.notice_until.day}
    yield (
        _("公示到 {month}月{day}日，有不同意见请打 {phone}。").format(**day, phone=phone)
        if phone
        else _("公示到 {month}月{day}日，有不同意见请找村里或者镇里。").format(**day)
    )
