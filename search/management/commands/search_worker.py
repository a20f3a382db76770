import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from ...engines import EngineAway, engine
from ...suggest.refresh import refresh_if_asked
from ...upkeep import Rest, begin
from ...worker import Drained, drain_once


class Command(BaseCommand):
    help = "把登记的变化送进搜索索引。生产环境里一直运行；--once 只送完手头的。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--once", action="store_true", help="送完就退出")

    def handle(self, *args: Any, once: bool, **options: Any) -> None:
        chosen, rest, begun = engine(), Rest(), False
        while True:
            try:
                if not begun:
                    begin(chosen)
                begun = True
                step = drain_once(chosen)
                refresh_if_asked(between=lambda: drain_once(chosen))
                if not once and not step.done:
                    rest.take(chosen)
            except EngineAway as away:
                self.stderr.write(f"搜索引擎现在写不进去：{away}")
                if once:
                    raise SystemExit(1) from away
                time.sleep(2)
                continue
            if step != Drained():
                self.stdout.write(f"更新 {step.sent}，移除 {step.gone}，待重试 {step.failed}，搁置 {step.parked}")
            elif once:
                return
            if not step.done:
                time.sleep(0.2)
