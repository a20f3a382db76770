"""The elements that inspectors tick: empty is a fault (国办秘函〔2019〕19号, 办事指南关键要素缺失)."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from openness.disclosures.rules import Issue, Level

from .rule import Facts, GuideRule, rows_of

if TYPE_CHECKING:
    from ..models import ServiceGuide


class Element(GuideRule):
    """One element that must not be empty. `where` is the form's word for it, `advice` what to write."""

    def __init__(self, column: str, where: Any, advice: Any, level: Level = Level.BLOCK) -> None:
        self.code, self.column, self.where, self.advice, self.level = f"no_{column}", column, where, advice, level

    def issues(self, guide: "ServiceGuide", facts: Facts) -> Iterator[Issue]:
        value = getattr(guide, self.column)
        if value is None or (isinstance(value, str) and not value.strip()) or (not isinstance(value, str | int) and not len(value)):
            yield self.issue(self.column, _("没有写{element}。").format(element=self.where), str(self.advice))


class LegalTime(GuideRule):
    """A number, or that the law has none."""

    code = "no_legal_days"

    def issues(self, guide: "ServiceGuide", facts: Facts) -> Iterator[Issue]:
        if not guide.legal_time:
            yield self.issue("legal_days", _("没有写法定时限。"), _("写法律规定多少天；没有规定的，单位选“法律没有规定”。"))


class Materials(GuideRule):
    """Rows, or the words that nothing is to be brought; never both, never a paper twice."""

    code = "materials"

    def issues(self, guide: "ServiceGuide", facts: Facts) -> Iterator[Issue]:
        names = [str(row["name"]).strip() for row in rows_of(guide.materials)]
        if not names and not guide.no_materials:
            yield self.issue("materials", _("没有写申请材料。"), _("一份材料一行；什么都不用带的，勾“不用带材料”。"))
        if names and guide.no_materials:
            yield self.issue("materials", _("勾了“不用带材料”，下面又写了材料。"), _("留一个。"))
        for name in sorted({one for one in names if names.count(one) > 1}):
            yield self.issue("materials", _("材料“{name}”写了两遍。").format(name=name), _("删掉一行。"))


ELEMENTS: tuple[GuideRule, ...] = (
    Element("code", gettext_lazy("事项编码"), gettext_lazy("照权责清单或者省里的实施清单写。"), Level.WARN),
    Element("implementer", gettext_lazy("实施主体"), gettext_lazy("写办这件事的单位全称。")),
    Element("basis", gettext_lazy("设定依据"), gettext_lazy("写《法规名称》第几条。")),
    Element("conditions", gettext_lazy("受理条件"), gettext_lazy("什么人、什么情况可以办，一行一条。")),
    Element("steps", gettext_lazy("办理流程"), gettext_lazy("一步一行，写谁来办、多久。")),
    Element("place", gettext_lazy("办理地点"), gettext_lazy("写到门牌号和窗口。")),
    Element("hours", gettext_lazy("办理时间"), gettext_lazy("写周几、几点到几点。")),
    Element("phone", gettext_lazy("联系电话"), gettext_lazy("写有人接的电话。")),
    Element("complaint_phone", gettext_lazy("监督电话"), gettext_lazy("写管监督的电话，或者 12345。")),
    LegalTime(),
    Element("promised_days", gettext_lazy("承诺时限"), gettext_lazy("写多少天办完；当场办结写 0。")),
    Element("result", gettext_lazy("办理结果"), gettext_lazy("写办完拿到什么。")),
    Element("visits", gettext_lazy("最多跑几次"), gettext_lazy("写要到现场几次；全程网上办写 0。")),
    Element("questions", gettext_lazy("常见问题"), gettext_lazy("写一两个大家常问的。"), Level.WARN),
)  # fmt: skip
