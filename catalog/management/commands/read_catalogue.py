"""Read a catalogue file and say what was understood; no database is needed."""

import json
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from catalog.reading import Reading, Refused, Row, SheetReading, read_catalogue

REFUSED, NEEDS_PERSON, UNDERSTOOD = 2, 1, 0


class Command(BaseCommand):
    """`read_catalogue FILE [--json]`: exit 0 all understood, 1 rows need a person, 2 the file is refused."""

    help = "Read an official catalogue (xlsx, docx, html) and print its items; exit 1 if rows need a person, 2 if refused"
    requires_system_checks = []
    requires_migrations_checks = False

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--json", action="store_true", help="one JSON object a row, one a line")

    def handle(self, *_args: Any, **options: Any) -> None:
        try:
            reading = read_catalogue(options["file"])
        except Refused as refused:
            self.stderr.write(str(refused))
            sys.exit(REFUSED)
        if options["json"]:
            self._print_json(reading)
        else:
            self._print_summary(reading)
        sys.exit(NEEDS_PERSON if needs_person(reading) else UNDERSTOOD)

    def _print_json(self, reading: Reading) -> None:
        for row in reading.rows:
            self.stdout.write(json.dumps(row.as_json(), ensure_ascii=False))
        for problem in reading.problems:
            self.stderr.write(problem)

    def _print_summary(self, reading: Reading) -> None:
        for sheet in reading.sheets:
            self.stdout.write(_heading(sheet))
            for line in (*sheet.problems, *sheet.remarks):
                self.stdout.write(f"  ! {line}")
            for row in sheet.rows:
                self.stdout.write(_line(row))
                for problem in row.problems:
                    self.stdout.write(f"      ! {problem}")
        doubtful = sum(bool(row.problems) for row in reading.rows)
        self.stdout.write(_("共 {all} 项，其中 {doubtful} 项要人来定。").format(all=len(reading.rows), doubtful=doubtful))


def needs_person(reading: Reading) -> bool:
    return bool(reading.problems) or any(row.problems for row in reading.rows)


def _heading(sheet: SheetReading) -> str:
    return _("【{sheet}】{title}（{count} 项）").format(sheet=sheet.sheet, title=sheet.title, count=len(sheet.rows))


def _line(row: Row) -> str:
    names = " > ".join(name for name in (row.field, row.level1, row.level2, row.level3) if name)
    limit = row.limit.sentence() if row.limit else row.time_limit
    rest = " | ".join(part for part in (limit, "、".join(row.channels), "、".join(row.tiers)) if part)
    return _("  第 {number} 行 {names} | {rest}").format(number=row.number, names=names, rest=rest)
