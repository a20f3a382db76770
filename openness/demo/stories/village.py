"""What villages and communities disclose every quarter, and now and then."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from openness.disclosures.periods import Period, period_label

from .blocks import Block, finance, table, text
from .people import masked_names


@dataclass(frozen=True)
class Story:
    """One disclosure to be: which item it answers, what it says, and when it was formed."""

    item: str
    title: str
    category: str
    body: list[Block]
    formed_on: date
    period: str = ""
    summary: str = ""
    notice_days: int = 0
    comes_down: bool = False
    document_number: str = ""
    extra: dict[str, Any] = field(default_factory=dict)


def _money(chance: Random, low: int, high: int) -> Decimal:
    return Decimal(chance.randrange(low * 100, high * 100, 10)) / 100


def _day(chance: Random, period: Period) -> date:
    return period.first + timedelta(days=chance.randrange((period.last - period.first).days))


def accounts(chance: Random, place: str, period: Period) -> Story:
    """Income and expenditure of a quarter, entry by entry."""
    income = [(subject, _day(chance, period), _money(chance, low, high), note) for subject, low, high, note in _some(chance, _INCOME, 3)]
    expense = [(subject, _day(chance, period), _money(chance, low, high), note) for subject, low, high, note in _some(chance, _EXPENSE, 5)]
    opening = _money(chance, 60_000, 180_000)
    total_in, total_out = sum(entry[2] for entry in income), sum(entry[2] for entry in expense)
    label = period_label(period.code)
    largest = max(expense, key=lambda entry: entry[2])
    return Story(
        item="各项收入",
        title=f"{place}{label}财务收支公开",
        category="finance",
        body=[
            finance(chance, f"{label}收支明细", opening, income, expense),
            text(chance, "以上账目已经民主理财小组逐项逐笔审核。对账目有疑问的，可以到村委会查看原始凭证。"),
        ],
        formed_on=period.last,
        period=period.code,
        summary=f"这一季度收入 {total_in:,.2f} 元，支出 {total_out:,.2f} 元，季末还剩 {opening + total_in - total_out:,.2f} 元。最大一笔支出是{largest[0]}，{largest[2]:,.2f} 元。",
    )


_INCOME = (
    ("上级转移支付", 15_000, 60_000, "村级组织运转经费"),
    ("机动地发包收入", 8_000, 42_000, "机动地承包费"),
    ("林地承包收入", 3_000, 15_000, "年度承包费"),
    ("厂房租赁收入", 6_000, 30_000, "旧粮库出租"),
    ("光伏电站收益", 5_000, 26_000, "分布式光伏发电"),
    ("利息收入", 20, 300, "存款利息"),
    ("项目补助资金", 10_000, 50_000, "人居环境整治补助"),
)
_EXPENSE = (
    ("村内道路修补", 6_000, 32_000, "铺砂石、补坑槽"),
    ("公益岗位补贴", 6_000, 18_000, "保洁员、护林员"),
    ("办公费", 300, 2_400, "水电、耗材"),
    ("取暖费", 1_500, 6_000, "村部取暖"),
    ("垃圾清运费", 2_000, 9_000, "清运车辆油料和人工"),
    ("路灯电费和维修", 600, 4_000, "更换灯头"),
    ("慰问支出", 800, 5_000, "看望困难老人"),
    ("排水沟清淤", 3_000, 12_000, "春季清淤"),
    ("文化活动支出", 500, 3_500, "秧歌队服装道具"),
)


def _some(chance: Random, choices: Any, number: int) -> list[Any]:
    return chance.sample(choices, number)


def assistance_roster(chance: Random, place: str, period: Period) -> Story:
    """Who receives the minimum living allowance (低保) this quarter, names masked."""
    households = chance.randrange(4, 14)
    rows = [
        [
            name,
            f"{chance.randrange(1, 9)} 组",
            chance.randrange(1, 4),
            str(_money(chance, 280, 980)),
            chance.choice(("继续享受", "继续享受", "新增", "调标")),
        ]
        for name in masked_names(chance, households)
    ]
    people = sum(int(row[2]) for row in rows)
    label = period_label(period.code)
    return Story(
        item="城乡居民最低生活保障对象名单",
        title=f"{place}{label}低保对象名单",
        category="roster",
        body=[
            text(chance, f"本季度本村（社区）享受最低生活保障（低保）待遇 {households} 户 {people} 人，名单如下。姓名已作遮盖处理。"),
            table(
                chance,
                "低保对象名单",
                (("text", "姓名"), ("text", "组别"), ("number", "保障人数"), ("money", "月保障金（元）"), ("text", "变化")),
                rows,
            ),
            text(chance, "有不同意见的，可以向村（居）务监督委员会或者乡镇（街道）民政办反映，也可以打 12345。"),
        ],
        formed_on=period.last,
        period=period.code,
        summary=f"本季度享受低保 {households} 户 {people} 人。",
    )


def homestead(chance: Random, place: str, period: Period) -> Story:
    number = chance.randrange(0, 4)
    rows = [
        [name, f"{chance.randrange(1, 9)} 组", chance.choice(("翻建", "新建", "扩建")), str(chance.randrange(180, 330)), "已批准"]
        for name in masked_names(chance, number)
    ]
    label = period_label(period.code)
    opening = f"本季度批准宅基地 {number} 户。" if number else "本季度没有批准宅基地。"
    body = [text(chance, opening)]
    if rows:
        body.append(
            table(
                chance,
                "宅基地审批情况",
                (("text", "申请人"), ("text", "组别"), ("text", "性质"), ("number", "面积（平方米）"), ("text", "结果")),
                rows,
            )
        )
    return Story("宅基地审批情况", f"{place}{label}宅基地审批情况", "notice", body, period.last, period.code, opening)


def subsidy_roster(chance: Random, place: str, period: Period) -> Story:
    """Farmland fertility subsidy (耕地地力保护补贴) paid to households."""
    rows, total = [], Decimal(0)
    for name in masked_names(chance, chance.randrange(12, 30)):
        area, price = Decimal(chance.randrange(30, 420)) / 10, Decimal("138.50")
        amount = (area * price).quantize(Decimal("0.01"))
        total += amount
        rows.append([name, f"{chance.randrange(1, 9)} 组", str(area), str(price), str(amount)])
    label = period_label(period.code)
    return Story(
        item="政府部门对农补贴",
        title=f"{place}{label}耕地地力保护补贴发放表",
        category="roster",
        body=[
            text(chance, f"耕地地力保护补贴（粮食直补）按确权面积发放，共 {len(rows)} 户，合计 {total:,.2f} 元，已打入“一卡通”。"),
            table(
                chance,
                "补贴发放表",
                (("text", "姓名"), ("text", "组别"), ("number", "面积（亩）"), ("money", "标准（元/亩）"), ("money", "金额（元）")),
                rows,
            ),
        ],
        formed_on=period.last,
        period=period.code,
        summary=f"{len(rows)} 户，合计 {total:,.2f} 元。",
    )


def first_review(chance: Random, place: str, day: date) -> Story:
    """A notice with a period: households proposed for the allowance. It comes down by itself."""
    rows = [
        [name, f"{chance.randrange(1, 9)} 组", chance.randrange(1, 4), chance.choice(("因病支出大", "劳动力少", "收入低于标准"))]
        for name in masked_names(chance, chance.randrange(1, 4))
    ]
    return Story(
        item="审核信息",
        title=f"{place}低保拟新增对象公示（{day.year}年{day.month}月）",
        category="notice",
        body=[
            text(chance, f"经入户调查和民主评议，拟新增最低生活保障家庭 {len(rows)} 户，现予公示。公示期十五天。"),
            table(chance, "拟新增对象", (("text", "姓名"), ("text", "组别"), ("number", "人数"), ("text", "评议意见")), rows),
            text(chance, "公示期内有不同意见的，请向乡镇（街道）民政办或者村（居）务监督委员会反映。"),
        ],
        formed_on=day,
        summary=f"拟新增低保 {len(rows)} 户，公示十五天。",
        notice_days=15,
        comes_down=True,
    )


def project(chance: Random, place: str, day: date) -> Story:
    name = chance.choice(("机井维修", "村部屋面防水", "入户路硬化", "边沟修建", "文化广场地砖更换", "桥涵加固"))
    amount = _money(chance, 52_000, 240_000)
    return Story(
        item="村级重大事项和工程项目",
        title=f"{place}{name}工程招标结果",
        category="project",
        body=[
            text(
                chance,
                f"{place}{name}工程经村民代表会议表决通过，通过乡镇小额工程交易平台公开选择施工单位。",
                f"预算 {amount * Decimal('1.08'):,.2f} 元，中标价 {amount:,.2f} 元，工期 {chance.randrange(20, 60)} 天，质保一年。",
            ),
            table(
                chance,
                "进度和付款",
                (("text", "阶段"), ("money", "付款（元）")),
                [
                    ["开工", str((amount * Decimal("0.3")).quantize(Decimal("0.01")))],
                    ["验收合格", str((amount * Decimal("0.6")).quantize(Decimal("0.01")))],
                    ["质保期满", str((amount * Decimal("0.1")).quantize(Decimal("0.01")))],
                ],
            ),
        ],
        formed_on=day,
        summary=f"中标价 {amount:,.2f} 元。",
    )


def village_rules(chance: Random, place: str, day: date) -> Story:
    return Story(
        item="本村的村民自治章程、村规民约",
        title=f"{place}村规民约",
        category="rules",
        body=[
            text(
                chance,
                "一、遵纪守法，邻里和睦，有事好商量。",
                "二、红事新办、丧事简办，不比阔气，不收高额彩礼。",
                "三、垃圾不乱倒，柴草不乱堆，门前自己扫。",
                "四、爱护路灯、边沟、机井等公共设施，损坏照价赔偿。",
                "五、孝敬老人，管好孩子，不让一个孩子失学。",
                "六、秸秆不露天焚烧，春秋两季防火人人有责。",
            ),
            text(chance, f"经村民会议讨论通过，{day.year} 年起执行。"),
        ],
        formed_on=day,
        summary="经村民会议讨论通过的六条约定。",
    )


OCCASIONAL: tuple[Callable[[Random, str, date], Story], ...] = (first_review, project, village_rules)
