"""The unit's page: marks that lead somewhere, the accounts one tap away, by month, to take home; the places below with counts that agree."""

import csv
import io
import re
from datetime import date, timedelta
from html import unescape

import openpyxl
import pytest
from django.utils import timezone

from openness.disclosures.models import Disclosure
from openness.supervision.models import Duty, Obligation
from openness.supervision.services.declare import declare_nil, exempt, waive
from openness.supervision.services.generate import generate
from openness.supervision.services.unit_children import counts_of
from openness.supervision.services.unit_items import STATES
from openness.supervision.views.unit import Asked, Book
from openness.units.models import Unit
from openness.units.names import Level
from openness.units.services.import_divisions import Division, import_divisions

from ..conftest import make_item
from ..supervision.test_ledger import cell, limited, publish

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
YEAR = TODAY.year - 1


@pytest.fixture
def finance(tree):
    item = limited("财务收支", "每季度的首个月20日")
    generate(since=date(YEAR, 1, 1))
    return item


def state_of(unit: Unit) -> dict[str, int]:
    """As the unit's own page counts."""
    states = [one.state for one in Book(Asked(unit, "", ""), TODAY).all]
    return {name: states.count(name) for name in STATES}


def test_each_mark_leads_to_its_text_or_to_its_declaration(finance, village, draft, member, read):
    quarters = [one for one in Obligation.objects.filter(unit=village).order_by("period") if one.period.startswith(str(TODAY.year))]
    passed = [one for one in quarters if one.opens_on <= TODAY]
    first = passed[0]
    text = publish(draft, TODAY, unit=village, item=finance, period=first.period)
    page = read(village.get_absolute_url())
    assert f'<a href="/d/{text.pk}/"><span aria-hidden="true">✓</span>' in page
    second = passed[1]
    declare_nil(second, member("clerk", village), "没有发生收支")
    page = read(village.get_absolute_url())
    link = f"/u/{village.code}/periods/{second.pk}/"
    assert f'<a href="{link}"><span aria-hidden="true">○</span><span class="vh">{second.period_label}本期无此事项' in page
    declared = read(link)
    assert "没有发生收支" in declared
    assert "申报" in declared


def test_an_overdue_period_says_since_when_and_whom_to_ask(finance, village, read):
    late = Obligation.objects.filter(unit=village, due_on__lt=TODAY).order_by("due_on").first()
    Unit.objects.filter(pk=village.pk).update(phone="0432-00000001")
    page = read(f"/u/{village.code}/periods/{late.pk}/")
    assert f"逾期 {(TODAY - late.due_on).days} 天" in page
    assert "0432-00000001" in page
    assert read(f"/u/{Unit.objects.get(short_name='半拉山村').code}/periods/{late.pk}/", 404)


def test_a_waiver_is_shown_without_its_reason(finance, village, member, read):
    late = Obligation.objects.filter(unit=village, due_on__lt=TODAY).order_by("due_on").first()
    waive(village, late.duty, late.period, member("administrator", village), "正在核查某某案", TODAY + timedelta(days=30))
    page = read(f"/u/{village.code}/periods/{late.pk}/")
    assert "经批准，这一期不公开" in page
    assert "核查" not in page


def test_the_accounts_stand_first_and_the_newest_is_linked(finance, village, draft, read):
    other = limited("各项资产", "每季度的首个月20日")
    generate(since=date(YEAR, 1, 1))
    publish(draft, TODAY, unit=village, item=other, period=f"{YEAR}-Q4")
    text = publish(draft, TODAY, unit=village, item=finance, period=f"{YEAR}-Q4")
    Disclosure.objects.update(category="finance")
    page = read(village.get_absolute_url())
    shown = page.split('id="accounts"')[1].split("</section>")[0]
    assert "村里的账" in page
    assert f"/d/{text.pk}/" in shown
    assert page.index('id="accounts"') < page.index('class="sum')


def test_item_then_state_then_due_date_in_reading_order(finance, village, read):
    row = read(village.get_absolute_url()).split("<tbody>")[1].split("</tr>")[0]
    due = Obligation.objects.filter(unit=village, due_on__lt=TODAY).order_by("due_on").first().due_on
    words = [row.index("财务收支"), row.index("逾期"), row.index(f"{due.year}年{due.month}月{due.day}日")]
    assert words == sorted(words)


def test_the_choice_of_state_and_view_is_kept_when_switching(finance, village, read):
    page = unescape(read(f"{village.get_absolute_url()}?state=late"))
    assert f"/u/{village.code}/?state=late&by=month" in page
    assert f"/u/{village.code}/catalogue.xlsx?state=late" in page
    month = unescape(read(f"{village.get_absolute_url()}?state=late&by=month"))
    assert f'href="/u/{village.code}/?state=late"' in month
    assert f"/u/{village.code}/catalogue.csv?state=late&by=month" in month
    assert "没有这种状态的事项" in read(f"{village.get_absolute_url()}?state=nil&by=month")
    assert "财务收支" in read(f"{village.get_absolute_url()}?state=nonsense&by=week")


def test_a_unit_without_any_item_says_so(tree, read):
    assert "还没有公开目录" in read(tree["弓通村"].get_absolute_url())
    assert "还没有公开目录" in read(f"{tree['弓通村'].get_absolute_url()}?by=month")


def test_a_unit_out_of_use_keeps_its_page(finance, village, read):
    Unit.objects.filter(pk=village.pk).update(active=False)
    assert "已经撤并" in read(village.get_absolute_url())


def test_by_month_a_period_stands_where_it_is_due(finance, village, read):
    due = Obligation.objects.filter(unit=village, due_on__year=TODAY.year).order_by("due_on").first()
    page = read(f"{village.get_absolute_url()}?by=month")
    cells = re.findall(r"<td>(.*?)</td>", page.split("<tbody>")[1].split("</tr>")[0])
    assert len(cells) == 12
    assert f"最晚{due.due_on.month}月{due.due_on.day}日" in cells[due.due_on.month - 1]
    assert "css/plan.css" in page


def test_what_is_shown_is_what_is_downloaded(finance, village, draft, client):
    dangerous = make_item(name="=HYPERLINK(1)")
    text = publish(draft, TODAY, unit=village, item=dangerous)
    Disclosure.objects.filter(pk=text.pk).update(title="=1+1")
    rows = list(csv.reader(io.StringIO(client.get(f"/u/{village.code}/catalogue.csv").content.decode("utf-8-sig"))))
    assert {row[1] for row in rows[1:]} == {"财务收支", "宅基地审批情况", "'=HYPERLINK(1)"}
    assert "'=1+1" in [cell for row in rows for cell in row]
    late = list(csv.reader(io.StringIO(client.get(f"/u/{village.code}/catalogue.csv?state=late").content.decode("utf-8-sig"))))
    assert [row[1] for row in late[1:]] == ["财务收支"]
    answer = client.get(f"/u/{village.code}/catalogue.xlsx")
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
    assert all(one.data_type != "f" for row in sheet.iter_rows() for one in row)
    assert sheet.max_row == len(rows)
    assert "noindex" in answer.headers["X-Robots-Tag"]
    months = list(csv.reader(io.StringIO(client.get(f"/u/{village.code}/catalogue.csv?by=month").content.decode("utf-8-sig"))))
    assert months[0][2:] == [f"{n}月" for n in range(1, 13)]


def test_the_counts_of_the_places_below_are_those_of_their_own_pages(finance, tree, village, draft, member, read):
    land = make_item(name="宅基地")
    yearly = limited("年度计划", "每年1月20日前公布")
    generate(since=date(YEAR, 1, 1))
    publish(draft, TODAY, unit=village, item=land)
    publish(draft, TODAY, unit=village, item=finance, period=f"{YEAR}-Q4")
    other = tree["半拉山村"]
    for one in Obligation.objects.filter(unit=other, duty__key=finance.key, opens_on__lte=TODAY):
        declare_nil(one, member("clerk", other), "没有发生")
    exempt(other, Duty.objects.get(key=yearly.key), member("administrator", other), "没有", date(YEAR, 1, 1), None)
    children = list(tree["搜登站镇"].get_children())
    counted = counts_of(children, TODAY)
    assert {one.pk: {name: counted[one.pk][name] for name in STATES} for one in children} == {one.pk: state_of(one) for one in children}
    assert counted[other.pk]["nil"] == 1
    page = unescape(read(tree["搜登站镇"].get_absolute_url()))
    assert f'href="/u/{village.code}/?state=late"' in page
    assert "搜登站镇" in read(tree["船营区"].get_absolute_url())


def test_cells_answered_on_the_same_last_day_are_read_alike_everywhere(finance, village, tree, draft, member):
    """A published period outweighs a declared one that was due on the same day, on the page and in the counts."""
    declare_nil(cell(village, finance, f"{YEAR}-Q3"), member("clerk", village), "没有发生")
    publish(draft, TODAY, unit=village, item=finance, period=f"{YEAR}-Q4")
    Obligation.objects.filter(unit=village).exclude(period__in=[f"{YEAR}-Q3", f"{YEAR}-Q4"]).delete()
    Obligation.objects.filter(unit=village).update(due_on=TODAY)
    assert state_of(village)["ok"] == 1
    assert counts_of([village], TODAY)[village.pk]["ok"] == 1


def more_units(number: int) -> None:
    """Villages in new townships of the county, beside those there are."""
    known = list(Unit.objects.order_by("path"))
    by_path = {unit.path: unit for unit in known}
    rows = [Division(one.code, Level(one.level), one.name, by_path[one.path[:-4]].code if one.depth > 1 else "") for one in known]
    for town in range(number // 60):
        code = f"220204{500 + town}"
        rows.append(Division(code, Level.TOWNSHIP, f"第{town}镇", "220204"))
        rows += [Division(f"{code}{200 + n}", Level.VILLAGE, f"第{town}之{n}村委会", code) for n in range(60)]
    import_divisions(rows)


def test_the_same_queries_at_ten_units_and_at_twelve_thousand(finance, tree, village, draft, queries):
    item = publish(draft, TODAY, unit=village, item=finance, period=f"{YEAR}-Q4").item
    urls = [one.get_absolute_url() for one in (tree["船营区"], tree["搜登站镇"], village, item)]
    urls += [f"{village.get_absolute_url()}?by=month", f"/u/{village.code}/catalogue.csv"]
    for url in urls:
        queries(url)
    before = {url: queries(url) for url in urls}
    more_units(12_000)
    generate(since=date(YEAR, 1, 1))
    assert Unit.objects.filter(level=Level.VILLAGE).count() > 12_000
    assert {url: queries(url) for url in urls} == before
    assert max(before.values()) < 40
