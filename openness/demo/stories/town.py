"""What townships and streets disclose: documents, guides, budgets, lists."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from random import Random

from openness.disclosures.periods import period_of

from .blocks import table, text
from .people import masked_names
from .village import Story

_DOCUMENTS = (
    ("秸秆禁烧工作方案", "秋收以后实行网格包保，村干部包户、护林员巡查，发现火点十五分钟内到场。"),
    ("农村人居环境整治实施方案", "清垃圾、清边沟、清乱堆，每月评一次，评出的干净户在公示栏表扬。"),
    ("防汛应急预案", "主汛期二十四小时值班，低洼户转移名单落实到人，物资存放在镇政府库房。"),
    ("耕地地力保护补贴发放工作方案", "按土地确权面积核定，村里公示无异议后上报，补贴打入农户一卡通。"),
    ("春季森林防火工作通知", "三月十五日到六月十五日为防火期，进山入林一律登记，不带火种。"),
    ("冬季取暖安全提示", "生炉子要通风，睡前看一遍，防止一氧化碳中毒。"),
)


def document(chance: Random, place: str, day: date) -> Story:
    name, gist = chance.choice(_DOCUMENTS)
    number = f"{place[:1]}政发〔{day.year}〕{chance.randrange(3, 60)}号"
    return Story(
        item="政府文件",
        title=f"{place}关于印发《{name}》的通知",
        category="policy",
        body=[
            text(
                chance,
                "各村（社区），各有关单位：",
                f"现将《{name}》印发给你们，请结合实际抓好落实。",
                gist,
                "各村（社区）要把任务分到人，按月报送进展。执行中的问题，向镇（街道）综合办公室反映。",
            )
        ],
        formed_on=day,
        summary=gist,
        document_number=number,
    )


def guide(chance: Random, place: str, day: date) -> Story:
    return Story(
        item="城乡居民养老保险参保登记",
        title=f"{place}城乡居民养老保险参保登记办事指南",
        category="guide",
        body=[
            text(
                chance,
                "办理条件：年满十六周岁（不含在校学生），非国家机关和事业单位工作人员，没有参加职工养老保险的居民。",
                "带什么：身份证、户口簿，本人银行卡。",
                "去哪办：乡镇（街道）便民服务中心社保窗口，村（社区）可以代办。",
                "多久办好：材料齐的当场办。",
                "收不收费：不收费。缴费档次每年选一次，多缴多得。",
            )
        ],
        formed_on=day,
        summary="带身份证、户口簿到便民服务中心，当场办，不收费。",
    )


def living_allowance_guide(chance: Random, place: str, day: date) -> Story:
    return Story(
        item="办事指南",
        title=f"{place}最低生活保障（低保）申请办事指南",
        category="guide",
        body=[
            text(
                chance,
                "谁能申请：共同生活的家庭成员月人均收入低于当地最低生活保障标准，财产状况符合规定的家庭。",
                "带什么：身份证、户口簿、家庭收入和财产申报表、诚信承诺书。",
                "去哪办：向户籍地或者经常居住地的乡镇（街道）提出申请，村（居）委会可以代办。",
                "多久办好：受理后入户调查、民主评议、公示，审核确认一般不超过三十个工作日。",
                "结果在村（社区）公示栏和本网站公布。",
            )
        ],
        formed_on=day,
        summary="收入和财产低于标准的家庭可以申请，向乡镇（街道）提出，村里可以代办。",
    )


def final_accounts(chance: Random, place: str, day: date) -> Story:
    rows, total = [], Decimal(0)
    for subject in ("一般公共服务支出", "社会保障和就业支出", "卫生健康支出", "城乡社区支出", "农林水支出", "住房保障支出"):
        amount = Decimal(chance.randrange(400_000, 6_200_000))
        total += amount
        rows.append([subject, f"{amount:.2f}"])
    rows.append(["合计", f"{total:.2f}"])
    return Story(
        item="政府决算",
        title=f"{place}{day.year - 1}年度政府决算公开",
        category="finance",
        body=[
            text(chance, f"{day.year - 1} 年度一般公共预算支出 {total:,.2f} 元，“三公”经费比上年减少。"),
            table(chance, "一般公共预算支出决算表", (("text", "科目"), ("money", "决算数（元）")), rows),
        ],
        formed_on=day,
        summary=f"上年度支出 {total:,.2f} 元。",
    )


def elder_allowance(chance: Random, place: str, day: date) -> Story:
    rows = [
        [name, chance.choice(("80–89 岁", "90–99 岁", "100 岁以上")), chance.choice(("100.00", "200.00", "600.00"))]
        for name in masked_names(chance, chance.randrange(8, 20))
    ]
    return Story(
        item="老年人补贴",
        title=f"{place}{day.year}年{day.month}月高龄津贴发放名单",
        category="roster",
        body=[
            text(chance, f"本月发放高龄津贴 {len(rows)} 人。姓名已作遮盖处理。"),
            table(chance, "高龄津贴发放名单", (("text", "姓名"), ("text", "年龄段"), ("money", "金额（元）")), rows),
        ],
        formed_on=day,
        period=period_of(day, "month").code,
        summary=f"本月发放 {len(rows)} 人。",
    )


def dangerous_houses(chance: Random, place: str, day: date) -> Story:
    rows = [
        [
            name,
            chance.choice(("C 级", "D 级")),
            chance.choice(("修缮加固", "拆除重建")),
            chance.choice(("12000.00", "21000.00", "28000.00")),
        ]
        for name in masked_names(chance, chance.randrange(3, 9))
    ]
    return Story(
        item="补助农户名单",
        title=f"{place}{day.year}年农村危房改造拟补助农户公示",
        category="notice",
        body=[
            text(chance, f"{day.year} 年农村危房改造拟补助 {len(rows)} 户，经村级评议、镇级审核，现予公示，公示期十五天。"),
            table(chance, "拟补助农户", (("text", "姓名"), ("text", "鉴定等级"), ("text", "改造方式"), ("money", "补助（元）")), rows),
        ],
        formed_on=day,
        summary=f"拟补助 {len(rows)} 户，公示十五天。",
        notice_days=15,
        comes_down=True,
    )


OFTEN: tuple[Callable[[Random, str, date], Story], ...] = (document, elder_allowance, document, dangerous_houses)
ONCE: tuple[Callable[[Random, str, date], Story], ...] = (guide, living_allowance_guide, final_accounts)
