"""您是不是要找, on the page and only where it helps."""

import pytest

from search import correction, service
from search.registry import TermSource, registry
from search.suggest.refresh import refresh_terms

pytestmark = pytest.mark.django_db


@pytest.fixture
def site(client, engine, shelf, fill, monkeypatch):
    """Documents about homesteads, whose name is a known term."""
    for module in (service, correction):
        monkeypatch.setattr(module, "engine", lambda: engine)
    registry.term_sources.append(lambda: [TermSource("宅基地", 5, "公开事项"), TermSource("低保", 5, "公开事项")])
    refresh_terms()
    for number in range(5):
        shelf.put(str(number), f"宅基地审批结果 {number}", "公示七天")
    fill()
    return lambda words: client.get("/search/", {"q": words}).content.decode()


def test_a_homophone_is_asked_about_with_a_link(site):
    page = site("宅鸡地")
    assert "您是不是要找" in page
    assert ">宅基地<" in page


@pytest.mark.parametrize("words", ["宅基地", "公示七天", "“宅鸡地”x", "", "！！"])
def test_what_is_right_or_meant_so_is_not_asked_about(site, words):
    assert "您是不是要找" not in site(words) or words.startswith("“")


def test_the_very_words_are_not_asked_about(site, client):
    assert "您是不是要找" not in client.get("/search/", {"q": "宅鸡地", "as_typed": "1"}).content.decode()
