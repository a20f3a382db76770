"""Finance tables of the eight classes: sums to the cent, sentences, the old account as before."""

import json
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openness.disclosures.models import Disclosure
from openness.disclosures.rules.personal import Kind
from openness.disclosures.services.receipts import content_hash
from openness.disclosures.text import body_text
from openness.units.models import Unit

from .conftest import flow, personal, stored

CENTS = st.integers(0, 10**9)


def entry(amount: str, side: str = "in", **more: str) -> dict[str, str]:
    return {"subject": "租金", "side": side, "amount": amount, **more}


def plain(cents: int) -> str:
    return f"{cents // 100}.{cents % 100:02d}"


def value(block):
    (made,) = stored(block)
    return made.value


@given(CENTS, st.lists(st.tuples(st.sampled_from(["in", "out"]), CENTS), min_size=1, max_size=30), st.integers(-5, 5))
def test_an_account_adds_up_exactly_when_its_closing_balance_is_what_the_entries_make(opening, entries, off):
    closing = opening + sum(amount if side == "in" else -amount for side, amount in entries)
    stated = str(Decimal(closing + off) / 100)
    made = value(flow([entry(plain(amount), side) for side, amount in entries], plain(opening), stated))
    assert made.adds_up is (off == 0)
    assert bool(made.why_not) is (off != 0)
    assert made.difference == Decimal(off) / 100


@given(st.lists(st.tuples(CENTS, CENTS, CENTS), min_size=1, max_size=20), st.data())
def test_each_line_of_a_stock_adds_up_by_itself(lines, data):
    rows = [
        {"subject": "机动地", "measure": "亩", "opening": str(a), "increase": str(b), "decrease": str(c), "closing": str(a + b - c)}
        for a, b, c in lines
    ]
    block = {"type": "stock", "value": {"kind": "resources", "caption": "资源", "rows": rows}}
    assert value(block).adds_up
    wrong = data.draw(st.integers(0, len(rows) - 1))
    rows[wrong]["closing"] = str(int(rows[wrong]["closing"]) + 1)
    assert f"第 {wrong + 1} 行" in value(block).why_not


def test_the_sums_of_a_stock_keep_measures_apart():
    rows = [
        {"subject": "机动地", "measure": "亩", "opening": "10", "increase": "2.5", "decrease": "", "closing": "12.5"},
        {"subject": "林地", "measure": "亩", "opening": "5", "increase": "", "decrease": "1", "closing": "4"},
        {"subject": "鱼塘", "measure": "个", "opening": "1", "increase": "", "decrease": "", "closing": "1"},
    ]
    made = value({"type": "stock", "value": {"kind": "resources", "caption": "资源", "rows": rows}})
    assert [(sum_["measure"], sum_["closing"]) for sum_ in made.totals] == [("亩", Decimal("16.5")), ("个", Decimal(1))]


@pytest.mark.parametrize(
    ("total", "words"),
    [("350.00", ""), ("340.00", "差 10.00 元"), (None, "请填上合计")],
)
def test_a_plan_states_the_sum_of_its_lines(total, words):
    rows = [{"subject": "修路", "amount": "300.00"}, {"subject": "清沟", "amount": "50.00"}]
    made = value({"type": "plan", "value": {"kind": "plan", "caption": "计划", "rows": rows, "total": total}})
    assert words in made.why_not
    assert made.adds_up is (total == "350.00")


@pytest.mark.parametrize(
    ("block", "words"),
    [
        (flow([]), "还没有一笔"),
        (flow([entry("三百")]), "第 1 行的金额（元）“三百”看不懂"),
        (flow([entry("")]), "第 1 行还缺金额"),
        (flow([entry("10.00", side="")]), "第 1 行还缺收入还是支出"),
        (flow([entry("10.00")], opening=None, closing="10.00"), "请填上期初和期末"),
        (flow([entry("10.00"), entry("3.00", "out")], kind="income", closing="107.00"), "里面有另一边的账"),
        (flow([entry("10.00")], closing="105.00"), "差 5.00 元：按每一笔算，期末应当是 110.00 元"),
    ],
)
def test_what_is_wrong_is_one_sentence_with_the_table_s_name(block, words):
    made = value(block)
    assert not made.adds_up
    assert made.why_not.startswith("“收支明细”")
    assert words in made.why_not


def test_of_one_side_alone_the_balance_is_what_came_together_since_the_year_began():
    assert value(flow([entry("30.00", "out")], "70.00", "100.00", kind="expense")).adds_up
    assert value(flow([entry("30.00")], "70.00", "100.00", kind="income")).sum_line == "期初累计 70.00 ＋ 本期收入 30.00 ＝ 期末累计 100.00"


OLD = {
    "type": "finance",
    "value": {
        "caption": "村级收支", "opening": "100.00", "closing": "150.00",
        "income": [{"type": "item", "id": "a", "value": {"subject": "租金", "day": "2026-07-01", "amount": "80.00", "note": "机动地"}}],
        "expense": [{"type": "item", "id": "b", "value": {"subject": "清运", "day": None, "amount": "30.00", "note": ""}}],
    },
}  # fmt: skip


def test_an_account_of_the_first_version_is_stored_as_it_was():
    (made,) = stored(OLD)
    assert made.block.get_prep_value(made.value) == OLD["value"] | {
        "opening": Decimal("100.00"), "closing": Decimal("150.00"),
        "income": [{"type": "item", "id": "a", "value": {"subject": "租金", "day": made.value["income"][0]["day"], "amount": Decimal("80.00"), "note": "机动地"}}],
        "expense": [{"type": "item", "id": "b", "value": {"subject": "清运", "day": None, "amount": Decimal("30.00"), "note": ""}}],
    }  # fmt: skip
    assert (made.value.adds_up, made.value.why_not) == (True, "")
    made.value["closing"] = Decimal("140.00")
    assert "差 10.00 元" in made.value.why_not


OLD_FINGERPRINT = "666673cff9e9b1b9a9eac43452d96eecb3c79b33bcb27b7db845009111fc74c7"


@pytest.mark.django_db
def test_the_fingerprint_of_an_old_text_is_what_the_first_version_made_of_it(village, item):
    """The value was computed with the blocks of the first version, before there were others."""
    from datetime import date

    table = {
        "columns": [{"type": "text", "heading": "户主"}, {"type": "money", "heading": "金额"}],
        "rows": [{"values": ["张某某", "300.00"]}],
        "caption": "发放",
    }
    body = stored({"type": "text", "value": "<p>话</p>"}, OLD, {"type": "table", "value": table})
    old = Disclosure(unit=Unit(code="220204101201"), item=item, title="旧", formed_on=date(2026, 1, 5), body=body)
    assert content_hash(old) == OLD_FINGERPRINT


@pytest.mark.django_db
def test_public_page_search_and_personal_data_read_a_ledger(published, client):
    rows = [
        entry("30.00", day="2026-07-03", party="张某某 220204199003070070", note="机动地承包费"),
        entry("10.00", "out", subject="办公费", voucher="记-2"),
    ]
    made = published(body=stored(flow([row | {"party": ""} for row in rows], "100.00", "120.00")))
    page = client.get(made.get_absolute_url()).content.decode()
    for words in ("机动地承包费", "7月3日", "记-2", "期初结余 100.00 ＋ 收入 30.00 － 支出 10.00 ＝ 期末结余 120.00 元"):
        assert words in page
    assert "对方或经手人" not in page
    words = body_text(made.body)
    assert "办公费 支出 10.00 记-2" in words
    made.body = stored(flow(rows, "100.00", "120.00"))
    assert personal(made) == [("第 1 段第 1 行“对方或经手人”", Kind.ID_NUMBER)]


@pytest.mark.django_db
def test_rows_are_one_field_of_the_form_and_come_back_as_they_were():
    (made,) = stored(flow([entry("30.00", day="2026-07-03", note='带“引号”和"引号"')]))
    block = made.block.child_blocks["rows"]
    state = block.get_form_state(made.value["rows"])
    assert block.value_from_datadict({"x": state}, {}, "x") == made.value["rows"]
    typed = json.dumps([{"subject": "租金", "side": "收入", "amount": "１,２３４.5", "day": "2026年7月3日"}, {"subject": "", "side": "in"}])
    (row,) = block.value_from_datadict({"x": typed}, {}, "x")
    assert (row["side"], row["amount"], row["day"]) == ("in", "1234.50", "2026-07-03")
