from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from openness.disclosures.periods import PERIOD_PATTERN
from openness.units.models import Unit
from openness.units.names import Level

from ...services.score_export import csv_lines
from ...services.scores import read_period


class Command(BaseCommand):
    help = "把一期的得分和算分用的全部数据写成一个 CSV，别人用 scripts/recompute_scores.py 可以重算。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--period", required=True, help="期次，如 2026-Q3")
        parser.add_argument("--out", required=True, type=Path, help="写到哪个目录")
        parser.add_argument("--unit", help="哪里的，区划代码；不写就是全站")

    def handle(self, *args: Any, **options: Any) -> None:
        period = read_period(options["period"])
        if period is None:
            raise CommandError(str(PERIOD_PATTERN.message))
        chosen = Unit.objects.filter(code=options["unit"]) if options["unit"] else Unit.objects.filter(level=Level.COUNTY, active=True)
        places = list(chosen)
        if not places:
            raise CommandError(f"没有代码是“{options['unit']}”的单位。" if options["unit"] else "还没有导入区划。")
        options["out"].mkdir(parents=True, exist_ok=True)
        path = options["out"] / f"scores-{period.code}.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            file.writelines(csv_lines(places, period))
        self.stdout.write(f"写好了：{path}")
