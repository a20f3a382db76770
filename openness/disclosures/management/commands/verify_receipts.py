from typing import Any

from django.core.management.base import BaseCommand

from ...models import Receipt
from ...services.receipts import broken_receipts


class Command(BaseCommand):
    help = "核对每个单位的公开凭证：号码连续、指纹接得上、内容没被改过。有问题退出码为 1。"

    def handle(self, *args: Any, **options: Any) -> None:
        broken = list(broken_receipts())
        for receipt, reason in broken:
            self.stdout.write(f"{receipt.unit} 第 {receipt.seq} 号：{reason}")
        self.stdout.write(f"共 {Receipt.objects.count()} 张凭证，有问题 {len(broken)} 张。")
        if broken:
            raise SystemExit(1)
