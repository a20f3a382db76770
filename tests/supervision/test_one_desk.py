"""The desk as one desk: its menu, the ways between its pages, many nil declarations at once."""

from datetime import date, datetime, timedelta

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.admin.menu import admin_menu

from openness.supervision.models import NilDeclaration, Obligation, State
from openness.supervision.services.declare import DeclarationRefused
from openness.supervision.services.declare_many import declare_many
from openness.supervision.services.generate import generate
from openness.supervision.services.rectify import Demand, issue, take
from openness.supervision.services.urge import urge
from openness.supervision.services.verify import differences

from .blanks import blank
from .test_ledger import limited

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


def shown_to(user, rf) -> list[str]:
    request = rf.get("/admin/")
    request.user = user
    found = next((item for item in admin_menu.menu_items_for_request(request) if item.name == "supervision"), None)
    return [str(item.label) for item in sorted(found.menu.menu_items_for_request(request), key=lambda item: item.order)] if found else []


def test_one_menu_in_one_order_and_nobody_sees_what_they_may_not(rf, member, tree):
    whole = ["督办台", "提醒和催办", "整改", "抽查", "自动检查", "得分", "考核指标", "通报", "年度报告"]
    assert shown_to(member("supervisor", tree["船营区"]), rf) == whole
    assert shown_to(member("administrator", tree["吉林省"]), rf) == [*whole, "监督规定"]
    assert shown_to(member("reviewer", tree["搜登站村"]), rf) == [name for name in whole if name not in ("抽查", "通报")]
    assert shown_to(member("clerk", tree["搜登站村"]), rf) == []  # those who only write have their list, which leads on
    assert shown_to(member(), rf) == []


def test_the_desk_s_progress_is_as_long_as_the_lists_of_that_place(client, member, tree, village):
    supervisor = member("supervisor", tree["船营区"])
    client.force_login(supervisor)
    for number, name in enumerate(("搜登站村", "半拉山村", "大绥河村")):
        urge([blank(tree[name], TODAY - timedelta(days=12)).pk], supervisor)
        order = issue(supervisor, Demand(tree[name], f"问题{number}", "要改"))
        if name == "半拉山村":
            take(order, "answer", member("clerk", tree[name]), "改了")
    for place, said in (("220204", [3, 2, 1, 0]), ("220204101", [2, 1, 1, 0])):
        links = BeautifulSoup(client.get(f"/admin/supervision/?place={place}").content, "html.parser").select(".sv-flow a")
        assert [int(link.b.get_text()) for link in links] == said
        for link, number in zip(links, said, strict=True):
            listed = BeautifulSoup(client.get(link["href"]).content, "html.parser")
            assert len(listed.select("tbody th[scope=row]")) == number, link["href"]
            assert "只看" in listed.get_text()


def test_a_cell_leads_to_its_urgings_and_orders_and_back(client, member, tree, village):
    supervisor, late = member("supervisor", tree["船营区"]), blank(village, TODAY - timedelta(days=12))
    client.force_login(supervisor)
    urging, order = urge([late.pk], supervisor).made[0], issue(supervisor, Demand(village, "没有公开", "请公开", cell=late))
    here = reverse("supervision_cell", args=[late.pk])
    text = client.get(here).content.decode()
    for address in (reverse("supervision_urging", args=[urging.pk]), reverse("supervision_order", args=[order.pk])):
        assert address in text
        assert here in client.get(address).content.decode()
    assert f"{reverse('supervision_new_order')}?cell={late.pk}" in text
    client.force_login(member("clerk", village))
    assert reverse("supervision_new_order") not in client.get(here).content.decode()


@pytest.fixture
def blanks(tree):
    """Cells of two event items of the quarter before the last, of every unit."""
    for name in ("宅基地审批", "换届选举"):
        limited(name, "信息形成之日起20个工作日内")
    generate(since=date(TODAY.year - 1, 1, 1))
    return Obligation.objects.filter(period=f"{TODAY.year - 1}-Q3")


def test_many_are_declared_nil_each_with_its_own_time(blanks):
    at = timezone.make_aware(datetime(TODAY.year - 1, 10, 9, 9))
    keys = list(blanks.values_list("pk", flat=True))
    assert declare_many(keys, "甲 #1", " 没有发生 ", lambda cell: at + timedelta(seconds=cell.pk % 3600)) == len(keys) > 4
    assert set(blanks.values_list("state", "done_on")) == {(State.NIL, date(TODAY.year - 1, 10, 9))}
    made = NilDeclaration.objects.get(unit=blanks[0].unit_id, duty=blanks[0].duty_id)
    assert (made.declared_by, made.reason, made.declared_at) == ("甲 #1", "没有发生", at + timedelta(seconds=blanks[0].pk % 3600))
    assert list(differences()) == []


def test_one_that_cannot_be_declared_stops_them_all(blanks):
    keys = list(blanks.values_list("pk", flat=True))
    coming = Obligation.objects.filter(opens_on__gt=TODAY).first()
    with pytest.raises(DeclarationRefused, match="还没有过完"):
        declare_many([*keys, coming.pk], "甲 #1", "没有发生")
    with pytest.raises(DeclarationRefused, match="请选一个原因"):
        declare_many(keys, "甲 #1", " ")
    declare_many(keys[:1], "甲 #1", "没有发生")
    with pytest.raises(DeclarationRefused, match="已经报过"):
        declare_many(keys, "甲 #1", "没有发生")
    assert NilDeclaration.objects.count() == 1
    assert list(differences()) == []


def test_many_cost_as_many_queries_as_few(blanks, django_assert_num_queries):
    keys = list(blanks.values_list("pk", flat=True))
    declare_many(keys[:1], "甲 #1", "没有发生")
    with CaptureQueriesContext(connection) as few:
        declare_many(keys[1:2], "甲 #1", "没有发生")
    assert len(few) < 15
    with django_assert_num_queries(len(few)):
        declare_many(keys[2:], "甲 #1", "没有发生")
