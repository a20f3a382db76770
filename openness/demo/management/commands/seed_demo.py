from argparse import ArgumentParser
from time import perf_counter
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from search.engines import engine
from search.worker import drain_all

from ...services import is_seeded, seed


class Command(BaseCommand):
    help = "建立示例县（船营区）：单位、目录、账号和编出来的一年公开内容。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--if-empty", action="store_true", help="已经有内容就什么都不做")

    def handle(self, *args: Any, if_empty: bool, **options: Any) -> None:
        if is_seeded():
            if not if_empty:
                raise CommandError("已经有公开内容了，示例只能建在空的数据库里。")
            return
        start = perf_counter()
        number = seed()
        self.stdout.write(f"示例县建好了：{number} 条公开内容，用了 {perf_counter() - start:.0f} 秒。")
        drain_all(engine())
        self.stdout.write("搜索索引建好了。")
