"""The people around a policy, and short ways to write, to send and to publish one."""

from datetime import date
from typing import Any

import pytest

from openness.policies.models import Form, Interpretation, Policy
from openness.policies.rules.number import parse_number
from openness.policies.services.card import check_card, write_card
from openness.policies.services.entry import enter, enter_interpretation
from openness.policies.services.publish import publish, send

TEXT = """第一条 为了让高龄老人生活得更好，制定本办法。
第二条 本县户籍、年满八十周岁的老人，每人每月发给高龄津贴一百元。
第三条 老人或者家属带身份证、户口簿，到户籍所在村（社区）申请，十五个工作日内办完。
第四条 本办法自二〇二六年三月一日起施行。"""
LINES = {
    "whom": {"text": "满 80 岁的本县老人", "anchor": "t2"},
    "how_much": {"text": "每人每月 100 元", "anchor": "t2"},
    "where": {"text": "户籍所在的村（社区）", "anchor": "t3"},
}


@pytest.fixture
def people(member, tree) -> dict[str, Any]:
    county = tree["船营区"]
    return {
        "clerk": member("clerk", county, first_name="经办甲"),
        "second": member("clerk", county, first_name="经办乙"),
        "reviewer": member("reviewer", county, first_name="审核丙"),
        "administrator": member("administrator", county),
        "village clerk": member("clerk", tree["搜登站村"]),
        "elsewhere": member("reviewer", tree["龙潭区"]),
        "auditor": member("auditor", county),
    }


@pytest.fixture
def county(tree):
    return tree["船营区"]


@pytest.fixture
def write(county, people):
    """A draft; a notice needs no interpretation."""

    def make(title: str = "关于发放高龄津贴的通知", text: str = TEXT, **more: Any) -> Policy:
        number = parse_number(more.pop("number", ""))
        parsed = (
            {"number": str(number), "number_word": number.word, "number_year": number.year, "number_serial": number.serial}
            if number
            else {}
        )
        columns = {
            "title": title,
            "text": text,
            "issuer": "船营区民政局",
            "issued_on": date(2026, 2, 1),
            "genre": "notice",
            **parsed,
            **more,
        }
        return enter(more.pop("unit", county), columns, people["clerk"])

    return make


@pytest.fixture
def make_public(people):
    def make(policy: Policy) -> Policy:
        send(policy, people["clerk"])
        return publish(policy, people["reviewer"])

    return make


@pytest.fixture
def public(write, make_public):
    return lambda *args, **more: make_public(write(*args, **more))


@pytest.fixture
def interpret(county, people):
    """A sent interpretation of these policies."""

    def make(*policies: Policy, sent: bool = True, **more: Any) -> Interpretation:
        columns = {
            "title": "一看就懂：高龄津贴",
            "text": "满八十岁，每月一百元，到村里申请就行。",
            "issuer": "船营区民政局",
            "form": Form.TEXT,
            **more,
        }
        made = enter_interpretation(county, columns, list(policies), people["clerk"])
        if sent:
            send(made, people["clerk"])
        return made

    return make


@pytest.fixture
def carded(people):
    """Its card, checked by the reviewer."""

    def make(policy: Policy, lines=LINES) -> Policy:
        write_card(policy, lines, people["clerk"])
        check_card(policy, "船营区民政局", people["reviewer"])
        return Policy.objects.get(pk=policy.pk)

    return make
