from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand

from ...services.declare import reopen_expired_waivers
from ...services.generate import generate


class Command(BaseCommand):
    help = "按现行目录补齐台账里该有的格，收回到期的豁免；可以重复运行，每天一次。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--since", type=date.fromisoformat, help="台账从哪天算起，如 2026-01-01；不写就是今年元旦")

    def handle(self, *args: Any, **options: Any) -> None:
        result = generate(since=options["since"])
        reopened = reopen_expired_waivers()
        self.stdout.write(f"新增 {result.made} 格，减少 {result.dropped} 格，豁免到期 {reopened} 格。")
