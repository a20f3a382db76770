#!/usr/bin/env python3
"""Recompute every score of an exported CSV, with nothing but Python's standard library.

    python recompute_scores.py scores-2026-Q3.csv

Prints each unit's score and compares it with the score in the file; the exit code is 1 if one differs. The method is in docs/scores.md.
This is a second, independent reading of the method: it shares no code with the platform.
"""

import csv
import json
import sys
from calendar import monthrange
from collections import defaultdict
from collections.abc import Callable
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from typing import Any

Row = dict[str, Any]
Told = dict[str, Any]
LEVELS = {"3": "weight_county", "4": "weight_township", "5": "weight_village"}


class Data:
    """The file, with every fact of a unit counted for the units above it as well."""

    def __init__(self, path: str) -> None:
        self.units: dict[str, Row] = {}
        self.rules: list[Row] = []
        self.cells: list[Row] = []
        self.publications: list[Row] = []
        self.samples: list[Row] = []
        self.orders: list[Row] = []
        self.messages: list[Row] = []
        self.claimed: dict[str, tuple[str, str]] = {}
        with Path(path).open(encoding="utf-8-sig", newline="") as file:
            for row in csv.DictReader(file):
                self._read(row)
        self.above = {code: self._chain(code) for code in self.units}
        self.below: dict[str, list[str]] = defaultdict(list)
        for code, chain in self.above.items():
            for one in chain:
                self.below[one].append(code)
        self._roll_up()

    def _read(self, row: Row) -> None:
        record = row["record"]
        if record == "about":
            days = {name: date.fromisoformat(day) for name, day in json.loads(row["parameters"]).items()}
            self.first, self.today = days["first"], days["today"]
            self.until = min(days["last"], self.today)
            self.missed = min(days["last"], self.today - timedelta(days=1))
        elif record == "unit":
            self.units[row["code"]] = row
        elif record == "rule":
            self.rules.append({**row, "parameters": json.loads(row["parameters"])})
        elif record == "cell":
            self.cells.append({**row, "due_on": date.fromisoformat(row["due_on"])})
        elif record == "publication":
            self.publications.append({**row, "published_on": date.fromisoformat(row["published_on"])})
        elif record == "sample":
            self.samples.append({**row, "points": Fraction(row["points"])})
        elif record == "order":
            answered = date.fromisoformat(row["done_on"]) if row["done_on"] else None
            self.orders.append({**row, "due_on": date.fromisoformat(row["due_on"]), "done_on": answered})
        elif record == "message":
            self.messages.append({**row, "received_on": date.fromisoformat(row["published_on"])})
        elif record == "score":
            self.claimed[row["code"]] = (row["score"], row["vetoes"])

    def _chain(self, code: str) -> list[str]:
        chain = []
        while code:
            chain.append(code)
            code = self.units[code]["parent"]
        return chain

    def _roll_up(self) -> None:
        self.cells_of: dict[str, list[Row]] = defaultdict(list)
        self.columns: dict[str, dict[str, list[Row]]] = defaultdict(lambda: defaultdict(list))
        self.newest: dict[str, dict[str, dict[str, date]]] = {"category": defaultdict(dict), "field": defaultdict(dict)}
        self.days: dict[tuple[str, str], list[date]] = defaultdict(list)
        for cell in self.cells:
            for code in self.above[cell["code"]]:
                self.cells_of[code].append(cell)
                if cell["due_on"] <= self.missed:
                    self.columns[code][cell["field"]].append(cell)
        for publication in self.publications:
            day = publication["published_on"]
            self.days[publication["code"], publication["item"]].append(day)
            for by, found in self.newest.items():
                for code in self.above[publication["code"]]:
                    found[code][publication[by]] = max(day, found[code].get(publication[by], day))

    def rules_of(self, unit: Row) -> list[tuple[Row, Fraction]]:
        """A county's own rule goes before the site's of the same key."""
        chosen: dict[str, Row] = {}
        for rule in sorted(self.rules, key=lambda rule: rule["area"]):
            if rule["area"] in ("", unit["code"][:6]):
                chosen[rule["key"]] = rule
        weights = LEVELS[unit["level"]]
        return [(rule, Fraction(rule[weights])) for rule in chosen.values() if rule["kind"] != "retired" and rule[weights] != ""]


def oldest_allowed(until: date, age: dict[str, int]) -> date:
    if "days" in age:
        return until - timedelta(days=age["days"])
    months = until.year * 12 + until.month - 1 - age["months"]
    year, month = divmod(months, 12)
    return date(year, month + 1, min(until.day, monthrange(year, month + 1)[1]))


# Each function answers (good, of) for a unit: `of` is 0 where nothing counts.


def rate(data: Data, code: str, told: Told) -> tuple[int, int]:
    wanted = {"done": ("on_time", "late"), "on_time": ("on_time",)}[told["of"]]
    cells = [cell for cell in data.cells_of[code] if data.first <= cell["due_on"] <= data.until and cell["state"] not in ("nil", "waived")]
    owed = [cell for cell in cells if not (cell["state"] == "open" and cell["due_on"] == data.today)]
    return sum(cell["state"] in wanted for cell in owed), len(owed)


def freshness(data: Data, code: str, told: Told) -> tuple[int, int]:
    days = [day for name, day in data.newest["category"][code].items() if not told["categories"] or name in told["categories"]]
    return int(bool(days) and max(days) >= oldest_allowed(data.until, told["max_age"])), 1


def stale_columns(data: Data, code: str, told: Told) -> tuple[int, int]:
    bad = sum(
        day < oldest_allowed(data.until, told["columns"][name])
        for one in data.below[code]
        for name, day in data.newest["category"][one].items()
        if name in told["columns"]
    )
    return int(bad < told["fewer_than"]), 1


def blank_columns(data: Data, code: str, told: Told) -> tuple[int, int]:
    bad = sum(
        all(cell["state"] == "open" for cell in cells) and field not in data.newest["field"][one]
        for one in data.below[code]
        for field, cells in data.columns[one].items()
    )
    return int(bad < told["fewer_than"]), 1


def overdue_columns(data: Data, code: str, told: Told) -> tuple[int, int]:
    latest = data.until - timedelta(days=told["more_than_days"])
    bad = sum(
        any(cell["state"] == "open" and cell["due_on"] < latest for cell in cells)
        for one in data.below[code]
        for cells in data.columns[one].values()
    )
    return int(bad < told["fewer_than"]), 1


def field_ages(data: Data, code: str, told: Told) -> tuple[int, int]:
    found = [
        day is not None and day >= oldest_allowed(data.until, told["fields"][field])
        for one in data.below[code]
        for field in data.columns[one]
        if field in told["fields"]
        for day in [data.newest["field"][one].get(field)]
    ]
    return sum(found), len(found)


def items_kept(data: Data, code: str, told: Told) -> tuple[int, int]:
    since = data.until - timedelta(days=told["look_back_days"])
    below = set(data.below[code])
    items = {
        (cell["code"], cell["item"])
        for cell in data.cells_of[code]
        if cell["code"] in below
        and cell["state"] in ("open", "on_time", "late")
        and since <= cell["due_on"] <= data.missed
        and ("-Q" in cell["period"] or "-0" in cell["period"] or "-1" in cell["period"])
    }
    return sum(_kept([day for day in data.days[item] if day >= since], data.until, told) for item in items), len(items)


def _kept(days: list[date], until: date, told: Told) -> bool:
    days = sorted(days)
    if not days or len(days) < told["at_least"] or (until - days[-1]).days > told["latest_days"]:
        return False
    return all((after - before).days <= told["gap_days"] for before, after in pairwise(days))


def spot_checks(data: Data, code: str, told: Told) -> tuple[int, int]:
    samples = [sample for sample in data.samples if code in data.above[sample["code"]]]
    return sum(sample["points"] >= told["pass_mark"] for sample in samples), len(samples)


def rectified(data: Data, code: str, told: Told) -> tuple[int, int]:
    """Due already, or answered before that day."""
    orders = [order for order in data.orders if code in data.above[order["code"]] and (order["done_on"] or order["due_on"] <= data.missed)]
    return sum(bool(order["done_on"]) and order["done_on"] <= order["due_on"] for order in orders), len(orders)


def messages_answered(data: Data, code: str, told: Told) -> tuple[int, int]:
    """One message that waited too long fails; nothing where none waits."""
    waiting = [message["received_on"] for message in data.messages if code in data.above[message["code"]]]
    return int(min(waiting, default=data.until) >= oldest_allowed(data.until, told["max_age"])), int(bool(waiting))


KINDS: dict[str, Callable[[Data, str, Told], tuple[int, int]]] = {
    "rate": rate,
    "freshness": freshness,
    "stale_columns": stale_columns,
    "blank_columns": blank_columns,
    "overdue_columns": overdue_columns,
    "field_ages": field_ages,
    "items_kept": items_kept,
    "spot_checks": spot_checks,
    "rectified": rectified,
    "messages_answered": messages_answered,
    "elsewhere": lambda data, code, told: (0, 0),
}
THRESHOLDS = ("freshness", "stale_columns", "blank_columns", "overdue_columns", "messages_answered")


def score_of(data: Data, unit: Row) -> tuple[str, list[str]]:
    """(score as text, keys of failed vetoes) of a unit."""
    points, weights, vetoes = Fraction(0), Fraction(0), []
    for rule, weight in data.rules_of(unit):
        good, of = KINDS[rule["kind"]](data, unit["code"], rule["parameters"])
        if rule["veto"] == "1" and rule["kind"] in THRESHOLDS and not good and (of or rule["kind"] != "messages_answered"):
            vetoes.append(rule["key"])
        if of and weight > 0:
            points, weights = points + weight * Fraction(good, of), weights + weight
    return (cents(100 * points / weights) if weights else ""), vetoes


def cents(value: Fraction) -> str:
    """Two decimals, halves up."""
    whole = (value.numerator * 200 + value.denominator) // (2 * value.denominator)
    return f"{whole // 100}.{whole % 100:02d}"


def main(path: str) -> int:
    data, different = Data(path), 0
    for code, (score, claimed_vetoes) in data.claimed.items():
        ours, vetoes = score_of(data, data.units[code])
        same = ours == score and set(vetoes) == set(filter(None, claimed_vetoes.split("、")))
        different += not same
        words = [code, data.units[code]["name"], ours or "-", *vetoes] + ([] if same else [f"<> {score or '-'} {claimed_vetoes}"])
        sys.stdout.write(" ".join(words) + "\n")
    sys.stdout.write(f"{len(data.claimed)} scores, {different} different\n")
    return 1 if different else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
