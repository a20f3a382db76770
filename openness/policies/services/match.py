"""政策直达: policies in force with a checked card whose conditions all hold, each with its reasons."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils import timezone

from openness.units.models import Unit, line_of
from openness.units.names import Level

from ..models import Policy
from ..rules.articles import parse
from ..rules.card import CardLine, shown
from ..rules.matching import AUDIENCE_WORDS, NEED_WORDS, Asked, age_of, reasons


@dataclass(frozen=True)
class Match:
    policy: Policy
    why: list[str]
    lines: list[CardLine]


def asked_of(data: Mapping[str, str]) -> Asked:
    """What the address says; unknown words count for nothing. One query, and one for what lies above the township."""
    who, need = data.get("who", ""), data.get("need", "")
    town = Unit.objects.filter(code=data.get("where", "")[:12], level=Level.TOWNSHIP, active=True).first()
    codes = tuple(Unit.objects.filter(path__in=line_of(town.path)).values_list("code", flat=True)) if town else ()
    return Asked(
        who if who in AUDIENCE_WORDS else "",
        need if need in NEED_WORDS else "",
        codes,
        town.short_name if town else "",
        age_of(data.get("age", "")),
    )


def matches(asked: Asked) -> list[Match]:
    """Newest first; void ones and those without a checked card are never among them. One query and one for the units."""
    today = timezone.localdate()
    rows = Policy.objects.public().in_force(today).with_checked_card().exclude(needs=[]).exclude(effective_on__gt=today)
    rows = rows.select_related("card", "unit").defer("sketch").order_by("-issued_on", "-pk")
    near = [row for row in rows if not asked.place or _county(row.unit.code) in asked.place]
    found = ((row, reasons(row, asked)) for row in near)
    return [Match(row, why, shown(row.card.lines, parse(row.text))) for row, why in found if why is not None]


def _county(code: str) -> str:
    return code[:6]
