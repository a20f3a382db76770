"""The building pieces of a disclosure's body."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock

from .html import clean_html

FEATURES = ["bold", "italic", "h3", "ol", "ul", "link", "document-link"]


class TextBlock(blocks.RichTextBlock):
    """Rich text that is cleaned whenever it is stored, whoever wrote it: the editor, an import or a script."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"features": FEATURES, **options})

    def get_prep_value(self, value: Any) -> str:
        return clean_html(super().get_prep_value(value) or "")


class Entry(blocks.StructBlock):
    """One line of income or expenditure (逐项逐笔, 农经发〔2011〕13号)."""

    subject = blocks.CharBlock(label=_("科目"), max_length=60)
    day = blocks.DateBlock(label=_("日期"), required=False)
    amount = blocks.DecimalBlock(label=_("金额（元）"), min_value=Decimal("0"), max_digits=14, decimal_places=2)
    note = blocks.CharBlock(label=_("说明"), required=False, max_length=120)


class FinanceValue(blocks.StructValue):
    """Sums of a finance table; `adds_up` is what the publishing rule asks."""

    @property
    def total_income(self) -> Decimal:
        return _total(self["income"])

    @property
    def total_expense(self) -> Decimal:
        return _total(self["expense"])

    @property
    def expected_closing(self) -> Decimal:
        return (self["opening"] or Decimal(0)) + self.total_income - self.total_expense

    @property
    def difference(self) -> Decimal:
        return (self["closing"] or Decimal(0)) - self.expected_closing

    @property
    def adds_up(self) -> bool:
        return self.difference == 0


def _total(entries: Iterable[Any]) -> Decimal:
    return sum((Decimal(entry["amount"] or 0) for entry in entries), Decimal(0))


class FinanceBlock(blocks.StructBlock):
    """Opening balance, what came in, what went out, closing balance."""

    caption = blocks.CharBlock(label=_("表名"), max_length=80)
    opening = blocks.DecimalBlock(label=_("期初结余（元）"), max_digits=14, decimal_places=2)
    income = blocks.ListBlock(Entry(), label=_("收入"), default=[])
    expense = blocks.ListBlock(Entry(), label=_("支出"), default=[])
    closing = blocks.DecimalBlock(label=_("期末结余（元）"), max_digits=14, decimal_places=2)

    class Meta:
        icon = "list-ol"
        label = _("收支表")
        value_class = FinanceValue
        template = "disclosures/blocks/finance.html"


class PhotoBlock(blocks.StructBlock):
    photo = ImageChooserBlock(label=_("照片"))
    caption = blocks.CharBlock(label=_("照片说明"), max_length=120)

    class Meta:
        icon = "image"
        label = _("照片")
        template = "disclosures/blocks/photo.html"


class Body(blocks.StreamBlock):
    text = TextBlock(label=_("文字"), template="disclosures/blocks/text.html")
    table = TypedTableBlock(
        [
            ("text", blocks.CharBlock(label=_("文字"), required=False)),
            ("number", blocks.DecimalBlock(label=_("数字"), required=False)),
            ("money", blocks.DecimalBlock(label=_("金额"), required=False, max_digits=14, decimal_places=2)),
            ("date", blocks.DateBlock(label=_("日期"), required=False)),
        ],
        label=_("表格"),
        template="disclosures/blocks/table.html",
    )
    finance = FinanceBlock()
    photo = PhotoBlock()
    file = DocumentChooserBlock(label=_("附件"), template="disclosures/blocks/file.html")

    class Meta:
        required = False
