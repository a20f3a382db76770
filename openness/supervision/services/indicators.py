"""Which version of each indicator judges a unit, and how a new version comes to be."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from openness.disclosures.services.receipts import person
from openness.units.grants import roles_for
from openness.units.models import Unit
from openness.units.names import Level
from openness.units.refusal import Refused
from openness.units.roles import roles_of

from ..models import Indicator
from ..rules.parameters import ParameterError
from .evaluators import EVALUATORS

_SEED = Path(__file__).resolve().parents[1] / "data" / "indicators.json"
LABEL = "supervision.indicator"
SITE = ""
_LONGEST_AREA = 6


class IndicatorRefused(Refused):
    """The version cannot be made; nothing was changed."""


class Rules:
    """The versions in force on a day; a county's own goes before the site's."""

    def __init__(self, day: date) -> None:
        self.day = day
        self.newest: dict[tuple[str, str], Indicator] = {}
        self._areas: dict[str, list[Indicator]] = {}
        for row in Indicator.objects.filter(effective_from__lte=day).order_by("effective_from"):
            self.newest[row.area, row.key] = row

    def of_area(self, code: str) -> list[Indicator]:
        """In their order; those that a newer version put out of use are left out."""
        area = code[:_LONGEST_AREA]
        if area not in self._areas:
            chosen = {key: row for (of, key), row in self.newest.items() if of == SITE}
            chosen |= {key: row for (of, key), row in self.newest.items() if of == area}
            self._areas[area] = sorted((row for row in chosen.values() if not row.retired), key=lambda row: (row.position, row.key))
        return self._areas[area]

    def of_unit(self, unit: Unit) -> list[Indicator]:
        """Those that apply to the unit's level."""
        return [row for row in self.of_area(unit.code) if row.weight(unit.level) is not None]


@dataclass(frozen=True)
class Version:
    """What a new version says; the rest it takes from the one before."""

    name: str
    parameters: Mapping[str, Any]
    weights: tuple[Decimal | None, Decimal | None, Decimal | None]
    veto: bool
    retired: bool
    source: str
    effective_from: date


def may_change(user: Any, area: str) -> bool:
    """The whole site's indicators belong to who covers every county; a county's own to who covers it."""
    roles = roles_for(LABEL, "change")
    if user.is_superuser or not user.is_active:
        return bool(user.is_active)
    if area == SITE:
        return roles_of(user).cover_all(roles)
    unit = Unit.objects.filter(code=area, level=Level.COUNTY).first()
    return unit is not None and roles_of(user).cover(unit, roles)


def areas_for(user: Any) -> list[tuple[str, str]]:
    """(code, name) of what the person may see indicators of: the whole site first, then the counties covered."""
    counties = Unit.objects.filter(level=Level.COUNTY, active=True).order_by("path")
    if not user.is_superuser:
        roles = roles_of(user)
        own = roles.within(roles_for(LABEL, "view"))
        above = {path[: Unit.steplen * Level.COUNTY] for paths in roles.paths.values() for path in paths}
        counties = counties.filter(own) | counties.filter(path__in=above)
    return [(SITE, _("全站"))] + [(unit.code, unit.name) for unit in counties]


@transaction.atomic
def new_version(before: Indicator, area: str, version: Version, user: Any) -> Indicator:
    """A version that takes effect on a day from today on: periods that are over stay scored by theirs.

    One that has not begun yet is replaced by another of the same day.

    Raises:
        IndicatorRefused: a day in the past, a bad parameter or weight, no source, or not the person's to change.
    """
    if not may_change(user, area):
        raise IndicatorRefused(_("这项指标不归您管。"))
    _check(before, area, version)
    parameters = _checked(before.kind, version.parameters)
    Indicator.objects.filter(
        key=before.key, area=area, effective_from=version.effective_from, effective_from__gt=timezone.localdate()
    ).delete()
    county, township, village = version.weights
    return Indicator.objects.create(
        key=before.key, area=area, kind=before.kind, position=before.position, name=version.name.strip(), parameters=parameters,
        weight_county=county, weight_township=township, weight_village=village, veto=version.veto, retired=version.retired,
        source=version.source.strip(), effective_from=version.effective_from, made_by=person(user),
    )  # fmt: skip


def _check(before: Indicator, area: str, version: Version) -> None:
    today = timezone.localdate()
    if version.effective_from < today:
        raise IndicatorRefused(_("不能从过去的日子起用：已经过完的期次按当时的指标算分。最早是今天。"))
    if not version.source.strip():
        raise IndicatorRefused(_("要写明依据哪份文件或谁定的。"))
    if any(weight is not None and not 0 <= weight <= 100 for weight in version.weights):
        raise IndicatorRefused(_("权重要在 0 到 100 之间。"))
    same_day = Indicator.objects.filter(key=before.key, area=area, effective_from=version.effective_from).exists()
    if version.effective_from == today and same_day:
        raise IndicatorRefused(_("今天已经起用了一版，不能再改；请从明天起用。"))


def _checked(kind: str, parameters: Mapping[str, Any]) -> dict[str, Any]:
    try:
        return EVALUATORS[kind].check(dict(parameters))
    except ParameterError as error:
        raise IndicatorRefused(str(error)) from error


def parameter_words(row: Indicator) -> list[tuple[str, str]]:
    """(label, value) of each parameter, as a person says them."""
    return [(str(one.label), one.say(row.parameters[one.name])) for one in EVALUATORS[row.kind].parameters if one.name in row.parameters]


def versions_of(key: str, areas: Iterable[str]) -> list[Indicator]:
    """Every version, newest first."""
    return list(Indicator.objects.filter(key=key, area__in=list(areas)).order_by("-effective_from", "area"))


def first_indicators() -> int:
    """The indicators that every installation begins with, where the site has none of that key.

    One that comes later, with a new version of the platform, is in force from that day at the earliest: periods that are over stay as they are.

    Returns:
        How many were made.
    """
    known = set(Indicator.objects.filter(area=SITE).values_list("key", flat=True))
    rows = [row for row in json.loads(_SEED.read_text(encoding="utf-8")) if row["key"] not in known]
    earliest = timezone.localdate() if known else date.min
    Indicator.objects.bulk_create(_seeded(row, earliest) for row in rows)
    return len(rows)


def _seeded(row: dict[str, Any], earliest: date) -> Indicator:
    county, township, village = (None if weight is None else Decimal(weight) for weight in row.pop("weights"))
    parameters = EVALUATORS[row["kind"]].check(row.pop("parameters"))
    day = max(date.fromisoformat(row.pop("effective_from")), earliest)
    return Indicator(
        parameters=parameters, effective_from=day, weight_county=county, weight_township=township, weight_village=village, **row
    )
