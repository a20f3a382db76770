import json
import os
import tempfile
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from ... import evaluation
from ...models import Synonym
from ...registry import registry

_HEADINGS = ("questions", "recall@10", "nDCG@10", "MRR@10", "no hits", "p50 ms", "p95 ms")


class Command(BaseCommand):
    help = "用评过的问题给搜索打分：临时建一个索引，按居民的搜法逐个问，不碰正在用的索引。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--engine", choices=("embedded", "elasticsearch"), default="embedded", help="用哪种引擎")
        parser.add_argument("--corpus", type=Path, help="资料，每行一个 JSON（id、name、text），可用 gzip 压缩")
        parser.add_argument("--queries", type=Path, help="问题（query_id、grassroots、query）")
        parser.add_argument("--qrels", type=Path, help="答案（query_id、doc_id、relevance）")
        parser.add_argument("--demo", action="store_true", help="不用文件：用本站公开的标题、事项名和地名来问")
        parser.add_argument("--limit", type=int, default=0, help="只问这么多个问题，均匀挑选")
        parser.add_argument("--no-synonyms", action="store_true", help="不用同义词，只按问题里的词查")
        parser.add_argument("--json", action="store_true", help="输出 JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        with _database():
            self._evaluate(options)

    def _evaluate(self, options: dict[str, Any]) -> None:
        url = settings.SEARCH_URL if settings.SEARCH_URL.startswith("http") else os.environ.get("ELASTICSEARCH_URL", "")
        try:
            task = _task(options)
            with evaluation.throwaway(options["engine"], url) as engine:
                documents, speed = evaluation.fill(engine, task.documents())
                outcomes = evaluation.ask(engine, _spread(task.questions, options["limit"]), synonyms=not options["no_synonyms"])
        except evaluation.BadInput as bad:
            raise CommandError(str(bad)) from bad
        report = {"engine": options["engine"], "documents": documents, "documents_per_second": round(speed), "groups": {}}
        report["groups"] = {name: asdict(scores) for name, scores in evaluation.by_group(outcomes).items()}
        self.stdout.write(json.dumps(report) if options["json"] else _table(report))


@contextmanager
def _database() -> Iterator[None]:
    """Where no site has been set up, a passing database with the synonyms that every site starts with."""
    if Synonym._meta.db_table in connection.introspection.table_names():
        yield
        return
    if connection.vendor != "sqlite":
        raise CommandError("数据库还没有建好，请先运行 manage.py migrate。")
    kept = connection.settings_dict["NAME"]
    with tempfile.TemporaryDirectory() as folder:
        _use(f"{folder}/passing.sqlite3")
        try:
            call_command("migrate", verbosity=0)
            yield
        finally:
            _use(kept)


def _use(name: str) -> None:
    connection.close()
    connection.settings_dict["NAME"] = name


def _task(options: dict[str, Any]) -> evaluation.Task:
    files = [options[name] for name in ("corpus", "queries", "qrels")]
    if options["demo"]:
        task = evaluation.task_of_site(registry.kinds.values())
        if not task.questions:
            raise evaluation.BadInput("本站还没有公开的内容，没有可问的。")
        return task
    if not all(files):
        raise evaluation.BadInput("请给出 --corpus、--queries 和 --qrels 三个文件，或者用 --demo。")
    return evaluation.task_of_files(*files)


def _spread(questions: Any, limit: int) -> Any:
    """So many of them, from all over the list."""
    if not 0 < limit < len(questions):
        return questions
    return [questions[number * len(questions) // limit] for number in range(limit)]


def _table(report: dict[str, Any]) -> str:
    lines = [f"{report['engine']}: {report['documents']} documents, {report['documents_per_second']} a second"]
    lines.append("| group | " + " | ".join(_HEADINGS) + " |")
    lines.append("|---" * (1 + len(_HEADINGS)) + "|")
    for name, row in report["groups"].items():
        shares = " | ".join(f"{row[column]:.3f}" for column in ("recall", "ndcg", "mrr"))
        lines.append(f"| {name} | {row['questions']} | {shares} | {row['without_hits']} | {row['p50']:.1f} | {row['p95']:.1f} |")
    return "\n".join(lines)
