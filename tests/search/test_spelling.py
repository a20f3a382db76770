"""您是不是要找: homophones and slips are put right, right words are left alone."""

import random
from collections.abc import Callable
from functools import cache

import pytest
from django.http import QueryDict
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from pypinyin import lazy_pinyin

from catalog.reading import read_catalogue
from openness.demo.services import DATA
from search.analysis import normalise, query_words
from search.query import parse
from search.registry import TermSource, registry
from search.service import search
from search.suggest.keys import sound
from search.suggest.refresh import refresh_terms
from search.suggest.shape import one_apart
from search.suggest.spelling import corrected

pytestmark = pytest.mark.django_db
PLACES = (("搜登站镇", "搜登站"), ("大绥河镇", "大绥河"), ("半拉山村", "半拉山"), ("东风村", "东风"))
RIGHT = [
    "低保",
    "宅基地",
    "最低生活保障",
    "村务公开",
    "财务收支",
    "搜登站",
    "搜登站镇",
    "大绥河",
    "东风村",
    "养老保险",
    "危房改造",
    "高龄津贴",
    "怎么办",
    "今年",
    "名单",
    "天气预报",
    "电影院",
    "吃饭",
    "身份证",
    "公示",
    "公告",
    "村委会",
    "项目",
    "工程",
    "征地",
    "补偿",
    "学校",
    "医院",
    "孩子",
    "电话",
    "时间",
    "在哪里",
    "多少钱",
    "什么时候",
    "社会救助",
    "临时救助",
    "农机购置补贴",
    "种地",
    "手续",
    "户口",
]


@cache
def item_names() -> tuple[str, ...]:
    reading = read_catalogue(DATA / "catalogue.xlsx")
    return tuple(dict.fromkeys(row.level3 or row.level2 or row.level1 for sheet in reading.sheets for row in sheet.rows))


@pytest.fixture
def county(shelf):
    """The demo's items and some places as terms, and a title for each."""
    registry.term_sources.append(lambda: (TermSource(name, 80, "公开事项") for name in item_names()))
    registry.term_sources.append(lambda: (TermSource(name, 40, "地区", also=(bare,)) for name, bare in PLACES))
    refresh_terms()
    for number, title in enumerate([*item_names(), *(name for name, _bare in PLACES), "农村低保名单"]):
        shelf.put(str(number), title)
    return shelf


@pytest.fixture
def found(county, fill, engine):
    fill()

    def count(text: str) -> int:
        query = QueryDict(mutable=True)
        query["q"] = text
        return search(parse(query), by=engine).total

    return count


MEANT = {
    "寨基地": "宅基地",
    "搜登佔": "搜登站",  # a traditional character that sounds the same
    "搜登佔 危房改造": "搜登站 危房改造",
    "大随河镇": "大绥河镇",
    "zhaijidi": "宅基地",
    "zaijidi": None,  # letters are taken as they are: too many words sound a little alike
    "危房改皂补助": "危房改造补助",
    "Ａ 寨基地审批": "a 宅基地审批",
    "村民大表会议": "村民代表会议",
    "危房攻造": "危房改造",  # looks alike
    "-寨基地 名单": None,  # what is left out is not looked at
}


def test_a_word_that_sounds_or_looks_alike_is_offered(found):
    assert {typed: corrected(typed, found) for typed in MEANT} == MEANT


def test_right_words_are_left_alone(found):
    assert {word: better for word in RIGHT if (better := corrected(word, found))} == {}


def test_item_names_and_places_are_left_alone(found):
    names = [*item_names(), *(name for pair in PLACES for name in pair)]
    assert {name: better for name in names if (better := corrected(name, found))} == {}


def test_what_documents_often_say_is_right_whatever_the_vocabulary(county, fill, found):
    assert corrected("寨基地", found) == "宅基地"
    for number in range(3):
        county.put(f"z{number}", f"寨基地{number}")
    fill()
    assert corrected("寨基地", found) is None


def test_nothing_is_offered_that_would_not_find_more(county):
    assert corrected("寨基地", lambda text: 0) is None
    assert corrected("寨基地", lambda text: 2) is None


@pytest.mark.parametrize(
    ("typed", "word", "expected"),
    [
        ("最低生话保障", "最低生活保障", True),
        ("最低活障", "最低生活保障", False),  # two less
        ("低生活保障", "最低生活保障", True),
        ("最低最生活保障", "最低生活保障", True),
        ("最生低活保障", "最低生活保障", True),
        ("低保", "低温", False),
        ("红光村", "红星村", False),
        ("宅基地的", "宅基地", False),  # more is no mistake
    ],
)
def test_one_slip_in_a_word_of_four(typed, word, expected):
    assert one_apart(typed, word) is expected


def test_what_many_do_not_tell_apart_sounds_equal():
    assert sound("zhangshan") == sound("zansan")
    assert sound("lining") == sound("nilin")


@cache
def homophones(heard: Callable[[str], str]) -> dict[str, list[str]]:
    """GB 2312 level 1, the 3,755 usual characters, by sound."""
    alike: dict[str, list[str]] = {}
    for high in range(0xB0, 0xD8):
        for low in range(0xA1, 0xFF):
            character = bytes((high, low)).decode("gb2312", "ignore")
            if character:
                alike.setdefault(heard(lazy_pinyin(character)[0]), []).append(character)
    return alike


def typos(number: int, heard: Callable[[str], str]) -> list[tuple[str, str]]:
    """(wrong, right): one character of an item's name replaced by another that is heard the same."""
    chance, made = random.Random(20_261_124), []
    names = [name for name in map(normalise, item_names()) if name.isalpha()]
    while len(made) < number:
        right = chance.choice(names)
        word = chance.choice([word for word in query_words(right) if len(word) > 1])
        place = right.index(word) + chance.randrange(len(word))
        others = [one for one in homophones(heard)[heard(lazy_pinyin(right)[place])] if one != right[place]]
        if others:
            made.append((right[:place] + chance.choice(others) + right[place + 1 :], right))
    return made


@pytest.mark.parametrize("heard", [str, sound], ids=["same", "nearly the same"])
def test_generated_homophones_are_put_right(found, heard):
    pairs = typos(200, heard)
    right = sum(corrected(wrong, found) == meant for wrong, meant in pairs)
    assert right >= 0.95 * len(pairs)


def test_queries_do_not_grow(found, django_assert_num_queries, django_assert_max_num_queries):
    with django_assert_num_queries(1):
        corrected("宅基地", lambda text: 9)
    with django_assert_max_num_queries(2):
        corrected("寨基地 搜登佔 最低生话保障 村民大表会议 " * 9, lambda text: 0)


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@example("寨" * 10_000)
@example("\x00\ud800%_'\"\\“”-－\u0308ü㎡½①𠀀")
@given(st.text(max_size=200))
def test_any_text_is_survived(county, text):
    better = corrected(text, lambda _text: 0)
    assert better is None
