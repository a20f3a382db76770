"""The page of one cell: what the law asks, what was said about it, and what may be declared there."""

from datetime import date

import pytest
from bs4 import BeautifulSoup

from openness.supervision.models import Exemption, NilDeclaration, Obligation, State
from openness.supervision.services.generate import generate
from openness.units.models import Role

from .test_ledger import cell, limited, publish
from .walking import DESK, LAST, TODAY, blank_of, page

pytestmark = pytest.mark.django_db


def test_a_cell_says_what_the_law_asks_and_why_it_stands_so(year, enter, client, village):
    enter(Role.SUPERVISOR, year["船营区"])
    late = Obligation.objects.get(unit=village, state=State.LATE)
    late.item.basis, late.item.elements = "《中华人民共和国村民委员会组织法》第三十五条", "收入；支出"
    late.item.time_limit = "每季度的首个月20日前"
    late.item.save()
    text = page(client, f"{DESK}cell/{late.pk}/")
    for words in (
        "逾期后公开",
        "晚了 43 天",
        "第三十五条",
        "收入<br>支出",
        "每季度的首个月20日前（每季度首月20日前）",
        f"{LAST}年第二季度",
        f"{LAST}年7月20日",
    ):
        assert words in text, words
    blank = Obligation.objects.filter(unit=village, state=State.OPEN, due_on__lt=TODAY).first()
    text = page(client, f"{DESK}cell/{blank.pk}/")
    for words in (f"逾期 {(TODAY - blank.due_on).days} 天", "到今天没有公开，也没有申报", "没有公开过，也没有人申报过"):
        assert words in text, words


def test_a_disclosure_that_missed_its_own_limit_makes_the_cell_late_and_the_page_says_so(tree, enter, client, village, draft):
    approvals = limited("宅基地审批", "信息形成之日起20个工作日内")
    generate(since=date(LAST, 1, 1))
    for day, formed in ((date(LAST, 7, 20), date(LAST, 7, 6)), (date(LAST, 10, 9), date(LAST, 8, 4))):
        publish(draft, day, unit=village, item=approvals, formed_on=formed)
    found = cell(village, approvals, f"{LAST}-Q3")
    enter(Role.SUPERVISOR, tree["船营区"])
    text = page(client, f"{DESK}cell/{found.pk}/")
    assert "有一条超过了它自己的时限，算逾期" in text
    assert text.count("超过了</b>") == 1


def said(client, cell_: Obligation, **data: str) -> str:
    return client.post(f"{DESK}cell/{cell_.pk}/", data, follow=True).content.decode()


def test_a_clerk_declares_nil_and_takes_it_back_and_hears_why_not(year, enter, client, village):
    found = blank_of(village)
    enter(Role.CLERK, village)
    assert "请选一个原因" in said(client, found, act="declare")
    assert "已申报" in said(client, found, act="declare", reason="没有发生")
    assert "已经报过" in said(client, found, act="declare", reason="没有发生")
    assert NilDeclaration.objects.filter(undone_at=None, unit=village).count() == 1
    assert "已撤回" in said(client, found, act="undo")
    assert "已经撤回了" in said(client, found, act="undo")
    for act in ("waive", "extend", "exempt", "nonsense"):  # not a clerk's to give
        data = {"act": act, "reason": "x", "day": "2099-01-01", "since": "2020-01-01"}
        assert client.post(f"{DESK}cell/{found.pk}/", data).status_code == 404, act
    found.refresh_from_db()
    assert found.state == State.OPEN


@pytest.mark.parametrize("role", [Role.SUPERVISOR, Role.REVIEWER])
def test_who_only_looks_is_offered_no_form_and_may_post_none(year, enter, client, village, role):
    found = blank_of(village)
    enter(role, year["船营区"])
    soup = BeautifulSoup(page(client, f"{DESK}cell/{found.pk}/"), "html.parser")
    assert soup.select("button[name=act]") == []
    assert client.post(f"{DESK}cell/{found.pk}/", {"act": "declare", "reason": "没有发生"}).status_code == 404


def test_an_administrator_extends_and_waives(year, enter, client, village):
    found = blank_of(village)
    enter(Role.ADMINISTRATOR, year["船营区"])
    assert "日期要写成" in said(client, found, act="extend", reason="水灾", day="下周")
    assert "要写明原因" in said(client, found, act="extend", reason=" ", day="2099-01-01")
    assert "日期不能早于今天" in said(client, found, act="waive", reason="水灾", day="2020-01-01")
    assert "已延期" in said(client, found, act="extend", reason="水灾", day="2099-01-01")
    assert "要晚于原来" in said(client, found, act="extend", reason="水灾", day="2098-01-01")
    text = said(client, found, act="waive", reason="核查", day="2099-02-01")
    assert "已批准不公开" in text
    assert "经批准到2099年2月1日为止不公开" in text
    found.refresh_from_db()
    assert (found.state, found.due_on) == (State.WAIVED, date(2099, 1, 1))


def test_an_administrator_exempts_a_unit_from_a_duty(year, enter, client, village):
    found = Obligation.objects.filter(unit=village, state=State.OPEN, due_on__lt=TODAY, duty__item__level1="财务收支").latest("due_on")
    enter(Role.ADMINISTRATOR, year["船营区"])
    assert "日期要写成" in said(client, found, act="exempt", reason="没有集体土地")
    assert "要写明原因" in said(client, found, act="exempt", since=f"{LAST}-01-01")
    assert "不能早于" in said(client, found, act="exempt", reason="x", since=f"{LAST}-05-01", until=f"{LAST}-04-01")
    assert not Exemption.objects.exists()
    answer = client.post(f"{DESK}cell/{found.pk}/", {"act": "exempt", "reason": "没有集体土地", "since": f"{LAST}-01-01"}, follow=True)
    assert answer.redirect_chain[-1][0] == f"{DESK}?place={village.code}"
    assert "已定为不适用" in answer.content.decode()
    assert set(Obligation.objects.filter(unit=village, duty=found.duty).values_list("state", flat=True)) == {State.ON_TIME, State.LATE}
    kept = Obligation.objects.get(unit=village, state=State.ON_TIME)
    assert "没有集体土地" in page(client, f"{DESK}cell/{kept.pk}/")
    assert generate(since=date(LAST, 1, 1)).made == 0
