from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from ...reading import read_until
from ...services.attachment_texts import extract_waiting


class Command(BaseCommand):
    help = "读出附件里的文字，好让群众搜到。生产环境里一直运行；--once 只读完手头的。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--once", action="store_true", help="读完就退出")

    def handle(self, *args: Any, once: bool, **options: Any) -> None:
        if not once:
            read_until()
        while tried := extract_waiting():
            self.stdout.write(f"读了 {tried} 个附件")
