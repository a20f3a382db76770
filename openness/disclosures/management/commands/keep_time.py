from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand

from ...services.take_down import take_down_ended_notices


class Command(BaseCommand):
    help = "到点的事：发布定时的、撤下公示期满的。每隔几分钟运行一次；`make run` 的进程自己会做。"

    def handle(self, *args: Any, **options: Any) -> None:
        call_command("publish_scheduled", verbosity=0)
        self.stdout.write(f"撤下公示期满的 {take_down_ended_notices()} 条。")
