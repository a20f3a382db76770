from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from ...services.upkeep import turn
from ...working import send_until


class Command(BaseCommand):
    help = "写好并发出到期的订阅邮件，删掉三天没有确认的。生产环境里一直运行；--once 只做完手头的。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--once", action="store_true", help="做完就退出")

    def handle(self, *args: Any, once: bool, **options: Any) -> None:
        if not once:
            send_until()
        while sent := turn():
            self.stdout.write(f"发出 {sent} 封")
