"""The typed rows of a guide: what one brings, what happens in which order, what people ask."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock

ORIGINALS = (("original", _("原件")), ("copy", _("复印件")), ("both", _("原件和复印件")), ("electronic", _("电子件")))
FORMS = (("paper", _("纸质")), ("electronic", _("电子")), ("either", _("纸质或者电子")))
ISSUERS = (("self", _("自己填写")), ("government", _("政府部门核发")), ("village", _("村（社区）出具")), ("other", _("其他单位出具")))


class MaterialBlock(blocks.StructBlock):
    """One paper. The blank form and the filled sample are attachments of the guide's own unit."""

    name = blocks.CharBlock(label=_("材料名称"), max_length=120)
    original = blocks.ChoiceBlock(label=_("原件还是复印件"), choices=ORIGINALS, default="original")
    number = blocks.IntegerBlock(label=_("几份"), min_value=1, max_value=99, default=1)
    form = blocks.ChoiceBlock(label=_("纸质还是电子"), choices=FORMS, default="paper")
    issuer = blocks.ChoiceBlock(label=_("谁出具"), choices=ISSUERS, default="self")
    when = blocks.CharBlock(label=_("什么情况才要"), max_length=120, required=False, help_text=_("人人都要带的空着"))
    blank = DocumentChooserBlock(label=_("空表"), required=False)
    sample = DocumentChooserBlock(label=_("填好的样表"), required=False)

    class Meta:
        icon = "doc-full"
        label = _("材料")


class StepBlock(blocks.StructBlock):
    name = blocks.CharBlock(label=_("这一步叫什么"), max_length=40, help_text=_("例如：受理、审核、决定、送达"))
    who = blocks.CharBlock(label=_("谁来办"), max_length=80)
    what = blocks.TextBlock(label=_("做什么"), max_length=500, rows=2)
    days = blocks.CharBlock(label=_("多久"), max_length=40, required=False)

    class Meta:
        icon = "list-ol"
        label = _("步骤")


class QuestionBlock(blocks.StructBlock):
    question = blocks.CharBlock(label=_("问"), max_length=120)
    answer = blocks.TextBlock(label=_("答"), max_length=800, rows=3)

    class Meta:
        icon = "help"
        label = _("常见问题")


MATERIALS: list[tuple[str, Any]] = [("material", MaterialBlock())]
STEPS: list[tuple[str, Any]] = [("step", StepBlock())]
QUESTIONS: list[tuple[str, Any]] = [("question", QuestionBlock())]
