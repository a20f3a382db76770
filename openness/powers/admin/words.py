"""A comparison in words, for the pages of the admin."""

from typing import Any

from django.utils.translation import gettext as _

from ..models import Matter
from ..rules.compare import Comparison, Hint
from ..rules.content import Content
from ..services.publish import fields_in_words


def change_in_words(change: Comparison) -> dict[str, Any]:
    return {
        "added": [_named(entry) for entry in change.added], "removed": [_named(entry) for entry in change.removed],
        "adjusted": [(_named(one.after), fields_in_words(one)) for one in change.adjusted], "same": len(change.same),
        "hints": [_hint(one) for one in change.hints()], "is_empty": change.is_empty,
    }  # fmt: skip


def _named(entry: Content) -> str:
    matter = Matter(entry.matter).label if entry.matter in Matter else ""
    return f"{entry.name}（{'，'.join(filter(None, [str(matter), entry.code]))}）"


def _hint(hint: Hint) -> str:
    others = "、".join(f"“{one.name}”" for one in hint.others)
    return {
        "renamed": _("“{one}”可能是改名成{others}。是的话，请把编码写成一样的。"),
        "split": _("“{one}”可能拆成了{others}。"),
        "merged": _("“{one}”可能是由{others}合并的。"),
        "reused": _("编码没有变，名称从“{one}”变成了{others}，请核对编码。"),
    }[hint.kind].format(one=hint.one.name, others=others)
