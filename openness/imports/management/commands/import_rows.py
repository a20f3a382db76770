from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from ...services.advance import advance_all
from ...services.empty import sweep, sweep_strays
from ...working import work_until


class Command(BaseCommand):
    help = "读、检查、导入、撤销批量导入的表格，到期删文件。生产环境里一直运行；--once 只做完手头的。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--once", action="store_true", help="做完就退出")

    def handle(self, *args: Any, once: bool, **options: Any) -> None:
        if not once:
            work_until()
        while turns := advance_all():
            self.stdout.write(f"做了 {turns} 个导入")
        self.stdout.write(f"清掉 {sweep()} 个到期的，{sweep_strays()} 个没有主的文件")
