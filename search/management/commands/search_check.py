from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from ...engines import engine
from ...models import Entry
from ...rebuild import compare, repair


class Command(BaseCommand):
    help = "逐条核对搜索索引和公开的内容是否一致；不一致退出码为 1，--repair 重新登记不一致的。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--repair", action="store_true", help="把不一致的重新登记")

    def handle(self, *args: Any, **options: Any) -> None:
        waiting = Entry.objects.filter(pending=True)
        self.stdout.write(f"待更新 {waiting.filter(parked_reason='').count()} 条，搁置 {waiting.exclude(parked_reason='').count()} 条")
        differences = compare(engine())
        for words, uids in (("索引里缺", differences.missing), ("索引里多", differences.ghosts), ("内容不同", differences.stale)):
            self.stdout.write(f"{words} {len(uids)} 条{'：' + '、'.join(sorted(uids)[:20]) if uids else ''}")
        if differences and options["repair"]:
            repair(differences)
            self.stdout.write("已重新登记。")
        if differences:
            raise SystemExit(1)
