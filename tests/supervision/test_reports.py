"""Notices: numbers that are those of the ledger, words from them, frozen when issued."""

import re
from datetime import date
from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from openness.disclosures.models import Disclosure
from openness.disclosures.periods import parse_period, period_of
from openness.supervision.models import Indicator, Notice
from openness.supervision.services.annual import draft_report
from openness.supervision.services.desk import Choice, desk
from openness.supervision.services.figures import percent
from openness.supervision.services.generate import generate
from openness.supervision.services.notice import NoticeRefused, draft_notice, issue, redraft, words_of
from openness.supervision.services.overview import Scope, cells_behind, sums_of
from openness.supervision.services.scores import score_units
from openness.units.models import Unit

from .acts_done import ordered, sampled
from .test_ledger import TODAY, limited, publish
from .test_quality import right_identity

pytestmark = pytest.mark.django_db
Q4 = parse_period("2026-Q4")
SCOPE = Scope(Q4.first, Q4.last, TODAY)


@pytest.fixture
def year(tree, village, draft):
    finance, monthly = limited("财务收支", "每季度的首个月20日"), limited("党务", "每月公布一次", field="党务公开")
    generate(today=TODAY)
    publish(draft, date(2026, 10, 12), unit=village, item=finance, period="2026-Q3")
    publish(draft, date(2026, 10, 22), unit=tree["半拉山村"], item=finance, period="2026-Q3")
    publish(draft, date(2026, 11, 9), unit=tree["大绥河村"], item=monthly, period="2026-10")
    return tree


@pytest.fixture
def notice(year):
    return draft_notice(year["船营区"], Q4, None, TODAY)


def test_the_numbers_are_those_of_the_ledger(year, notice):
    county, figures = year["船营区"], notice.figures
    sums = sums_of(county, SCOPE)
    for name in ("owed", "done", "on_time", "late", "overdue", "nil", "waived"):
        assert figures["sums"][name] == getattr(sums, name), name
    assert figures["overdue_total"] == len(figures["overdue"]) == cells_behind(county, SCOPE, "overdue").count()
    assert sum(row["cells"] for row in figures["most_overdue"]) == figures["overdue_total"]
    assert {row["name"]: row["score"] for row in figures["ranking"]} == {
        name: str(score_units([year[name]], Q4, TODAY)[0].score) for name in ("搜登站镇", "大绥河镇")
    }
    assert sum(row["owed"] for row in figures["ranking"]) == figures["sums"]["owed"]


def test_the_words_say_the_numbers_and_name_the_units(notice):
    sums, most = notice.figures["sums"], notice.figures["most_overdue"][0]
    assert f"应公开 {sums['owed']} 项，已公开 {sums['done']} 项，公开率 {sums['rate']}" in notice.opening
    assert "截至 2026-11-24" in notice.opening
    assert f"{most['name']}（{most['cells']} 项）" in notice.problems
    assert f"有 {sums['late']} 项虽已公开，但超过了规定时限" in notice.problems
    assert "平台还不能测，没有计入：站点打不开" in notice.problems
    assert "留言没有回复" not in notice.problems
    assert "抽查" not in notice.problems + notice.opening


@pytest.mark.parametrize("code", ["2026-Q3", "2026-Q4", "2026"])
def test_workbook_and_paper_have_the_numbers_of_the_desk(year, client, member, code):
    """Of a period that is over and of ones that run: the same rates, cut and not rounded, and the same stretch before."""
    period, county = parse_period(code), year["船营区"]
    made = draft_notice(county, period, None, TODAY)
    seen = desk(Choice(county, period), TODAY)
    shown = {figure.label: figure.value for figure in seen.figures}
    client.force_login(member("supervisor", county))
    summary = {row[0]: row[1:] for row in sheets(client, made)["概况"]}
    assert summary["项目"][1] == Choice(county, period).before_words(TODAY)
    for label, name in (
        ("公开率", "公开率"),
        ("及时率", "及时率"),
        ("要素齐全率", "要素齐全率"),
        ("逾期", "逾期没公开"),
        ("逾期后公开", "逾期后公开"),
    ):
        assert str(summary[label][0]) == shown[name], label
    assert (summary["应公开"][0], summary["已公开"][0]) == (seen.sums.owed, seen.sums.done)
    before = sums_of(county, Choice(county, period).scope_before(TODAY))
    assert (summary["应公开"][1], summary["公开率"][1]) == (before.owed, percent(before.done, before.owed))
    page = client.get(reverse("supervision_notice_print", args=[made.pk])).content.decode()
    assert f"应公开 {seen.sums.owed} 项，已公开 {seen.sums.done} 项，公开率 {shown['公开率']}" in page
    ranked = {row.unit.short_name: (row.total.owed, row.total.done, row.percent, row.total.overdue) for row in seen.rows}
    for row in sheets(client, made)["附件1 排名"][1:]:
        assert (row[3], row[4], row[5], row[7]) == ranked[row[1]]


def test_spot_checks_and_rectifications_of_the_period_are_in_the_notice(year, village, client, member):
    first, second = Disclosure.objects.filter(unit__in=[village, year["半拉山村"]]).order_by("pk")
    sampled(first, "85.0", date(2026, 11, 2), f"露出{right_identity()}")
    sampled(second, None, date(2026, 11, 3))
    sampled(second, "50.0", date(2026, 9, 30), "上一期的")
    ordered(village, date(2026, 11, 30), title="台账没有更新")
    ordered(village, date(2026, 10, 10), title="九月下达的")
    made = draft_notice(year["船营区"], Q4, None, TODAY)
    checks, orders = made.figures["sections"]
    assert [row[:4] for row in checks["rows"]] == [
        ["搜登站村", "例行抽查", "公开", "85.0"], ["半拉山村", "例行抽查", "公开", "不适用"]
    ]  # fmt: skip
    assert re.fullmatch(r"露出110\d*\*{6,}\d+X?", checks["rows"][0][4])
    assert orders["rows"] == [["搜登站村", "台账没有更新", "2026-11-30", "整改中"]]
    client.force_login(member("supervisor", year["船营区"]))
    book, page = sheets(client, made), client.get(reverse("supervision_notice_print", args=[made.pk])).content.decode()
    assert list(book)[4:6] == ["抽查情况", "整改情况"]
    for section in made.figures["sections"]:
        assert [list(map(str, row)) for row in book[section["title"]][1:]] == section["rows"]
        assert section["title"] in page
        for row in section["rows"]:
            assert f"<td>{row[2]}</td>" in page
    assert right_identity() not in page


def test_a_place_without_faults_gets_no_scolding(tree):
    words = words_of(draft_notice(tree["搜登站村"], Q4, None, TODAY).figures)
    assert words["problems"] == "本期没有发现逾期没有公开的事项。"
    assert words["demands"] == "请各单位继续按目录和时限公开。"


def test_one_notice_a_place_and_period_and_none_of_the_future(year, notice):
    with pytest.raises(NoticeRefused, match="已经有一份通报"):
        draft_notice(year["船营区"], Q4, None, TODAY)
    with pytest.raises(NoticeRefused, match="2027年第一季度还没有到"):
        draft_notice(year["船营区"], Q4.after(), None, TODAY)


def test_an_issued_notice_keeps_its_words_and_numbers(year, notice, village, draft):
    issued = issue(notice, None)
    before = Notice.objects.filter(pk=issued.pk).values().get()
    publish(draft, date(2026, 11, 20), unit=year["大绥河镇"], item=limited("新事项", "每月公布一次"), period="2026-09")
    issued.opening = "改了"
    with pytest.raises(ValidationError, match="已经印发，不能再改"):
        issued.save()
    for act in (issue, redraft):
        with pytest.raises(NoticeRefused, match="已经印发"):
            act(Notice.objects.get(pk=issued.pk), None)
    assert Notice.objects.filter(pk=issued.pk).values().get() == before


def test_a_draft_written_anew_takes_the_numbers_of_its_day(year, notice, draft):
    before = notice.figures["sums"]["done"]
    Notice.objects.filter(pk=notice.pk).update(opening="手写的")
    monthly = Disclosure.objects.get(unit=year["大绥河村"]).item
    publish(draft, date(2026, 11, 20), unit=year["大绥河镇"], item=monthly, period="2026-09")
    redraft(notice, None, TODAY)
    notice.refresh_from_db()
    assert notice.figures["sums"]["done"] == before + 1
    assert "手写的" not in notice.opening


def test_a_notice_costs_the_same_queries_with_more_units(year):
    counts = []
    for number in range(2):
        place = Unit.objects.get(pk=year["船营区"].pk)
        with CaptureQueriesContext(connection) as captured:
            draft_notice(place, Q4, None, TODAY)
        counts.append(len(captured))
        Notice.objects.all().delete()
        if not number:
            for extra in range(5):
                parent = Unit.objects.get(pk=year["船营区"].pk)
                parent.add_child(code=f"2202049{extra:02d}", name=f"新{extra}镇", short_name=f"新{extra}镇", level=4, kind="town")
            generate(today=TODAY)
    assert counts[0] == counts[1]


def sheets(client, notice):
    answer = client.get(reverse("supervision_notice_xlsx", args=[notice.pk]))
    book = load_workbook(BytesIO(b"".join(answer.streaming_content)))
    return {sheet.title: [list(row) for row in sheet.iter_rows(values_only=True)] for sheet in book}


def test_the_workbook_holds_the_same_tables(year, notice, client, member):
    client.force_login(member("supervisor", year["船营区"]))
    book = sheets(client, notice)
    assert list(book) == ["概况", "附件1 排名", "附件2 逾期清单", "附件3 检查指标", "正文"]
    assert len(book["附件2 逾期清单"]) == notice.figures["overdue_total"] + 1
    summary = {row[0]: row[1] for row in book["概况"]}
    assert (summary["应公开"], summary["公开率"]) == (notice.figures["sums"]["owed"], notice.figures["sums"]["rate"])
    assert book["正文"][1] == ["一、总体情况", notice.opening]


def test_no_text_becomes_a_formula(year, notice, client, member):
    Notice.objects.filter(pk=notice.pk).update(opening="=1+1")
    client.force_login(member("supervisor", year["船营区"]))
    answer = client.get(reverse("supervision_notice_xlsx", args=[notice.pk]))
    cell = load_workbook(BytesIO(b"".join(answer.streaming_content)))["正文"]["B2"]
    assert (cell.value, cell.data_type) == ("=1+1", "s")


def test_the_printed_page_is_the_notice(year, notice, client, member):
    client.force_login(member("supervisor", year["船营区"]))
    page = client.get(reverse("supervision_notice_print", args=[notice.pk])).content.decode()
    assert "草稿，还没有印发" in page
    assert notice.figures["overdue"][0]["item"] in page
    assert "style=" not in page
    issue(notice, None)
    assert "草稿" not in client.get(reverse("supervision_notice_print", args=[notice.pk])).content.decode()


def test_a_notice_is_drafted_edited_and_issued_in_the_admin(year, client, member):
    client.force_login(member("supervisor", year["船营区"]))
    period = period_of(timezone.localdate(), "quarter").before().code
    assert client.get(reverse("supervision_notices")).status_code == 200
    client.post(reverse("supervision_notice_draft") + f"?unit=220204&period={period}")
    notice = Notice.objects.get()
    page, act = reverse("supervision_notice", args=[notice.pk]), reverse("supervision_notice_act", args=[notice.pk])
    texts = {
        "title": "通报",
        "document_number": "船政公〔2026〕1号",
        "issuer": "区政务公开办",
        "opening": "写过的",
        "problems": "",
        "demands": "",
    }
    assert client.post(page, texts).status_code == 302
    client.post(act, {"issue": "1"})
    notice.refresh_from_db()
    assert (notice.opening, bool(notice.issued_at)) == ("写过的", True)
    client.post(page, {**texts, "opening": "又改"})
    client.post(act, {"redraft": "1"})
    notice.refresh_from_db()
    assert notice.opening == "写过的"
    assert "写过的" in client.get(page).content.decode()


NOTICE_PAGES = ("supervision_notice", "supervision_notice_print", "supervision_notice_xlsx")


@pytest.mark.parametrize(
    ("role", "place", "status"),
    [
        ("supervisor", "船营区", 200),
        ("administrator", "船营区", 200),
        ("clerk", "船营区", 404),
        ("supervisor", "龙潭区", 404),
        ("supervisor", "搜登站镇", 404),
    ],
)
def test_a_notice_is_for_supervisors_of_the_place(year, notice, client, member, role, place, status):
    client.force_login(member(role, year[place]))
    for name in NOTICE_PAGES:
        assert client.get(reverse(name, args=[notice.pk])).status_code == status
    answer = client.post(reverse("supervision_notice_act", args=[notice.pk]), {"issue": "1"})
    assert answer.status_code == (302 if status == 200 else 404)
    assert Notice.objects.filter(issued_at__isnull=False).exists() is (status == 200)


@pytest.mark.parametrize(("role", "place"), [("clerk", "船营区"), ("supervisor", "搜登站镇")])
def test_only_supervisors_of_the_place_draft_a_notice(year, client, member, role, place):
    client.force_login(member(role, year[place]))
    assert client.post(reverse("supervision_notice_draft") + "?unit=220204&period=2026-Q3").status_code == 404
    assert not Notice.objects.exists()


def test_pages_of_reports_cost_the_same_with_more_of_them(year, client, member):
    client.force_login(member("administrator", year["船营区"]))
    counts = []
    for number in range(2):
        for name in ("supervision_annual", "supervision_notices"):
            client.get(reverse(name))
            with CaptureQueriesContext(connection) as captured:
                assert client.get(reverse(name)).status_code == 200
            counts.append(len(captured))
        if not number:
            for place in ("船营区", "搜登站镇", "大绥河镇"):
                draft_notice(Unit.objects.get(pk=year[place].pk), Q4, None, TODAY)
            for place in ("船营区", "搜登站镇", "大绥河镇"):
                draft_report(year[place], 2026, None)
    assert counts[:2] == counts[2:]


def test_indicators_of_a_frozen_notice_stay_as_they_were(year, notice):
    issued = issue(notice, None)
    Indicator.objects.all().delete()
    assert Notice.objects.get(pk=issued.pk).figures["indicators"][0]["name"] == "公开率"
