import random
import uuid
from collections import Counter
from datetime import date
from time import perf_counter

import pytest
from django.http import QueryDict
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from search.analysis import squeezed
from search.documents import Document
from search.engines.base import EngineAway, Index, Plan
from search.query import LAST_PAGE, PAGE_SIZE, parse
from search.service import search

from .conftest import keys

pytestmark = pytest.mark.django_db


def test_the_exact_title_comes_first_whatever_else_matches_better(shelf, fill, ask):
    shelf.put("1", "低保低保低保对象名单低保", "低保 " * 50)
    shelf.put("2", "低保", "别的")
    shelf.put("3", "低保对象名单", "低保")
    fill()
    assert keys(ask("q=低保"))[0] == "2"
    assert keys(ask("q=低保对象名单"))[0] == "3"
    assert keys(ask("q=　低保，对象名单。"))[0] == "3"


def test_numbers_are_looked_up_exactly(shelf, fill, ask):
    shelf.put("1", "关于印发方案的通知", number="搜政发〔2026〕12号")
    shelf.put("2", "关于12号文件", "2026 12 号")
    shelf.put("3", "别的", index_number="220204101201/2026-00007")
    fill()
    assert keys(ask("q=搜政发〔2026〕12号"))[0] == "1"
    assert keys(ask("q=搜政发(2026)12号"))[0] == "1"
    assert keys(ask("q=220204101201/2026-00007"))[0] == "3"


def test_quotes_ask_for_the_very_words(shelf, fill, ask):
    shelf.put("1", "村规民约", "邻里和睦，爱护路灯")
    shelf.put("2", "通知", "和睦的邻里")
    fill()
    assert keys(ask("q=“邻里和睦”")) == ["1"]
    assert set(keys(ask("q=邻里和睦"))) == {"1", "2"}


def test_a_minus_leaves_out(shelf, fill, ask):
    shelf.put("1", "低保名单")
    shelf.put("2", "低保办事指南")
    fill()
    assert keys(ask("q=低保 -名单")) == ["2"]


def test_facets_count_or_inside_and_between(shelf, fill, ask):
    chance = random.Random(7)
    for number in range(200):
        shelf.put(
            str(number),
            f"公开 {number}",
            field=chance.choice("甲乙丙"),
            category=chance.choice("子丑"),
            published_on=date(2024 + chance.randrange(3), 5, 1),
            place=("22", chance.choice(("220204", "220203"))),
        )
    fill()
    results = ask("q=公开&field=甲&field=乙&category=子")
    documents = shelf.documents.values()
    match = [d for d in documents if d.field in "甲乙" and d.category == "子"]
    assert results.total == len(match)
    counted = {name: {value: number for value, number, _chosen in values} for name, values in results.facets.items()}
    assert counted["field"] == Counter(d.field for d in documents if d.category == "子")
    assert counted["category"] == Counter(d.category for d in documents if d.field in "甲乙")
    assert counted["year"] == Counter(d.year for d in match)
    assert counted["place"] == Counter(code for d in match for code in d.place)


def test_a_document_has_several_tags_and_is_found_by_each(shelf, fill, ask):
    shelf.put("1", "甲村低保名单", tags=("低保", "救助"))
    shelf.put("2", "乙村救助办法", tags=("救助",))
    shelf.put("3", "低保")
    fill()
    assert keys(ask("tag=低保")) == ["1"]
    assert set(keys(ask("tag=低保&tag=救助"))) == {"1", "2"}
    assert keys(ask("q=低保&tag=救助")) == ["1"]
    assert ask("").facets["tag"] == [("救助", 2, False), ("低保", 1, False)]
    assert ask("tag=低保").hits[0].document.tags == ("低保", "救助")


def test_a_chosen_value_without_hits_stays_visible(shelf, fill, ask):
    shelf.put("1", "低保", field="社会救助")
    fill()
    assert ("村级财务", 0, True) in ask("q=低保&field=村级财务").facets["field"]


def test_more_than_ten_values_are_counted(shelf, fill, ask):
    for number in range(40):
        shelf.put(str(number), "公开", item=f"事项{number}")
    fill()
    assert len(ask("q=公开").facets["item"]) == 40


def test_newest_first_and_dates(shelf, fill, ask):
    for month in (3, 9, 6):
        shelf.put(str(month), "公开", published_on=date(2026, month, 1))
    fill()
    assert keys(ask("q=公开&sort=newest")) == ["9", "6", "3"]
    assert keys(ask("since=2026-04-01&until=2026-09-01")) == ["9", "6"]
    assert keys(ask("q=公开&sort=newest&until=2026-08-31")) == ["6", "3"]


def test_notices_that_end_soon(shelf, fill, ask):
    for key, day in {"past": date(2026, 11, 1), "soon": date(2026, 11, 25), "later": date(2026, 12, 3)}.items():
        shelf.put(key, "公示", notice_until=day)
    shelf.put("none", "公示")
    fill()
    assert keys(ask("q=公示&sort=ending")) == ["soon", "later"]


def test_pages_neither_repeat_nor_lose(shelf, fill, ask):
    for number in range(173):
        shelf.put(str(number), "低保名单" if number % 2 else "名单", "低保" * (number % 5))
    fill()
    seen = [key for page in range(1, 10) for key in keys(ask(f"q=低保名单&page={page}"))]
    assert len(seen) == len(set(seen)) == ask("q=低保名单").total


ALPHABET = "低保名单村务公开财收支ab12 ，。“”《》（）\n燈Ａ"


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    texts=st.lists(st.tuples(st.text(ALPHABET, min_size=1, max_size=20), st.text(ALPHABET, max_size=60)), min_size=1, max_size=12),
    data=st.data(),
)
def test_what_literally_contains_the_words_is_found(engine, texts, data):
    """Search must not lose a document that a plain scan for the typed words finds."""
    example = uuid.uuid4().hex  # one index for all examples: each has a field of its own
    documents = [Document("d", f"{example}-{n}", title, body, "/", field=example) for n, (title, body) in enumerate(texts)]
    with engine.writing():
        engine.apply([Index(document, 1) for document in documents])
    source = data.draw(st.sampled_from([part for title, body in texts for part in (title, body) if squeezed(part)] or ["低保"]))
    start = data.draw(st.integers(0, max(0, len(source) - 1)))
    typed = source[start : start + data.draw(st.integers(1, 12))]
    wanted = "".join(character for character in typed if character not in '“”"- \n')
    if not squeezed(wanted):
        return
    query = QueryDict(mutable=True)
    query["q"], query["field"] = wanted, example
    found = {hit.document.key for hit in search(parse(query), by=engine).hits}
    scan = {document.key for document in documents if wanted in document.title or wanted in document.body}
    assert scan <= found


@pytest.mark.parametrize(
    "query",
    [
        "q=" + "低" * 10_000,
        "q=，。！？……",
        "q=“没有关上",
        'q="',
        "q=%00%01%1f",
        "q=😀🏠",
        "q='; DROP TABLE disclosures; --",
        "q=title:(a AND b) OR [1 TO 2]^3~",
        "&".join(f"field=x{n}" for n in range(500)),
        "page=1000000000",
        "page=-3&sort=nonsense&since=2026-13-45",
        "q=-",
        "q=- -",
        "since=0001-01-01&until=9999-12-31",
        "q=𠀀𠀁",
    ],
)
def test_whatever_is_typed_gets_an_answer(shelf, fill, ask, query):
    shelf.put("1", "低保")
    fill()
    results = ask(query)
    assert results.plain is False
    assert all(isinstance(note, str) and note for note in results.notes)


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("q=" + "低" * 500, "太长"),
        ("q=，。！", "没有可以查的字"),
        ("&".join(f"field=x{n}" for n in range(60)), "条件选得太多"),
        (f"page={LAST_PAGE + 1}", "最多翻到"),
        ("since=昨天", "日期要写成"),
    ],
)
def test_what_was_not_used_is_said(ask, shelf, fill, query, sentence):
    fill()
    assert any(sentence in note for note in ask(query).notes)


def test_titles_with_markup_are_shown_harmless(shelf, fill, client, monkeypatch, engine):
    from search.highlight import marked, snippet

    assert marked("<script>低保</script>", ["低保"]) == "&lt;script&gt;<mark>低保</mark>&lt;/script&gt;"
    assert "<b>" not in snippet("<b>低保</b>", ["低保"])


def test_highlight_marks_the_raw_text():
    from search.highlight import marked

    assert marked("路燈和ＡＢＣ", ["路灯", "abc"]) == "<mark>路燈</mark>和<mark>ＡＢＣ</mark>"


def test_engine_away_falls_back_to_the_database_and_says_so(shelf, monkeypatch, engine, ask):
    shelf.put("1", "低保名单", place=("22",))
    monkeypatch.setattr(engine, "search", lambda *_, **__: (_ for _ in ()).throw(EngineAway("gone")))
    results = ask("q=低保")
    assert results.plain
    assert keys(results) == ["1"]
    assert any("暂时只能查标题" in note for note in results.notes)


def test_a_page_holds_twenty(shelf, fill, ask):
    for number in range(30):
        shelf.put(str(number), "公开")
    fill()
    assert len(ask("q=公开").hits) == PAGE_SIZE == 20


def test_a_page_that_does_not_exist_shows_the_last_one(shelf, fill, ask):
    for number in range(25):
        shelf.put(str(number), "公开")
    fill()
    results = ask("q=公开&page=77")
    assert (results.query.page, len(results.hits)) == (2, 5)
    assert any("没有第 77 页" in note for note in results.notes)


def test_the_database_answer_keeps_dates_and_ignores_quotes(shelf, monkeypatch, engine, ask):
    for key, day in {"old": date(2024, 1, 1), "new": date(2026, 1, 1)}.items():
        shelf.put(key, "低保名单", published_on=day)
    monkeypatch.setattr(engine, "search", lambda *_, **__: (_ for _ in ()).throw(EngineAway("gone")))
    assert keys(ask("q=“低保名单”&since=2025-01-01")) == ["new"]


def test_a_lost_or_broken_index_folder_is_an_engine_that_is_away(shelf, embedded):
    shelf.put("1", "低保名单")
    with embedded.writing():
        embedded.apply([Index(shelf.documents["1"], 1)])
    (embedded.folder / "v1" / "meta.json").write_text("{", encoding="utf-8")
    results = search(parse(QueryDict("q=低保")), by=embedded)
    assert results.plain
    assert keys(results) == ["1"]


def test_a_very_long_document_does_not_hold_up_the_page(shelf, fill, ask):
    for number in range(5):
        shelf.put(str(number), "村规民约", "邻里和睦，" * 100_000 + "爱护路灯")
    fill()
    started = perf_counter()
    assert ask("q=爱护路灯").total == 5
    assert perf_counter() - started < 2


def test_weighted_words_match_at_their_weight(shelf, fill, engine):
    for key, body in {"typed": "低保", "weighted": "救助", "both": "低保救助", "none": "路灯"}.items():
        shelf.put(key, "甲", body)
    fill()
    found = engine.search(Plan(words=("低保",), weighted=(("救助", 0.25),), literal=(("低", "保"),)))
    scores = {hit.document.key: hit.score for hit in found.hits}
    assert list(scores) == ["both", "typed", "weighted"]
    alone = engine.search(Plan(words=("救助",), literal=(("无",),))).hits
    whole = next(hit.score for hit in alone if hit.document.key == "weighted")
    assert scores["weighted"] == pytest.approx(whole * 0.25, rel=1e-3)


def test_function_words_count_little_but_match(shelf, fill, ask):
    shelf.put("1", "甲", "是否可以如何应该")
    shelf.put("2", "乙", "鱼塘")
    fill()
    assert keys(ask("q=是否可以挖鱼塘")) == ["2", "1"]
    assert keys(ask("q=可以")) == ["1"]


def test_a_question_that_quotes_is_answered_and_told(shelf, fill, ask):
    shelf.put("1", "甲", "个体工商户依法登记")
    shelf.put("2", "乙", "合伙企业")
    fill()
    results = ask("q=名为“个体工商户”实为“合伙”如何登记")
    assert set(keys(results)) == {"1", "2"}
    assert results.query.text == "名为“个体工商户”实为“合伙”如何登记"
    assert any("一字不差" in note for note in results.notes)


def test_the_very_words_alone_are_never_watered_down(shelf, fill, ask):
    shelf.put("1", "甲", "个体工商户依法登记")
    fill()
    results = ask("q=“个体工商户的登记”")
    assert (keys(results), results.total) == ([], 0)
    assert not any("一字不差" in note for note in results.notes)
