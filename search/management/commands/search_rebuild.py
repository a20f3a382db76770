from typing import Any

from django.core.management.base import BaseCommand, CommandError

from ...engines import EngineAway, engine
from ...rebuild import RebuildFailed
from ...upkeep import recorded_rebuild


class Command(BaseCommand):
    help = "重建整个搜索索引：建好、核对无误才换上，期间照常能搜能改。"

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            number = recorded_rebuild(engine())
        except RebuildFailed as failed:
            raise CommandError(f"核对不上，没有换：{failed}") from failed
        except EngineAway as away:
            raise CommandError(f"搜索引擎正忙，请过一会儿再试：{away}") from away
        self.stdout.write(f"重建好了，共 {number} 条。")
