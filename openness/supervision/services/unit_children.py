"""How the catalogues of many units stand, counted by the same rules as the page of each: four or five queries for any number of units.

A number here is the length of the list that its link opens.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Max, Q

from catalog.models import Item
from catalog.models.standard import TIER_COLUMNS
from openness.disclosures.models import Disclosure
from openness.units.models import Unit, line_of

from ..models import Exemption, Obligation, State
from ..models.ledger import SOON_DAYS
from .unit_items import LATE, NIL, NONE, OK, SOON, recent

Standing = Mapping[tuple[int, str], str]
_BINDING = {"village": "binds_villages", "community": "binds_communities"}


def counts_of(units: Sequence[Unit], today: date) -> dict[int, Counter[str]]:
    """Unit -> how many of its items are ok, soon, late, nil or none today."""
    items, exempt = _items(units), _exempt(units, today)
    standing, public = _standing(units, today), _public(units)
    found: dict[int, Counter[str]] = {}
    for unit in units:
        keys = (item["key"] for item in items.get(unit.code[:6], ()) if _binds(item, unit))
        free = {key for path in line_of(unit.path) for key in exempt.get(path, ())}
        found[unit.pk] = Counter(_state(unit.pk, key, standing, public) for key in keys if key not in free)
    return found


def _items(units: Iterable[Unit]) -> dict[str, list[dict[str, Any]]]:
    rows = Item.objects.in_force().filter(field__standard__area__in={unit.code[:6] for unit in units}).order_by()
    found = defaultdict(list)
    for row in rows.values("key", "field__standard__area", *TIER_COLUMNS.values(), *_BINDING.values()):
        found[row["field__standard__area"]].append(row)
    return found


def _binds(item: Mapping[str, Any], unit: Unit) -> bool:
    binding = _BINDING.get(unit.kind)
    return bool(item[TIER_COLUMNS[unit.tier]] and (binding is None or item[binding]))


def _exempt(units: Iterable[Unit], today: date) -> dict[str, list[str]]:
    """Path -> keys of the items that do not bind it or what is below it."""
    paths = {path for unit in units for path in line_of(unit.path)}
    rows = Exemption.objects.filter(Q(until=None) | Q(until__gte=today), unit__path__in=paths, since__lte=today)
    found = defaultdict(list)
    for path, key in rows.values_list("unit__path", "duty__key"):
        found[path].append(key)
    return found


def _standing(units: Iterable[Unit], today: date) -> Standing:
    """(unit, key of the item) -> state, for all that have cells."""
    opened, blank = Q(opens_on__lte=today), Q(state=State.OPEN)
    counted = {
        "late": Count("pk", filter=opened & blank & Q(due_on__lt=today)),
        "soon": Count("pk", filter=opened & blank & Q(due_on__gte=today, due_on__lte=today + timedelta(days=SOON_DAYS))),
        "done": Max("due_on", filter=opened & Q(state__in=(State.ON_TIME, State.LATE))),
        "nil": Max("due_on", filter=opened & Q(state__in=(State.NIL, State.WAIVED))),
    }
    rows = Obligation.objects.filter(recent(today), unit__in=[unit.pk for unit in units]).order_by().values("unit_id", "duty__key")
    return {(row["unit_id"], row["duty__key"]): _of_cells(row) for row in rows.annotate(**counted)}


def _of_cells(row: Mapping[str, Any]) -> str:
    """As `unit_items` reads them: what is overdue, else what is due soon, else the last that was settled."""
    if row["late"]:
        return LATE
    if row["soon"]:
        return SOON
    if row["done"] and (not row["nil"] or row["done"] >= row["nil"]):
        return OK
    return NIL if row["nil"] else NONE


def _public(units: Iterable[Unit]) -> set[tuple[int, str]]:
    rows = Disclosure.objects.public().filter(unit__in=[unit.pk for unit in units]).order_by()
    return set(rows.values_list("unit_id", "item__key").distinct())


def _state(unit: int, key: str, standing: Standing, public: set[tuple[int, str]]) -> str:
    return standing.get((unit, key)) or (OK if (unit, key) in public else NONE)
