from typing import Any

from django.core.management.base import BaseCommand

from ...models import Record
from ...services.records import broken_records


class Command(BaseCommand):
    help = "核对每个单位的政策公开记录：号码连续、指纹接得上、内容没被改过。有问题退出码为 1。"

    def handle(self, *args: Any, **options: Any) -> None:
        broken = list(broken_records())
        for record, reason in broken:
            self.stdout.write(f"{record.unit} 第 {record.seq} 号：{reason}")
        self.stdout.write(f"共 {Record.objects.count()} 条记录，有问题 {len(broken)} 条。")
        if broken:
            raise SystemExit(1)
