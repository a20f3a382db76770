"""The smaller quarterly tables of a village: expenses one by one, assets, resources, debts, distribution, plan, relief."""

from collections.abc import Callable
from decimal import Decimal
from random import Random
from typing import Any

from openness.disclosures.periods import Period, period_label

from .blocks import table, text
from .people import masked_names
from .village import Story, accounts, assistance_roster, homestead, subsidy_roster


def _listing(
    chance: Random, place: str, period: Period, item: str, name: str, heading: str, choices: tuple[str, ...], low: int, high: int
) -> Story:
    """A table of two columns with a total, which the summary repeats."""
    rows: list[list[Any]] = [
        [subject, Decimal(chance.randrange(low * 100, high * 100)) / 100] for subject in choices if chance.random() < 0.8
    ]
    total = sum((row[1] for row in rows), Decimal(0))
    label = period_label(period.code)
    shown = [[row[0], str(row[1])] for row in rows] + [["合计", str(total)]]
    body = (
        [table(chance, f"{label}{name}", (("text", heading), ("money", "金额（元）")), shown)]
        if rows
        else [text(chance, f"{label}没有{name}。")]
    )
    return Story(item, f"{place}{label}{name}公开", "finance", body, period.last, period.code, f"{name}合计 {total:,.2f} 元。")


def expenses(chance: Random, place: str, period: Period) -> Story:
    choices = ("3 号机井电机维修", "村部打印纸和墨盒", "道路砂石料", "垃圾清运人工", "护林员补贴", "路灯更换", "老年人慰问品")
    return _listing(chance, place, period, "各项支出", "支出明细", "用途", choices, 200, 9_000)


def assets(chance: Random, place: str, period: Period) -> Story:
    return _listing(
        chance,
        place,
        period,
        "各项资产",
        "集体资产",
        "资产",
        ("村部办公用房", "文化活动室", "机井和泵房", "光伏设备", "健身器材"),
        12_000,
        320_000,
    )


def resources(chance: Random, place: str, period: Period) -> Story:
    return _listing(chance, place, period, "各类资源", "集体资源", "资源（承包费）", ("机动地", "林地", "荒山", "坑塘水面"), 1_000, 40_000)


def debts(chance: Random, place: str, period: Period) -> Story:
    return _listing(chance, place, period, "债权债务", "债权债务", "项目", ("应收土地承包费", "应付工程款", "应付农资款"), 500, 60_000)


def distribution(chance: Random, place: str, period: Period) -> Story:
    return _listing(chance, place, period, "收益分配", "收益分配", "项目", ("公积公益金", "成员分红", "福利费"), 1_000, 50_000)


def plan(chance: Random, place: str, period: Period) -> Story:
    return _listing(chance, place, period, "财务计划", "财务计划", "计划", ("基本建设投资", "公益事业支出", "管理费用"), 3_000, 90_000)


def disability_roster(chance: Random, place: str, period: Period) -> Story:
    names = masked_names(chance, chance.randrange(2, 9))
    rows = [[name, chance.choice(("生活补贴", "护理补贴")), chance.choice(("80.00", "110.00"))] for name in names]
    label = period_label(period.code)
    return Story(
        item="困难残疾人生活补贴和重度残疾人护理补贴对象名单",
        title=f"{place}{label}残疾人两项补贴名单",
        category="roster",
        body=[table(chance, "残疾人两项补贴名单", (("text", "姓名"), ("text", "补贴"), ("money", "月标准（元）")), rows)],
        formed_on=period.last,
        period=period.code,
        summary=f"本季度享受残疾人两项补贴 {len(rows)} 人。",
    )


def relief(chance: Random, place: str, period: Period) -> Story:
    number = chance.randrange(0, 3)
    label = period_label(period.code)
    words = f"本季度临时救助和慰问 {number} 户。" if number else "本季度没有临时救助和慰问。"
    rows = [
        [name, chance.choice(("临时救助", "节日慰问", "大病慰问")), f"{chance.randrange(3, 30) * 100}.00"]
        for name in masked_names(chance, number)
    ]
    body = [text(chance, words)]
    if rows:
        body.append(table(chance, "救助和慰问", (("text", "姓名"), ("text", "类别"), ("money", "金额（元）")), rows))
    item = "救助、慰问等情况(慰问金、临时救助、医疗救助、自然灾害救助、慈善救助、教育奖励补助等)"
    return Story(item, f"{place}{label}救助慰问情况", "roster", body, period.last, period.code, words)


QUARTERLY: tuple[Callable[[Random, str, Period], Story], ...] = (
    accounts,
    assistance_roster,
    expenses,
    assets,
    resources,
    debts,
    distribution,
    plan,
    disability_roster,
    relief,
    homestead,
    subsidy_roster,
)
