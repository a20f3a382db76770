"""Words that leave the resident guessing. Inspectors punish a catch-all among the materials; what is asked for must be named."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from openness.disclosures.rules import Issue, Level

from .rule import Facts, GuideRule, rows_of

if TYPE_CHECKING:
    from ..models import ServiceGuide

_MATERIALS = re.compile(
    r"(?:其[他它]|相关|有关|必要的?|所需的?|需要的?)(?:的)?(?:证明|申请|申报|书面)?(?:材料|资料|文件|手续|证件|证明)|等(?:材料|资料|证件|手续|证明)?$|视情况|根据需要"
)
_CONDITIONS = re.compile(
    r"其[他它](?:的)?(?:条件|情形|情况|要求)|(?:符合|满足)(?:国家|法律|法规|政策|相关|有关|上级)*(?:规定|要求|条件)[的。；;]?\s*$|视情况|酌情",
    re.MULTILINE,
)


class VagueMaterials(GuideRule):
    code = "vague_materials"

    def issues(self, guide: "ServiceGuide", facts: Facts) -> Iterator[Issue]:
        for row in rows_of(guide.materials):
            for words in (str(row["name"]), str(row["when"] or "")):
                if found := _MATERIALS.search(words.strip()):
                    yield self.issue(
                        "materials", _("材料“{name}”里的“{words}”没有说清要什么。").format(name=words, words=found[0]),
                        _("要什么材料，一份一份写出名字；用不着的删掉。"),
                    )  # fmt: skip


class VagueConditions(GuideRule):
    code, level = "vague_conditions", Level.WARN

    def issues(self, guide: "ServiceGuide", facts: Facts) -> Iterator[Issue]:
        if found := _CONDITIONS.search(guide.conditions):
            yield self.issue(
                "conditions", _("受理条件里的“{words}”，群众看不出自己够不够。").format(words=found[0].strip()), _("把条件写具体。")
            )
