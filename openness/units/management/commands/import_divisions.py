from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from ...services.import_divisions import DivisionReport, DivisionsRefused, import_divisions, read_divisions

_WORDS = (("新增", "added"), ("改名", "renamed"), ("换上级", "moved"), ("恢复", "restored"), ("停用", "removed"))


class Command(BaseCommand):
    help = "导入区划表（CSV：code、level、name、parent_code）。可以反复运行，会说明新增、改名、换上级和停用的单位。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="区划表文件")
        parser.add_argument("--quiet-lines", action="store_true", help="只报数字，不列名单")

    def handle(self, *args: Any, file: Path, quiet_lines: bool, **options: Any) -> None:
        try:
            report = import_divisions(read_divisions(file))
        except DivisionsRefused as refused:
            raise CommandError(str(refused)) from refused
        self._tell(report, names=not quiet_lines)

    def _tell(self, report: DivisionReport, *, names: bool) -> None:
        for word, attribute in _WORDS:
            lines: list[tuple[str, str]] = getattr(report, attribute)
            self.stdout.write(f"{word} {len(lines)} 个")
            for code, text in lines if names else ():
                self.stdout.write(f"  {code} {text}")
        self.stdout.write(f"没有变化 {report.unchanged} 个")
