"""What a search finds anew: every word, or what it means, in the place that was named; on both engines."""

from datetime import date

import pytest
from django.http import QueryDict

from search.analysis import set_word_source
from search.following import address_of, among, in_words, newest
from search.models import Synonym
from search.query import parse
from search.registry import Place, registry

pytestmark = pytest.mark.django_db


@pytest.fixture
def follow(engine):
    def act(query: str, limit: int = 20) -> list[str]:
        return [document.key for document in newest(parse(QueryDict(query)), limit, engine)]

    return act


def test_every_word_is_asked_for_and_the_newest_is_first(shelf, fill, follow):
    shelf.put("1", "低保对象名单", published_on=date(2026, 10, 1))
    shelf.put("2", "低保办事指南", published_on=date(2026, 11, 1))
    shelf.put("3", "种地补贴名单", "低保户也要核对", published_on=date(2026, 11, 2))
    fill()
    assert follow("q=低保") == ["3", "2", "1"]
    assert follow("q=低保+名单&sort=relevance&page=9") == ["3", "1"]
    assert follow("q=低保怎么申请") == []
    assert follow("q=低保 -核对") == ["2", "1"]
    assert follow("q=“对象名单”") == ["1"]
    assert follow("q=低保名单&as_typed=1") == []


def test_what_a_word_means_counts_as_the_word(shelf, fill, follow):
    Synonym.objects.all().delete()
    Synonym.objects.create(word="低保", term="最低生活保障")
    shelf.put("1", "最低生活保障对象名单", published_on=date(2026, 10, 1))
    shelf.put("2", "最低生活保障办事指南", published_on=date(2026, 10, 1))
    shelf.put("3", "对象名单", published_on=date(2026, 10, 1))
    fill()
    assert set(follow("q=低保")) == {"1", "2"}
    assert follow("q=低保 名单") == ["1"]


def test_a_named_place_is_where_it_has_to_be(shelf, fill, follow, monkeypatch):
    set_word_source(lambda: ["搜登站镇"])
    monkeypatch.setattr(registry, "find_places", lambda names: [Place("搜登站镇", "220204101", "搜登站镇", "/")])
    shelf.put("1", "低保名单", place=("22", "220204101"), published_on=date(2026, 10, 1))
    shelf.put("2", "搜登站镇来的低保名单", place=("22", "220204100"), published_on=date(2026, 10, 1))
    fill()
    assert follow("q=搜登站镇 低保") == ["1"]
    assert follow("q=低保&place=220204100") == ["2"]
    assert follow("tag=没有") == []


def test_days_and_years_do_not_hold_back_what_is_new(shelf, fill, follow):
    shelf.put("1", "低保", published_on=date(2026, 10, 1))
    fill()
    assert follow("q=低保&year=2024&until=2025-01-01") == ["1"]


def test_only_what_is_public_this_moment(shelf, fill, follow):
    shelf.put("1", "旧标题", "低保", published_on=date(2026, 10, 1))
    shelf.put("2", "低保", published_on=date(2026, 10, 1))
    fill()
    del shelf.documents["2"]
    assert follow("q=低保") == ["1"]


def test_among_many_those_that_belong_to_it(shelf, fill, engine):
    for number in range(1205):
        shelf.put(str(number), "低保名单" if number % 5 == 0 else "别的")
    fill()
    asked = [f"shelf:{number}" for number in range(1100)] + ["shelf:none"]
    assert among(parse(QueryDict("q=低保")), asked, engine) == {f"shelf:{number}" for number in range(0, 1100, 5)}
    assert among(parse(QueryDict("")), ["shelf:3"], engine) == {"shelf:3"}
    assert among(parse(QueryDict("q=低保")), [], engine) == set()


@pytest.mark.parametrize(
    ("typed", "address", "words"),
    [
        ("", "", "全站的新公开"),
        ("q=低保&page=3&sort=newest&since=2026-01-01&near=22&year=2025", "q=%E4%BD%8E%E4%BF%9D", "含“低保”的新公开"),
        ("tag=乙&place=101&tag=甲", "place=101&tag=%E4%B9%99&tag=%E7%94%B2", "松花镇里，标签“乙”“甲”的新公开"),
        ("tag=甲&place=101&tag=乙", "place=101&tag=%E4%B9%99&tag=%E7%94%B2", "松花镇里，标签“甲”“乙”的新公开"),
    ],
)
def test_what_is_followed_has_one_address_and_a_sentence(shelf, typed, address, words):
    registry.place_labels = lambda codes: dict.fromkeys(codes, "松花镇")
    query = parse(QueryDict(typed))
    assert address_of(query) == address
    assert in_words(query) == words
