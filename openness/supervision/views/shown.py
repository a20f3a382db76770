"""The desk as templates read it: every number with its address."""

from datetime import date
from typing import Any

from openness.units.models import Unit

from ..models import LedgerField
from ..services.desk import Choice, Desk, desk, percent, periods_to_choose
from .asking import Links


def desk_context(choice: Choice, links: Links, today: date) -> dict[str, Any]:
    """For templates/supervision/parts/: one shape for the admin and the public site."""
    found = desk(choice, today)
    return {
        "desk": found,
        "unit": choice.unit,
        "figures": [(figure, links.cells(figure.state)) for figure in found.figures],
        "heat": [_heat_row(row, found, links) for row in found.rows],
        "ranking": [(row, links.desk(place=row.unit.code), links.cells("overdue", place=row.unit.code)) for row in found.ranking],
        "all_overdue_url": links.cells("overdue"),
        "trend": [(month, percent(sums.rate), percent(sums.on_time_rate)) for month, sums in found.trend],
        "chart": {
            "x": [f"{month.month}月" for month, _sums in found.trend],
            "rate": [_number(sums.rate) for _month, sums in found.trend],
            "time": [_number(sums.on_time_rate) for _month, sums in found.trend],
        },
        "periods": periods_to_choose(today),
        "fields": LedgerField.objects.order_by("name"),
        "above": _above(choice.unit, links),
        "today": today,
    }


def _heat_row(row: Any, found: Desk, links: Links) -> dict[str, Any]:
    shown = {field.pk for field in found.fields}
    cells = [(cell, links.cells("owed", place=row.unit.code, field=str(cell.field.pk))) for cell in row.cells if cell.field.pk in shown]
    return {
        "unit": row.unit,
        "url": links.desk(place=row.unit.code),
        "cells": cells,
        "percent": row.percent,
        "total_url": links.cells("owed", place=row.unit.code),
    }


def _above(unit: Unit, links: Links) -> list[tuple[Unit, str]]:
    return [(one, links.desk(place=one.code)) for one in unit.get_ancestors()]


def _number(rate: float | None) -> float | None:
    return None if rate is None else int(rate * 1000) / 10
