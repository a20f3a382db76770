from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from ...services.daily import claim_day, run_day
from ...services.deliver import deliver


class Command(BaseCommand):
    help = "每天的监督工作：补齐台账、收回到期的豁免、提醒、逐级上报、写好每人一封的邮件；再把等着送的消息送出去。可以重复运行。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--once-a-day", action="store_true", help="今天做过就只送消息；网站自己的进程每几分钟这样运行一次")

    def handle(self, *args: Any, **options: Any) -> None:
        if not options["once_a_day"] or claim_day():
            done = run_day()
            self.stdout.write(
                f"新增 {done.made} 格，豁免到期 {done.reopened} 格，提醒 {done.reminded} 项，上报 {done.escalated} 项，写好 {done.queued} 条消息。"
            )
        self.stdout.write(f"送出 {deliver()} 条。")
