"""政策要点: seven lines, each at most forty characters and each from a clause of the text."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .articles import Part

MOST_CHARACTERS = 40
PLACES: tuple[tuple[str, Any], ...] = (
    ("whom", gettext_lazy("给谁")),
    ("how_much", gettext_lazy("给多少")),
    ("condition", gettext_lazy("什么条件")),
    ("bring", gettext_lazy("带什么")),
    ("where", gettext_lazy("去哪办")),
    ("how_long", gettext_lazy("多久办好")),
    ("phone", gettext_lazy("打什么电话")),
)
NEEDED = frozenset({"whom", "where"})


@dataclass(frozen=True)
class CardLine:
    label: str
    text: str
    anchor: str
    clause: str


def faults(lines: Mapping[str, Mapping[str, str]], parts: list[Part]) -> list[str]:
    """What stands in the way of checking the card, one sentence each; empty where nothing does."""
    anchors = {part.anchor for part in parts}
    return [said for place, label in PLACES if (said := _fault(place, str(label), lines.get(place, {}), anchors))]


def _fault(place: str, label: str, line: Mapping[str, str], anchors: set[str]) -> str:
    text, anchor = line.get("text", ""), line.get("anchor", "")
    if not text:
        return _("“{label}”要写。").format(label=label) if place in NEEDED else ""
    if len(text) > MOST_CHARACTERS:
        return _("“{label}”写了 {n} 个字，最多 40 个。").format(label=label, n=len(text))
    if anchor not in anchors:
        return _("“{label}”要选出自正文哪一条。").format(label=label)
    return ""


def shown(lines: Mapping[str, Mapping[str, str]], parts: list[Part]) -> list[CardLine]:
    """The lines that say something, in their order; a clause that the text no longer has is not linked."""
    labels = {part.anchor: part.label for part in parts}
    return [
        CardLine(str(label), line["text"], line.get("anchor", ""), labels.get(line.get("anchor", ""), ""))
        for place, label in PLACES
        if (line := lines.get(place)) and line.get("text")
    ]
