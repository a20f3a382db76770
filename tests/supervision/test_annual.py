"""Annual openness reports: the official format, sums that add up, and nothing that goes round the review."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from openness.disclosures.models import Disclosure
from openness.disclosures.rules import PublishRefused
from openness.supervision.models import AnnualReport
from openness.supervision.rules.annual import (
    APPLICANTS,
    CARRIED_IN,
    CARRIED_OUT,
    DONE,
    LAYOUTS,
    NEW,
    REQUESTS,
    RESULTS,
    TOTAL,
    empty_tables,
    faults,
    missing,
    read_number,
    value,
)
from openness.supervision.services.annual import ReportRefused as Refused
from openness.supervision.services.annual import body_of, draft_report, faults_of, fill_with_zeros, items_for, send_to_review

from ..conftest import make_item
from .test_ledger import publish

pytestmark = pytest.mark.django_db


def filled(**numbers):
    """Tables of zeros with these numbers of natural persons' requests."""
    tables = empty_tables()
    for layout in LAYOUTS:
        for line, column in layout.cells():
            tables[layout.key][line.key][column] = 0
    for line, number in numbers.items():
        tables["requests"][line]["person"] = number
    return tables


def test_the_format_has_the_rows_and_columns_of_the_office(db):
    """国办公开办函〔2021〕30号: 21 results in six groups, six kinds of applicants, three kinds of disputes with four outcomes each."""
    assert len(RESULTS) == 21
    assert [sum(str(line.group).startswith(f"（{n}）") for line in RESULTS) for n in "三四五六"] == [8, 3, 5, 3]
    assert [column for column, _label in APPLICANTS][-1] == TOTAL
    assert missing(empty_tables()) == 6 + 1 + 2 + 1 + 6 * 24 + 3 * 4


def test_what_balances_is_right_and_what_does_not_gets_a_sentence(db):
    assert faults(filled(new=3, carried_in=1, granted=2, secret=1, carried_out=1)) == []
    wrong = faults(filled(new=3, carried_in=1, granted=2, carried_out=1))
    assert wrong == [
        "“自然人”一列对不上：本年新收 3 + 上年结转 1 = 4，办理结果 2 + 结转下年 1 = 3。",
        "“总计”一列对不上：本年新收 3 + 上年结转 1 = 4，办理结果 2 + 结转下年 1 = 3。",
    ]


def test_blanks_are_not_zeros(db):
    tables = filled()
    tables["requests"]["granted"]["person"] = None
    assert faults(tables) == ["还有 1 个数没有填，没有的填 0。"]


def test_what_came_over_is_what_last_year_left(db):
    assert faults(filled(carried_in=2, granted=2), {"person": 2}) == []
    assert faults(filled(carried_in=2, granted=2), {"person": 3}) == ["“自然人”的上年结转写了 2，去年的报告结转下年是 3。"]


counts = st.lists(st.integers(0, 50), min_size=21, max_size=21)


@given(st.lists(st.tuples(counts, st.integers(0, 50), st.integers(0, 60)), min_size=6, max_size=6))
def test_totals_add_up_both_ways_and_a_balanced_report_has_no_fault(columns):
    """Whatever the numbers: the sum of the results is the sum by rows and by columns; one number more in any column is found."""
    tables = filled()
    for (column, _label), (results, came, left) in zip(APPLICANTS, columns, strict=False):
        done = sum(results)
        carried_in = min(came, done + left)
        for line, number in zip(RESULTS, results, strict=True):
            tables["requests"][line.key][column] = number
        tables["requests"][CARRIED_IN][column], tables["requests"][CARRIED_OUT][column] = carried_in, left
        tables["requests"][NEW][column] = done + left - carried_in
    by_column = sum(value(tables, REQUESTS, DONE, column) for column, _label in APPLICANTS if column != TOTAL)
    by_row = sum(value(tables, REQUESTS, line.key, TOTAL) for line in RESULTS)
    assert value(tables, REQUESTS, DONE, TOTAL) == by_column == by_row
    assert faults(tables) == []
    tables["requests"][NEW]["charity"] += 1
    assert [sentence[:8] for sentence in faults(tables)] == ["“社会公益组织”", "“总计”一列对不"]


@pytest.mark.parametrize(("text", "number"), [("", None), (" 12 ", 12), ("1,234", 1234), ("1.5", "1.5"), ("0.000001", "0.000001")])
def test_numbers_are_read_as_typed(text, number):
    fees = next(layout for layout in LAYOUTS if layout.key == "fees")
    assert read_number(fees, text) == number


@pytest.mark.parametrize("text", ["-1", "三", "1.5", "1e3", "9" * 20, "１２", "1.2.3"])
def test_what_is_no_count_is_refused_with_a_sentence(text):
    with pytest.raises(ValueError, match="不小于 0 的整数"):
        read_number(REQUESTS, text)


@pytest.fixture
def township(tree):
    return tree["搜登站镇"]


@pytest.fixture
def report(township):
    made = draft_report(township, 2026, None)
    made.issues, made.others = "公开还不够及时。\n下一步改。", "没有收取信息处理费。"
    made.save()
    return made


@pytest.fixture
def report_item(db):
    return make_item(name="政府信息公开工作年度报告", time_limit="每年", field="政府信息公开")


def test_a_draft_fills_in_what_the_platform_knows_and_leaves_the_rest_empty(township, draft, item):
    publish(draft, date(2026, 3, 2), unit=township, item=item, formed_on=date(2026, 3, 1))
    publish(draft, date(2025, 12, 31), unit=township, item=item, formed_on=date(2025, 12, 1))
    made = draft_report(township, 2026, None)
    assert "搜登站镇主动公开信息 1 条，其中公告公示 1 条。" in made.overview
    assert made.tables["rules"]["regulations"] == {"made": 0, "repealed": 0, "valid": 0}
    assert missing(made.tables) == missing(empty_tables()) - 3
    assert any("还有" in sentence for sentence in faults_of(made))
    assert "“存在的主要问题及改进情况”还没有写。" in faults_of(made)


def test_this_year_begins_with_what_last_year_left(township):
    last = draft_report(township, 2025, None)
    last.tables["requests"][CARRIED_OUT]["person"] = 2
    last.save()
    made = draft_report(township, 2026, None)
    assert made.tables["requests"][CARRIED_IN]["person"] == 2
    fill_with_zeros(made)
    made.tables["requests"][CARRIED_IN]["person"] = 1
    assert "“自然人”的上年结转写了 1，去年的报告结转下年是 2。" in faults_of(made)


def test_who_and_when_a_report_is_for(tree, township, report):
    for unit, year, sentence in ((tree["搜登站村"], 2026, "村（居）委会不编"), (township, 2026, "已经有了"), (township, 2099, "还没有到")):
        with pytest.raises(Refused, match=sentence):
            draft_report(unit, year, None)


def test_the_disclosure_holds_the_six_parts_in_order(report):
    fill_with_zeros(report)
    body = body_of(report)
    headings = [block["value"].partition("</h3>")[0].removeprefix("<h3>") for block in body if block["type"] == "text"]
    assert [heading[:2] for heading in headings] == ["一、", "二、", "三、", "四、", "五、", "六、"]
    tables = [block["value"] for block in body if block["type"] == "table"]
    assert len(tables) == len(LAYOUTS)
    assert all(len(row["values"]) == len(table["columns"]) for table in tables for row in table["rows"])


def test_a_report_that_does_not_add_up_makes_no_disclosure(report, report_item, member, township):
    with pytest.raises(Refused, match="没有填"):
        send_to_review(report, report_item, member("clerk", township))
    assert not Disclosure.objects.exists()


def test_a_report_is_reviewed_like_everything_else(report, report_item, member, township, client):
    """The clerk's draft; the clerk cannot publish it; a reviewer can, and residents read the tables."""
    fill_with_zeros(report)
    clerk = member("clerk", township)
    made = send_to_review(report, report_item, clerk)
    assert (made.live, made.author, made.period, made.category) == (False, clerk, "2026", "report")
    with pytest.raises(PublishRefused, match="自己写的不能自己审核"):
        made.get_latest_revision().publish(user=clerk)
    assert client.get(made.get_absolute_url()).status_code == 404
    made.get_latest_revision().publish(user=member("reviewer", township))
    page = client.get(made.get_absolute_url()).content.decode()
    assert "一、本年新收政府信息公开申请数量" in page
    assert "下一步改。" in page
    report.refresh_from_db()
    assert report.disclosure_id == made.pk
    with pytest.raises(Refused, match="已经生成过"):
        send_to_review(report, report_item, clerk)


def test_the_item_named_for_it_is_offered_first(township, report_item, item):
    assert items_for(township) == [report_item]
    report_item.delete()
    assert items_for(township) == [item]


def test_a_clerk_does_it_all_in_the_admin(township, report_item, client, member):
    client.force_login(member("clerk", township))
    assert client.post(reverse("supervision_annual"), {"unit": township.pk, "year": timezone.localdate().year}).status_code == 302
    report = AnnualReport.objects.get()
    page = reverse("supervision_annual_report", args=[report.pk])
    sent = {"overview": "总体", "issues": "问题", "others": "其他", "requests-new-person": "2", "requests-granted-person": "三"}
    refused = client.post(page, sent).content.decode()
    assert "“三”要写成不小于 0 的整数。" in refused
    assert 'name="requests-granted-person" value="三"' in refused
    assert client.post(page, {**sent, "requests-granted-person": "1"}).status_code == 302
    client.post(page, {**sent, "requests-granted-person": "1", "zeros": "1"})
    assert "本年新收 2 + 上年结转 0 = 2，办理结果 1 + 结转下年 0 = 1" in client.get(page).content.decode()
    client.post(reverse("supervision_annual_send", args=[report.pk]), {"item": report_item.pk})
    assert not Disclosure.objects.exists()
    report.refresh_from_db()
    report.tables["requests"][CARRIED_OUT]["person"] = 1
    report.save()
    answer = client.post(reverse("supervision_annual_send", args=[report.pk]), {"item": report_item.pk})
    made = Disclosure.objects.get()
    assert answer.url == reverse(Disclosure.snippet_viewset.get_url_name("edit"), args=[made.pk])
    assert client.get(answer.url).status_code == 200
    assert client.post(page, sent).status_code == 302
    report.refresh_from_db()
    assert report.tables["requests"][NEW]["person"] == 2


@pytest.mark.parametrize(
    ("role", "place", "seen", "changed"),
    [
        ("clerk", "搜登站镇", 200, 302), ("reviewer", "搜登站镇", 200, 302), ("supervisor", "船营区", 200, 302),
        ("clerk", "大绥河镇", 404, 404), ("clerk", "搜登站村", 404, 404),
    ],
)  # fmt: skip
def test_who_reads_and_who_writes_a_report(tree, report, report_item, client, member, role, place, seen, changed):
    """302 is a report stored, or Wagtail's answer to who may not: what is stored tells them apart."""
    client.force_login(member(role, tree[place]))
    page = reverse("supervision_annual_report", args=[report.pk])
    assert client.get(page).status_code == seen
    answer = client.post(page, {"overview": "改了", "issues": "", "others": ""})
    assert answer.status_code == changed
    report.refresh_from_db()
    assert (report.overview == "改了") is (seen == 200 and role != "supervisor")
    fill_with_zeros(AnnualReport.objects.get(pk=report.pk))
    AnnualReport.objects.filter(pk=report.pk).update(overview="一", issues="二", others="三")
    client.post(reverse("supervision_annual_send", args=[report.pk]), {"item": report_item.pk})
    assert Disclosure.objects.exists() is ((role, place) == ("clerk", "搜登站镇"))


@pytest.mark.parametrize("role", ["reviewer", "supervisor"])
def test_only_clerks_begin_a_report(township, client, member, role):
    client.force_login(member(role, township))
    client.post(reverse("supervision_annual"), {"unit": township.pk, "year": 2026})
    assert not AnnualReport.objects.exists()
