"""The body of a composed page, in the words of an editor."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from openness.disclosures.blocks import Sheet

from .links import LinksBlock
from .media import FilesBlock, PictureBlock

FEATURES = ["h2", "h3", "bold", "ol", "ul", "link"]
_SHORT = ["bold", "ol", "ul", "link"]


class HeadingBlock(blocks.CharBlock):
    class Meta:
        icon = "title"
        label = _("标题")


class WordsBlock(blocks.RichTextBlock):
    class Meta:
        icon = "pilcrow"
        label = _("文字")
        template = "pages/blocks/text.html"


class StepBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("做什么"), max_length=60)
    text = blocks.RichTextBlock(label=_("怎么做"), features=_SHORT, required=False)

    class Meta:
        icon = "order"
        label = _("一步")
        label_format = "{title}"


class CalloutBlock(blocks.StructBlock):
    kind = blocks.ChoiceBlock(label=_("样子"), choices=[("say", _("提示（蓝）")), ("warn", _("注意（黄）"))], default="say")
    text = blocks.RichTextBlock(label=_("要说的话"), features=_SHORT)

    class Meta:
        icon = "warning"
        label = _("提示框")
        template = "pages/blocks/callout.html"


class QuestionBlock(blocks.StructBlock):
    question = blocks.CharBlock(label=_("问"), max_length=80)
    answer = blocks.RichTextBlock(label=_("答"), features=_SHORT)

    class Meta:
        icon = "help"
        label = _("一问一答")
        label_format = "{question}"


class PageBody(blocks.StreamBlock):
    heading = HeadingBlock(max_length=40, help_text=_("三个以上，页面开头自动列出目录"))
    text = WordsBlock(features=FEATURES)
    steps = blocks.ListBlock(StepBlock(), label=_("步骤"), icon="list-ol", template="pages/blocks/steps.html")
    callout = CalloutBlock()
    table = Sheet(
        [
            ("text", blocks.CharBlock(label=_("文字"), required=False)),
            ("number", blocks.DecimalBlock(label=_("数字"), required=False)),
            ("money", blocks.DecimalBlock(label=_("金额"), required=False, max_digits=14, decimal_places=2)),
            ("date", blocks.DateBlock(label=_("日期"), required=False)),
        ],
        label=_("表格"),
        icon="table",
        template="disclosures/blocks/table.html",
    )
    picture = PictureBlock()
    files = FilesBlock()
    links = LinksBlock()
    questions = blocks.ListBlock(QuestionBlock(), label=_("问与答"), icon="help", template="pages/blocks/questions.html")

    class Meta:
        required = False
