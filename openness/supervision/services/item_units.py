"""One item over many units: whom it binds, what each published last, and how each stands. A fixed number of queries a page of units."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Max, Q, QuerySet
from django.utils.translation import gettext as _

from catalog.models import Item
from openness.disclosures.models import Disclosure
from openness.units.models import Unit, line_of
from openness.units.names import Kind, Level

from ..models import Exemption, Obligation
from .unit_items import recent, standing

_LEVELS = {"at_county": Level.COUNTY, "at_township": Level.TOWNSHIP, "at_village": Level.VILLAGE}


@dataclass(frozen=True)
class UnitStanding:
    """`state` is one of the five; "" where the item does not bind this unit. `due_on` is the last day of the oldest blank."""

    unit: Unit
    latest: Disclosure | None
    state: str
    words: str
    due_on: date | None


def units_bound(item: Item, town: Unit | None = None) -> QuerySet[Unit]:
    """Units in use that the item's levels and kinds name, in the order of the tree; of one township with its villages, if one is given."""
    wanted = Q(level__in=[level for column, level in _LEVELS.items() if getattr(item, column)])
    for column, kind in (("binds_villages", Kind.VILLAGE), ("binds_communities", Kind.COMMUNITY)):
        if not getattr(item, column):
            wanted &= ~Q(level=Level.VILLAGE, kind=kind)
    units = Unit.objects.filter(wanted, code__startswith=item.field.standard.area, active=True).order_by("path")
    return units.filter(path__startswith=town.path) if town else units


def binding_words(item: Item) -> str:
    """Who has to publish it, as people say: 乡镇（街道）、村、社区."""
    words = [_("县（市、区）")] if item.at_county else []
    words += [_("乡镇（街道）")] if item.at_township else []
    if item.at_village:
        words += [_("村")] if item.binds_villages else []
        words += [_("社区（居委会）")] if item.binds_communities else []
    return "、".join(words)


def standings_of(item: Item, units: Sequence[Unit], today: date) -> list[UnitStanding]:
    """Three queries."""
    keys = [unit.pk for unit in units]
    latest, cells = _latest(item, keys), _cells(item, keys, today)
    exempt = _exempt(item, units, today)
    return [_standing(unit, latest.get(unit.pk), cells[unit.pk], exempt, today) for unit in units]


def _standing(unit: Unit, latest: Disclosure | None, cells: list[Obligation], exempt: set[str], today: date) -> UnitStanding:
    if exempt.intersection(line_of(unit.path)):
        return UnitStanding(unit, latest, "", _("不适用"), None)
    state, words = standing(cells, latest, today)
    blank = next((cell.due_on for cell in cells if not cell.state), None)
    return UnitStanding(unit, latest, state, words, blank)


def _latest(item: Item, units: Sequence[int]) -> dict[int, Disclosure]:
    public = Disclosure.objects.public().filter(item__key=item.key, unit__in=units)
    newest = public.order_by().values("unit").annotate(newest=Max("first_published_at")).values("newest")
    rows = public.filter(first_published_at__in=newest).only("pk", "title", "unit", "first_published_at")
    return {row.unit_id: row for row in rows.order_by("first_published_at", "pk")}


def _cells(item: Item, units: Sequence[int], today: date) -> dict[int, list[Obligation]]:
    rows = Obligation.objects.filter(recent(today), unit__in=units, duty__area=item.field.standard.area, duty__key=item.key)
    found: dict[int, list[Obligation]] = defaultdict(list)
    for cell in rows.order_by("due_on", "pk"):
        found[cell.unit_id].append(cell)
    return found


def _exempt(item: Item, units: Sequence[Unit], today: date) -> set[str]:
    """Paths that the item does not bind, nor what is below them."""
    paths = {path for unit in units for path in line_of(unit.path)}
    rows = Exemption.objects.filter(Q(until=None) | Q(until__gte=today), unit__path__in=paths, since__lte=today)
    return set(rows.filter(duty__key=item.key).values_list("unit__path", flat=True))
