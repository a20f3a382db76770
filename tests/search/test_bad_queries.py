"""Whatever is typed or put into an address: a normal page or a clear sentence, never an error, never a slow query."""

import json
from datetime import date
from time import perf_counter
from urllib.parse import urlencode
from xml.etree import ElementTree

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from search import correction, service
from search.suggest import lookup

pytestmark = pytest.mark.django_db
NASTY = [
    "低" * 10_000, "！？。、；：“”", "“没有关上的引号", '"a "b" c"', "\x00\x01\x1f控制\x7f字符", "😀🏠👨‍👩‍👧", "'; DROP TABLE search_entry; --",
    "title:低保 AND (a OR b) NOT c~2^5 [1 TO 2] {a} /re.*/ *:*", "-", "- -- ---", "-低保", "%_\\%", "\u202e反过来", "\ufeff低保\u200b", "a" * 300,
    "低保 " * 500, "？" * 200, "\ud800".encode("utf-16", "surrogatepass").decode("utf-16", "replace"), "咨询 怎么 请问", "<script>alert(1)</script>",
]  # fmt: skip
ADDRESSES = ("/search/", "/search/results.json", "/search/results.atom", "/search/suggest")
names = st.sampled_from(
    ["q", "place", "field", "item", "category", "year", "since", "until", "sort", "page", "near", "as_typed", "more", "size", "x"]
)
values = st.one_of(
    st.sampled_from(
        [*NASTY, "2026-13-45", "0000-00-00", "9999-12-31", "10" * 5, "-1", "²", "１２", "newest", "relevance", "1e9", "NaN", "低保"]
    ),
    st.text(max_size=40),
)


@pytest.fixture
def site(client, shelf, fill, engine, monkeypatch):
    """A few documents, every address, and never longer than two seconds."""
    for module in (service, correction, lookup):
        monkeypatch.setattr(module, "engine", lambda: engine)
    for number in range(30):
        shelf.put(str(number), f"低保名单 {number}", "按季度公开。怎么申请？" * 20, field="社会救助", published_on=date(2026, 1, 1))
    fill()

    def get(address: str, query: list[tuple[str, str]]) -> str:
        start = perf_counter()
        response = client.get(f"{address}?{urlencode(query, errors='surrogatepass')}")
        assert perf_counter() - start < 2
        assert response.status_code == 200, query
        return response.content.decode()

    return get


def readable(address: str, content: str) -> None:
    if address.endswith((".json", "suggest")):
        json.loads(content)
    elif address.endswith(".atom"):
        ElementTree.fromstring(content)
    else:
        assert "</html>" in content


@pytest.mark.parametrize("words", NASTY)
def test_nasty_words_get_a_normal_answer_at_every_address(site, words):
    for address in ADDRESSES:
        readable(address, site(address, [("q", words)]))


def test_five_hundred_filters_get_a_sentence(site):
    page = site("/search/", [("q", "低保"), *[("field", f"领域{n}") for n in range(500)]])
    assert "条件选得太多" in page


def test_a_page_that_is_not_there_gets_a_sentence(site):
    assert "最多翻到第 500 页" in site("/search/", [("q", "低保"), ("page", "999999999")])
    assert "没有第 7 页" in site("/search/", [("q", "低保"), ("page", "7")])


def test_wrong_dates_get_a_sentence(site):
    assert "日期要写成" in site("/search/", [("since", "昨天"), ("until", "2026-02-30")])


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(address=st.sampled_from(ADDRESSES), query=st.lists(st.tuples(names, values), max_size=8))
def test_any_address_is_answered(site, address, query):
    encodable = [(name, value.encode("utf-8", "replace").decode()) for name, value in query]
    readable(address, site(address, encodable))
