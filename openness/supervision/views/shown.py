"""The desk as templates read it: every number with its address."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from openness.units.models import Unit

from ..models import LedgerField, Obligation
from ..services.completeness import missing_words
from ..services.desk import STATES, Cell, Choice, Desk, Row, desk, periods_to_choose
from ..services.figures import percent, rate_number
from ..services.overview import Sums
from .asking import Links


def desk_context(choice: Choice, links: Links, places: QuerySet[Unit], today: date) -> dict[str, Any]:
    """For templates/supervision/parts/: one shape for the admin and the public site. `places` are those that the reader may see."""
    found = desk(choice, today)
    above = list(choice.unit.get_ancestors() & places) if choice.unit.depth > 1 else []
    return {
        "desk": found,
        "unit": choice.unit,
        "figures": [(figure, figure.url or links.cells(figure.state)) for figure in found.figures],
        "nil_url": links.cells("nil"),
        "waived_url": links.cells("waived"),
        "incomplete_url": links.cells("incomplete"),
        "heat": [_heat_row(row, found, links) for row in found.rows],
        "ranking": [(row, links.desk(place=row.unit.code), links.cells("overdue", place=row.unit.code)) for row in found.ranking],
        "overdue": with_words(found.overdue, today),
        "all_overdue_url": links.cells("overdue"),
        "periods": periods_to_choose(today),
        "fields": LedgerField.objects.order_by("name"),
        "above": [(unit, links.desk(place=unit.code)) for unit in above],
        "choices": _choices(above, found),
        "today": today,
        **_trend(found),
    }


def list_context(choice: Choice, links: Links, state: str, today: date) -> dict[str, Any]:
    """What a list says of itself, and its ways back and on."""
    alone = {"alone": "1"} if choice.alone else {}
    return {
        "choice": choice,
        "unit": choice.unit,
        "state": state,
        "words": STATES[state],
        "period_words": dict(periods_to_choose(today))[choice.period.code],
        "back": links.desk(),
        "here": links.cells(state, **alone),
        "today": today,
    }


def with_words(cells: Any, today: date) -> list[tuple[Obligation, str]]:
    return [(cell, cell.words(today)) for cell in cells]


def lacking(cells: Iterable[Obligation]) -> list[tuple[Obligation, str]]:
    """Each with what the machine did not find in its answer. One query."""
    rows = list(cells)
    missing = missing_words(row.disclosure_id for row in rows if row.disclosure_id)
    return [(row, _("没有找到：{words}").format(words=missing.get(row.disclosure_id or 0, "–"))) for row in rows]


def list_rows(cells: Iterable[Obligation], state: str, today: date) -> list[tuple[Obligation, str]]:
    return lacking(cells) if state == "incomplete" else with_words(cells, today)


@dataclass(frozen=True)
class Shade:
    """One cell of the heat map, ready to be written: a map has hundreds, and each word looked up in a template costs."""

    css: str
    percent: str = ""
    words: str = ""
    url: str = ""


def _heat_row(row: Row, found: Desk, links: Links) -> dict[str, Any]:
    place = {"place": row.unit.code} | ({"alone": "1"} if row.alone else {})
    shown = {field.pk for field in found.fields}
    here = row.unit.pk == found.choice.unit.pk
    return {
        "name": row.name,
        "url": "" if here else links.desk(place=row.unit.code),
        "cells": [_shade(cell, links, place) for cell in row.cells if cell.field.pk in shown],
        "total": Shade("", row.percent, _counted(row.total), links.cells("owed", **place)),
    }


def _shade(cell: Cell, links: Links, place: dict[str, str]) -> Shade:
    if cell.percent is None:
        return Shade("sv-h0")
    return Shade(f"sv-h{cell.heat}", str(cell.percent), f"%，{_counted(cell.sums)}", links.cells("owed", field=str(cell.field.pk), **place))


def _counted(sums: Sums) -> str:
    return _("应公开 {owed} 项，已公开 {done} 项").format(owed=sums.owed, done=sums.done)


def _choices(above: list[Unit], found: Desk) -> list[Unit]:
    """The places to choose from: the way up, the place itself, those right below."""
    return [*above, found.choice.unit, *(row.unit for row in found.rows if row.unit.pk != found.choice.unit.pk)]


def _trend(found: Desk) -> dict[str, Any]:
    months = found.trend
    return {
        "trend": [(month, percent(sums.done, sums.owed), percent(sums.on_time, sums.owed)) for month, sums in months],
        "chart": {
            "names": [_("公开率"), _("及时率")],
            "x": [_("{month}月").format(month=month.month) for month, _sums in months],
            "rate": [rate_number(sums.done, sums.owed) for _month, sums in months],
            "time": [rate_number(sums.on_time, sums.owed) for _month, sums in months],
        },
    }
