"""Invented contacts of the demo's units: numbers that nobody has."""

from collections.abc import Iterable

from openness.units.models import Unit


def give_contacts(towns: Iterable[Unit]) -> None:
    units = [unit for town in towns for unit in (town, *town.get_children())]
    for number, unit in enumerate(units):
        unit.phone = f"0432-0000{number:04d}"
        unit.supervisor_phone = f"0432-0001{number:04d}"
        unit.hours = "周一至周五 8:30–11:30，13:00–16:30"
        unit.board_place = "院门口东侧" if unit.is_leaf_level else "便民服务中心一楼大厅"
    Unit.objects.bulk_update(units, ["phone", "supervisor_phone", "hours", "board_place"], batch_size=200)
