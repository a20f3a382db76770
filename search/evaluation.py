"""How good the search is, in numbers: real questions with judged documents, asked exactly as residents ask.

Files (as published with STARD): the corpus is JSON lines, gzip or plain, with `id`, `name` and `text`; the questions are
tab-separated `query_id`, `grassroots` (0 or 1), `query`; the judgements `query_id`, `doc_id`, `relevance` (0 is none).
"""

import gzip
import json
import tempfile
import uuid
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from math import log2
from pathlib import Path
from statistics import mean, quantiles
from time import perf_counter
from typing import TypeVar
from urllib.parse import urlsplit

from django.http import QueryDict

from .documents import Document
from .engines.base import Engine, Index
from .engines.elastic import ElasticEngine
from .engines.embedded import EmbeddedEngine
from .query import parse
from .registry import DocumentKind
from .service import search

DEPTH = 10
_BATCH = 2_000
_JUDGED = "judged"
_T = TypeVar("_T")


class BadInput(Exception):
    """A file that cannot be evaluated, in a Chinese sentence for whoever gave it."""


@dataclass(frozen=True)
class Question:
    key: str
    text: str
    relevant: frozenset[str]  # uids of documents, at least one
    groups: tuple[str, ...] = ()


@dataclass(frozen=True)
class Outcome:
    question: Question
    found: tuple[str, ...]  # uids of the first page, best first
    milliseconds: float


@dataclass(frozen=True)
class Scores:
    """Means over the questions, each from 0 to 1; times are of one whole search."""

    questions: int
    recall: float
    ndcg: float
    mrr: float
    without_hits: int
    p50: float
    p95: float


@dataclass(frozen=True)
class Task:
    """What to index, and what to ask of it."""

    documents: Callable[[], Iterable[Document]]
    questions: Sequence[Question]


# ---- one question ----------------------------------------------------------------------------------------------------


def recall(found: Sequence[str], relevant: frozenset[str]) -> float:
    return len(set(found[:DEPTH]) & relevant) / len(relevant)


def ndcg(found: Sequence[str], relevant: frozenset[str]) -> float:
    gained = sum(1 / log2(place + 2) for place, key in enumerate(found[:DEPTH]) if key in relevant)
    return gained / sum(1 / log2(place + 2) for place in range(min(DEPTH, len(relevant))))


def reciprocal_rank(found: Sequence[str], relevant: frozenset[str]) -> float:
    return next((1 / place for place, key in enumerate(found[:DEPTH], 1) if key in relevant), 0.0)


# ---- all of them -----------------------------------------------------------------------------------------------------


def fill(engine: Engine, documents: Iterable[Document]) -> tuple[int, float]:
    """How many were indexed, and how many a second."""
    started = perf_counter()
    with engine.writing():
        for batch in _batches(documents):
            engine.apply([Index(document, 1) for document in batch])
    count = engine.count()  # also makes a server show what it got
    return count, count / max(perf_counter() - started, 1e-9)


def _batches(rows: Iterable[_T]) -> Iterator[list[_T]]:
    source = iter(rows)
    return iter(lambda: list(islice(source, _BATCH)), [])


def ask(engine: Engine, questions: Iterable[Question], *, synonyms: bool = True) -> list[Outcome]:
    """Every question as an address would bring it, answered by the code that answers residents."""
    outcomes = []
    for question in questions:
        address = QueryDict(mutable=True)
        address["q"] = question.text
        started = perf_counter()
        results = search(parse(address), by=engine, synonyms=synonyms)
        spent = (perf_counter() - started) * 1000
        if results.plain:
            raise BadInput("搜索引擎中途断开了，没有评完。")
        outcomes.append(Outcome(question, tuple(hit.document.uid for hit in results.hits), spent))
    return outcomes


def scored(outcomes: Sequence[Outcome]) -> Scores:
    """The means; at least one outcome."""
    times = [outcome.milliseconds for outcome in outcomes]
    cuts = quantiles(times, n=20, method="inclusive") if len(times) > 1 else times * 19
    pairs = [(outcome.found, outcome.question.relevant) for outcome in outcomes]
    return Scores(
        questions=len(outcomes),
        recall=mean(recall(*pair) for pair in pairs),
        ndcg=mean(ndcg(*pair) for pair in pairs),
        mrr=mean(reciprocal_rank(*pair) for pair in pairs),
        without_hits=sum(not outcome.found for outcome in outcomes),
        p50=cuts[9],
        p95=cuts[18],
    )


def by_group(outcomes: Sequence[Outcome]) -> dict[str, Scores]:
    """All, then each group of questions in the order in which they appear."""
    names = dict.fromkeys(name for outcome in outcomes for name in outcome.question.groups)
    groups = {name: [outcome for outcome in outcomes if name in outcome.question.groups] for name in sorted(names)}
    return {"all": scored(outcomes), **{name: scored(group) for name, group in groups.items()}}


@contextmanager
def throwaway(name: str, url: str) -> Iterator[Engine]:
    """An empty index of its own, gone at the end. `url` is the server's, used by elasticsearch only.

    Raises:
        BadInput: elasticsearch without the address of a server.
    """
    if name == "embedded":
        with tempfile.TemporaryDirectory() as folder:
            yield EmbeddedEngine(Path(folder))
        return
    address = urlsplit(url)
    if address.scheme not in {"http", "https"}:
        raise BadInput("没有 Elasticsearch 的地址：请设置 SEARCH_URL 或 ELASTICSEARCH_URL。")
    engine = ElasticEngine(f"{address.scheme}://{address.netloc}", f"eval-{uuid.uuid4().hex[:12]}")
    try:
        yield engine
    finally:
        client = engine.client.options(request_timeout=30)
        for index in client.indices.get(index=f"{engine.prefix}-*"):
            client.indices.delete(index=index)


# ---- files -----------------------------------------------------------------------------------------------------------


def task_of_files(corpus: Path, queries: Path, judgements: Path) -> Task:
    """Questions without a judged document are left out. Groups: grassroots or rest, and odd or even rows (two halves).

    Raises:
        BadInput: a file is missing or is not what it should be.
    """
    relevant = _judgements(judgements)
    asked = [row for row in _rows(queries, ("query_id", "grassroots", "query")) if row[0] in relevant]
    questions = [
        Question(key, text, frozenset(relevant[key]), ("grassroots" if grassroots == "1" else "rest", "odd" if number % 2 else "even"))
        for number, (key, grassroots, text) in enumerate(asked, 1)
    ]
    if not questions:
        raise BadInput(f"{queries} 和 {judgements} 里没有同一个编号，没有可评的问题。")
    return Task(lambda: read_corpus(corpus), questions)


def read_corpus(path: Path) -> Iterator[Document]:
    """Documents by and by: name as title, text as body.

    Raises:
        BadInput: the file is missing, or a line is not what it should be.
    """
    try:
        with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as lines:
            for number, line in enumerate(lines, 1):
                yield _judged(line, f"{path} 第 {number} 行")
    except (OSError, EOFError, UnicodeDecodeError) as error:
        raise BadInput(f"读不了文件 {path}：{error}") from error


def _judged(line: str, where: str) -> Document:
    try:
        row = json.loads(line)
        return Document(_JUDGED, str(row["id"]), row["name"], row["text"], "/")
    except (ValueError, KeyError, TypeError) as error:
        raise BadInput(f"{where}应当是一个 JSON，有 id、name、text：{error}") from error


def _judgements(path: Path) -> dict[str, set[str]]:
    relevant: dict[str, set[str]] = {}
    for key, document, grade in _rows(path, ("query_id", "doc_id", "relevance")):
        if grade != "0":
            relevant.setdefault(key, set()).add(f"{_JUDGED}:{document}")
    return relevant


def _rows(path: Path, columns: tuple[str, ...]) -> list[list[str]]:
    """The rows below the heading. A line without any tab goes on where the row before stopped: some questions have two lines."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, ValueError) as error:
        raise BadInput(f"读不了文件 {path}：{error}") from error
    if not lines or tuple(lines[0].split("\t")) != columns:
        raise BadInput(f"{path} 第一行应当是 {'、'.join(columns)}，用制表符隔开。")
    rows: list[list[str]] = []
    for number, line in enumerate(lines[1:], 2):
        parts = line.split("\t")
        if len(parts) == len(columns):
            rows.append(parts)
        elif len(parts) == 1 and rows:
            rows[-1][-1] += " " + line
        else:
            raise BadInput(f"{path} 第 {number} 行应当有 {len(columns)} 列。")
    return rows


# ---- what this site has published ------------------------------------------------------------------------------------


def task_of_site(kinds: Iterable[DocumentKind], every: int = 1) -> Task:
    """Known things: each title must find its own document; an item's name and a place's name must find what is published there.

    `every` keeps each n-th document's questions; equal titles are not told apart, so they pull the numbers down.
    """
    kinds = list(kinds)

    def documents() -> Iterator[Document]:
        for kind in kinds:
            for keys in _batches(kind.all_keys()):
                yield from kind.build(keys).values()

    by_words: dict[str, set[str]] = {}
    questions = []
    for number, document in enumerate(documents()):
        if document.item and document.place_label:
            by_words.setdefault(f"{document.place_label.split()[-1]} {document.item}", set()).add(document.uid)
        if number % every == 0:
            questions.append(Question(document.uid, document.title, frozenset({document.uid}), ("title",)))
    chosen = list(by_words.items())[::every]
    questions += [Question(text, text, frozenset(keys), ("place and item",)) for text, keys in chosen]
    return Task(documents, questions)
