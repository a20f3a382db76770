"""The unit's page reads the ledger: each item with its periods of the year, the next day, and one of five states."""

import re
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from catalog.limits import Limit
from catalog.models import Item
from catalog.workdays import WorkingCalendar
from openness.disclosures.periods import parse_period
from openness.supervision.models import Duty, Obligation
from openness.supervision.rules.plan import due_date
from openness.supervision.services.declare import declare_nil, exempt, waive
from openness.supervision.services.generate import generate
from openness.supervision.services.unit_items import item_states

from ..conftest import make_item
from .test_ledger import cell, limited, publish

TODAY = date(2026, 11, 24)
Q1, Q2, Q3 = "2026-Q1", "2026-Q2", "2026-Q3"


@pytest.mark.parametrize(
    ("limit", "code", "due"),
    [
        (Limit("period_end", cadence="quarter", month_of_period=1, day_of_month=20), "2026-Q3", date(2026, 10, 20)),
        (Limit("period_end", cadence="quarter", month_of_period=1, day_of_month=20), "2026-Q4", date(2027, 1, 20)),
        (Limit("period_end", cadence="month", month_of_period=1, day_of_month=31), "2026-01", date(2026, 2, 28)),
        (Limit("period_end", 10, "calendar", cadence="quarter"), "2026-Q1", date(2026, 4, 10)),
        (Limit("period_end", cadence="year"), "2025", date(2026, 1, 28)),
    ],
)
def test_last_days(limit, code, due):
    assert due_date(limit, parse_period(code), WorkingCalendar()) == due


@pytest.fixture
def finance(tree):
    item = limited("财务收支", "每季度的首个月20日")
    generate(today=TODAY, since=date(2026, 1, 1))
    return item


def stand(unit, item, today=TODAY):
    (found,) = item_states(unit, Item.objects.filter(pk=item.pk).select_related("field__standard"), today)
    return found


@pytest.mark.django_db
def test_the_oldest_blank_that_is_overdue_is_the_state(finance, village, draft):
    for period in (Q2, Q3):
        publish(draft, TODAY, unit=village, item=finance, period=period)
    found = stand(village, finance)
    assert (found.state, found.words) == ("late", f"逾期 {(TODAY - date(2026, 4, 20)).days} 天")
    assert found.due_on == date(2026, 4, 20)
    assert [mark.sign for mark in found.marks] == ["!", "✓", "✓", "–"]
    assert found.latest.period == Q3


@pytest.mark.django_db
def test_what_is_done_is_public_and_the_next_day_follows(finance, village, draft):
    for period in (Q1, Q2, Q3):
        publish(draft, TODAY, unit=village, item=finance, period=period)
    found = stand(village, finance)
    assert (found.state, found.words, found.due_on) == ("ok", "已公开", date(2027, 1, 20))
    soon = stand(village, finance, date(2027, 1, 15))
    assert (soon.state, soon.words) == ("soon", "还剩 5 天")
    early = stand(village, finance, date(2026, 1, 5))
    assert (early.state, early.words) == ("none", "未到时间")


@pytest.mark.django_db
def test_a_nil_declaration_is_shown_as_one_and_a_waiver_beside_it(finance, village, draft, member):
    for period in (Q1, Q2):
        publish(draft, TODAY, unit=village, item=finance, period=period)
    declare_nil(cell(village, finance, Q3), member("clerk", village), "没有发生")
    found = stand(village, finance, timezone.localdate())
    assert (found.state, found.words) == ("nil", "本期无此事项")
    assert found.marks[2].sign == "○"
    until = timezone.localdate() + timedelta(days=90)
    waive(village, Duty.objects.get(), Q2, member("administrator", village), "涉密", until)
    assert stand(village, finance).marks[1].words == "已公开"  # a disclosure outweighs it


@pytest.mark.django_db
def test_what_does_not_bind_a_unit_is_not_in_its_catalogue(finance, tree, village, member):
    exempt(village, Duty.objects.get(), member("administrator", village), "没有集体资产", date(2026, 1, 1), None)
    assert item_states(village, Item.objects.filter(pk=finance.pk), TODAY) == []
    other = next(unit for unit in tree.values() if unit.level == 5 and unit.pk != village.pk and unit.code[:6] == village.code[:6])
    assert stand(other, finance).state == "late"


@pytest.mark.django_db
def test_an_item_without_a_limit_that_is_understood_is_public_once_something_is(tree, village, draft):
    item = make_item(name="村规民约")
    assert (stand(village, item).state, stand(village, item).words) == ("none", "还没有公开")
    publish(draft, TODAY, unit=village, item=item)
    assert (stand(village, item).state, stand(village, item).marks) == ("ok", ())


@pytest.mark.django_db
def test_the_page_counts_what_it_lists(finance, village, draft, client):
    text = client.get(f"/u/{village.code}/").content.decode()
    assert sum(map(int, re.findall(r"<b>(\d+)</b>", text))) == 2  # the other has no time limit
    late = client.get(f"/u/{village.code}/?state=late").content.decode()
    assert "财务收支" in late
    assert "没有这种状态的事项" in client.get(f"/u/{village.code}/?state=nil").content.decode()
    assert client.get("/u/999/").status_code == 404


@pytest.mark.django_db
def test_the_page_costs_the_same_with_more_items_and_more_cells(finance, village, draft, client):
    def queries() -> int:
        with CaptureQueriesContext(connection) as caught:
            assert client.get(f"/u/{village.code}/").status_code == 200
        return len(caught)

    queries()
    before = queries()
    for number in range(12):
        item = limited(f"事项{number}", "每月公布一次")
        publish(draft, TODAY, unit=village, item=item, period="2026-10")
    generate(today=TODAY)
    assert Obligation.objects.filter(unit=village).count() > 100
    assert queries() == before
