import json
import sys
from argparse import ArgumentParser
from dataclasses import replace
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from ...rules.personal import Finding
from ...services.attachment_texts import reading_limits
from ...services.personal_data import CheckedFile, check_file

_CLEAN, _FOUND, _UNREADABLE = 0, 1, 2
_CHARACTERS = 50_000_000


class Command(BaseCommand):
    help = "公开以前查一查文件里有没有个人信息（txt、csv、网页、xlsx、docx、pdf 等）。没有查出退出码为 0，查出为 1，文件读不了为 2。不用数据库。"
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="要查的文件")
        parser.add_argument("--json", action="store_true", help="输出 JSON")

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        checked = check_file(file, replace(reading_limits(), characters=_CHARACTERS))
        self.stdout.write(json.dumps(_report(checked), ensure_ascii=False) if options["json"] else _lines(checked))
        sys.exit(_UNREADABLE if checked.sentence else _FOUND if checked.findings else _CLEAN)


def _report(checked: CheckedFile) -> dict[str, Any]:
    report = {"file": checked.name, "findings": [_row(one) for one in checked.findings], "readable": not checked.sentence}
    return {**report, "sentence": checked.sentence} if checked.sentence else report


def _row(one: Finding) -> dict[str, str]:
    return {"kind": one.kind, "severity": one.severity, "place": one.place, "masked": one.masked, "sentence": one.sentence}


def _lines(checked: CheckedFile) -> str:
    lines = [f"{one.place}：{one.masked} {one.sentence}" for one in checked.findings]
    if checked.sentence:
        return "\n".join([*lines, checked.sentence])
    return "\n".join([*lines, f"查出 {len(lines)} 处个人信息。" if lines else "没有查出个人信息。"])
