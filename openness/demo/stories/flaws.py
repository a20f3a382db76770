"""A few texts with something wrong in them, for the machine's checks to find: each a slip that happens in real villages."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from random import Random

from openness.disclosures.periods import Period, period_label

from .blocks import text
from .village import Story

_WORK = "为方便群众出行，经村民代表会议表决，对村东主路坑洼路段铺垫砂石并压实，投工十二个，用砂石四十方，村民代表全程监督，完工后当场验收。"
# number of the village, item, title, category, words, how many days ago, whether it is of a quarter
_FLAWED = (
    (0, "各项支出", "{now}支出补充说明", "finance", "办公用品帐目已经逐笔审核，截止目前没有其他支出。", 6, True),
    (1, "各项资产", "{before}集体资产补充公开", "finance", "新增打印机一台，登记在村部办公用房名下。", 6, True),
    (2, "村级重大事项和工程项目", "村东主路铺垫砂石", "project", _WORK, 26, False),
    (3, "村级重大事项和工程项目", "道路维修", "project", _WORK, 6, False),
    (4, "村级议事协商制度", "议事协商制度补充", "rules", "议事规则待补充。", 5, False),
    (4, "农机购置补贴", "农机购置补贴登记", "notice", "想买农机的请到村部登记，三天内登记完。", 4, False),
)


def flawed(villages: Sequence[str], period: Period, today: date) -> Iterator[tuple[int, Story]]:
    """(number of the village, its text), for five villages by name; `period` is the quarter that ended last."""
    chance = Random(f"flaws-{today.year}")  # noqa: S311  (a story, not a secret)
    labels = {"now": period_label(period.code), "before": period_label(period.before().code)}
    for number, item, title, category, words, ago, recurs in _FLAWED:
        code, day = period.code if recurs else "", today - timedelta(days=ago)
        yield number, Story(item, villages[number] + title.format(**labels), category, [text(chance, words)], day, code)
