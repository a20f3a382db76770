"""One content element of the item: its words, or that there is none this time and why."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from wagtail import blocks


class ElementValue(blocks.StructValue):
    @property
    def is_nil(self) -> bool:
        return bool(self.get("nil"))

    @property
    def is_answered(self) -> bool:
        """Somebody said something to it, be it that there is nothing."""
        return bool((self.get("words") or "").strip()) or (self.is_nil and bool((self.get("reason") or "").strip()))

    @property
    def said(self) -> str:
        """What residents read under the heading; "" while nobody has said anything."""
        words = (self.get("words") or "").strip()
        if words or not self.is_answered:
            return words
        return _now("本期没有：{reason}").format(reason=self["reason"].strip())


class ElementBlock(blocks.StructBlock):
    """Begun for each element that the catalogue asks for. `name` is the catalogue's and is shown, not asked."""

    name = blocks.CharBlock(label=_("要素"), max_length=300)
    words = blocks.TextBlock(label=_("写什么"), required=False, rows=3, max_length=20_000)
    nil = blocks.BooleanBlock(label=_("本期没有"), required=False)
    reason = blocks.CharBlock(label=_("为什么没有"), required=False, max_length=200)

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        if cleaned.is_nil and not self.is_deferred_validation:
            if not (cleaned["reason"] or "").strip():
                raise _error("reason", _now("选了“本期没有”，请写上为什么没有。"))
            if (cleaned["words"] or "").strip():
                raise _error("nil", _now("写了内容，就不要再选“本期没有”。"))
        return cleaned

    class Meta:
        icon = "edit"
        label = _("要素")
        value_class = ElementValue
        template = "disclosures/blocks/element.html"
        form_classname = "struct-block element-block"
        form_attrs = {"data-controller": "element"}
        label_format = "{name}"


def _error(field: str, sentence: str) -> ValidationError:
    return blocks.StructBlockValidationError(block_errors={field: forms.ValidationError(sentence)})
