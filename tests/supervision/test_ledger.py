"""The ledger: cells from the catalogue, settled by what is published, nil declarations, waivers; sums always right."""

from datetime import date, datetime

import pytest
from django.utils import timezone

from catalog.limits import Limit, parse_limit
from openness.disclosures.services.bulk import publish_many
from openness.disclosures.services.take_down import withdraw
from openness.supervision.models import Duty, Obligation, State, Tally
from openness.supervision.services.generate import generate
from openness.supervision.services.settle import settle_for
from openness.supervision.services.verify import differences

from ..conftest import make_item

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 24)


def limited(name: str, words: str, **columns):
    """An item whose time limit says these words."""
    item = make_item(name=name, **columns)
    item.limit = parse_limit(words)
    assert item.limit is not None, words
    item.save()
    return item


@pytest.fixture
def finance(db):
    return limited("财务收支", "每季度的首个月20日")


@pytest.fixture
def approvals(db):
    return limited("宅基地审批", "信息形成之日起20个工作日内")


def cell(unit, item, period) -> Obligation:
    return Obligation.objects.get(unit=unit, duty__key=item.key, period=period)


def at(day: date) -> datetime:
    return timezone.make_aware(datetime(day.year, day.month, day.day, 10))


def publish(draft, day: date, *, unit, item, period="", formed_on=date(2026, 10, 9)):
    """One disclosure, made public on that day."""
    made = draft(unit=unit, period=period, formed_on=formed_on)
    body = made.body
    made.delete()
    new = type(made)(unit=unit, item=item, title="公开", period=period, formed_on=formed_on, body=body)
    return publish_many([new], "甲 #1", "乙 #2", lambda _draft: at(day))[0]


def test_every_unit_of_the_level_has_a_cell_for_every_period(tree, finance):
    generate(today=TODAY)
    villages_and_towns = [unit for unit in tree.values() if unit.code.startswith("220204") and unit.level in (4, 5)]
    periods = ["2026-Q1", "2026-Q2", "2026-Q3", "2026-Q4", "2027-Q1"]
    assert set(Obligation.objects.values_list("unit", "period")) == {(unit.pk, period) for unit in villages_and_towns for period in periods}


def test_making_again_makes_nothing(tree, finance, approvals):
    assert generate(today=TODAY).made > 0
    before = list(Tally.objects.order_by("pk").values())
    assert generate(today=TODAY).made == 0
    assert list(Tally.objects.order_by("pk").values()) == before


def test_due_dates_follow_the_words(tree, village, finance, approvals):
    generate(today=TODAY)
    assert cell(village, finance, "2026-Q3").due_on == date(2026, 10, 20)
    assert cell(village, finance, "2026-Q3").opens_on == date(2026, 10, 1)
    heartbeat = cell(village, approvals, "2026-Q3")
    assert (heartbeat.opens_on, heartbeat.due_on) == (date(2026, 7, 1), date(2026, 11, 3))  # 20 working days over the National Day


def test_what_stands_all_the_time_is_one_cell(tree, village):
    standing = limited("村务监督电话", "长期公开")
    generate(today=TODAY)
    assert list(Obligation.objects.filter(unit=village, duty__key=standing.key).values_list("period", flat=True)) == [""]


def test_an_item_whose_limit_nobody_understands_makes_no_cell(tree):
    make_item(name="说不清的", time_limit="按卫健委要求单独公开")
    assert generate(today=TODAY).made == 0


def test_communities_are_left_out_where_only_villages_are_bound(tree, village):
    item = limited("村集体财务", "每季度")
    item.binds_villages = False
    item.save()
    generate(today=TODAY)
    assert not Obligation.objects.filter(unit=village).exists()
    assert Obligation.objects.filter(unit__level=4).exists()


def test_publishing_settles_the_cell_and_every_sum_above(tree, village, finance, draft):
    generate(today=TODAY)
    publish(draft, date(2026, 10, 12), unit=village, item=finance, period="2026-Q3")
    done = cell(village, finance, "2026-Q3")
    assert (done.state, done.done_on) == (State.ON_TIME, date(2026, 10, 12))
    for name in ("吉林省", "吉林市", "船营区", "搜登站镇", "搜登站村"):
        assert Tally.objects.get(unit=tree[name], due_on=done.due_on).on_time == 1, name
    assert not Tally.objects.filter(unit=tree["大绥河镇"], on_time__gt=0).exists()


def test_the_day_of_the_receipt_decides_not_the_day_in_the_form(tree, village, finance, draft):
    generate(today=TODAY)
    publish(draft, date(2026, 10, 21), unit=village, item=finance, period="2026-Q3", formed_on=date(2026, 10, 1))
    assert cell(village, finance, "2026-Q3").state == State.LATE


def test_what_was_published_before_the_cells_existed_counts(tree, village, finance, draft):
    publish(draft, date(2026, 10, 12), unit=village, item=finance, period="2026-Q3")
    generate(today=TODAY)
    assert cell(village, finance, "2026-Q3").state == State.ON_TIME


def test_an_event_answers_the_quarter_it_happened_in_and_is_late_by_its_own_limit(tree, village, approvals, draft):
    generate(today=TODAY)
    publish(draft, date(2026, 7, 20), unit=village, item=approvals, formed_on=date(2026, 7, 6))
    assert cell(village, approvals, "2026-Q3").state == State.ON_TIME
    publish(draft, date(2026, 10, 9), unit=village, item=approvals, formed_on=date(2026, 8, 3))
    assert cell(village, approvals, "2026-Q3").state == State.LATE


def test_a_withdrawal_opens_the_cell_again_and_another_disclosure_keeps_it(tree, village, finance, draft):
    generate(today=TODAY)
    first = publish(draft, date(2026, 10, 12), unit=village, item=finance, period="2026-Q3")
    second = publish(draft, date(2026, 10, 15), unit=village, item=finance, period="2026-Q3")
    withdraw(first, None, "写错了")
    assert cell(village, finance, "2026-Q3").disclosure_id == second.pk
    withdraw(second, None, "写错了")
    assert cell(village, finance, "2026-Q3").state == State.OPEN
    assert not Tally.objects.filter(on_time__gt=0).exists()


def test_the_words_of_a_cell_follow_from_its_dates(tree, village, finance):
    generate(today=TODAY)
    one = cell(village, finance, "2026-Q3")
    assert one.words(date(2026, 9, 30)) == "未到时间"
    assert one.words(date(2026, 10, 18)) == "还剩 2 天"
    assert one.words(date(2026, 10, 22)) == "逾期 2 天"
    assert one.is_due_soon(date(2026, 10, 15))
    assert not one.is_due_soon(date(2026, 10, 21))


def test_settling_costs_the_same_with_few_and_with_many_cells(tree, village, finance, draft, django_assert_num_queries):
    for number in range(8):
        limited(f"别的{number}", "每月")
    made = publish(draft, date(2026, 10, 12), unit=village, item=finance, period="2026-Q3")
    generate(today=TODAY)
    Obligation.objects.update(state=State.OPEN, done_on=None, disclosure=None)
    with django_assert_num_queries(5):
        assert settle_for([made]) == 1


def test_recomputing_from_the_receipts_agrees_and_finds_what_was_tampered_with(tree, village, finance, approvals, draft):
    generate(today=TODAY)
    publish(draft, date(2026, 10, 12), unit=village, item=finance, period="2026-Q3")
    assert list(differences()) == []
    Obligation.objects.filter(unit=village, period="2026-Q3", duty__key=finance.key).update(state=State.LATE)
    Tally.objects.filter(unit=village, due_on=date(2026, 4, 20)).update(total=7)
    found = [str(one) for one in differences()]
    assert "搜登站村“财务收支”2026年第三季度：台账上是“逾期后公开”，按凭证算是“按时公开”。" in found
    assert sum("2026-10-20 到期的合计" in one for one in found) == 5  # village, township, county, city, province
    assert sum("搜登站村 村务公开 2026-04-20 到期的合计" in one for one in found) == 1
    assert len(found) == 7


def test_a_duty_points_at_the_item_of_the_newest_version(tree, finance):
    generate(today=TODAY)
    assert Duty.objects.get(key=finance.key).item == finance


def test_the_limit_of_a_before_event_has_no_own_clock():
    from openness.supervision.rules.plan import own_due_date

    assert own_due_date(Limit(trigger="before_event", number=7, unit="working", event="听证"), TODAY, None) is None
