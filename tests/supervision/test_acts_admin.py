"""Pages of acts: who sees what, whose units, one press from a finding to an order, and as many queries with many rows as with few."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from openness.supervision.models import (
    Channel,
    Checklist,
    Delivery,
    Finding,
    FindingState,
    Judgement,
    Obligation,
    Rectification,
    Sample,
    SpotCheck,
    State,
    Urging,
)
from openness.supervision.services.quality import check_quality
from openness.supervision.services.rectify import Demand, issue
from openness.supervision.services.remind import remind
from openness.supervision.services.spot_check import Population, begin
from openness.supervision.services.urge import answer, urge

from .blanks import blank
from .test_ledger import limited
from .test_quality import put

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
ROLES = ("clerk", "reviewer", "supervisor", "administrator", "neighbour", "nobody")


@pytest.fixture
def people(member, tree):
    county, village = tree["船营区"], tree["搜登站村"]
    return {
        "clerk": member("clerk", village),
        "reviewer": member("reviewer", tree["搜登站镇"]),
        "supervisor": member("supervisor", county),
        "administrator": member("administrator", county),
        "neighbour": member("supervisor", tree["大绥河镇"]),
        "nobody": member(),
    }


@pytest.fixture
def late(village):
    return blank(village, TODAY - timedelta(days=12))


@pytest.fixture
def everything(people, village, late):
    """One of each, of the village."""
    item = limited("财务", "每季度的首个月20日")
    text = put(village, item, title="公式期公告")
    check_quality()
    check = begin(people["supervisor"], "抽查", Population("220204", "2020-01-01", "2030-01-01"), 5, "s", Checklist.objects.first())
    return {
        "urging": urge([late.pk], people["supervisor"]).made[0],
        "order": issue(people["supervisor"], Demand(village, "问题", "要求", disclosure=text)),
        "check": check,
        "sample": check.samples.get(),
        "finding": Finding.objects.get(),
    }


# address -> what GET answers to each of ROLES; 302 is Wagtail's "no permission, back to the front page" or to the login
PAGES = {
    "supervision_pursuit": (200, 200, 200, 200, 200, 302),
    "supervision_urge": (405, 405, 405, 405, 405, 302),
    "supervision_orders": (200, 200, 200, 200, 200, 302),
    "supervision_new_order": (302, 302, 200, 302, 200, 302),
    "supervision_spot_checks": (302, 302, 200, 200, 200, 302),
    "supervision_new_spot_check": (302, 302, 200, 302, 200, 302),
    "supervision_findings": (200, 200, 200, 200, 200, 302),
}
OBJECTS = {
    ("supervision_urging", "urging"): (200, 200, 200, 200, 404, 302),
    ("supervision_order", "order"): (200, 200, 200, 200, 404, 302),
    ("supervision_spot_check", "check"): (404, 404, 200, 200, 404, 302),
    ("supervision_sample", "sample"): (404, 404, 200, 404, 404, 302),
    ("supervision_finding", "finding"): (405, 405, 405, 405, 405, 302),
}


@pytest.mark.parametrize("name", PAGES)
def test_who_opens_which_page(client, people, name):
    for role, expected in zip(ROLES, PAGES[name], strict=True):
        client.force_login(people[role])
        assert client.get(reverse(name)).status_code == expected, role


@pytest.mark.parametrize(("name", "thing"), OBJECTS)
def test_what_belongs_to_other_units_does_not_exist(client, people, everything, name, thing):
    for role, expected in zip(ROLES, OBJECTS[name, thing], strict=True):
        client.force_login(people[role])
        assert client.get(reverse(name, args=[everything[thing].pk])).status_code == expected, role


def test_every_address_of_acts_has_a_row():
    from openness.supervision.admin.pursuit import addresses
    from openness.supervision.admin.quality import quality_addresses

    assert {route.name for route in (*addresses(), *quality_addresses())} == {*PAGES, *(name for name, _thing in OBJECTS)}


@pytest.mark.parametrize("role", ["clerk", "reviewer", "administrator", "nobody"])
def test_only_supervisors_urge(client, people, late, role):
    client.force_login(people[role])
    client.post(reverse("supervision_urge"), {"id": late.pk})
    assert not Urging.objects.exists()


def test_a_supervisor_urges_what_was_ticked_and_nothing_of_others(client, people, late, tree):
    other = blank(tree["大绥河村"], TODAY - timedelta(days=3), period="2026-Q2")
    client.force_login(people["neighbour"])
    page = client.post(reverse("supervision_urge"), {"id": [late.pk, other.pk, "x", "9" * 30]}, follow=True).content.decode()
    assert "已催办 1 项。" in page
    assert Urging.objects.get().cell == other
    page = client.post(reverse("supervision_urge"), {"id": [other.pk]}, follow=True).content.decode()
    assert "一项 24 小时内只能催一次。" in page
    assert client.post(reverse("supervision_urge"), {"id": [], "next": "https://evil.example/"}).url.startswith("/admin/")


def test_the_overdue_list_is_ticked_without_javascript(client, people, late):
    client.force_login(people["supervisor"])
    page = client.get(reverse("supervision_pursuit") + "?show=overdue").content.decode()
    assert f'name="id" value="{late.pk}"' in page
    assert "搜登站镇搜登站村" in page
    assert "逾期 12 天" in page
    assert "还没催办" in page


def test_a_clerk_sees_the_urging_on_the_front_page_and_answers(client, people, late):
    made = urge([late.pk], people["supervisor"]).made[0]
    client.force_login(people["clerk"])
    assert made.text in client.get("/admin/", follow=True).content.decode()
    url, later = reverse("supervision_urging", args=[made.pk]), TODAY + timedelta(days=4)
    page = client.post(url, {"kind": "later", "reason": "", "until": later.isoformat()}, follow=True).content.decode()
    assert "请写明原因和延到哪天" in page
    client.post(url, {"kind": "later", "reason": "水淹", "until": later.isoformat()})
    assert made.answers.get().until == later
    assert "已答复，等监督人看" in client.get(reverse("supervision_pursuit") + "?show=all").content.decode()
    client.post(url, {"judgement": "passed"})
    assert made.answers.get().judgement == Judgement.WAITING, "a clerk judges nothing"
    client.force_login(people["supervisor"])
    assert made.text in client.get(reverse("supervision_pursuit") + "?show=judge").content.decode()
    client.post(url, {"judgement": "passed"})
    assert Obligation.objects.get(pk=late.pk).due_on == later


def test_reminders_are_listed_until_the_cell_is_filled(client, people, village):
    cell = blank(village, TODAY + timedelta(days=7))
    remind(TODAY)
    client.force_login(people["clerk"])
    url = reverse("supervision_pursuit") + "?show=remind"
    assert "村级工程项目" in client.get(url).content.decode()
    assert "村级工程项目" in client.get("/admin/", follow=True).content.decode()
    Obligation.objects.filter(pk=cell.pk).update(state=State.ON_TIME)
    assert "村级工程项目" not in client.get(url).content.decode()


def test_one_press_from_a_finding_to_an_order(client, people, everything):
    client.force_login(people["supervisor"])
    found = everything["finding"]
    url = reverse("supervision_new_order") + f"?finding={found.pk}"
    form = client.get(url).context["form"]
    values = {name: form.get_initial_for_field(field, name) for name, field in form.fields.items()}
    client.post(url, values)
    made = Rectification.objects.get(finding=found)
    assert (made.title, made.unit, made.disclosure) == ("错敏词：公式期公告", found.unit, found.disclosure)
    assert "已下达整改" in client.get(reverse("supervision_findings")).content.decode()


def test_orders_from_a_cell_and_a_sample_and_free_ones(client, people, everything, late, tree):
    client.force_login(people["supervisor"])
    for origin in (f"?cell={late.pk}", f"?sample={everything['sample'].pk}"):
        form = client.get(reverse("supervision_new_order") + origin).context["form"]
        assert form.initial["unit"] == "220204101201"
    free = {"unit": "220204101201", "title": "牌子掉了", "words": "挂好", "due_on": TODAY.isoformat()}
    client.post(reverse("supervision_new_order"), free)
    assert Rectification.objects.get(title="牌子掉了").finding is None
    client.force_login(people["neighbour"])
    page = client.post(reverse("supervision_new_order"), free).content.decode()
    assert "不归您管" in page
    assert client.get(reverse("supervision_new_order") + f"?cell={late.pk}").context["origin"] == {}


def test_an_order_is_answered_and_closed_by_whom_it_concerns(client, people, everything):
    url = reverse("supervision_order", args=[everything["order"].pk])
    client.force_login(people["supervisor"])
    assert client.post(url, {"step": "answer", "note": "好了"}).status_code == 302
    assert Rectification.objects.get(pk=everything["order"].pk).state == "issued"
    client.force_login(people["clerk"])
    assert "请写几句说明" in client.post(url, {"step": "answer", "note": ""}, follow=True).content.decode()
    client.post(url, {"step": "answer", "note": "好了"})
    client.force_login(people["supervisor"])
    client.post(url, {"step": "close"})
    assert Rectification.objects.get(pk=everything["order"].pk).state == "closed"
    page = client.get(reverse("supervision_orders") + "?show=closed").content.decode()
    assert "问题" in page


def test_the_number_of_urged_is_the_length_of_its_list(client, people, late, village):
    other = blank(village, TODAY - timedelta(days=3), period="2026-Q2")
    urge([late.pk, other.pk], people["supervisor"])
    issue(people["supervisor"], Demand(village, "催了没有用", "公开", cell=other))
    client.force_login(people["supervisor"])
    assert client.get(reverse("supervision_orders")).context["progress"].urged == 1
    assert client.get(reverse("supervision_pursuit") + "?show=urged").context["page"]["rows"] == [late]


def test_overdue_orders_are_seen(client, people, everything):
    Rectification.objects.update(due_on=TODAY - timedelta(days=1))
    client.force_login(people["supervisor"])
    assert "超期 1 件" in client.get(reverse("supervision_orders")).content.decode()
    assert ">超期</b>" in client.get(reverse("supervision_orders") + "?show=overdue").content.decode()


def test_a_spot_check_from_the_form_to_the_score(client, people, everything):
    client.force_login(people["supervisor"])
    said = {
        "unit": "220204", "name": "十月", "first": "2026-01-01", "last": "2026-12-31", "field": "", "size": 3, "seed": "七",
        "checklist": Checklist.objects.first().pk,
    }  # fmt: skip
    client.post(reverse("supervision_new_spot_check"), said)
    check = SpotCheck.objects.get(name="十月")
    sheet = reverse("supervision_sample", args=[check.samples.get().pk])
    assert "每一项都要选" in client.post(sheet, {"q0": "yes"}, follow=True).content.decode()
    client.post(sheet, {**{f"q{n}": "yes" for n in range(5)}, "q1": "no", "note": "缺要素"})
    assert Sample.objects.get(check_of=check).score == 70
    page = client.get(reverse("supervision_spot_check", args=[check.pk]) + "?verify=1").content.decode()
    assert "得分 70.0" in page
    assert "抽到的一样" in page


def test_findings_are_filtered_and_judged(client, people, everything, tree):
    client.force_login(people["supervisor"])
    url, row = reverse("supervision_findings"), everything["finding"]
    for query, seen in (("", True), ("?check=word", True), ("?check=blank", False), ("?unit=220204101", True), ("?unit=220204100", False),
                        ("?unit=zz", False), ("?state=gone", False), ("?state=", True)):  # fmt: skip
        assert ("公式期公告" in client.get(url + query).content.decode()) is seen, query
    act = reverse("supervision_finding", args=[row.pk])
    client.post(act, {"state": "ignored", "reason": "", "next": url})
    assert Finding.objects.get(pk=row.pk).state == FindingState.OPEN
    client.force_login(people["clerk"])
    client.post(act, {"state": "confirmed"})
    assert Finding.objects.get(pk=row.pk).state == FindingState.OPEN
    client.force_login(people["neighbour"])
    assert client.post(act, {"state": "confirmed"}).status_code == 404
    client.force_login(people["supervisor"])
    client.post(act, {"state": "confirmed", "next": url})
    assert Finding.objects.get(pk=row.pk).state == FindingState.CONFIRMED


def test_what_could_not_be_delivered_is_said_to_administrators_of_the_site(client, member, tree):
    now = timezone.now()
    Delivery.objects.create(channel=Channel.MAIL, key="x", made_at=now, next_try_at=now, given_up=True)
    province = member("administrator", tree["吉林省"])
    client.force_login(province)
    assert "有 1 条邮件或短信" in client.get(reverse("supervision_pursuit")).content.decode()


@pytest.mark.parametrize(("role", "allowed"), [("administrator", True), ("supervisor", False), ("clerk", False)])
def test_the_rules_are_kept_by_administrators_of_the_site(client, member, tree, role, allowed):
    client.force_login(member(role, tree["吉林省"]))
    for model in ("reminderstep", "term", "checklist", "errorword"):
        assert (client.get(f"/admin/snippets/supervision/{model}/").status_code == 200) is allowed, model
        assert (client.get(f"/admin/snippets/supervision/{model}/add/").status_code == 200) is allowed, model


@pytest.mark.parametrize("page", ["supervision_pursuit", "supervision_orders", "supervision_findings"])
@pytest.mark.parametrize("show", ["", "?show=overdue", "?show=all", "?show=urged", "?show=remind", "?show=judge"])
def test_a_page_asks_as_much_with_many_rows_as_with_few(client, people, tree, item, page, show, django_assert_num_queries):
    client.force_login(people["supervisor"])

    def fill(names, periods) -> None:
        for name in names:
            for period in periods:
                cell = blank(tree[name], TODAY - timedelta(days=3), period=period, name="工程")
                row = urge([cell.pk], people["supervisor"]).made[0]
                answer(row, people["clerk"], "nil", "没有发生")
                issue(people["supervisor"], Demand(tree[name], f"{name}{period}", "改", cell=cell))
                put(tree[name], item, title=f"公式期{period}", day=date(2026, 10, 12))
        check_quality()

    url = reverse(page) + show
    fill(["搜登站村"], ["2026-Q1"])
    client.get(url)
    with CaptureQueriesContext(connection) as few:
        client.get(url)
    fill(["半拉山村", "大绥河村", "搜登站镇"], ["2026-Q1", "2026-Q2", "2026-Q3"])
    with django_assert_num_queries(len(few)):
        client.get(url)
