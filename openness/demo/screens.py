"""Something of each kind for the public pages: accounts that were corrected, a list withdrawn and published anew, a text with all its elements."""

from copy import deepcopy
from datetime import date
from decimal import Decimal
from typing import Any

from catalog.models import Item
from openness.disclosures.models import Disclosure
from openness.disclosures.services.begin import begin
from openness.disclosures.services.figures import summary_in_figures
from openness.disclosures.services.signing import Paper, record_paper, rule_for
from openness.disclosures.services.take_down import withdraw
from openness.units.models import Unit

_ACCOUNTS, _LIST, _WITH_ELEMENTS = "各项收入", "困难残疾人生活补贴和重度残疾人护理补贴对象名单", "农机购置补贴"
_VILLAGE = "220204100201"
_WRONG_BY = Decimal("27.00")
_SIGNED_BY = "王某、李某某"
_SAID = (
    "省农业机械购置与应用补贴实施方案，省农业农村厅公布在网站上。",
    "买了目录里的机器、有发票的农户都能申请，带身份证、一卡通和发票到镇农业站，二十个工作日办完，咨询 0432-00000079。",
    "",
    "举报电话 0432-00010081，村务监督委员会办公室在村部一楼。",
)
_NIL = "这一季没有农户申请"


def play_screens(cast: Any, today: date) -> None:
    """In a village of the other township: the clerk's own stays as the desk's stories left it."""
    village, clerk, reviewer = Unit.objects.filter(code=_VILLAGE).first(), cast["zhenban"], cast["xianshen"]
    if village is None:  # a part of the county only
        return
    _correct_accounts(village, clerk, reviewer, today)
    _publish_anew(village, clerk, reviewer, today)
    _tell_elements(village, clerk, reviewer, today)


def _newest(village: Unit, item: str) -> Disclosure | None:
    texts = Disclosure.objects.public().filter(unit=village).select_related("unit", "item__field__standard").newest()
    return next((text for text in texts if text.item.name == item and text.period), None)


def _correct_accounts(village: Unit, clerk: Any, reviewer: Any, today: date) -> None:
    """The first expense of the newest accounts was written down wrong."""
    text = _newest(village, _ACCOUNTS)
    if text is None:
        return
    body = deepcopy(text.body.get_prep_value())
    value = next(block["value"] for block in body if block["type"] == "flow")
    row = next(row for row in value["rows"] if row["side"] == "out")
    before, after = row["amount"], str(Decimal(row["amount"]) + _WRONG_BY)
    row["amount"], value["closing"] = after, str(Decimal(str(value["closing"])) - _WRONG_BY)
    text.body = _stream(body)
    text.summary = summary_in_figures(text.body, text.period)
    text.change_note = f"“{row['subject']}”的金额写错了，由 {before} 元改为 {after} 元，结余跟着改。"
    _publish(text, clerk, reviewer, today)


def _publish_anew(village: Unit, clerk: Any, reviewer: Any, today: date) -> None:
    """A list with a line too many is withdrawn, and stands right in a text of its own."""
    wrong = _newest(village, _LIST)
    if wrong is None:
        return
    withdraw(wrong, reviewer, "名单里多写了一个人，更正后重新公开。")
    body = deepcopy(wrong.body.get_prep_value())
    rows = body[0]["value"]["rows"]
    if len(rows) > 1:
        rows.pop()
    right = Disclosure(
        unit=village, item=wrong.item, title=f"{wrong.title}（更正后重新公开）", category=wrong.category, period=wrong.period,
        formed_on=wrong.formed_on, summary=f"本季度享受残疾人两项补贴 {len(rows)} 人。", body=_stream(body), author=clerk, live=False,
    )  # fmt: skip
    right.save()
    _publish(right, clerk, reviewer, today)


def _tell_elements(village: Unit, clerk: Any, reviewer: Any, today: date) -> None:
    items = Item.objects.in_force().filter(field__standard__area=village.code[:6], at_village=True).select_related("field__standard")
    item = next((one for one in items if one.name == _WITH_ELEMENTS), None)
    if item is None:
        return
    made = begin(village, item, "", today)
    blocks = made.body.get_prep_value()
    for block, words in zip((one for one in blocks if one["type"] == "element"), _SAID, strict=False):
        block["value"] |= {"words": words} if words else {"nil": True, "reason": _NIL}
    made.title, made.author, made.live, made.body = f"{village}农机购置补贴怎么申请", clerk, False, _stream(blocks)
    made.summary = "买农机有补贴，带发票到镇农业站申请。"
    made.save()
    _publish(made, clerk, reviewer, today)


def _publish(text: Disclosure, clerk: Any, reviewer: Any, today: date) -> None:
    """By the way that a clerk and a reviewer go, with the committee's signature on paper where a rule wants one."""
    text.author = text.author or clerk
    revision = text.save_revision(user=clerk)
    if rule := rule_for(text):
        record_paper(text, clerk, Paper(_SIGNED_BY, today, rule.body))
    revision.publish(user=reviewer)
    text.refresh_from_db()


def _stream(blocks: Any) -> Any:
    field: Any = Disclosure._meta.get_field("body")
    return field.to_python(blocks)
