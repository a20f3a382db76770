"""What the box offers while somebody types."""

import json
import threading

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from openness.pages.models import HomePage
from openness.units.names import Level
from openness.units.services.import_divisions import Division, import_divisions
from search import drain
from search.engines.base import Index
from search.engines.embedded import EmbeddedEngine
from search.registry import TermSource, registry
from search.suggest import lookup, refresh
from search.suggest.lookup import suggest
from search.suggest.models import Term, TermKey, TermsState, TermTop
from search.suggest.refresh import Refreshed, ask_refresh, refresh_if_asked, refresh_terms
from search.suggest.tops import MOST_ROWS
from tests.conftest import make_item

pytestmark = pytest.mark.django_db
TERMS = (
    TermSource("最低生活保障", 80, "公开事项", also=("低保",)),
    TermSource("城乡居民最低生活保障对象名单", 60, "公开事项", also=("城乡居民低保对象名单",)),
    TermSource("宅基地审批情况", 80, "公开事项"),
    TermSource("宅基地和土地", 90, "领域"),
    TermSource("绿化工程", 50, "公开事项"),
    TermSource("村级重大事项", 50, "公开事项"),
    TermSource("搜登站镇", 50, "地区", also=("搜登站",)),
    TermSource("C++培训 100%_", 10, "公开事项"),
)


@pytest.fixture
def terms(shelf):
    """Terms of the only source; the list may be changed."""
    listed = list(TERMS)
    registry.term_sources.append(lambda: listed)
    refresh_terms()
    return listed


@pytest.fixture
def nothing(tmp_path) -> EmbeddedEngine:
    """An engine without a document."""
    return EmbeddedEngine(tmp_path / "nothing")


def texts(typed: str, engine, **options: int) -> list[str]:
    return [one.text for one in suggest(typed, by=engine, **options)]


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("宅", "宅基地和土地"),  # of two prefixes the weightier
        ("宅基地审", "宅基地审批情况"),
        ("低保", "最低生活保障"),  # what people say leads to what it is called
        ("dibao", "最低生活保障"),
        ("DiBao", "最低生活保障"),
        ("di bao", "最低生活保障"),
        ("ｄｉｂａｏ", "最低生活保障"),
        ("dībǎo", "最低生活保障"),
        ("db", "最低生活保障"),
        ("低bao", "最低生活保障"),
        ("zhaijidi", "宅基地和土地"),
        ("zjd", "宅基地和土地"),
        ("保障", "最低生活保障"),  # a word inside
        ("baozhang", "最低生活保障"),
        ("lvhua", "绿化工程"),
        ("lühua", "绿化工程"),
        ("zhongda", "村级重大事项"),  # not chongda
        ("搜登", "搜登站镇"),
        ("c++培", "C++培训 100%_"),
        ("c++培训%1", "C++培训 100%_"),
    ],
)
def test_typed_in_any_way_it_is_offered(terms, nothing, typed, first):
    assert texts(typed, nothing)[0] == first


def test_kind_of_match_comes_before_weight_and_the_whole_before_a_part(shelf, nothing):
    registry.term_sources.append(
        lambda: [
            TermSource("名单公示", 1, "甲"),
            TermSource("名单", 2, "甲"),
            TermSource("名单汇总", 9, "甲"),
            TermSource("发放名单", 99, "甲"),
        ]
    )
    refresh_terms()
    assert texts("名单", nothing) == ["名单", "名单汇总", "名单公示", "发放名单"]
    assert texts("mingdan", nothing) == ["名单", "名单汇总", "名单公示", "发放名单"]


@pytest.mark.parametrize("typed", ["", " ", "%", "_", "'", "\x00", "🙂", "没有这样的词", "qqq", "宅" * 10_000])
def test_nothing_fits_nothing_is_offered(terms, nothing, typed):
    assert suggest(typed, by=nothing) == []


def test_never_more_than_asked_for(terms, nothing):
    assert len(texts("zhai", nothing, limit=1)) == 1
    assert texts("zhai", nothing, limit=0) == texts("zhai", nothing, limit=-3) == []


def test_a_prefix_of_very_many_is_worked_out_beforehand(shelf, nothing):
    places = [TermSource(f"东{chr(0x4E00 + n)}村", n, "地区") for n in range(2 * MOST_ROWS)]
    registry.term_sources.append(lambda: places)
    refresh_terms()
    assert {bytes(top.prefix).decode() for top in TermTop.objects.all()} >= {"东", "d", "dong"}
    best = [place.text for place in reversed(places)][:8]
    for typed in ("东", "d", "dong"):
        with CaptureQueriesContext(connection) as asked:
            assert texts(typed, nothing) == best
        assert len(asked) == 1


def test_the_number_of_queries_is_bounded(terms, nothing, django_assert_num_queries):
    for typed, number in (("宅", 2), ("dibao", 2), ("没有", 2), ("低bao", 3), ("没bao" * 15, 3), ("%", 0)):
        with django_assert_num_queries(number):
            suggest(typed, by=nothing)


# ---- titles --------------------------------------------------------------------------------------------------------


def test_the_newest_titles_that_contain_it_come_last(terms, shelf, fill, engine):
    from datetime import date

    for day in range(1, 7):
        shelf.put(str(day), f"宅基地审批 {day}", published_on=date(2026, 1, day))
    shelf.put("again", "宅基地审批 6", published_on=date(2026, 1, 1))
    shelf.put("body", "别的", "宅基地审批", published_on=date(2026, 2, 1))
    fill()
    offered = suggest("宅基地", by=engine)
    assert [one.text for one in offered] == ["宅基地和土地", "宅基地审批情况", "宅基地审批 6", "宅基地审批 5", "宅基地审批 4"]
    assert [one.url for one in offered] == ["", "", "/d/6/", "/d/5/", "/d/4/"]


def test_titles_leave_room_for_terms(shelf, fill, engine):
    registry.term_sources.append(lambda: [TermSource(f"名单{n}", 1, "甲") for n in "一二三四五六七八九"])
    refresh_terms()
    for number in range(5):
        shelf.put(str(number), f"低保名单公示 {number}")
    fill()
    assert [bool(one.url) for one in suggest("名单", by=engine)] == [False] * 5 + [True] * 3


def test_an_engine_that_is_away_leaves_the_terms(terms, tmp_path):
    (tmp_path / "file").write_text("", encoding="utf-8")
    assert texts("宅基地", EmbeddedEngine(tmp_path / "file")) == ["宅基地和土地", "宅基地审批情况"]


# ---- keeping the table ---------------------------------------------------------------------------------------------


def snapshot() -> tuple:
    keys = sorted((key.term.text, key.kind, bytes(key.key)) for key in TermKey.objects.select_related("term"))
    return list(Term.objects.order_by("text").values_list("text", "also", "pinyin", "weight", "uses", "source")), keys


def test_only_differences_are_written(terms, monkeypatch):
    kept = dict(Term.objects.values_list("text", "pk"))
    read: list[str] = []
    plain = refresh.syllables
    monkeypatch.setattr(refresh, "syllables", lambda text: read.append(text) or plain(text))
    terms[0] = TermSource("最低生活保障", 5, "类别", also=("低保",))
    terms[4:5] = [TermSource("绿化养护", 50, "公开事项")]
    refresh_terms()
    assert set(read) <= {"绿化养护", "养护"}
    assert Term.objects.get(text="最低生活保障").weight == 5
    assert not Term.objects.filter(text="绿化工程").exists()
    assert {text: pk for text, pk in Term.objects.values_list("text", "pk") if text in kept}.items() <= kept.items()
    after = snapshot()
    Term.objects.all().delete()
    refresh_terms()
    assert snapshot() == after  # by small steps or anew: the same table


def test_other_names_and_a_new_recipe_make_the_keys_anew(terms, nothing, monkeypatch):
    terms[0] = TermSource("最低生活保障", 80, "公开事项", also=("吃低保",))
    refresh_terms()
    assert texts("chidb", nothing) == []
    assert texts("chidibao", nothing) == ["最低生活保障"]
    before = snapshot()
    monkeypatch.setattr(refresh, "RECIPE", 2)
    assert refresh_if_asked().removed == Term.objects.count()
    assert snapshot() == before


def test_texts_too_long_for_a_small_screen_only_lend_their_words(shelf, nothing):
    registry.term_sources.append(lambda: [TermSource("救助" * 16, 1, "甲"), TermSource(" ", 1, "甲"), TermSource("《》", 1, "甲")])
    refresh_terms()
    assert texts("救助", nothing) == []
    assert Term.objects.get(text="救助").source == ""


def test_it_is_refreshed_once_for_each_asking(terms):
    assert refresh_if_asked() is None
    ask_refresh()
    assert refresh_if_asked() == Refreshed()
    assert refresh_if_asked() is None


def test_a_change_meanwhile_is_not_lost(terms):
    ask_refresh()
    terms.append(TermSource("新词甲", 1, "甲"))
    refresh_if_asked(between=lambda: (ask_refresh(), terms.append(TermSource("新词乙", 1, "甲"))))
    assert refresh_if_asked() is not None
    assert Term.objects.filter(text="新词乙").exists()


def test_broken_off_it_goes_on(shelf, monkeypatch):
    monkeypatch.setattr(refresh, "_BATCH", 3)
    registry.term_sources.append(lambda: TERMS)

    def power_cut() -> None:
        raise OSError("power cut")

    with pytest.raises(OSError, match="power cut"):
        refresh_if_asked(between=power_cut)
    assert Term.objects.count() == 3
    refresh_if_asked()
    assert Term.objects.filter(source="公开事项").count() == 6
    assert TermsState.objects.get().recipe == refresh.RECIPE


@pytest.mark.django_db(transaction=True)
def test_two_at_once_do_no_harm(shelf, monkeypatch):
    """The second starts in the middle of the first."""
    monkeypatch.setattr(refresh, "_BATCH", 3)
    registry.term_sources.append(lambda: TERMS)
    inside: list[Refreshed] = []
    refresh_terms(between=lambda: inside or inside.append(refresh_terms()))
    once = snapshot()
    Term.objects.all().delete()
    refresh_terms()
    assert snapshot() == once


@pytest.mark.django_db(transaction=True)
def test_the_drain_refreshes_them(shelf, embedded, monkeypatch):
    registry.term_sources.append(lambda: TERMS)
    monkeypatch.setattr(drain, "engine", lambda: embedded)
    drain._drain(embedded)
    assert texts("zjd", embedded) == ["宅基地和土地", "宅基地审批情况"]
    done = threading.Event()
    monkeypatch.setattr(refresh, "work_arrived", done)
    ask_refresh()
    assert done.is_set()  # it does not wait for the next look


def test_the_worker_refreshes_them(shelf, monkeypatch, embedded):
    from search.management.commands import search_worker

    monkeypatch.setattr(search_worker, "engine", lambda: embedded)
    registry.term_sources.append(lambda: TERMS)
    call_command("search_worker", "--once")
    assert texts("zjd", embedded) == ["宅基地和土地", "宅基地审批情况"]


def test_places_and_the_catalogue_ask_for_a_refresh(tree, nothing):
    refresh_if_asked()
    import_divisions([Division("220203101", Level.TOWNSHIP, "江北镇", "220203"), Division("220203", Level.COUNTY, "龙潭区", "2202"),
                      Division("2202", Level.CITY, "吉林市", "22"), Division("22", Level.PROVINCE, "吉林省", "")])  # fmt: skip
    assert refresh_if_asked().added
    assert texts("jiangbei", nothing) == ["江北镇"]
    assert texts("wula", nothing) == []  # went out of use: the county's list is complete
    make_item(name="最低生活保障", field="社会救助")
    assert refresh_if_asked().added
    assert texts("dibao", nothing)[0] == "最低生活保障"  # 低保 by the synonyms, which are offered too
    assert texts("shjz", nothing) == ["社会救助"]
    assert texts("caiwu", nothing) == ["财务收支"]  # a category


def test_what_editors_put_under_the_box_is_offered_first(client, nothing):
    from wagtail.models import Page

    Page.objects.get(depth=1).add_child(instance=HomePage(title="首页", slug="start", often="低保 村里的账"))
    refresh_if_asked()
    assert [(one.text, one.source) for one in suggest("cunlidezhang", by=nothing)] == [("村里的账", "大家常查")]


# ---- the address ---------------------------------------------------------------------------------------------------


@pytest.fixture
def asked(terms, client, nothing, monkeypatch):
    monkeypatch.setattr(lookup, "engine", lambda: nothing)
    return lambda typed: client.get("/search/suggest", {"q": typed})


def test_the_answer_says_where_each_leads(asked):
    answer = asked("zjd")
    assert json.loads(answer.content) == {
        "q": "zjd",
        "suggestions": [
            {"text": "宅基地和土地", "url": "/search/?q=%E5%AE%85%E5%9F%BA%E5%9C%B0%E5%92%8C%E5%9C%9F%E5%9C%B0", "label": "领域"},
            {
                "text": "宅基地审批情况",
                "url": "/search/?q=%E5%AE%85%E5%9F%BA%E5%9C%B0%E5%AE%A1%E6%89%B9%E6%83%85%E5%86%B5",
                "label": "公开事项",
            },
        ],
    }


def test_any_cache_may_keep_it(asked):
    answer = asked("zjd")
    assert answer["Cache-Control"] == "public, max-age=60"
    assert "Cookie" not in answer.get("Vary", "")
    assert not answer.cookies


@pytest.mark.parametrize("method", ["post", "put", "delete", "patch"])
def test_it_can_only_be_read(client, method):
    assert getattr(client, method)("/search/suggest").status_code == 405


def test_bad_input_gets_an_empty_list(asked, client):
    for typed in ("", "宅" * 61, "\x00", "x" * 10_000):
        assert asked(typed).json()["suggestions"] == []
    assert client.get("/search/suggest?q=%ff%fe").json()["suggestions"] == []
    assert client.get("/search/suggest").json() == {"q": "", "suggestions": []}


anything = st.one_of(st.text(max_size=80), st.text("低保宅基地abzdV%_'\"\\\x00\x1f🙂üǚ ½㎡－-", max_size=80))


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@example("\x00" * 10_000)
@example("低" * 10_000)
@example("\ud800")
@example("ab低cd保" * 2_000)
@given(anything)
def test_whatever_is_typed_there_is_a_list(asked, nothing, typed):
    assert len(suggest(typed, by=nothing)) <= 8
    if typed.isprintable() and not any("\ud800" <= character <= "\udfff" for character in typed):
        assert asked(typed).status_code == 200


def test_every_index_operation_still_applies(engine, shelf, fill):
    """A title condition is not a word: alone it finds, with words it narrows."""
    from search.engines.base import NEWEST, Plan

    with engine.writing():
        engine.apply([Index(shelf.put("1", "低保名单", "公示"), 1), Index(shelf.put("2", "公示一则", "低保名单"), 1)])
    assert engine.search(Plan(in_title=("低", "保"), sort=NEWEST), facets=()).total == 1
    assert engine.search(Plan(words=("公示",), in_title=("低", "保"))).total == 1
    assert engine.search(Plan(in_title=("保", "低")), facets=()).total == 0
