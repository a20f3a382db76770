"""The desk and the public progress pages: every number leads to a list as long as it says; nobody sees other people's places."""

import html
import re
from datetime import date

import pytest
from django.utils import timezone

from openness.disclosures.periods import parse_period
from openness.supervision.models import LedgerField, NilDeclaration, Obligation, State
from openness.supervision.services.declare import declare_nil
from openness.supervision.services.desk import Choice, desk
from openness.supervision.services.generate import generate
from openness.units.models import Role

from .test_ledger import cell, limited, publish

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
DESK, PROGRESS = "/admin/supervision/", "/progress/"


@pytest.fixture
def year(tree, village, draft):
    """This year, with a little of everything."""
    finance = limited("财务收支", "每季度的首个月20日")
    limited("党务", "每月公布一次", field="党务公开")
    generate()
    ended = [one.period for one in Obligation.objects.filter(unit=village, duty__key=finance.key, due_on__lt=TODAY).order_by("due_on")]
    for period in ended[:2]:
        publish(draft, TODAY, unit=village, item=finance, period=period, formed_on=TODAY)
    declare_nil(cell(tree["大绥河镇"], finance, ended[-1]), None, "没有发生")
    return tree


@pytest.fixture
def enter(client, member):
    def act(role, unit):
        client.force_login(member(role, unit))
        return client

    return act


def page(client, url: str) -> str:
    response = client.get(html.unescape(url))
    assert response.status_code == 200, url
    return response.content.decode()


def links(text: str, path: str) -> list[str]:
    return [html.unescape(url) for url in re.findall(rf'href="({re.escape(path)}[^"]*)"', text)]


def counted(text: str) -> int:
    return int(re.search(r"共 (\d+) 项", text)[1])


@pytest.mark.parametrize(("base", "name"), [(DESK, "船营区"), (DESK, "搜登站镇"), (PROGRESS, "船营区")])
def test_every_figure_is_the_length_of_the_list_behind_it(year, enter, client, base, name):
    enter(Role.SUPERVISOR, year["船营区"])
    choice = Choice(year[name], parse_period(str(TODAY.year)))
    text = page(client, f"{base}?place={year[name].code}")
    found = desk(choice, TODAY)
    lists = links(text, f"{base}cells/")
    numbers = {url: counted(page(client, url)) for url in lists}
    for figure in found.figures:
        (url,) = {url for url in lists if f"state={figure.state}" in url and f"place={year[name].code}&" in url and "field=" not in url}
        expected = {"done": figure.detail.split("/")[0], "on_time": figure.detail.split("/")[0]}.get(figure.state, figure.value)
        assert numbers[url] == int(expected), figure
    for row in found.rows:
        for one in row.cells:
            url = f"place={row.unit.code}&period={TODAY.year}&field={one.field.pk}&state=owed"
            if one.percent is not None:
                assert numbers[next(known for known in lists if url in known)] == one.sums.owed


def test_the_way_down_goes_by_plain_links_to_the_receipt(year, enter, client, village):
    enter(Role.SUPERVISOR, year["船营区"])
    text = page(client, DESK)
    town = next(url for url in links(text, f"{DESK}?") if f"place={year['搜登站镇'].code}" in url)
    text = page(client, town)
    place = next(url for url in links(text, f"{DESK}?") if f"place={village.code}" in url)
    text = page(client, place)
    done = next(url for url in links(text, f"{DESK}cells/") if "state=done" in url)
    one = links(page(client, done), f"{DESK}cell/")[0]
    text = page(client, one)
    assert f"公开凭证 {village.code}-" in text
    assert links(text, "/d/")


def test_a_clerk_sees_the_own_village_only(year, enter, client, village):
    enter(Role.CLERK, village)
    text = page(client, DESK)
    assert "搜登站村" in text
    assert not links(text, f"{DESK}?")
    for other in ("搜登站镇", "大绥河村", "船营区"):
        assert client.get(f"{DESK}?place={year[other].code}").status_code == 404
        assert client.get(f"{DESK}cells/?place={year[other].code}").status_code == 404
    foreign = Obligation.objects.filter(unit=year["大绥河村"]).first()
    assert client.get(f"{DESK}cell/{foreign.pk}/").status_code == 404


def test_a_stranger_is_sent_to_the_door(year, client):
    assert client.get(DESK).status_code == 302
    assert client.get(f"{DESK}cell/{Obligation.objects.first().pk}/").status_code == 302


@pytest.mark.parametrize("query", ["period=x", "period=1999", "field=999999", "field=²", "state=nothing", "page=99999", "page=-1", "x=1"])
@pytest.mark.parametrize("base", [DESK, f"{DESK}cells/", PROGRESS, f"{PROGRESS}cells/"])
def test_a_wrong_filter_gets_a_normal_page(year, enter, client, base, query):
    enter(Role.SUPERVISOR, year["船营区"])
    page(client, f"{base}?{query}")


def test_an_unknown_place_is_not_there(year, client):
    assert client.get(f"{PROGRESS}?place=000000").status_code == 404


def test_pages_cost_the_same_queries_with_more_units(year, enter, client, django_assert_num_queries, tree):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    enter(Role.SUPERVISOR, year["船营区"])

    def cost(url: str) -> int:
        with CaptureQueriesContext(connection) as captured:
            page(client, url)
        return len(captured)

    urls = (DESK, f"{DESK}cells/?state=owed", PROGRESS, f"{PROGRESS}cells/?state=owed")
    for url in urls:
        page(client, url)
    before = {url: cost(url) for url in urls}
    for number in range(8):
        year["搜登站镇"].refresh_from_db()
        year["搜登站镇"].add_child(
            code=f"2204101{number:05d}", name=f"新{number}村委会", short_name=f"新{number}村", level=5, kind="village"
        )
    limited("另一项", "每月公布一次", field="又一个领域")
    generate()
    assert {url: cost(url) for url in urls} == before


def test_a_clerk_declares_nil_and_takes_it_back_and_hears_why_not(year, enter, client, village):
    open_cell = Obligation.objects.filter(unit=village, state=State.OPEN, due_on__lt=TODAY).first()
    url = f"{DESK}cell/{open_cell.pk}/"
    enter(Role.CLERK, village)
    assert "请选一个原因" in client.post(url, {"act": "declare"}, follow=True).content.decode()
    assert "已申报" in client.post(url, {"act": "declare", "reason": "没有发生"}, follow=True).content.decode()
    assert NilDeclaration.objects.filter(undone_at=None, unit=village).count() == 1
    assert "已撤回" in client.post(url, {"act": "undo"}, follow=True).content.decode()
    assert client.post(url, {"act": "waive", "reason": "x", "day": "2099-01-01"}).status_code == 404  # not a clerk's to give
    assert client.post(url, {"act": "nonsense"}).status_code == 404


def test_an_administrator_extends_and_waives(year, enter, client, village):
    open_cell = Obligation.objects.filter(unit=village, state=State.OPEN, due_on__lt=TODAY).first()
    url = f"{DESK}cell/{open_cell.pk}/"
    enter(Role.ADMINISTRATOR, year["船营区"])
    assert "日期要写成" in client.post(url, {"act": "extend", "reason": "水灾", "day": "下周"}, follow=True).content.decode()
    assert "已延期" in client.post(url, {"act": "extend", "reason": "水灾", "day": "2099-01-01"}, follow=True).content.decode()
    assert "批准不公开" in client.post(url, {"act": "waive", "reason": "核查", "day": "2099-02-01"}, follow=True).content.decode()
    open_cell.refresh_from_db()
    assert (open_cell.state, open_cell.due_on) == (State.WAIVED, date(2099, 1, 1))


def test_equal_ones_share_a_rank_and_who_owes_nothing_has_none(year):
    found = desk(Choice(year["船营区"], parse_period(str(TODAY.year))), TODAY)
    assert next(row.unit.short_name for row in found.ranking) == "搜登站镇"
    assert {row.rank for row in found.ranking} == {1, 2}
    nothing = desk(Choice(year["船营区"], parse_period(str(TODAY.year)), LedgerField.objects.create(name="空")), TODAY)
    assert nothing.ranking == ()
