"""A year that is over, and people who look at it."""

from datetime import date, timedelta

import pytest

from openness.supervision.services.declare import declare_nil, waive
from openness.supervision.services.generate import generate
from openness.units.models import Unit

from .test_ledger import cell, limited, publish
from .walking import LAST, TODAY


@pytest.fixture
def year(tree, village, draft):
    """The year before, with a little of everything; one village was put out of use since."""
    finance, party = limited("财务收支", "每季度的首个月20日"), limited("党务", "每月公布一次", field="党务公开")
    generate(since=date(LAST, 1, 1))
    publish(draft, date(LAST, 4, 15), unit=village, item=finance, period=f"{LAST}-Q1", formed_on=date(LAST, 4, 1))
    publish(draft, date(LAST, 9, 1), unit=village, item=finance, period=f"{LAST}-Q2", formed_on=date(LAST, 7, 1))
    declare_nil(cell(tree["大绥河镇"], finance, f"{LAST}-Q3"), None, "没有发生")
    waive(tree["搜登站镇"], cell(tree["搜登站镇"], party, f"{LAST}-03").duty, f"{LAST}-03", None, "核查", TODAY + timedelta(days=30))
    Unit.objects.filter(pk=tree["半拉山村"].pk).update(active=False)
    return tree


@pytest.fixture
def enter(client, member):
    def act(role, unit):
        client.force_login(member(role, unit))
        return client

    return act
