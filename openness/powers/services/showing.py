"""What the public pages say of lists, versions and entries. A fixed number of queries each."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db.models import CharField, Count, Exists, ExpressionWrapper, F, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from openness.guides.models import ServiceGuide
from openness.guides.models.guide import GuideQuerySet

from ..columns import COLUMNS
from ..models import Adjustment, Kind, ListVersion, Matter, PowerEntry, PowerList
from ..models.power_list import PowerListQuerySet

_LONG = ("basis", "duties", "accountability", "conditions")
_DETAILS = ("matter", "code", "body", "level", "basis", "conditions", "term", "fee", "duties", "accountability", "note")


def lists_in_force(today: date) -> list[tuple[PowerList, ListVersion, int]]:
    """(list, version in force, how many entries), the highest units first. Two queries."""
    lists = {row.current_id: row for row in PowerList.objects.with_current(today).filter(current_id__isnull=False).select_related("unit")}
    versions: Any = ListVersion.objects.filter(pk__in=lists).annotate(n=Count("entries"))
    found = [(lists[version.pk], version, version.n) for version in versions]
    return sorted(found, key=lambda one: (one[0].unit.depth, one[0].unit.path, one[0].kind))


def current_version(power_list: PowerList, today: date) -> ListVersion | None:
    return ListVersion.objects.in_force(today).filter(power_list=power_list).order_by("-number").first()


def public_versions(power_list: PowerList) -> list[ListVersion]:
    """The newest first."""
    return list(ListVersion.objects.public().filter(power_list=power_list).order_by("-number"))


def entries_asked(version: ListVersion, matter: str, words: str) -> QuerySet[PowerEntry]:
    """Every word somewhere in name, code, body or basis; eight words at most. In the order of kinds, then of the list."""
    rows = PowerEntry.objects.filter(version=version)
    if matter:
        rows = rows.filter(matter=matter)
    for word in words.split()[:8]:
        rows = rows.filter(Q(name__icontains=word) | Q(code=word) | Q(body__icontains=word) | Q(basis__icontains=word))
    return rows.defer(*(name for name in _LONG if name != "basis"), "note", "fee", "term").order_by("position")


def kinds_of(version: ListVersion) -> list[tuple[str, str, int]]:
    """(key, name, how many) of the kinds that the version has, in the official order."""
    counts = dict(PowerEntry.objects.filter(version=version).order_by().values_list("matter").annotate(n=Count("pk")))
    return [(matter.value, str(matter.label), counts[matter.value]) for matter in Matter if matter.value in counts]


def entry_at(power_list: PowerList, key: str, versions: Sequence[ListVersion], current: ListVersion | None) -> PowerEntry | None:
    """As the version in force has it, else as the newest public version that had it."""
    rows = {entry.version_id: entry for entry in PowerEntry.objects.filter(version__in=versions, key=key)}
    order = [current, *versions] if current else list(versions)
    return next((rows[version.pk] for version in order if version.pk in rows), None)


def details(entry: PowerEntry) -> list[tuple[str, str]]:
    """(heading, words) of what is not empty."""
    labels = {column.name: str(column.label) for column in COLUMNS}
    values = {name: entry.get_matter_display() if name == "matter" else getattr(entry, name) for name in _DETAILS}
    return [(labels[name], str(value)) for name, value in values.items() if value]


def history(power_list: PowerList, key: str) -> QuerySet[Adjustment]:
    """What versions did to the entry, the newest first."""
    rows = Adjustment.objects.filter(Q(key=key) | Q(old_key=key), version__power_list=power_list)
    return rows.select_related("version").order_by("-version__number", "-pk")


def guides_for(entry: PowerEntry, power_list: PowerList) -> GuideQuerySet:
    """Public guides of the same code, of the list's unit or below it."""
    if not entry.code:
        return ServiceGuide.objects.none()
    rows = ServiceGuide.objects.public().filter(code=entry.code).below(power_list.unit)
    return rows.select_related("unit").defer("materials", "steps", "questions").order_by("unit__path", "pk")


def without_guide(power_lists: PowerListQuerySet) -> QuerySet[PowerEntry]:
    """Licences in force for which no public guide of the same code stands at or below the list's unit."""
    current = power_lists.with_current(timezone.localdate()).values("current_id")
    above = ExpressionWrapper(OuterRef("version__power_list__unit__path"), output_field=CharField())
    guides = ServiceGuide.objects.public().filter(code=OuterRef("code")).exclude(code="")
    there = guides.annotate(above=above).filter(unit__path__startswith=F("above"))
    rows = PowerEntry.objects.filter(version__in=Subquery(current), matter=Matter.LICENCE).exclude(Exists(there))
    return rows.select_related("version__power_list__unit").order_by("version__power_list__unit__path", "position")


def adjustments(unit_path: str = "", change: str = "", kind: str = "", year: int | None = None) -> QuerySet[Adjustment]:
    """The newest first."""
    rows = Adjustment.objects.select_related("version__power_list__unit").order_by("-day", "-pk")
    if unit_path:
        rows = rows.filter(version__power_list__unit__path__startswith=unit_path)
    if change:
        rows = rows.filter(change=change)
    if kind in Kind:
        rows = rows.filter(version__power_list__kind=kind)
    return rows.filter(day__year=year) if year else rows
