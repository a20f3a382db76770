"""The measures, by hand; and the command, over files that the test writes, on both engines."""

import gzip
import json
from io import StringIO
from math import log2

import pytest
from django.core.management import CommandError, call_command
from django.test import override_settings
from hypothesis import given
from hypothesis import strategies as st

from search.evaluation import ndcg, recall, reciprocal_rank

pytestmark = pytest.mark.django_db
ENGINES = ["embedded", pytest.param("elasticsearch", marks=pytest.mark.elasticsearch)]
TEXTS = {
    "1": ("土地管理法第十条", "宅基地由村民申请"),
    "2": ("水法第二条", "水库由水利部门管理"),
    "3": ("农村土地承包法第五条", "承包地由农户承包"),
}
QUESTIONS = [("a", "0", "水法第二条"), ("b", "1", "承包地"), ("c", "1", "飞机"), ("unjudged", "0", "水库")]
JUDGEMENTS = [("a", "2", "1"), ("a", "1", "0"), ("b", "3", "1"), ("b", "2", "1"), ("c", "1", "1")]


@pytest.fixture
def files(tmp_path):
    with gzip.open(tmp_path / "corpus.jsonl.gz", "wt", encoding="utf-8") as out:
        for key, (name, text) in TEXTS.items():
            out.write(json.dumps({"id": int(key), "name": name, "text": text}, ensure_ascii=False) + "\n")
    write(tmp_path / "queries.tsv", ("query_id", "grassroots", "query"), QUESTIONS)
    write(tmp_path / "qrels.tsv", ("query_id", "doc_id", "relevance"), JUDGEMENTS)
    return {"--corpus": tmp_path / "corpus.jsonl.gz", "--queries": tmp_path / "queries.tsv", "--qrels": tmp_path / "qrels.tsv"}


def write(path, heading, rows):
    path.write_text("\n".join("\t".join(row) for row in [heading, *rows]) + "\n", encoding="utf-8")


def evaluate(files, *more):
    out = StringIO()
    arguments = [str(part) for pair in files.items() for part in pair]
    call_command("search_eval", *arguments, *more, stdout=out)
    return out.getvalue()


def test_the_measures_by_hand():
    found = [*"xaxbxxxxxx", "c"]
    assert recall(found, frozenset("abc")) == pytest.approx(2 / 3)
    assert reciprocal_rank(found, frozenset("abc")) == pytest.approx(1 / 2)
    best = 1 + 1 / log2(3) + 1 / log2(4)
    assert ndcg(found, frozenset("abc")) == pytest.approx((1 / log2(3) + 1 / log2(5)) / best)


ORDERS = st.lists(st.integers(0, 30), unique=True, max_size=25)


@given(found=ORDERS, relevant=st.frozensets(st.integers(0, 30), min_size=1, max_size=15))
def test_every_measure_is_a_share(found, relevant):
    for measure in (recall, ndcg, reciprocal_rank):
        assert 0 <= measure(found, relevant) <= 1
    seen = relevant & set(found[:10])
    assert (recall(found, relevant) > 0) == (ndcg(found, relevant) > 0) == (reciprocal_rank(found, relevant) > 0) == bool(seen)


@given(found=ORDERS.filter(bool), size=st.integers(1, 25))
def test_a_perfect_order_gets_everything(found, size):
    relevant = frozenset(found[:size])
    assert ndcg(found, relevant) == pytest.approx(1)
    assert reciprocal_rank(found, relevant) == 1
    assert recall(found, relevant) == pytest.approx(min(10, len(relevant)) / len(relevant))


@pytest.mark.parametrize("engine_name", ENGINES)
def test_the_command_asks_as_residents_do(files, engine_name):
    report = json.loads(evaluate(files, "--engine", engine_name, "--json"))
    assert (report["documents"], report["engine"]) == (3, engine_name)
    groups = report["groups"]
    assert [groups[name]["questions"] for name in ("all", "grassroots", "rest")] == [3, 2, 1]
    assert groups["rest"]["recall"] == groups["rest"]["ndcg"] == groups["rest"]["mrr"] == 1
    assert groups["grassroots"]["recall"] == pytest.approx((1 / 2 + 0) / 2)
    assert groups["grassroots"]["ndcg"] == pytest.approx(1 / (1 + 1 / log2(3)) / 2)
    assert groups["grassroots"]["mrr"] == pytest.approx(1 / 2)
    assert groups["all"]["without_hits"] == 1
    assert 0 < groups["all"]["p50"] <= groups["all"]["p95"]


@pytest.mark.elasticsearch
def test_the_index_is_thrown_away(files):
    from os import environ

    from elasticsearch import Elasticsearch

    evaluate(files, "--engine", "elasticsearch")
    assert not Elasticsearch(environ["ELASTICSEARCH_URL"]).indices.get(index="eval-*").body


def test_people_get_a_table(files):
    table = evaluate(files, "--limit", "1")
    assert "| all | 1 | 1.000 | 1.000 | 1.000 | 0 |" in table


def test_a_question_of_two_lines_is_one(files):
    write(files["--queries"], ("query_id", "grassroots", "query"), [("a", "0", "飞机"), ("水法第二条",)])
    assert json.loads(evaluate(files, "--json"))["groups"]["all"]["recall"] == 1


@pytest.mark.parametrize(
    ("argument", "text", "sentence"),
    [
        ("--corpus", '{"id": 1, "name": "水法"}\n', "第 1 行"),
        ("--corpus", "水法\n", "第 1 行"),
        ("--queries", "query_id\tquery\n", "第一行应当是"),
        ("--qrels", "query_id\tdoc_id\trelevance\na\t2\n", "第 2 行应当有 3 列"),
        ("--qrels", "query_id\tdoc_id\trelevance\nz\t2\t1\n", "没有同一个编号"),
    ],
)
def test_bad_files_are_named_in_a_sentence(files, tmp_path, argument, text, sentence):
    files[argument] = tmp_path / "bad"
    files[argument].write_text(text, encoding="utf-8")
    with pytest.raises(CommandError, match=sentence):
        evaluate(files)


def test_missing_files_are_named_in_a_sentence(files, tmp_path):
    with pytest.raises(CommandError, match="三个文件"):
        evaluate({})
    with pytest.raises(CommandError, match="nowhere"):
        evaluate(files | {"--corpus": tmp_path / "nowhere"})


def test_elasticsearch_needs_an_address(files, monkeypatch):
    monkeypatch.delenv("ELASTICSEARCH_URL", raising=False)
    with override_settings(SEARCH_URL="embedded:///nowhere"), pytest.raises(CommandError, match="ELASTICSEARCH_URL"):
        evaluate(files, "--engine", "elasticsearch")


def test_what_the_site_has_published_is_found_by_its_titles(shelf):
    shelf.put("1", "低保对象名单", "甲", item="最低生活保障", place_label="小山镇 东风村")
    shelf.put("2", "村规民约", "乙", item="村规民约", place_label="小山镇 东风村")
    groups = json.loads(evaluate({}, "--demo", "--json"))["groups"]
    assert groups["title"]["mrr"] == 1
    assert groups["title"]["questions"] == groups["place and item"]["questions"] == 2


def test_a_site_without_anything_published_says_so(shelf):
    with pytest.raises(CommandError, match="没有公开的内容"):
        evaluate({}, "--demo")
