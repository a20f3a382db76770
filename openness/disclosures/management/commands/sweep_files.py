from typing import Any

from django.core.management.base import BaseCommand

from ...services.stray_files import sweep_stray_files


class Command(BaseCommand):
    help = "清掉上传中断留下、没有记录的文件（满一天的）。每天运行一次；`make run` 的进程自己会做。"

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"清掉 {sweep_stray_files()} 个没有记录的文件。")
