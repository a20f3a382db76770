"""The operations page and what staff teach the search."""

from datetime import timedelta

import pytest
from django.utils import timezone

from openness.units.models import Role
from search import operations, service, statistics
from search.engines.embedded import EmbeddedEngine
from search.models import Entry, PinnedAnswer, QueryCount, Synonym
from search.outbox import as_of, touch
from search.pinned import look_up_by, pinned

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_index(tmp_path, monkeypatch):
    engine = EmbeddedEngine(tmp_path / "index")
    for module in (operations, service):
        monkeypatch.setattr(module, "engine", lambda: engine)


@pytest.fixture
def counted(monkeypatch):
    """Count some searches, then write down what is to be written."""
    monkeypatch.setattr(statistics, "_counts", statistics._Counts())

    def act(*searches: tuple[str, int]) -> None:
        for text, found in searches:
            statistics.count(text, found)
        statistics.flush()

    return act


@pytest.fixture
def enter(client, member):
    """Sign somebody in, with a role on a unit."""

    def act(unit, role):
        client.force_login(member(role, unit))
        return client

    return act


def parked(key: str) -> Entry:
    touch("shelf", [key])
    Entry.objects.filter(key=key).update(parked_reason="DocumentRejected: 坏的", attempts=1)
    return Entry.objects.get(key=key)


def test_an_administrator_of_the_county_sees_and_retries_what_is_parked(client, enter, tree, shelf):
    row = parked("a")
    page = enter(tree["吉林市"], Role.ADMINISTRATOR).get("/admin/search-state/").content.decode()
    assert "DocumentRejected: 坏的" in page
    assert client.post("/admin/search-state/", {"row": [row.pk, "x", "²", "9" * 40]}).status_code == 302
    row.refresh_from_db()
    assert row.parked_reason == ""
    assert row.pending


def test_a_supervisor_looks_but_does_not_touch(client, enter, tree, shelf):
    row = parked("a")
    enter(tree["吉林市"], Role.SUPERVISOR)
    assert client.get("/admin/search-state/").status_code == 200
    client.post("/admin/search-state/", {"all": "1"})
    row.refresh_from_db()
    assert row.parked_reason


@pytest.mark.parametrize(
    ("where", "role"), [("搜登站镇", Role.ADMINISTRATOR), ("船营区", Role.ADMINISTRATOR), ("搜登站村", Role.CLERK), ("吉林市", Role.CLERK)]
)
def test_nobody_else_sees_it_or_edits_synonyms(client, enter, tree, shelf, where, role):
    enter(tree[where], role)
    for address in ("/admin/search-state/", "/admin/snippets/search/synonym/", "/admin/snippets/search/pinnedanswer/add/"):
        response = client.get(address)
        assert response.status_code in (302, 403), address
        assert "搁置" not in response.content.decode()


def test_an_administrator_adds_a_synonym_and_a_wrong_one_gets_a_sentence(client, enter, tree, shelf):
    enter(tree["吉林市"], Role.ADMINISTRATOR)
    add = "/admin/snippets/search/synonym/add/"
    assert client.post(add, {"word": "吃低 保", "term": "享受最低生活保障待遇", "weight": "0.5"}).status_code == 302
    assert Synonym.objects.filter(word="吃低保", term="享受最低生活保障待遇").exists()
    assert "至少要有两个字" in client.post(add, {"word": "保", "term": "最低生活保障", "weight": "0.5"}).content.decode()
    assert "同一个词" in client.post(add, {"word": "低保", "term": "低保。", "weight": "0.5"}).content.decode()


def test_a_pinned_answer_stands_above_the_results_of_its_very_words(client, enter, tree, shelf):
    enter(tree["吉林市"], Role.ADMINISTRATOR)
    data = {"words": "低保\n怎么办低保？", "title": "低保怎么办", "text": "带户口本到镇便民服务中心。", "url": "/unit/1/", "until": ""}
    assert client.post("/admin/snippets/search/pinnedanswer/add/", data).status_code == 302
    client.logout()
    for asked in ("低保", "怎么办低保"):
        assert "带户口本到镇便民服务中心" in client.get("/search/", {"q": asked}).content.decode()
    assert "带户口本" not in client.get("/search/", {"q": "低保 名单"}).content.decode()


def test_a_pinned_answer_ends_on_its_day(shelf):
    today = timezone.localdate()
    answer = PinnedAnswer.objects.create(words="低保", title="甲", text="乙", until=today)
    look_up_by(answer)
    assert list(pinned(" 低保。", today)) == [answer]
    assert list(pinned("低保", today + timedelta(days=1))) == []


def test_a_pinned_address_must_be_safe(client, enter, tree, shelf):
    enter(tree["吉林市"], Role.ADMINISTRATOR)
    for url in ("javascript:alert(1)", "//elsewhere.example", "http://a.example"):
        page = client.post("/admin/snippets/search/pinnedanswer/add/", {"words": "低保", "title": "甲", "text": "乙", "url": url})
        assert "网址要以" in page.content.decode()


def test_a_query_is_written_down_when_enough_people_asked_it(counted):
    counted(("低保", 3), ("低保", 3), ("村账", 0))
    assert not QueryCount.objects.exists()
    counted(("低保", 0))
    counted(("低保", 5))
    assert QueryCount.objects.values_list("text", "times", "empty").get() == ("低保", 4, 1)
    assert statistics.top(timezone.localdate()) == [("低保", 4)]
    assert statistics.without_result(timezone.localdate()) == [("低保", 1)]


def test_searches_are_written_down_together_once_a_minute(counted, monkeypatch, django_assert_num_queries):
    with django_assert_num_queries(0):
        for _ in range(9):
            statistics.count("低保", 1)
    monkeypatch.setattr(statistics, "_flushed_at", statistics.monotonic() - statistics.FLUSH_SECONDS)
    statistics.count("低保", 1)
    assert QueryCount.objects.get().times == 10


@pytest.mark.parametrize("asked", ["13900001111", "低保 2202040000", "我叫甲乙丙", "甲先生 低保", "a@b", "字" * 21, "户主甲"])
def test_what_may_be_a_persons_is_never_written_down(counted, asked):
    counted(*[(asked, 0)] * 9)
    assert not QueryCount.objects.exists()


def test_the_clock_stands_at_the_oldest_change_that_waits(shelf):
    assert timezone.now() - as_of() < timedelta(seconds=5)
    touch("shelf", ["a"])
    earlier = timezone.now() - timedelta(minutes=7)
    Entry.objects.update(queued_at=earlier)
    assert as_of() == earlier


def test_a_parked_row_does_not_hold_the_clock_back(shelf):
    parked("a")
    Entry.objects.update(queued_at=timezone.now() - timedelta(days=2))
    assert timezone.now() - as_of() < timedelta(seconds=5)
