"""The services that the tests stand on are real and answer. They fail, and do not skip, when one is absent."""

import json
import os
from urllib.request import Request, urlopen

import pytest


def url_of(service: str) -> str:
    assert service in os.environ, f"{service} is not set: run the tests by `make test`, which starts the services"
    return os.environ[service]


def call(method: str, url: str, body: str = "", kind: str = "application/json") -> dict:
    request = Request(url, data=body.encode() or None, method=method, headers={"Content-Type": kind})
    with urlopen(request, timeout=30) as answer:
        return json.load(answer)


@pytest.mark.elasticsearch
def test_elasticsearch_finds_words_cut_in_python():
    base = url_of("ELASTICSEARCH_URL")
    assert call("GET", f"{base}/_cluster/health")["status"] in {"green", "yellow"}
    index = f"{base}/services-test"
    mapping = {"mappings": {"properties": {"words": {"type": "text", "analyzer": "whitespace"}}}}
    call("PUT", index, json.dumps(mapping))
    try:
        lines = []
        for number, words in enumerate(("搜登站村 低保 名单", "财务 收支 公开", "宅基地 审批 情况")):
            lines += [json.dumps({"index": {"_id": str(number)}}), json.dumps({"words": words})]
        call("POST", f"{index}/_bulk?refresh=true", "\n".join(lines) + "\n", "application/x-ndjson")
        found = call("POST", f"{index}/_search", json.dumps({"query": {"match": {"words": "低保"}}}))
    finally:
        call("DELETE", index)
    assert [hit["_id"] for hit in found["hits"]["hits"]] == ["0"]


@pytest.mark.postgres
def test_postgresql_is_recent_and_keeps_chinese_whole():
    import psycopg

    with psycopg.connect(url_of("POSTGRES_URL")) as connection:
        version, text = connection.execute("SELECT current_setting('server_version_num')::int, '公开' || '目录'").fetchone()
    assert version >= 150000
    assert text == "公开目录"
