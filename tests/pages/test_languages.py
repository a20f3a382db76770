"""The same page in traditional characters and with a Korean interface, by its address."""

import json

import pytest
from django.urls import reverse
from django.utils import translation
from wagtail.models import Page, Site

from openness.pages.languages import KOREAN, TRADITIONAL
from openness.pages.languages.addresses import in_language, own_in_language
from openness.pages.languages.answer import page_in
from openness.pages.languages.traditional import to_traditional
from openness.pages.models import HomePage, SiteFrame, TextPage

pytestmark = pytest.mark.django_db


@pytest.fixture
def home(db):
    root = Page.objects.get(depth=1)
    page = root.add_child(instance=HomePage(title="首页", slug="county", often="低保 村里的账"))
    Site.objects.update_or_create(is_default_site=True, defaults={"root_page": page, "hostname": "localhost"})
    page.add_child(instance=TextPage(title="帮助", slug="help", body="<p>怎么找村里的账</p>"))
    return page


def text(client, url: str, status: int = 200) -> str:
    answer = client.get(url)
    assert answer.status_code == status, answer
    return answer.content.decode()


def hant(page: str, words: str = "") -> str:
    return page_in(page, TRADITIONAL, to_traditional(words))


# What is converted, and what never is.


def test_words_become_traditional_by_their_meaning():
    assert (
        hant("<p>皇后村里的干部说：以后里面发展，头发、干旱、公里、只有、一只</p>")
        == "<p>皇后村裡的幹部說：以後裡面發展，頭髮、乾旱、公里、只有、一隻</p>"
    )


@pytest.mark.parametrize("name", ["于某某", "于海", " 于桂英 ", "涂小芳", "于*芳", "范某某", "余某"])
def test_names_of_people_stay(name: str):
    assert hant(f"<td>{name}</td>") == f"<td>{name}</td>"


@pytest.mark.parametrize(("words", "after"), [("于是", "於是"), ("于今年", "於今年"), ("设于村部", "設於村部")])
def test_the_preposition_is_no_name(words: str, after: str):
    assert hant(f"<p>{words}</p>") == f"<p>{after}</p>"


def test_a_site_s_own_places_go_first():
    assert hant("<p>后屯村后面</p>", "后屯") == "<p>后屯村後面</p>"
    assert hant("<p>干沟子</p>", "干沟子=乾溝子") == "<p>乾溝子</p>"


def test_a_word_half_within_a_mark_is_one_word():
    assert hant("<p>以<mark>后</mark>和皇<mark>后</mark></p>") == "<p>以<mark>後</mark>和皇<mark>后</mark></p>"


@pytest.mark.parametrize(
    "kept",
    [
        '<input name="q" value="后面">',
        '<input type="submit" name="act" value="发">',
        "<textarea>以后发展</textarea>",
        "<option>后勤</option>",
        "<code>后</code>",
        "<script>var a = '发'</script>",
        "<!-- 发 -->",
        '<a href="/search/?q=%E5%8F%91" download></a>',
        '<p translate="no">发<b>发</b>后</p>',
        '<span data-key="发" id="后" class="发"></span>',
    ],
)
def test_what_is_sent_back_or_is_no_word_stays(kept: str):
    assert hant(kept) == kept


def test_attributes_for_people_and_heads_are_converted():
    page = '<title>发</title><meta name="description" content="发"><img alt="发" title="发"><input placeholder="发"><input type="submit" value="发"><td data-l="发">'
    assert "发" not in hant(page)


def test_data_for_machines_keeps_its_names_and_addresses():
    page = '<script type="application/ld+json">{"@type": "发", "name": "发<b", "发": "x", "url": "http://x/发"}</script>'
    inner = hant(page).partition(">")[2].rpartition("<")[0]
    assert "<" not in inner
    assert json.loads(inner) == {"@type": "发", "name": "發<b", "发": "x", "url": "http://x/发"}


# Links.


@pytest.mark.parametrize("address", ["/", "/u/220204101/?state=ok#x", "/search/?q=1.pdf", "/help/", "/search/results.atom?q=1"])
def test_links_to_pages_keep_the_language(address: str):
    assert in_language(address, KOREAN) == f"/ko{address}"


@pytest.mark.parametrize(
    "address",
    [
        "/admin/", "/documents/1/x.pdf", "/media/a.webp", "/static/css/site.css", "/progress/scores/csv/?place=1", "/progress/notices/1/xlsx/",
        "/d/1/board.pdf", "/search/results.json?q=1", "?page=2", "#main", "tel:12345", "https://example.cn/", "//example.cn/", "/hant/u/1/", "/ko/",
    ],
)  # fmt: skip
def test_other_links_stay(address: str):
    assert in_language(address, KOREAN) == address


def test_a_complete_address_of_the_site_itself(settings):
    settings.SITE_URL = "https://example.gov.cn"
    assert own_in_language("https://example.gov.cn/d/1/", KOREAN) == "https://example.gov.cn/ko/d/1/"
    assert own_in_language("https://example.gov.cn.evil.cn/", KOREAN) == "https://example.gov.cn.evil.cn/"


def test_the_whole_site_is_walked_in_its_language(client, home, published):
    disclosure = published()
    page = text(client, "/hant/")
    assert '<html lang="zh-Hant"' in page
    assert f'href="/hant{disclosure.get_absolute_url()}"' in page
    assert 'action="/hant/search/"' in page
    assert 'href="/hant/help/"' in page
    assert 'href="/admin/"' in page
    assert 'href="/" hreflang="zh-CN"' in page
    assert 'hreflang="ko" href="http://127.0.0.1:8000/ko/"' in page
    assert "村裡的事" in page
    shown = text(client, f"/hant{disclosure.get_absolute_url()}")
    assert "2026年第三季度宅基地審批情況" in shown
    assert disclosure.get_absolute_url() in shown


def test_the_original_is_as_it_was(client, home):
    page = text(client, "/")
    assert '<html lang="zh-CN"' in page
    assert 'href="/search/"' in page
    assert 'href="/hant/" hreflang="zh-Hant"' in page


def test_redirects_keep_the_language(client, home, village):
    assert client.get(f"/ko/go/?village={village.code}")["Location"] == f"/ko{village.get_absolute_url()}"
    assert client.get("/ko/catalog")["Location"] == "/ko/catalog/"
    assert client.get("/hant")["Location"] == "/hant/"
    assert client.get("/hant?size=l")["Location"] == "/hant/?size=l"


@pytest.mark.parametrize("path", ["/admin/", "/static/css/site.css", "/documents/1/a.pdf", "/progress/scores/csv/"])
def test_what_has_one_form_is_sent_to_it(client, home, path: str):
    assert client.get(f"/ko{path}?a=1")["Location"] == f"{path}?a=1"


@pytest.mark.parametrize("path", ["/ko//evil.example/", "/ko//evil.example/a.pdf", "/ko//evil.example/admin/"])
def test_no_address_leads_to_another_site(client, home, path: str):
    assert not client.get(path).get("Location", "").startswith("//")


def test_pages_that_are_not_there_say_so_in_the_language(client, home):
    assert "沒有這一頁" in text(client, "/hant/d/999/", 404)
    assert "没有这一页" not in text(client, "/ko/d/999/", 404)
    assert "沒有這一頁" in text(client, "/hant/hant/", 404)


def test_a_form_is_sent_and_answered_in_the_language(client, home, village):
    address = f"/hant{reverse('message_new')}?unit={village.code}"
    page = client.post(address, {"text": "路灯坏了，干什么都不方便", "name": "", "phone": ""}).content.decode()
    assert "路灯坏了，干什么都不方便</textarea>" in page
    assert "電話" in page


def test_offers_of_the_search_box_keep_the_language(client, home):
    data = client.get("/hant/search/suggest?q=低保").json()
    assert all(offer["url"].startswith("/hant/") for offer in data["suggestions"])


def test_the_feed_of_a_search_keeps_the_language(client, home, settings, published):
    published()
    feed = client.get("/hant/search/results.atom?q=").content.decode()
    assert "全站的新公開" in feed
    assert f"{settings.SITE_URL}/hant/search/" in feed


def test_the_language_ends_with_the_answer(client, home):
    text(client, "/ko/")
    assert translation.get_language() == "zh-hans"


# Korean.


def test_clerks_words_say_that_they_are_chinese(client, home, published):
    disclosure = published()
    page = text(client, f"/ko{disclosure.get_absolute_url()}")
    assert '<html lang="ko"' in page
    assert f'<h1 lang="zh-CN">{disclosure.title}</h1>' in page
    assert 'lang="zh-CN">本季度批准宅基地两户。</p>' in page
    assert '<button class="btn" type="submit">' in page


@pytest.mark.parametrize(("first", "order"), [(False, ["zh-CN", "ko"]), (True, ["ko", "zh-CN"])])
def test_the_order_of_scripts_in_the_head_is_a_setting(client, home, first: bool, order: list[str]):
    frame = SiteFrame.for_site(Site.objects.get())
    frame.place_korean, frame.site_name_korean, frame.korean_first = "안북현", "기층정무공개", first
    frame.save()
    assert [tag for tag, _words in frame.names] == order
    page = text(client, "/")
    heads = [page.index('lang="ko">안북현 기층정무공개'), page.index('<span class="name" lang="zh-CN">')]
    assert (heads[0] < heads[1]) == first
