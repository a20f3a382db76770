"""What is meant by the words, on both engines: synonyms, places, question words, near places, freshness."""

from dataclasses import replace
from datetime import date

import pytest

from search.analysis import forget_words, set_word_source
from search.models import Synonym
from search.registry import Place, registry
from search.understanding import understand

from .conftest import keys

pytestmark = pytest.mark.django_db
TOWN = Place("搜登站", "101", "搜登站镇", "/unit/101/")


@pytest.fixture
def synonyms(db):
    Synonym.objects.all().delete()
    return lambda *pairs: [Synonym.objects.create(word=word, term=term) for word, term in pairs]


@pytest.fixture
def places(shelf, plain_dictionary):
    """搜登站镇 and two villages that share a name; 和平村, whose bare name is an ordinary word."""
    set_word_source(lambda: ["搜登站镇", "小岭村", "和平村"])
    called = {"搜登站": [TOWN], "搜登站镇": [TOWN], "和平村": [Place("和平村", "101203", "和平村", "/")]}
    called["小岭村"] = [Place("小岭村", "101201", "搜登站镇 小岭村", "/"), Place("小岭村", "102201", "大口钦镇 小岭村", "/")]
    registry.find_places = lambda names: [replace(place, word=name) for name in names for place in called.get(name, [])]
    registry.places_above = lambda code: {"101201": ["101", "1"], "101": ["1"]}.get(code, [])
    yield
    forget_words()


def test_a_synonym_finds_what_officials_call_otherwise_after_what_says_the_word(shelf, fill, ask, synonyms):
    synonyms(("低保", "最低生活保障"))
    shelf.put("official", "关于最低生活保障对象的公示", "生活保障")
    shelf.put("plain", "低保对象名单", "本季度")
    shelf.put("other", "生活垃圾清运", "最低温度")
    fill()
    assert keys(ask("q=低保")) == ["plain", "official"]


def test_a_synonym_works_one_way(shelf, fill, ask, synonyms):
    synonyms(("低保", "最低生活保障"))
    shelf.put("plain", "低保对象名单")
    fill()
    assert keys(ask("q=最低生活保障")) == []


def test_the_page_is_told_what_else_was_searched_and_the_very_words_can_be_had(shelf, fill, ask, synonyms):
    synonyms(("低保", "最低生活保障"), ("低保", "低收入保障"))
    shelf.put("official", "最低生活保障公示")
    shelf.put("plain", "低保公示")
    fill()
    results = ask("q=低保")
    assert [meaning.term for meaning in results.understood.meanings] == ["低收入保障", "最低生活保障"]
    assert keys(ask("q=低保&as_typed=1")) == ["plain"]


def test_of_overlapping_words_the_longest_counts(synonyms):
    synonyms(("农合", "错的"), ("新农合", "城乡居民基本医疗保险"))
    assert [meaning.term for meaning in understand("新农合交多少钱").meanings] == ["城乡居民基本医疗保险"]


def test_an_edited_synonym_is_in_force_at_the_next_search(synonyms):
    (row,) = synonyms(("低保", "旧的说法"))
    assert understand("低保").meanings[0].term == "旧的说法"
    row.term = "新的说法"
    row.save()
    assert understand("低保").meanings[0].term == "新的说法"
    row.delete()
    assert understand("低保").meanings == ()


def test_a_heavier_synonym_ranks_higher(shelf, fill, ask, synonyms):
    Synonym.objects.create(word="农保", term="养老保险", weight=0.2)
    Synonym.objects.create(word="农保", term="参保缴费", weight=0.9)
    shelf.put("light", "养老保险")
    shelf.put("heavy", "参保缴费")
    fill()
    assert keys(ask("q=农保")) == ["heavy", "light"]


def test_a_named_place_comes_first_though_its_documents_do_not_say_the_name(places, shelf, fill, ask):
    for number in range(5):
        shelf.put(f"far{number}", "低保 低保名单", place=("1", "102"))
    shelf.put("near", "低保名单公示和其他事项的说明", "公示期七天", place=("1", "101", "101202"))
    shelf.put("unrelated", "道路硬化", place=("1", "101"))
    fill()
    found = keys(ask("q=搜登站 低保"))
    assert found[0] == "near"
    assert set(found) == {"near", *(f"far{n}" for n in range(5))}
    assert ask("q=搜登站镇低保").hits[0].document.key == "near"


def test_what_only_says_the_name_of_the_place_is_still_found(places, shelf, fill, ask):
    shelf.put("says", "全县通报", "搜登站有三个村", place=("1",))
    shelf.put("lowinsured", "低保", place=("1", "102"))
    fill()
    assert set(keys(ask("q=搜登站 低保"))) == {"says", "lowinsured"}


def test_a_place_alone_shows_everything_of_it(places, shelf, fill, ask):
    shelf.put("of", "道路硬化", place=("1", "101"))
    shelf.put("says", "搜登站的由来", place=("1",))
    shelf.put("other", "别处", place=("1", "102"))
    fill()
    assert set(keys(ask("q=搜登站"))) == {"of", "says"}


def test_places_of_one_name_are_all_meant_and_an_ordinary_word_is_no_place(places):
    assert {place.code for place in understand("小岭村的账").places} == {"101201", "102201"}
    assert understand("和平").places == ()
    assert [place.code for place in understand("和平村").places] == ["101203"]


def test_near_the_chosen_place_first_then_what_lies_above(places, shelf, fill, ask):
    for key, place in {"far": ("1", "102", "102201"), "county": ("1",), "town": ("1", "101"), "own": ("1", "101", "101201")}.items():
        shelf.put(key, "低保名单", place=place)
    fill()
    assert keys(ask("q=低保名单 公示&near=101201")) == ["own", "town", "county", "far"]
    assert keys(ask("q=低保名单 公示&near=没有这个地方"))


@pytest.mark.parametrize("asked", ["咨询低保怎么办理", "请问低保怎么办理？", "反映低保如何办理的"])
def test_question_words_do_not_rank(shelf, fill, ask, asked):
    shelf.put("right", "低保办理指南")
    for number in range(3):
        shelf.put(f"noise{number}", "怎么咨询反映请问如何", "咨询 怎么 反映 请问 如何 " * 5)
    fill()
    assert keys(ask(f"q={asked}"))[0] == "right"
    assert set(understand(asked).words) & {"咨询", "请问", "怎么", "如何", "反映"} == set()


def test_question_words_alone_are_searched_as_they_are(shelf, fill, ask):
    shelf.put("1", "信访咨询电话")
    fill()
    assert keys(ask("q=咨询")) == ["1"]


def test_newer_comes_first_among_equals_but_never_before_what_matches_better(shelf, fill, ask):
    shelf.put("old", "第三季度低保名单", published_on=date(2023, 10, 1))
    shelf.put("new", "第三季度低保名单", published_on=date(2026, 10, 1))
    shelf.put("newest", "低保政策宣传", published_on=date(2026, 11, 20))
    fill()
    assert keys(ask("q=低保 名单")) == ["new", "old", "newest"]


def test_the_number_of_queries_does_not_depend_on_what_was_typed(places, shelf, fill, ask, django_assert_num_queries):
    ask("q=低保")  # the table of synonyms is read once
    with django_assert_num_queries(1):
        ask("q=低保 名单 公示 小岭村 搜登站 怎么办")
