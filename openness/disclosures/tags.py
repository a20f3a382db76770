"""Tags (标签): a few short words by which residents find and follow what belongs together, written one way whoever types them."""

import re
import unicodedata
from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

MOST_TAGS = 8
MOST_SIGNS = 12
_BETWEEN = re.compile(r"[\s,;、#]+")
_NUMBER = re.compile(r"\d{7}")  # a telephone, a card, an identity: nothing that a tag has to say


def normal_tags(text: str) -> list[str]:
    """The tags in what was typed, each once, in order: half-width and small letters; blanks, commas, semicolons, 、 and # stand between.

    Raises:
        ValidationError: too many, one too long, or one with a number of a person.
    """
    words = _BETWEEN.split(unicodedata.normalize("NFKC", text).lower())
    tags = list(dict.fromkeys(word for word in ("".join(filter(str.isprintable, word)) for word in words) if word))
    if len(tags) > MOST_TAGS:
        raise ValidationError(_("标签最多 {most} 个，现在有 {n} 个。").format(most=MOST_TAGS, n=len(tags)))
    for tag in tags:
        if len(tag) > MOST_SIGNS:
            raise ValidationError(_("标签“{tag}…”太长，一个最多 {n} 个字。").format(tag=tag[:MOST_SIGNS], n=MOST_SIGNS))
        if _NUMBER.search(tag):
            raise ValidationError(_("标签里不要写电话、证件一类的号码。"))
    return tags


def joined(tags: Iterable[Any]) -> str:
    """As they are typed: names, or rows that say their names."""
    return "、".join(sorted(str(tag) for tag in tags))


class TagsField(forms.CharField):
    """One line of text. Nothing is offered while typing: Wagtail's own field would show the words of other places' drafts."""

    def __init__(self, **options: Any) -> None:
        named = {
            "label": gettext_lazy("标签"),
            "help_text": gettext_lazy("可以不填。最多 8 个词，用空格隔开，比如：低保 临时救助"),
            "required": False,
        }
        super().__init__(**{**named, "max_length": 200, **options})

    def prepare_value(self, value: Any) -> Any:
        return value if isinstance(value, str) or value is None else joined(value)

    def clean(self, value: Any) -> Any:
        return normal_tags(super().clean(value))

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return sorted(normal_tags(data or "")) != sorted(normal_tags(self.prepare_value(initial) or ""))
        except ValidationError:
            return True
