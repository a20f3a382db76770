"""What residents read of lists: the version in force, the old ones, an entry through all of them, the adjustments and their feed."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from openness.powers.models import Kind
from openness.powers.services.drafts import begin_list

from .conftest import AGED, FIRE, FIRST, HOUSE, TREES

pytestmark = pytest.mark.django_db


def text(client, url: str, status: int = 200) -> str:
    response = client.get(url)
    assert response.status_code == status, url
    return (b"".join(response.streaming_content) if response.streaming else response.content).decode()


@pytest.fixture
def two(put):
    """Two versions: the second changed 宅基地, took 防火 away and brought 河道."""
    first = put(*FIRST)
    second = put(replace(HOUSE, fee="不收费"), TREES, AGED, replace(FIRE, code="220204-JC-002", name="河道采砂检查"), day=date(2026, 3, 1))
    return first, second


def test_the_list_shows_the_version_in_force_by_kind(client, two, power_list):
    page = text(client, power_list.get_absolute_url())
    assert "河道采砂检查" in page
    assert "森林防火检查" not in page
    assert page.index("行政许可</h2>") < page.index("行政给付</h2>") < page.index("行政检查</h2>")
    assert "第 2 版（现行）" in page.replace("\n", "")
    assert str(power_list) in text(client, "/powers/")


def test_an_old_version_stays_readable_and_names_the_one_in_force(client, two, power_list):
    page = text(client, two[0].address)
    assert "森林防火检查" in page
    assert "已经不用了" in page
    assert "现在用的是第 2 版" in page
    assert f'href="{power_list.get_absolute_url()}"' in page


def test_a_version_that_begins_later_says_so_and_the_list_stays(client, put, power_list):
    put(*FIRST)
    coming = put(HOUSE, day=timezone.localdate() + timedelta(days=9))
    assert "森林防火检查" in text(client, power_list.get_absolute_url())
    assert "才施行" in text(client, coming.address)


def test_a_draft_is_nowhere(client, drafted, power_list):
    drafted(*FIRST)
    for url in (power_list.get_absolute_url(), f"/powers/{power_list.pk}/versions/0/", f"/powers/{power_list.pk}/{HOUSE.code}/"):
        text(client, url, 404)
    text(client, f"/powers/{power_list.pk}/versions/0/list.csv", 404)
    assert str(power_list) not in text(client, "/powers/")


def test_an_entry_shows_what_every_version_did_to_it(client, two, power_list):
    page = text(client, f"/powers/{power_list.pk}/{HOUSE.code}/")
    assert "不收费" in page
    assert "第 2 版" in page
    assert "（空）" in page
    gone = text(client, f"/powers/{power_list.pk}/{FIRE.code}/")
    assert "已经不在现行的清单里" in gone
    assert "取消" in gone
    text(client, f"/powers/{power_list.pk}/nothing/", 404)
    text(client, f"/powers/{power_list.pk}/%00/", 404)


def test_searching_and_filtering_in_a_list(client, two, power_list):
    assert "高龄津贴发放" not in text(client, f"{power_list.get_absolute_url()}?q=采伐 林业局")
    only = text(client, f"{power_list.get_absolute_url()}?matter=benefit")
    assert "高龄津贴发放" in only
    assert TREES.name not in only
    assert "没有找到" in text(client, f"{power_list.get_absolute_url()}?q=飞船")
    for odd in ("?matter=x&q=%00", "?page=x", "?page=-1&q=" + "长" * 500):
        text(client, power_list.get_absolute_url() + odd)


def test_a_version_is_taken_away_as_csv_and_xlsx(client, two, power_list):
    assert "河道采砂检查" in text(client, f"/powers/{power_list.pk}/versions/2/list.csv")
    assert client.get(f"/powers/{power_list.pk}/versions/1/list.xlsx").content[:2] == b"PK"
    text(client, f"/powers/{power_list.pk}/versions/9/list.csv", 404)
    text(client, f"/powers/{power_list.pk}/versions/1/list.exe", 404)


def test_the_adjustments_by_kind_of_change_place_and_year(client, two, tree):
    page = text(client, "/powers/changes/")
    assert all(name in page for name in ("河道采砂检查", "森林防火检查", "农村村民宅基地审批"))
    removed = text(client, "/powers/changes/?change=removed")
    assert "森林防火检查" in removed
    assert "河道采砂检查" not in removed
    assert "没有调整" in text(client, "/powers/changes/?year=2020")
    assert "没有调整" in text(client, f"/powers/changes/?unit={tree['龙潭区'].code}")
    assert "没有调整" in text(client, "/powers/changes/?kind=licences")
    text(client, "/powers/changes/?year=9999999&change=x&unit=%00")


def test_the_feed_says_the_same_as_the_page(client, two):
    feed = text(client, "/powers/changes/feed.atom?change=adjusted")
    assert "调整：农村村民宅基地审批" in feed
    assert "收费：（空） → 不收费" in feed
    assert "森林防火检查" not in feed


def test_pages_cost_the_same_queries_with_more_lists_entries_and_changes(client, two, power_list, put, tree, people):
    def cost(url: str) -> int:
        with CaptureQueriesContext(connection) as seen:
            text(client, url)
        return len(seen)

    text(client, "/powers/")
    urls = [
        "/powers/?x={n}",
        power_list.get_absolute_url() + "?x={n}",
        f"/powers/{power_list.pk}/{HOUSE.code}/?x={{n}}",
        "/powers/changes/?x={n}",
    ]
    before = [cost(url.format(n=1)) for url in urls]
    put(*(replace(HOUSE, code=f"A{n}", name=f"第{n}件") for n in range(40)), replace(HOUSE, fee="五元"), day=date(2026, 5, 1))
    begin_list(tree["搜登站镇"], Kind.POWERS, people["clerk"])
    assert [cost(url.format(n=2)) for url in urls] == before
    assert max(before) < 14
