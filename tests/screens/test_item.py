"""An item's page: what is asked of whom, and how every unit that it binds stands, a page at a time."""

from datetime import date
from html import unescape

import pytest
from django.utils import timezone

from openness.supervision.models import Duty
from openness.supervision.services.declare import exempt
from openness.supervision.services.generate import generate

from ..conftest import make_item
from ..supervision.test_ledger import limited, publish

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
YEAR = TODAY.year - 1


def test_every_unit_that_it_binds_is_listed_with_its_state_and_latest(tree, village, draft, member, read):
    item = limited("财务收支", "每季度的首个月20日", tiers=("村级",))
    generate(since=date(YEAR, 1, 1))
    text = publish(draft, TODAY, unit=village, item=item, period=f"{YEAR}-Q4")
    exempt(tree["半拉山村"], Duty.objects.get(), member("administrator", village), "没有", date(YEAR, 1, 1), None)
    page = read(item.get_absolute_url())
    table = page.split('id="units"')[1]
    assert f"/d/{text.pk}/" in table
    assert "不适用" in table
    assert "大绥河村" in table
    assert "逾期" in table
    assert "弓通村" not in table  # another county
    assert table.count("<tr>") == 4  # the heading and three villages
    assert "谁要公开：</b>村、社区（居委会）" in page
    assert "每季度首月20日前" in page


def test_only_the_township_that_was_chosen(tree, read):
    item = make_item(tiers=("乡级", "村级"))
    page = read(f"{item.get_absolute_url()}?town=220204100").split('id="units"')[1]
    assert "大绥河村" in page
    assert "半拉山村" not in page.split("<tbody>")[1]
    assert "半拉山村" in read(f"{item.get_absolute_url()}?town=nonsense")


def test_villages_only_where_only_villages_are_bound(tree, read):
    item = make_item(tiers=("村级",), binds_villages=False)
    assert "没有要公开这一项的单位" in read(item.get_absolute_url())


def test_the_catalogue_for_one_level(tree, read):
    make_item(name="只有镇里公开", tiers=("乡级",))
    make_item(name="只有村里公开", tiers=("村级",), binds_communities=False)
    assert "只有镇里公开" in read("/catalog/")
    page = unescape(read("/catalog/?who=village"))
    assert "只有村里公开" in page
    assert "只有镇里公开" not in page
    assert "只有村里公开" not in read("/catalog/?who=community")
    assert "没有要这一级公开的事项" in read("/catalog/?who=county")
    assert "只有镇里公开" in read("/catalog/?who=x")
