"""Indicators as data: what every installation begins with, versions by day and county, bad values in sentences, who may change what."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from openness.disclosures.periods import parse_period, period_of
from openness.supervision.models import Indicator
from openness.supervision.rules.parameters import ParameterError
from openness.supervision.services.evaluators import EVALUATORS
from openness.supervision.services.generate import generate
from openness.supervision.services.indicators import (
    SITE,
    IndicatorRefused,
    Rules,
    Version,
    areas_for,
    first_indicators,
    may_change,
    new_version,
)
from openness.supervision.services.scores import score_units

from .test_ledger import limited

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
COUNTY = "220204"


@pytest.fixture
def site(tree, member):
    """Somebody who may set the indicators of the whole site."""
    return member("administrator", tree["吉林省"])


@pytest.fixture
def before(db):
    return Indicator.objects.get(key="home-updated")


def version(before: Indicator, **changes) -> Version:
    weights = (before.weight_county, before.weight_township, before.weight_village)
    made = Version(before.name, before.parameters, weights, before.veto, before.retired, before.source, TODAY)
    return replace(made, **changes)


def test_the_national_thresholds_are_there_with_their_source(db):
    """国办秘函〔2019〕19号: home page two weeks; columns two weeks and six months, five; five blank; ten long overdue; messages three months."""
    told = {row.key: row.parameters for row in Indicator.objects.all()}
    assert told["home-updated"]["max_age"] == {"days": 14}
    assert told["columns-updated"] == {
        "columns": {"report": {"days": 14}, "notice": {"months": 6}, "policy": {"months": 6}},
        "fewer_than": 5,
    }
    assert told["columns-blank"] == {"fewer_than": 5}
    assert told["columns-long-overdue"]["fewer_than"] == 10
    assert told["messages-answered"] == {"max_age": {"months": 3}}
    assert told["items-kept"] == {"look_back_days": 365, "at_least": 4, "latest_days": 90, "gap_days": 90}
    national = Indicator.objects.filter(veto=True)
    assert national.count() == 9
    assert "2 周没有更新" in told["new-media-updated"]["needs"]
    assert all("国办秘函〔2019〕19号" in row.source for row in national)
    assert not Indicator.objects.filter(source="").exists()


def test_what_a_self_check_takes_points_for_is_there(db):
    """Policies half a year: 5; statistics three months: 2; messages two months: 3. The last two cannot be measured yet and count nothing."""
    rows = {row.key: row for row in Indicator.objects.filter(source__contains="自查")}
    assert {key: int(row.weight_county) for key, row in rows.items()} == {
        "policy-updated": 5, "statistics-updated": 2, "messages-in-two-months": 3
    }  # fmt: skip
    assert rows["policy-updated"].parameters == {"max_age": {"months": 6}, "categories": ["policy"]}
    assert rows["messages-in-two-months"].parameters == {"max_age": {"months": 2}}


@pytest.mark.parametrize(
    ("field", "days"),
    [
        ("财政预决算", 365),
        ("公共资源交易", 180),
        ("重大建设项目", 90),
        ("养老服务", 90),
        ("社会救助", 90),
        ("社会保险", 60),
        ("安全生产", 60),
    ],
)
def test_a_county_s_own_limits_are_there(db, field, days):
    assert Indicator.objects.get(key="field-ages").parameters["fields"][field] == {"days": days}


def test_spot_checks_and_rectifications_have_weights_at_every_level(db):
    for key in ("spot-checks", "rectified"):
        row = Indicator.objects.get(key=key)
        assert [row.weight(level) for level in (3, 4, 5)] == [10, 10, 10]
    assert Indicator.objects.get(key="spot-checks").parameters == {"pass_mark": 60}


def test_what_a_later_version_of_the_platform_brings_leaves_periods_that_are_over_alone(db):
    Indicator.objects.filter(key="spot-checks").delete()
    assert first_indicators() == 1
    assert Indicator.objects.get(key="spot-checks").effective_from == TODAY
    Indicator.objects.all().delete()
    first_indicators()
    assert Indicator.objects.get(key="spot-checks").effective_from == date(2026, 1, 1)


def test_every_kind_says_how_it_is_reckoned_with_an_example():
    for evaluator in EVALUATORS.values():
        assert str(evaluator.method).endswith("。")
        assert str(evaluator.example).endswith("。")


def test_every_stored_version_is_one_its_evaluator_accepts(db):
    for row in Indicator.objects.all():
        assert EVALUATORS[row.kind].check(row.parameters) == row.parameters


def test_laying_them_down_again_changes_nothing_and_restores_what_is_missing(db):
    rows = list(Indicator.objects.order_by("pk").values())
    assert first_indicators() == 0
    assert list(Indicator.objects.order_by("pk").values()) == rows
    Indicator.objects.filter(key="columns-blank").delete()
    assert first_indicators() == 1


def test_what_is_in_force_is_never_changed(before):
    before.parameters = {"max_age": {"days": 60}, "categories": []}
    with pytest.raises(ValidationError, match="不能改；请另立一版"):
        before.save()
    before.refresh_from_db()
    assert before.parameters["max_age"] == {"days": 14}


def test_a_new_version_counts_from_its_day_and_not_before(before, site):
    later = TODAY + timedelta(days=10)
    new_version(before, SITE, version(before, parameters={"max_age": {"days": 7}, "categories": []}, effective_from=later), site)
    age = {day: Rules(day).newest[SITE, "home-updated"].parameters["max_age"] for day in (TODAY, later - timedelta(days=1), later)}
    assert age == {TODAY: {"days": 14}, later - timedelta(days=1): {"days": 14}, later: {"days": 7}}


def test_a_closed_period_stays_scored_by_its_own_version(tree, site, draft):
    limited("财务收支", "每季度的首个月20日")
    generate()
    closed = period_of(TODAY, "quarter").before()
    (scored,) = score_units([tree["搜登站镇"]], closed)
    weights = {line.indicator.pk: line.weight for line in scored.lines}
    for row in Indicator.objects.filter(key__in=["disclosed", "on-time"]):
        new_version(row, SITE, version(row, weights=(Decimal(1), Decimal(99), Decimal(1))), site)
    (again,) = score_units([tree["搜登站镇"]], closed)
    assert {line.indicator.pk: line.weight for line in again.lines} == weights
    assert again.score == scored.score
    (running,) = score_units([tree["搜登站镇"]], period_of(TODAY, "quarter"))
    assert running.line("disclosed").weight == 99


def test_a_county_sets_its_own_and_leaves_the_others_alone(before, tree, member):
    own = version(before, parameters={"max_age": {"days": 7}, "categories": []})
    new_version(before, COUNTY, own, member("supervisor", tree["船营区"]))
    days = {area: [row.parameters for row in Rules(TODAY).of_area(area) if row.key == "home-updated"] for area in (COUNTY, "220203", SITE)}
    assert [told[0]["max_age"]["days"] for told in days.values()] == [7, 14, 14]
    retired = version(before, retired=True, effective_from=TODAY + timedelta(days=1))
    new_version(before, COUNTY, retired, member("supervisor", tree["船营区"]))
    assert not [row for row in Rules(TODAY + timedelta(days=1)).of_area(COUNTY) if row.key == "home-updated"]
    assert [row for row in Rules(TODAY + timedelta(days=1)).of_area("220203") if row.key == "home-updated"]


def test_one_that_has_not_begun_can_be_replaced(before, site):
    later = TODAY + timedelta(days=10)
    for days in (7, 5):
        new_version(before, SITE, version(before, parameters={"max_age": {"days": days}, "categories": []}, effective_from=later), site)
    assert [row.parameters["max_age"]["days"] for row in Indicator.objects.filter(key="home-updated", effective_from=later)] == [5]


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"effective_from": TODAY - timedelta(days=1)}, "不能从过去的日子起用"),
        ({"source": " "}, "要写明依据"),
        ({"weights": (Decimal(101), None, None)}, "0 到 100 之间"),
        ({"parameters": {"max_age": {"days": 0}, "categories": []}}, "14天 或 6个月"),
        ({"parameters": {"categories": []}}, "还缺“最长多久不更新”"),
    ],
)
def test_a_version_is_refused_with_a_sentence(before, site, changes, sentence):
    number = Indicator.objects.count()
    with pytest.raises(IndicatorRefused, match=sentence):
        new_version(before, SITE, version(before, **changes), site)
    assert Indicator.objects.count() == number


def test_a_second_version_of_today_is_refused(before, site):
    new_version(before, SITE, version(before), site)
    with pytest.raises(IndicatorRefused, match="请从明天起用"):
        new_version(before, SITE, version(before), site)


BAD = [
    ("rate", {"of": "most"}, "“算哪个率”只能是：公开率、及时率。"),
    ("rate", {}, "还缺“算哪个率”。"),
    ("rate", {"of": "done", "days": 3}, "没有“days”这个参数。"),
    ("rate", ["done"], "指标的参数要成对写：名称和值。"),
    ("blank_columns", {"fewer_than": "5"}, "“到多少个算不合格”要写 1 到 9999 之间的整数。"),
    ("blank_columns", {"fewer_than": True}, "“到多少个算不合格”要写 1 到 9999 之间的整数。"),
    ("blank_columns", {"fewer_than": 0}, "“到多少个算不合格”要写 1 到 9999 之间的整数。"),
    ("freshness", {"max_age": {"days": 14, "months": 1}, "categories": []}, "“最长多久不更新”要写成 14天 或 6个月 这样。"),
    ("freshness", {"max_age": 14, "categories": []}, "“最长多久不更新”要写成 14天 或 6个月 这样。"),
    (
        "freshness",
        {"max_age": {"days": 14}, "categories": ["gossip"]},
        "“看哪些类别”里没有“gossip”，只能是：公告公示、财务收支、名单和发放、政策文件、制度规定、工作情况、办事指南、工程项目；全部类别就空着。",
    ),
    ("field_ages", {"fields": {}}, "“各领域最长多久不更新”至少要写一行，例如：社会救助 90天。"),
    ("field_ages", {"fields": {"社会救助": 90}}, "“社会救助”要写成 14天 或 6个月 这样。"),
    ("elsewhere", {"needs": "  "}, "“要靠什么来查”要写明。"),
]


@pytest.mark.parametrize(("kind", "data", "sentence"), BAD)
def test_bad_parameters_get_a_sentence(kind, data, sentence):
    with pytest.raises(ParameterError) as refused:
        EVALUATORS[kind].check(data)
    assert str(refused.value) == sentence


def test_what_a_form_shows_reads_back(db):
    for row in Indicator.objects.all():
        for parameter in EVALUATORS[row.kind].parameters:
            stored = row.parameters[parameter.name]
            if parameter.name != "of":  # a choice has a list of its own
                assert parameter.read(parameter.write(stored)) == stored, row.key


@pytest.mark.parametrize(
    ("text", "age"), [("14天", {"days": 14}), (" 2 周", {"days": 14}), ("6个月", {"months": 6}), ("90日", {"days": 90})]
)
def test_ages_are_read_as_people_write_them(text, age):
    assert EVALUATORS["freshness"].parameters[0].read(text) == age


@pytest.mark.parametrize("text", ["", "两周", "0天", "14", "天", "-3天", "1.5个月", "99999天"])
def test_an_age_that_is_none_is_refused(text):
    with pytest.raises(ParameterError, match="14天 或 6个月"):
        EVALUATORS["freshness"].parameters[0].read(text)


def test_who_may_change_what(tree, member):
    county, province = tree["船营区"], tree["吉林省"]
    assert may_change(member("supervisor", county), COUNTY)
    assert may_change(member("administrator", county), COUNTY)
    assert not may_change(member("supervisor", county), "220203")
    assert not may_change(member("supervisor", county), SITE)
    assert may_change(member("supervisor", province), SITE)
    assert not may_change(member("clerk", province), SITE)
    assert not may_change(member("reviewer", county), COUNTY)
    assert not may_change(member("supervisor", tree["搜登站镇"]), COUNTY)


def test_what_a_person_may_look_at(tree, member):
    assert [code for code, _name in areas_for(member("clerk", tree["搜登站村"]))] == [SITE, COUNTY]
    assert {code for code, _name in areas_for(member("supervisor", tree["吉林市"]))} == {SITE, "220203", COUNTY}


LIST = "supervision_indicators"


def test_the_list_shows_what_is_in_force_with_its_source(tree, client, member):
    client.force_login(member("supervisor", tree["船营区"]))
    page = client.get(reverse(LIST)).content.decode()
    for row in Indicator.objects.all():
        assert row.name in page
        assert row.source in page
    assert client.get(reverse(LIST), {"area": "220203"}).status_code == 404
    assert client.get(reverse(LIST), {"area": COUNTY}).status_code == 200


def told(**changes):
    return {
        "name": "首页不更新", "told_max_age": "7天", "told_categories": "", "weight_county": "0", "veto": "on", "source": "区里定的",
        "effective_from": TODAY.isoformat(), **changes,
    }  # fmt: skip


def test_a_supervisor_sets_a_version_for_the_own_county(tree, client, member):
    person = member("supervisor", tree["船营区"])
    client.force_login(person)
    address = reverse("supervision_indicator", args=["home-updated"]) + f"?area={COUNTY}"
    assert 'name="told_max_age" value="14天"' in client.get(address).content.decode()
    assert client.post(address, told()).status_code == 302
    made = Indicator.objects.get(key="home-updated", area=COUNTY)
    assert made.parameters == {"max_age": {"days": 7}, "categories": []}
    assert (made.weight_county, made.weight_township, made.veto) == (0, None, True)
    assert made.made_by.endswith(f"#{person.pk}")


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"told_max_age": "很久"}, "“最长多久不更新”要写成 14天 或 6个月 这样。"),
        ({"told_categories": "闲话"}, "“看哪些类别”里没有“闲话”"),
        ({"effective_from": "2020-01-01"}, "不能从过去的日子起用"),
        ({"weight_county": "200"}, "权重要在 0 到 100 之间。"),
    ],
)
def test_the_form_says_what_is_wrong(tree, client, member, changes, sentence):
    client.force_login(member("supervisor", tree["船营区"]))
    answer = client.post(reverse("supervision_indicator", args=["home-updated"]) + f"?area={COUNTY}", told(**changes))
    assert answer.status_code == 200
    assert sentence in answer.content.decode()
    assert not Indicator.objects.filter(area=COUNTY).exists()


@pytest.mark.parametrize(
    ("role", "place", "area"), [("clerk", "船营区", COUNTY), ("supervisor", "船营区", ""), ("supervisor", "搜登站镇", COUNTY)]
)
def test_whoever_may_not_change_it_sees_no_form_and_cannot_send_one(tree, client, member, role, place, area):
    client.force_login(member(role, tree[place]))
    address = reverse("supervision_indicator", args=["home-updated"]) + f"?area={area}"
    page = client.get(address)
    assert page.status_code == 200
    assert "told_max_age" not in page.content.decode()
    assert client.post(address, told()).status_code == 404
    assert Indicator.objects.filter(key="home-updated").count() == 1


def test_an_unknown_indicator_or_county_does_not_exist(tree, client, member):
    client.force_login(member("supervisor", tree["船营区"]))
    assert client.get(reverse("supervision_indicator", args=["nothing"])).status_code == 404
    assert client.post(reverse("supervision_indicator", args=["home-updated"]) + "?area=220203", told()).status_code == 404


def test_periods_before_any_version_have_no_score(tree):
    (one,) = score_units([tree["船营区"]], parse_period("2018"), date(2026, 11, 24))
    assert (one.score, one.lines) == (None, ())
