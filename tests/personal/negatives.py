"""Numbers and words of village disclosures that are no personal data."""

from collections.abc import Callable, Iterator
from random import Random

from . import numbers
from .numbers import digits

_UNIT, _CREDIT = "220299101201", "0123456789ABCDEFGHJKLMNPQRTUWXY"


def _credit(random: Random) -> str:
    return random.choice(("11", "12", "54", "91", "93")) + "220299MB" + "".join(random.choice(_CREDIT) for _place in range(7)) + "X"


def _date(random: Random, sign: str) -> str:
    return f"202{random.randint(0, 6)}{sign}{random.randint(1, 12):02d}{sign}{random.randint(1, 28):02d}"


def _amount(random: Random) -> str:
    return f"{random.randint(100, 99_999_999):,}.{random.randint(0, 99):02d}"


def _masked(random: Random) -> str:
    one, phone, card = numbers.identity(random), numbers.mobile(random), numbers.card(random)
    return random.choice([
        f"{one[:6]}********{one[14:]}", f"{one[:4]}**********{one[14:]}", f"{one[:6]}XXXXXXXX{one[14:]}", f"{phone[:3]}****{phone[7:]}", f"{phone[:3]}xxxx{phone[7:]}",
        f"***************{card[-4:]}", f"{card[:4]} **** **** **** {card[16:]}", f"{one[0]}****************{one[17]}",
    ])  # fmt: skip


_FAMILIES: dict[str, Callable[[Random], str]] = {
    "document number": lambda r: f"根据吉政办发〔202{r.randint(0, 6)}〕{r.randint(1, 99)}号文件精神，现予公开。",
    "amount": lambda r: f"村集体收入{_amount(r)}元，支出{_amount(r)}元，结余{_amount(r)}元。",
    "long amount": lambda r: f"总投资{r.choice('13')}{digits(r, 10)}元，其中中央资金1{r.randint(3, 9)}{digits(r, 9)}.00元。",
    "index number": lambda r: f"索引号：11220299MB{digits(r, 7)}X/202{r.randint(0, 6)}-{digits(r, 5)}",
    "index number of digits": lambda r: f"索引号 {_UNIT}/202{r.randint(0, 6)}-{digits(r, 5)}",
    "credit code": lambda r: f"统一社会信用代码{_credit(r)}",
    "unit code": lambda r: f"单位代码{r.choice(numbers.PROVINCES)}{digits(r, 10)}，试验村委会",
    "hotlines": lambda r: f"政务服务热线12345，报警110，急救120，咨询400-{digits(r, 3)}-{digits(r, 4)}，物流800{digits(r, 7)}，电力95598，消费12315",
    "office phone": lambda r: f"{r.choice(['咨询电话', '监督电话', '举报电话', '联系电话', '办公电话', '座机'])}：{r.choice(['0432-', '(0432)', '（0431）', '0432 ', '010-'])}6{digits(r, 7)}",
    "office phone with extension": lambda r: f"值班电话0432-6{digits(r, 7)}转80{digits(r, 2)}，传真 0432-6{digits(r, 7)}",
    "dates": lambda r: f"公示期{_date(r, '-')}至{_date(r, '.')}，{_date(r, '/')} 08:30—17:00，{_date(r, '')}。",
    "date and time": lambda r: f"发布时间：{_date(r, '-')} {r.randint(10, 23)}:{r.randint(10, 59)}:{r.randint(10, 59)}，文件20{digits(r, 2)}1031{digits(r, 6)}.pdf",
    "order number": lambda r: f"订单号{_date(r, '')}{digits(r, 10)}，物资已到村。",
    "order number of 18": lambda r: f"采购订单编号：{_UNIT[:6]}{_date(r, '')}{digits(r, 4)}",
    "serial of 20": lambda r: f"办件编号{_UNIT[:6]}{_date(r, '')}{digits(r, 6)}",
    "project code": lambda r: f"项目代码：202{r.randint(0, 6)}-220299-{r.choice('0145')}{r.choice('0145')}-{r.choice('0145')}{r.choice('0145')}-{digits(r, 6)}",
    "voucher": lambda r: f"记账凭证第{digits(r, 4)}号，银行回单流水号{digits(r, r.choice([10, 12, 14, 16]))}",
    "invoice": lambda r: f"发票代码0220{digits(r, 8)}，发票号码{digits(r, 8)}，全电发票号码{_date(r, '')[2:4]}222000000{digits(r, 9)}",
    "book number": lambda r: f"农家书屋图书ISBN 978-7-{digits(r, 4)}-{digits(r, 4)}-{digits(r, 1)}，共3册；ISBN 9787{digits(r, 9)}",
    "coordinates": lambda r: f"东经{r.randint(121, 135)}.{digits(r, r.choice([4, 6, 8]))}，北纬4{r.randint(1, 6)}.{digits(r, r.choice([4, 6, 8]))}",
    "card that is wrong": lambda r: f"{r.choice(['', '转账', '存单', '设备序列号'])}{numbers.wrong_card(r, r.choice([16, 17, 18, 19]))}",
    "serial of a machine": lambda r: f"农机出厂编号{r.choice('0123789')}{digits(r, r.choice([15, 16, 17, 18]))}",
    "identity that is wrong": lambda r: f"{r.choice(['', '编号', '身份证号', '单号'])}{numbers.wrong_identity(r)}",
    "identity of no day": lambda r: f"{numbers.region(r)}{r.randint(1930, 2016)}{r.choice(['1301', '0230', '0000', '0431', '1232'])}{digits(r, 4)}",
    "identity of the future": lambda r: f"{numbers.region(r)}{r.randint(2101, 2999)}0101{digits(r, 4)}",
    "longer serial": lambda r: f"回执{digits(r, r.choice([21, 22, 24, 26, 28, 30]))}",
    "land parcel": lambda r: f"宗地代码{_UNIT}JC{digits(r, 5)}，不动产单元号220299 101201 JB{digits(r, 5)} F0001{digits(r, 4)}",
    "meters": lambda r: f"电表号{digits(r, 12)}，户号{digits(r, 10)}，用电{digits(r, 3)}度",
    "meter of 11": lambda r: f"水表编号1{r.randint(3, 9)}{digits(r, 9)}，抄表数{digits(r, 4)}",
    "car": lambda r: f"公务用车吉B{digits(r, 5)}，发动机号{digits(r, 7)}，车架号LSVAA{digits(r, 12)}",
    "masked": lambda r: f"{r.choice(['张**', '李*', '王某'])}，{_masked(r)}，补贴{r.randint(100, 999)}元",
    "list": lambda r: f"张试验 三组 {r.randint(1, 9)}亩 {r.randint(100, 999)}元 合格；李测评 四组 {r.randint(1, 9)}亩 {r.randint(100, 999)}元",
    "row of figures": lambda r: " ".join(f"{r.randint(1, 6500)}" for _number in range(8)),
    "row of amounts": lambda r: "　".join(f"{r.randint(1, 6500)}.{r.randint(0, 99):02d}" for _number in range(6)),
    "column of figures": lambda r: "\n".join(f"{r.randint(100, 1_900_000)}" for _number in range(5)),
    "statistics of illness": lambda r: f"大病救助{r.randint(1, 50)}人，其中癌症{r.randint(1, 9)}人，尿毒症{r.randint(1, 5)}人，共支出{_amount(r)}元。",
    "health service": lambda r: f"高血压患者健康管理{r.randint(100, 900)}人，糖尿病患者{r.randint(10, 90)}人，严重精神障碍患者管理率95%。",
    "allowance": lambda r: f"一级残疾每人每月{r.randint(80, 120)}元，二级残疾每人每月{r.randint(50, 80)}元，重度残疾人护理补贴按月发放。",
    "place of an office": lambda r: f"办公地点：试验镇和平街{r.randint(1, 200)}号便民服务中心{r.randint(1, 4)}楼{r.randint(101, 420)}室",
    "roadworks": lambda r: f"三组至四组水泥路{r.randint(1, 9)}公里，一标段{r.randint(1, 20)}号井至{r.randint(21, 40)}号井，施工单位某公司。",
    "school": lambda r: f"试验镇中心小学在校学生{r.randint(100, 900)}人，三年级{r.randint(20, 60)}人，营养餐每人每天5元。",
    "law": lambda r: f"依据《中华人民共和国村民委员会组织法》第{r.randint(1, 40)}条，公布期限不少于15日，{r.randint(1949, 2026)}年{r.randint(1, 12)}月施行。",
    "mail of an office": lambda r: f"电子邮箱：zwgk{digits(r, 3)}@jl.gov.cn，监督信箱：jdxx{digits(r, 3)}@163.com",
    "page address": lambda r: f"http://www.example.invalid/zwgk/{_date(r, '')[:6]}/t{_date(r, '')}_{digits(r, 7)}.html",
    "statistics by year": lambda r: f"2021 2022 2023 2024 2025 2026 年分别为{r.randint(10, 99)} {r.randint(10, 99)} {r.randint(10, 99)}户",
    "drug approval": lambda r: f"疫苗批准文号国药准字S{digits(r, 8)}，批号20{digits(r, 6)}，条码69{digits(r, 11)}",
}  # fmt: skip


def negatives(rounds: int = 120) -> Iterator[tuple[str, str]]:
    """Family and sentence, `rounds` of each family."""
    random = Random(20261125)
    for family, make in _FAMILIES.items():
        for _turn in range(rounds):
            yield family, make(random)
