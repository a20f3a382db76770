"""一网通答, the feeds, and what files say, on both engines."""

from datetime import date

import pytest

from search import following, service
from search.documents import Document, FilePage
from search.registry import DocumentKind, registry

from .conftest import keys

pytestmark = pytest.mark.django_db
GUIDE = "低保申请指南\n申请低保要带户口本、身份证和收入证明，到镇便民服务中心提交。审核要 30 个工作日。对结果不服的，可以申请复核。"


@pytest.fixture
def guide(shelf, fill):
    shelf.put("guide", "城乡低保申请办事指南", GUIDE, place_label="松花镇", published_on=date(2026, 3, 1))
    shelf.put("list", "低保对象名单", "第三季度共有 12 户。", published_on=date(2026, 10, 1))
    fill()


@pytest.fixture
def site(client, engine, monkeypatch):
    monkeypatch.setattr(service, "engine", lambda: engine)
    monkeypatch.setattr(following, "engine", lambda: engine)
    return client


def test_a_question_gets_the_very_words_and_their_source(guide, ask):
    found = ask("q=申请低保要带什么证明？").answer
    assert found.words == "申请低保要带户口本、身份证和收入证明，到镇便民服务中心提交。"
    assert found.words in GUIDE
    assert found.document.key == "guide"


def test_a_question_for_a_number_gets_a_passage_with_one(guide, ask):
    assert "30 个工作日" in ask("q=低保审核要多少个工作日？").answer.words


def test_what_nobody_wrote_is_not_answered(guide, ask):
    assert ask("q=宅基地怎么申请？").answer is None
    assert ask("q=低保资金从哪里拨付？").answer is None


def test_what_is_no_question_gets_a_list_only(guide, ask):
    results = ask("q=低保申请证明")
    assert not results.understood.asks
    assert results.answer is None


def test_the_page_quotes_or_says_that_there_is_nothing(guide, site):
    page = site.get("/search/", {"q": "申请低保要带什么证明？"}).content.decode()
    assert "原文出自" in page
    page = site.get("/search/", {"q": "宅基地怎么申请？"}).content.decode()
    assert "没有找到能直接回答的话" in page
    assert "一网通答" not in site.get("/search/", {"q": "低保名单"}).content.decode()


def test_json_is_the_same_search(guide, site):
    data = site.get("/search/results.json", {"q": "低保对象名单"}).json()
    assert data["total"] == 2
    assert data["results"][0]["title"] == "低保对象名单"
    assert data["results"][0]["published_on"] == "2026-10-01"
    assert data["results"][0]["url"].startswith("http")
    assert {"value": "2026", "count": 2} in data["facets"]["year"]
    assert site.get("/search/results.json", {"q": "申请低保要带什么证明？"}).json()["answer"]["title"] == "城乡低保申请办事指南"


@pytest.fixture
def with_file(shelf, fill):
    """A document whose second page of a file names the village's road; its body does not."""
    pages = (
        FilePage("项目清单.pdf", "/documents/7/", "第 1 页", "总表"),
        FilePage("项目清单.pdf", "/documents/7/", "第 2 页", "石门村道路硬化三公里"),
    )
    shelf.documents["d"] = Document.with_files(pages, kind="shelf", key="d", title="项目公示", body="见附件", url="/d/d/")
    shelf.put("other", "别的公示")
    kind = registry.kinds["shelf"]
    files = lambda wanted: {key: shelf.documents[key].files for key in wanted}  # noqa: E731
    registry.kinds["shelf"] = DocumentKind(**{**vars(kind), "file_pages": files})
    fill()


def test_what_only_a_file_says_is_found_with_the_file_and_the_page(with_file, ask, site):
    assert keys(ask("q=道路硬化")) == ["d"]
    assert keys(ask("q=“村道路硬”")) == ["d"]
    page = site.get("/search/", {"q": "道路硬化"}).content.decode()
    assert 'href="/documents/7/">项目清单.pdf</a> 第 2 页' in page
    assert "<mark>道路硬化</mark>" in page


def test_a_changed_file_is_a_changed_document(with_file, shelf):
    before = shelf.documents["d"]
    changed = Document.with_files(
        [FilePage("项目清单.pdf", "/documents/7/", "第 1 页", "改了")], kind="shelf", key="d", title="项目公示", body="见附件", url="/d/d/"
    )
    assert changed.digest() != before.digest()
