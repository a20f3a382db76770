"""Sentences of village disclosures with personal data in them. Everybody in them is invented."""

from collections.abc import Callable, Iterator
from random import Random
from typing import NamedTuple

from . import numbers
from .disguises import DISGUISES

NAMES = ("张试验", "李测评", "王例", "赵拟样", "孙假名", "周拟", "欧阳虚", "陈某试", "杨无人", "徐示例")
ILLNESSES = ("肺癌", "尿毒症", "精神分裂症", "糖尿病", "白血病", "脑梗后遗症", "肝硬化")


class Positive(NamedTuple):
    kind: str
    disguise: str
    text: str
    number: str = ""


_ID = ("{name}，身份证号：{number}，享受低保待遇。", "户主{name}身份证{number}，发放补贴800元。", "公民身份号码{number}已核对", "{name}{number}（四组）", "（{number}）", "ID{number}",
       "附件名单_{number}_终稿", "http://example.invalid/q?sfz={number}&p=1", "现将{name}（身份证{number}）2026年第三季度补贴1200.00元公示如下。", "{number}")  # fmt: skip
_PHONE = ("{name}，手机：{number}。", "户主{name}电话{number}，三组", "本人联系方式{number}", "{name}{number}", "tel:{number}", "请{name}（{number}）领取", "手机号{number}已登记", "{number}",
          "微信号{number}", "http://example.invalid/u?phone={number}&x=2", "收件人{name} {number}")  # fmt: skip
_CARD = (
    "{name}，卡号{number}，发放500元。",
    "银行卡：{number}",
    "打入{name}账户{number}",
    "开户行：信用社，账号 {number}，户名{name}",
    "{name}{number}",
    "一卡通{number}元旦前发放",
    "{number}",
)
_MAKERS: dict[str, tuple[str, tuple[str, ...], Callable[[Random], str]]] = {
    "identity": ("id_number", _ID, numbers.identity),
    "identity with X": ("id_number", _ID, lambda random: numbers.identity(random, "X")),
    "identity of 15": ("id_number", _ID[:8], numbers.old_identity),
    "mobile": ("phone", _PHONE, numbers.mobile),
    "card of 19": ("bank_card", _CARD, numbers.card),
    "card of 16": ("bank_card", _CARD, lambda random: numbers.card(random, 16)),
}


def numbered(rounds: int = 20) -> Iterator[Positive]:
    """Every kind of number in every disguise, `rounds` times."""
    random = Random(20261124)
    for kind, sentences, make in _MAKERS.values():
        for name, disguise in DISGUISES.items():
            for turn in range(rounds):
                number = make(random)
                written = disguise(number, random)
                # A number that is broken over two lines stands in the midst of words.
                pool = sentences[:2] if "\n" in written else sentences
                yield Positive(kind, name, pool[turn % len(pool)].format(name=random.choice(NAMES), number=written), number)


def country_codes() -> Iterator[Positive]:
    random = Random(86)
    for turn in range(60):
        number = numbers.mobile(random)
        code = ("+86 ", "86", "+86-", "0086", "0", "(+86)")[turn % 6]
        yield Positive("phone", "country code", f"{random.choice(NAMES)}的手机是{code}{number}，请联系。", number)


def together() -> Iterator[Positive]:
    """Two numbers in one line, and numbers without any boundary."""
    random = Random(2)
    for turn in range(60):
        one, other, phone = numbers.identity(random), numbers.identity(random), numbers.mobile(random)
        joined = ("、", " ", "", "/", ",")[turn % 5]
        yield Positive("id_number", "two in a line", f"{one}{joined}{other}", one)
        yield Positive("id_number", "with the telephone", f"{random.choice(NAMES)}{one}{joined}{phone}", one)
        yield Positive("id_number", "disability certificate", f"残疾人证号{one}{random.randint(1, 7)}{random.randint(1, 4)}", one)


def of_people() -> Iterator[Positive]:
    random = Random(3)
    for turn in range(30):
        name = random.choice(NAMES[:5])
        ill, born = random.choice(ILLNESSES), f"{random.randint(1940, 2015)}年{random.randint(1, 12)}月{random.randint(1, 28)}日"
        house = f"{random.randint(1, 40)}号楼{random.randint(1, 5)}单元{random.randint(101, 604)}室"
        for kind, texts in {
            "health": (
                f"{name}，因患{ill}，家庭困难，给予临时救助3000元。",
                f"户主{name}患有{ill}。",
                f"{name}，肢体残疾二级，发放护理补贴。",
            ),
            "birth_date": (f"{name}，男，{born}出生，三组村民。", f"村民{name}，出生日期：{born}。", f"{name}，生于{born}，现年"),
            "address": (
                f"{name}，住幸福小区{house}，享受低保。",
                f"户主{name}，家庭住址：试验镇三组{turn + 1}号。",
                f"{name}，家住和平街{turn + 1}号。",
            ),
            "child": (
                f"学生{name}，就读于试验镇中心小学三年级二班。",
                f"孤儿{name}，监护人为其祖父。",
                f"困境儿童{name}，{turn % 10 + 4}岁。",
            ),
            "passport": (
                f"护照号：E{numbers.digits(random, 8)}",
                f"{name}持护照EA{numbers.digits(random, 7)}",
                f"港澳通行证C{numbers.digits(random, 8)}",
            ),
            "email": (f"{name}，邮箱shili{turn}@qq.com", f"联系{name}：test.{turn}@163.com", f"电子邮件 abc{turn}@126.com"),
            "account": (
                f"{name}微信号：shili_{turn}x",
                f"加QQ：{numbers.digits(random, 8).replace('0', '1')}联系{name}",
                f"微信 wxid_shili{turn}",
            ),
        }.items():
            yield Positive(kind, "words", texts[turn % 3])


def positives() -> list[Positive]:
    return [*numbered(), *country_codes(), *together(), *of_people()]
