"""What must stand public all the time: the rules of a village, the committee of a community."""

from collections.abc import Mapping, Sequence
from datetime import date
from random import Random

from .blocks import text
from .people import masked_name
from .village import Story, village_rules

_RULES: Mapping[str, Sequence[str]] = {
    "村民委员会工作制度、办事指南": (
        "村民委员会每月开一次会，半数以上成员到会才能议事。",
        "群众来办事，当天能办的当天办，不能办的说明办到哪天。",
    ),
    "村务监督委员会工作制度": ("村务监督委员会每季度查一次账，查出的问题当面问清楚。", "监督情况在村民代表会议上报告，在公示栏公布。"),
    "民主评议村民委员会成员制度": ("每年年底由村民代表会议评议一次，分优秀、合格、不合格。", "连续两次评为不合格的，职务终止。"),
    "村级议事协商制度": (
        "修路、打井、清垃圾这些大家的事，先由村民小组商量，再交村民代表会议定。",
        "定下来的事写成纪要，办到哪一步公布到哪一步。",
    ),
    "村民委员会印章使用管理制度": ("印章由专人保管，用章要登记，写明谁用、盖在哪里、谁批准。", "空白纸、空白介绍信一律不盖章。"),
    "村级财务管理制度": (
        "花钱先报批，票据由经手人、证明人、审批人签字，民主理财小组逐笔审核。",
        "每季度公开一次收支，群众可以查看原始凭证。",
    ),
    "村级档案管理制度": ("会议记录、合同、账册按年归档，由专人保管。", "村民查档要登记，不得涂改、带走。"),
    "其他相关制度情况": ("本村其他制度有：公益岗位管理、机井管理、垃圾清运管理。", "原文在村部，可以随时查看。"),
}


def standing(chance: Random, name: str, place: str, day: date) -> Story:
    """The text of the item called `name`."""
    if name.startswith("本村的"):
        return village_rules(chance, place, day)
    paragraphs = _RULES.get(name) or _committee(chance, name)
    category = "rules" if name in _RULES else "report"
    return Story(name, f"{place}{name}", category, [text(chance, *paragraphs)], day, summary=paragraphs[0])


def _committee(chance: Random, name: str) -> Sequence[str]:
    if name == "居委会简介":
        return (f"办公地址在便民服务中心{chance.choice(('一', '二'))}楼，办公时间、联系方式见网页右边。",)
    if name == "居委会工作班子":
        head, other, third = (masked_name(chance) for _ in range(3))
        return (f"主任{head}，副主任{other}，委员{third}，分工和证件照在公示栏。",)
    return (f"设人民调解、治安保卫、公共卫生三个专业委员会，成员 {chance.randrange(9, 15)} 人。",)
