"""Documents of real words, the same in every run: articles of laws under the names of real villages.

Articles repeat once there are more documents than articles (9 million characters): postings compress better than in life.
"""

import csv
import gzip
import json
import re
from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path
from random import Random

from search.documents import Document

DATA = Path(__file__).resolve().parents[3] / "shared" / "data"
KIND = "bench"
_SHORTEST, _LONGEST, _MEDIAN_LOG, _SPREAD = 200, 3000, 6.6, 0.6  # characters, log-normal: about 850 on average
_ARTICLE = re.compile(r"第[^第]*条.*$")
_FIELDS = [
    "重大建设项目",
    "公共资源交易",
    "财政预决算",
    "安全生产",
    "税收管理",
    "征地补偿",
    "房屋征收",
    "保障性住房",
    "农村危房改造",
    "生态环境",
    "公共文化服务",
    "公共法律服务",
    "扶贫",
    "救灾",
    "食品药品监管",
    "城市综合执法",
    "就业",
    "社会保险",
    "社会救助",
    "养老服务",
    "户籍管理",
    "涉农补贴",
    "义务教育",
    "医疗卫生",
    "市政服务",
    "党务村务",
]
_MATTERS = ["办理结果", "政策文件", "资金使用", "名单公示", "工作计划", "收费标准"]
_CATEGORIES = ["公示", "公告", "政策", "办事指南", "统计", "其他"]


def documents(number: int) -> Iterator[Document]:
    return map(document, range(number))


def document(number: int) -> Document:
    """The document of this number, its facets and places included."""
    random = Random(number)
    place, name = random.choice(_villages())
    field, matter = random.choice(_FIELDS), random.choice(_MATTERS)
    day = date(2018, 1, 1) + timedelta(days=random.randrange(3200))
    title = f"{name}{field}{matter}（{day.year}年第{random.randrange(1, 60)}期）"
    return Document(
        KIND,
        str(number),
        title,
        f"{name}{matter}已于{day.month}月{day.day}日经村民会议讨论通过，现予公布。\n{_body(random)}",
        f"/bench/{number}/",
        number=f"{name[:1]}政发〔{day.year}〕{number}号",
        index_number=f"{place[-1]}/{day.year}-{number:07d}",
        place=place,
        place_label=name,
        field=field,
        item=f"{field}{matter}",
        category=random.choice(_CATEGORIES),
        unit_kind="村",
        published_on=day,
    )


def _body(random: Random) -> str:
    """Consecutive articles of one law, until the text is long enough."""
    law = random.choice(_laws())
    wanted = min(_LONGEST, max(_SHORTEST, int(random.lognormvariate(_MEDIAN_LOG, _SPREAD))))
    parts, first, length = [], random.randrange(len(law)), 0
    for step in range(wanted):
        parts.append(law[(first + step) % len(law)])
        length += len(parts[-1])
        if length >= wanted:
            break
    return "\n".join(parts)[:wanted]


@lru_cache
def _laws() -> list[list[str]]:
    """Each law as its articles: those of the question set, then the whole texts."""
    laws: dict[str, list[str]] = {}
    with gzip.open(_present("stard/corpus.jsonl.gz"), "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            laws.setdefault(_ARTICLE.sub("", row["name"]), []).append(row["text"])
    for path in sorted(_present("laws").glob("*.md")):
        laws[path.stem] = [part for part in path.read_text(encoding="utf-8").split("\n\n") if len(part) > 20]
    return [law for law in laws.values() if sum(map(len, law)) > 1000]


@lru_cache
def _villages() -> list[tuple[tuple[str, ...], str]]:
    """(codes from the province down to the village, name of the village)."""
    with _present("divisions/jilin.csv").open(encoding="utf-8-sig", newline="") as lines:
        rows = {row["code"]: row for row in csv.DictReader(lines)}
    return [(_chain(rows, code), _short(row["name"])) for code, row in rows.items() if row["level"] == "village"]


def village_names() -> list[str]:
    return sorted({name for _place, name in _villages()})


def counties() -> list[str]:
    """Codes of the counties, as a place to search in."""
    return sorted({place[2] for place, _name in _villages()})


def _chain(rows: dict[str, dict[str, str]], code: str) -> tuple[str, ...]:
    parent = rows[code]["parent_code"]
    return (*(_chain(rows, parent) if parent else ()), code)


def _short(name: str) -> str:
    return re.sub(r"(村民|居民)?委员?会$", "", name) or name


def _present(name: str) -> Path:
    path = DATA / name
    if not path.exists():
        raise SystemExit(f"the benchmarks need the shared texts: ../shared/data/{name} beside the repository is missing")
    return path
