from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from openness.units.models import Unit

from ...accounts import ACCOUNTS, PASSWORD


class Command(BaseCommand):
    help = "列出示例账号。"

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            return
        names = dict(Unit.objects.filter(code__in=[account.unit for account in ACCOUNTS]).values_list("code", "short_name"))
        self.stdout.write(f"示例账号（密码都是 {PASSWORD}）：")
        for account in ACCOUNTS:
            self.stdout.write(f"  {account.username:<9} {account.role.label}（{names.get(account.unit, account.unit)}）")
