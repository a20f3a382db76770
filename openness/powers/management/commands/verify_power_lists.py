from typing import Any

from django.core.management.base import BaseCommand, CommandError

from ...services.publish import broken_versions


class Command(BaseCommand):
    help = "核对每份权责清单、许可清单的每一版：编号连续，指纹和内容相符。"

    def handle(self, *args: Any, **options: Any) -> None:
        broken = [f"{version.power_list} {version}：{why}" for version, why in broken_versions()]
        if broken:
            raise CommandError("\n".join(broken))
        self.stdout.write("全部相符。")
