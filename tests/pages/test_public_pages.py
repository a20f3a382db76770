from datetime import timedelta

import pytest
from django.utils import timezone

from openness.disclosures.services.take_down import withdraw

pytestmark = pytest.mark.django_db


def text(client, url: str, status: int = 200) -> str:
    answer = client.get(url)
    assert answer.status_code == status
    return answer.content.decode()


def test_home_shows_search_places_fields_and_news(client, home, published):
    disclosure = published()
    page = text(client, "/")
    for words in ("村里的事，一搜就知道", "船营区", "村务公开", disclosure.title, "示例数据", 'name="SiteIDCode"'):
        assert words in page


def test_a_draft_is_nowhere(client, home, draft, tree):
    disclosure = draft(title="还没审核的草稿")
    assert client.get(disclosure.get_absolute_url()).status_code == 404
    for url in ("/", tree["搜登站村"].get_absolute_url(), disclosure.item.get_absolute_url(), "/search/?q=草稿"):
        assert "还没审核的草稿" not in text(client, url)


def test_a_disclosure_shows_its_proof_and_the_metas_inspectors_look_for(client, published):
    disclosure = published(document_number="搜政发〔2026〕3号")
    page = text(client, disclosure.get_absolute_url())
    for words in (
        disclosure.index_number,
        "搜政发〔2026〕3号",
        "公开凭证",
        'name="ArticleTitle"',
        'name="PubDate"',
        'name="ContentSource"',
        "<svg",
    ):
        assert words in page


def test_a_withdrawn_page_says_why_and_answers_410(client, published, member):
    disclosure = published()
    withdraw(disclosure, member("reviewer", disclosure.unit), "含有个人信息")
    page = text(client, disclosure.get_absolute_url(), 410)
    assert "含有个人信息" in page
    assert "本季度批准宅基地两户" not in page


def test_a_notice_counts_down(client, published):
    today = timezone.localdate()
    disclosure = published(notice_from=today - timedelta(days=12), notice_until=today + timedelta(days=2))
    assert "公示中，还剩 2 天" in text(client, disclosure.get_absolute_url())


def test_a_notice_whose_period_is_over_is_gone_even_before_the_clock_ran(client, published):
    today = timezone.localdate()
    disclosure = published(notice_from=today - timedelta(days=20), notice_until=today - timedelta(days=1), comes_down=True)
    assert "本季度批准宅基地两户" not in text(client, disclosure.get_absolute_url(), 410)


def test_a_unit_shows_its_catalogue_with_states(client, published, village):
    disclosure = published()
    page = text(client, village.get_absolute_url())
    assert disclosure.item.name in page
    assert "已公开" in page
    assert "没有这种状态的事项" in text(client, f"{village.get_absolute_url()}?state=late")


def test_pages_cost_the_same_queries_with_more_units_and_more_texts(client, home, published, tree, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def count(url: str) -> int:
        with CaptureQueriesContext(
            connection,
        ) as captured:
            text(client, url)
        return len(captured)

    published()
    urls = (
        "/",
        tree["搜登站镇"].get_absolute_url(),
        tree["船营区"].get_absolute_url(),
        tree["搜登站村"].get_absolute_url(),
        "/catalog/",
        "/search/?q=宅基地",
    )
    for url in urls:
        text(client, url)
    before = {url: count(url) for url in urls}
    for name in ("搜登站村", "半拉山村", "大绥河村"):
        for _ in range(3):
            published(unit=tree[name])
    assert {url: count(url) for url in urls} == before


@pytest.mark.parametrize(
    "url", ["/u/000000/", "/u/22/", "/d/999999/", "/item/999999/", "/media/../settings.py", "/media/x.png", "/nothing/"]
)
def test_unknown_addresses_get_a_friendly_404(client, home, url):
    assert "没有这一页" in text(client, url, 404)


def test_choosing_a_place_without_script(client, home, tree):
    assert "半拉山村" in text(client, "/?town=220204101")
    assert client.get("/go/?town=220204101&village=220204101201").url == tree["搜登站村"].get_absolute_url()
    assert client.get("/go/?town=220204101&village=").url == tree["搜登站镇"].get_absolute_url()
    assert client.get("/go/?town=x").url == "/"
    assert client.get("/go/?town=%00").url == "/"


def test_the_size_of_type_is_shown_at_once_and_kept(client, home):
    answer = client.get("/catalog/", {"size": "l"})
    assert 'data-size="l"' in answer.content.decode()
    assert answer.cookies["size"].value == "l"
    assert 'data-size="l"' in text(client, "/")
    assert '<html lang="zh-CN">' in text(client, "/?size=huge")
    assert client.get("/", {"size": "huge"}).cookies.get("size") is None
    assert '<html lang="zh-CN">' in text(client, "/?size=")


def test_another_size_keeps_the_search(client, home):
    assert "?q=%E4%BD%8E%E4%BF%9D&amp;size=xl" in text(client, "/search/?q=低保")


def test_public_pages_allow_no_inline_script(client, home):
    policy = client.get("/").headers["Content-Security-Policy"]
    assert "script-src 'self'" in policy
    assert "unsafe-inline" not in policy


def test_an_old_version_s_item_leads_to_the_one_in_force(client, item):
    from catalog.models import Field, Standard
    from catalog.models.standard import Status

    old = Standard.objects.get()
    old.status = Status.SUPERSEDED
    old.save()
    new = Standard.objects.create(area=old.area, series=old.series, version=2, name="新目录", issuer="x", effective_from="2026-09-01")
    field = Field.objects.create(standard=new, name="村务公开", position=0)
    current = type(item).objects.create(field=field, key=item.key, position=0, level1=item.level1)
    assert client.get(item.get_absolute_url()).url == current.get_absolute_url()
