"""Every number equals the length of the list behind it, at every level."""

from datetime import date, timedelta

import pytest

from openness.supervision.models import LedgerField
from openness.supervision.services.declare import declare_nil, waive
from openness.supervision.services.generate import generate
from openness.supervision.services.overview import Scope, cells_behind, sums_by_month, sums_by_unit, sums_by_unit_and_field, sums_of

from .test_ledger import TODAY, cell, limited, publish

pytestmark = pytest.mark.django_db
STATES = ("owed", "done", "on_time", "late", "nil", "waived", "overdue")


@pytest.fixture
def year(tree, village, draft):
    """A year with something of everything."""
    finance, monthly = limited("财务收支", "每季度的首个月20日"), limited("党务", "每月公布一次", field="党务公开")
    generate(today=TODAY)
    publish(draft, date(2026, 10, 12), unit=village, item=finance, period="2026-Q3")
    publish(draft, date(2026, 9, 12), unit=village, item=finance, period="2026-Q2")
    publish(draft, date(2026, 10, 12), unit=tree["大绥河村"], item=monthly, period="2026-09")
    declare_nil(cell(tree["搜登站镇"], finance, "2026-Q3"), None, "没有发生")
    waive(tree["大绥河镇"], cell(village, monthly, "2026-08").duty, "2026-08", None, "核查", date(2026, 12, 31) + timedelta(days=9999))
    return tree


@pytest.mark.parametrize("field", [None, "党务公开", "村务公开"])
@pytest.mark.parametrize("name", ["吉林省", "船营区", "搜登站镇", "搜登站村"])
def test_a_number_is_the_length_of_its_list(year, name, field):
    chosen = LedgerField.objects.get(name=field).pk if field else None
    for today in (TODAY, date(2026, 10, 20), date(2026, 10, 21)):
        scope = Scope(date(2026, 1, 1), date(2026, 12, 31), today, chosen)
        sums = sums_of(year[name], scope)
        for state in STATES:
            assert getattr(sums, state) == cells_behind(year[name], scope, state).count(), (today, state)


def test_the_parts_are_the_whole(year):
    scope = Scope(date(2026, 1, 1), date(2026, 12, 31), TODAY)
    towns = [year["搜登站镇"], year["大绥河镇"]]
    county, parts = sums_of(year["船营区"], scope), sums_by_unit(towns, scope)
    assert sum(parts.values(), start=type(county)()) == county
    by_field = sums_by_unit_and_field(towns, scope)
    assert sum(by_field.values(), start=type(county)()) == county
    assert sum((sums for _month, sums in sums_by_month(year["船营区"], scope)), start=type(county)()) == county


def test_what_is_due_today_is_neither_missing_nor_owed_yet(year, village):
    day = date(2026, 4, 20)
    assert sums_of(village, Scope(day, day, day)).owed == 0
    assert sums_of(village, Scope(day, day, day + timedelta(days=1))).overdue == 1


def test_overviews_ask_a_fixed_number_of_queries(year, django_assert_num_queries):
    scope = Scope(date(2026, 1, 1), date(2026, 12, 31), TODAY)
    with django_assert_num_queries(3):
        sums_of(year["吉林省"], scope)
        sums_by_unit_and_field(list(year.values()), scope)
        sums_by_month(year["吉林省"], scope)
