from argparse import ArgumentParser
from itertools import islice
from typing import Any

from django.core.management.base import BaseCommand

from ...models import Obligation
from ...services.verify import differences

_SHOWN = 50


class Command(BaseCommand):
    help = "按公开凭证和申报把台账每一格、每一个合计重算一遍，和存着的核对；不一致退出码为 1。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--all", action="store_true", help="全部列出，不只前 50 处")

    def handle(self, *args: Any, **options: Any) -> None:
        found = differences()
        shown = list(found) if options["all"] else list(islice(found, _SHOWN))
        for one in shown:
            self.stdout.write(str(one))
        if shown:
            self.stdout.write(f"不一致至少 {len(shown)} 处。")
            raise SystemExit(1)
        self.stdout.write(f"共 {Obligation.objects.count()} 格，全部一致。")
