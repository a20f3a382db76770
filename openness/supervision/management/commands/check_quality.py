from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from ...services.quality import check_quality


class Command(BaseCommand):
    help = "检查公开的内容：空白、照抄、附件、链接、期次、要素、个人信息、错敏词。只查变过的；可以每天运行一次。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--all", action="store_true", help="全部再查一遍")

    def handle(self, *args: Any, **options: Any) -> None:
        done = check_quality(everything=options["all"])
        self.stdout.write(f"查了 {done.texts} 条，新查出 {done.found} 处，改好 {done.gone} 处。")
