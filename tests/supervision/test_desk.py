"""The desk and the public progress pages: every number leads to a list as long as it says; nobody sees other people's places."""

import re
from datetime import date

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext

from openness.disclosures.services.take_down import withdraw
from openness.supervision.models import LedgerField, Obligation, State
from openness.supervision.services.declare import waive
from openness.supervision.services.generate import generate
from openness.units.models import Role, Unit

from .test_ledger import limited, publish
from .walking import DESK, LAST, PROGRESS, links, number, page

pytestmark = pytest.mark.django_db


def rows_behind(client, url: str) -> int:
    """The rows of a list, counted one by one through all its pages; the number that it says must be the same."""
    said, counted = None, 0
    while url:
        text = page(client, url)
        said = number(r"共 (\d+) 项", text)
        soup = BeautifulSoup(text, "html.parser")
        counted += len(soup.select("tbody th[scope=row]"))
        further = soup.find("a", string="下一页")
        url = further["href"] if further else ""
    assert counted == said
    return counted


def promised(soup: BeautifulSoup) -> list[tuple[str, int]]:
    """(address, number) of everything on a desk that stands for a list."""
    found = []
    for link in soup.select(".sv-figures a"):
        patterns = {"done": r"已公开 (\d+) 项", "on_time": r"按时 (\d+) 项", "complete": r"要素齐全 (\d+) 项"}
        words = patterns.get(re.search(r"state=(\w+)", link["href"])[1])
        found.append((link["href"], number(words, link.get_text()) if words else int(link.b.get_text())))
    found += [(link["href"], number(r"应公开 (\d+) 项", link.get_text())) for link in soup.select(".sv-heat td a")]
    found += [(link["href"], int(link.get_text())) for link in soup.select("[aria-labelledby=rank] tbody td a")]
    found += [
        (link["href"], number(r"(\d+) 项", link.get_text())) for link in soup.find_all("a", string=re.compile(r"^(全部|另有).* \d+ 项$"))
    ]
    return found


@pytest.mark.parametrize("base", [DESK, PROGRESS])
def test_every_number_on_every_level_is_the_length_of_the_list_behind_it(year, enter, client, base):
    enter(Role.SUPERVISOR, year["船营区"])
    waiting, seen, opened = [f"{base}?place=220204&period={LAST}"], set(), {}
    while waiting:
        url = waiting.pop()
        soup = BeautifulSoup(page(client, url), "html.parser")
        name = soup.select_one("#sv-place option[selected]").get_text()
        seen.add(name)
        for address, said in promised(soup):
            if address not in opened:
                opened[address] = rows_behind(client, address)
            assert opened[address] == said, (name, address)
        owed = number(r"应公开 (\d+) 项", soup.select_one(".sv-figures a").get_text())
        assert sum(number(r"应公开 (\d+) 项", row.select("td a")[-1].get_text()) for row in soup.select(".sv-heat tbody tr")) == owed
        waiting += [link["href"] for link in soup.select(".sv-heat th a")]
    assert seen == {"船营区", "搜登站镇", "大绥河镇", "搜登站村", "半拉山村", "大绥河村"}
    assert {re.search(r"state=(\w+)", address)[1] for address in opened} == {
        "owed", "done", "on_time", "late", "overdue", "nil", "waived", "complete",
    }  # fmt: skip


def test_the_way_down_goes_by_plain_links_to_the_receipt(year, enter, client, village):
    enter(Role.SUPERVISOR, year["船营区"])
    text = page(client, f"{DESK}?period={LAST}")
    town = next(url for url in links(text, f"{DESK}?") if f"place={year['搜登站镇'].code}" in url)
    text = page(client, town)
    place = next(url for url in links(text, f"{DESK}?") if f"place={village.code}" in url)
    text = page(client, place)
    done = next(url for url in links(text, f"{DESK}cells/") if "state=done" in url)
    one = links(page(client, done), f"{DESK}cell/")[0]
    text = page(client, one)
    assert f"公开凭证 {village.code}-1" in text
    assert f"{LAST}年04月15日 10:00 首次公开" in text or f"{LAST}年4月15日 10:00 首次公开" in text
    assert links(text, "/d/")


def test_a_clerk_sees_the_own_village_only(year, enter, client, village):
    enter(Role.CLERK, village)
    text = page(client, DESK)
    assert "搜登站村" in text
    assert not links(text, f"{DESK}?")
    for other in ("搜登站镇", "大绥河村", "船营区", "半拉山村"):
        for path in ("", "cells/", "cells.xlsx"):
            assert client.get(f"{DESK}{path}?place={year[other].code}").status_code == 404, (other, path)
    foreign = Obligation.objects.filter(unit=year["大绥河村"]).first()
    assert client.get(f"{DESK}cell/{foreign.pk}/").status_code == 404
    assert client.post(f"{DESK}cell/{foreign.pk}/", {"act": "declare", "reason": "没有发生"}).status_code == 404


def test_another_county_s_supervisor_finds_nothing(year, enter, client, village):
    enter(Role.SUPERVISOR, year["龙潭区"])
    assert client.get(f"{DESK}?place=220204").status_code == 404
    assert client.get(f"{DESK}cell/{Obligation.objects.filter(unit=village).first().pk}/").status_code == 404


def test_who_has_no_role_finds_nothing(year, client, member):
    from django.contrib.auth.models import Permission

    nobody = member()
    nobody.user_permissions.add(Permission.objects.get(codename="access_admin"))
    client.force_login(nobody)
    assert client.get(DESK).status_code == 404


@pytest.mark.parametrize("path", ["", "cells/", "cells.xlsx", "cell/{pk}/"])
def test_a_stranger_is_sent_to_the_door(year, client, path):
    answer = client.get(DESK + path.format(pk=Obligation.objects.first().pk))
    assert answer.status_code == 302
    assert answer.url.startswith("/admin/login/")


@pytest.mark.parametrize(
    "query", ["period=x", "period=1999", "field=999999", "field=²", "state=nothing", "page=99999", "page=-1", "alone=x", "alone=1", "x=1"]
)
@pytest.mark.parametrize("base", [DESK, f"{DESK}cells/", PROGRESS, f"{PROGRESS}220204/", f"{PROGRESS}cells/"])
def test_a_wrong_filter_gets_a_normal_page(year, enter, client, base, query):
    enter(Role.SUPERVISOR, year["船营区"])
    page(client, f"{base}?{query}")


def test_an_unknown_place_is_not_there(year, client):
    assert client.get(f"{PROGRESS}?place=000000").status_code == 404
    assert client.get(f"{PROGRESS}000000/").status_code == 404


def test_the_filters_offer_what_can_be_chosen_and_keep_what_was(year, enter, client):
    enter(Role.SUPERVISOR, year["船营区"])
    field = LedgerField.objects.get(name="党务公开")
    soup = BeautifulSoup(page(client, f"{DESK}?place=220204101&period={LAST}-Q2&field={field.pk}"), "html.parser")
    chosen = [option.get_text() for option in soup.select(".sv-filter option[selected]")]
    assert chosen == [f"{LAST}年第二季度到期的", "搜登站镇", "党务公开"]
    assert [option.get_text() for option in soup.select("#sv-place option")] == ["船营区", "搜登站镇", "搜登站村", "半拉山村"]
    periods = [option["value"] for option in soup.select("#sv-period option")]
    assert [code for code in periods if code.startswith(str(LAST))] == [f"{LAST}", *(f"{LAST}-Q{part}" for part in (4, 3, 2, 1))]
    assert all(
        f"period={LAST}-Q2" in link["href"] and f"field={field.pk}" in link["href"] for link in soup.select(".sv-figures a, .sv-heat a")
    )


def cost(client, url: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        page(client, url)
    return len(captured)


def test_pages_cost_the_same_queries_with_more_units(year, enter, client, village):
    enter(Role.SUPERVISOR, year["船营区"])
    Unit.objects.update(active=True)
    one = f"{DESK}cell/{Obligation.objects.filter(unit=village, period=f'{LAST}-Q1').first().pk}/"
    urls = (
        DESK,
        f"{DESK}?place=220204101",
        f"{DESK}cells/?state=owed",
        PROGRESS,
        f"{PROGRESS}220204101/",
        f"{PROGRESS}cells/?state=owed",
        one,
    )
    for url in urls:
        page(client, url)
    before = {url: cost(client, url) for url in urls}
    for number_ in range(8):
        year["搜登站镇"].refresh_from_db()
        year["搜登站镇"].add_child(
            code=f"2204101{number_:05d}", name=f"新{number_}村委会", short_name=f"新{number_}村", level=5, kind="village"
        )
    limited("另一项", "每月公布一次", field="又一个领域")
    generate(since=date(LAST, 1, 1))
    assert {url: cost(client, url) for url in urls} == before


def test_the_page_of_a_cell_costs_the_same_however_much_was_said(year, enter, client, village, draft, member):
    enter(Role.SUPERVISOR, year["船营区"])
    found = Obligation.objects.get(unit=village, period=f"{LAST}-Q1", state=State.ON_TIME)
    url = f"{DESK}cell/{found.pk}/"
    page(client, url)
    before = cost(client, url)
    for day in (16, 17, 18):
        made = publish(draft, date(LAST, 4, day), unit=village, item=found.item, period=f"{LAST}-Q1", formed_on=date(LAST, 4, 1))
    withdraw(made, member("reviewer", village), "重复了")
    for month in (5, 6):
        waive(village, found.duty, found.period, None, "核查", date(2099, month, 1))
    text = page(client, url)
    assert cost(client, url) == before
    assert len(links(text, "/d/")) == 4
    assert "已经撤下，不算公开" in text
    assert "没有过" in text
