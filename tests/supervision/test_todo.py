"""本期待公开: what a clerk sees first, in the order to do it; one tap to a form half filled, two taps to 本期无此事项."""

import re
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import WorkflowState

from openness.disclosures.models import Disclosure
from openness.disclosures.services.begin import begin
from openness.disclosures.services.workflow import ensure_workflow
from openness.supervision.models import Obligation, State
from openness.supervision.services.generate import generate
from openness.supervision.services.todo import todo_of
from openness.supervision.services.urge import urge
from openness.units.models import Role

from .test_ledger import limited, publish

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 24)
ADD = "/admin/snippets/disclosures/disclosure/add/"


@pytest.fixture
def finance(tree):
    item = limited("财务收支", "每季度的首个月20日")
    generate(today=TODAY, since=date(2026, 1, 1))
    return item


@pytest.fixture
def clerk(member, village, client):
    person = member("clerk", village)
    client.force_login(person)
    return person


def names(todo) -> dict[str, list[tuple[str, str]]]:
    return {group: [(task.name, task.cell.period if task.cell else "") for task in tasks] for group, tasks in todo.groups.items() if tasks}


def test_overdue_before_soon_before_the_month_before_the_rest(finance, village, draft):
    limited("宅基地审批", "信息形成之日起20个工作日内")
    generate(today=TODAY, since=date(2026, 10, 1))
    publish(draft, TODAY, unit=village, item=finance, period="2026-Q1")
    found = todo_of(village, TODAY)
    assert names(found) == {
        "late": [("财务收支", "2026-Q2"), ("财务收支", "2026-Q3")],
        "later": [("宅基地审批", "2026-Q4")],
    }
    assert [name for name in found.groups if found.groups[name]] == ["late", "later"]
    assert names(todo_of(village, date(2027, 1, 15)))["soon"] == [("财务收支", "2026-Q4")]
    assert ("财务收支", "2026-Q4") in names(todo_of(village, date(2027, 1, 4)))["month"]


def test_done_and_left_add_up_to_the_whole(finance, village, draft):
    before = todo_of(village, TODAY)
    assert (before.done, before.left, before.total) == (0, 3, 3)
    publish(draft, TODAY, unit=village, item=finance, period="2026-Q3")
    after = todo_of(village, TODAY)
    assert (after.done, after.left, after.total) == (1, 2, 3)


def test_what_came_back_is_shown_once_with_the_reviewers_words(finance, village, member, draft, rf):
    ensure_workflow()
    text = Disclosure(unit=village, item=finance, title="三季度账", period="2026-Q3", formed_on=date(2026, 10, 9), live=False,
                      body=[("text", "<p>账</p>")], author=member("clerk", village))  # fmt: skip
    text.save()
    text.save_revision(user=text.author)
    state = text.get_workflow().start(text, text.author)
    assert names(todo_of(village, TODAY))["waiting"] == [("财务收支", "2026-Q3")]
    state.current_task_state.reject(user=member("reviewer", village), comment="名单里有完整身份证号")
    assert WorkflowState.objects.get().status == WorkflowState.STATUS_NEEDS_CHANGES
    found = todo_of(village, TODAY)
    (back,) = found.groups["returned"]
    assert (back.cell.period, back.draft.said, back.draft.disclosure.pk) == ("2026-Q3", "名单里有完整身份证号", text.pk)
    assert [period for _name, period in names(found)["late"]] == ["2026-Q1", "2026-Q2"]
    assert found.left == 3


def test_the_list_is_the_first_screen_of_those_who_only_write(finance, clerk, client, member, village):
    answer = client.get("/admin/")
    assert (answer.status_code, answer["Location"]) == (302, "/admin/todo/")
    page = client.get("/admin/todo/").content.decode()
    assert "已经逾期，请先办这些" in page
    assert "3 项里已经办完 0 项" in page
    client.force_login(member("supervisor", village))
    assert client.get("/admin/").status_code == 200
    assert client.get("/admin/todo/").status_code in (302, 403)


def test_the_clerks_menu_has_its_own_entries_and_no_others(finance, clerk, client):
    page = client.get("/admin/todo/").content.decode()
    labels = re.findall(r'"label": "([^"]+)"', page)
    shown = [bytes(label, "utf-8").decode("unicode_escape") if "\\u" in label else label for label in labels]
    assert shown[:4] == ["本期待公开", "我发过的", "留言", "帮助"]
    assert "督办台" not in shown


def test_other_units_do_not_exist(finance, clerk, client, tree, village):
    other = next(unit for unit in tree.values() if unit.level == 5 and unit.pk != village.pk)
    assert client.get(f"/admin/todo/?unit={other.code}").status_code == 404
    assert client.get("/admin/todo/?unit=x").status_code == 404
    foreign = Obligation.objects.filter(unit__level=5).exclude(unit=village).first()
    assert client.get(f"/admin/todo/{foreign.pk}/nil/").status_code == 404
    assert client.post(f"/admin/todo/{foreign.pk}/nil/", {"reason": "x"}).status_code == 404


def test_a_township_writes_for_its_villages(finance, tree, member, client, village):
    client.force_login(member("clerk", village.get_parent()))
    page = client.get("/admin/todo/").content.decode()
    assert f'value="{village.code}"' in page
    assert client.get(f"/admin/todo/?unit={village.code}").status_code == 200


def test_nothing_this_period_takes_two_taps(finance, village, clerk, client):
    generate(since=timezone.localdate() - timedelta(days=200))
    blank = Obligation.objects.filter(unit=village, opens_on__lte=timezone.localdate()).latest("opens_on")
    assert f"/admin/todo/{blank.pk}/nil/" in client.get("/admin/todo/").content.decode()
    page = client.get(f"/admin/todo/{blank.pk}/nil/").content.decode()
    chosen = re.search(r'name="reason" value="([^"]+)" checked', page)[1]
    answer = client.post(f"/admin/todo/{blank.pk}/nil/", {"reason": chosen, "other": ""}, follow=True)
    assert "已报：" in answer.content.decode()
    blank.refresh_from_db()
    assert blank.state == State.NIL
    assert "不用报" in client.get(f"/admin/todo/{blank.pk}/nil/").content.decode()


def test_an_urging_stands_above_the_list(finance, village, clerk, client, member):
    generate(since=timezone.localdate() - timedelta(days=300))
    late = Obligation.objects.filter(unit=village, state=State.OPEN, due_on__lt=timezone.localdate()).first()
    made = urge([late.pk], member("supervisor", village)).made[0]
    assert made.text in client.get("/admin/todo/").content.decode()


def test_another_reason_must_be_written(finance, village, clerk, client):
    generate(since=timezone.localdate() - timedelta(days=200))
    blank = Obligation.objects.filter(unit=village, opens_on__lte=timezone.localdate()).latest("opens_on")
    answer = client.post(f"/admin/todo/{blank.pk}/nil/", {"reason": "other", "other": " "}, follow=True)
    assert "请选一个原因" in answer.content.decode()
    client.post(f"/admin/todo/{blank.pk}/nil/", {"reason": "other", "other": "村委会换届"})
    blank.refresh_from_db()
    assert blank.state == State.NIL


def test_the_form_knows_what_the_list_knows(finance, village, clerk, client):
    page = client.get("/admin/todo/").content.decode()
    address = re.search(rf'{ADD}\?[^"]*item=[^"]+', page)[0].replace("&amp;", "&")
    form = client.get(address).content.decode()
    assert 'value="2026年第一季度财务收支"' in form
    assert re.search(rf'<option value="{finance.pk}" selected', form)
    assert 'value="2026-Q1" selected' in form


@pytest.mark.parametrize("query", ["unit=1&item=2", "unit=&item=9999999999999", "item=x", "unit=220204101201&item=²", "period=2026-Q9"])
def test_a_form_without_a_known_duty_is_an_empty_form(finance, clerk, client, query):
    assert client.get(f"{ADD}?{query}").status_code == 200


def test_last_times_rows_come_without_their_amounts(finance, village, draft, published):
    money = {
        "caption": "村级收支", "opening": "100.00", "closing": "150.00",
        "income": [{"type": "item", "id": "a", "value": {"subject": "租金", "day": "2026-07-01", "amount": "80.00", "note": "机动地"}}],
        "expense": [{"type": "item", "id": "b", "value": {"subject": "垃圾清运", "day": None, "amount": "30.00", "note": ""}}],
    }  # fmt: skip
    table = {
        "columns": [{"type": "text", "heading": "户主"}, {"type": "money", "heading": "金额"}],
        "rows": [{"values": ["张某某", "300.00"]}], "caption": "发放",
    }  # fmt: skip
    body = Disclosure._meta.get_field("body").to_python(
        [
            {"type": "text", "id": "t", "value": "<p>上期的话</p>"},
            {"type": "finance", "id": "f", "value": money},
            {"type": "table", "id": "u", "value": table},
        ]
    )
    publish(draft, TODAY, unit=village, item=finance, period="2026-Q2")
    Disclosure.objects.filter(item=finance).update(
        body=body, category="finance", notice_from=date(2026, 7, 1), notice_until=date(2026, 7, 15)
    )
    made = begin(village, finance, "2026-Q3", TODAY)
    assert (made.title, made.category) == ("2026年第三季度财务收支", "finance")
    assert (made.notice_until - made.notice_from).days == 14
    account, given = made.body
    assert account.value["opening"] == 150
    assert [(row["subject"], row["side"], row["amount"], row["day"]) for row in account.value.rows] == [
        ("租金", "in", "", ""), ("垃圾清运", "out", "", ""),
    ]  # fmt: skip
    assert account.value["closing"] is None
    assert [list(row["values"]) for row in given.value.row_data] == [["张某某", None]]
    assert "上期的话" not in str(made.body)


def test_each_element_is_a_field_and_an_account_is_a_table(finance, village):
    finance.elements = "收入明细；支出明细"
    finance.save()
    account, *elements = begin(village, finance, "2026-Q3", TODAY).body
    assert (account.block_type, account.value["kind"]) == ("flow", "both")
    assert [element.value["name"] for element in elements] == ["收入明细", "支出明细"]


def test_the_list_costs_the_same_with_more_to_do(finance, village, clerk, client):
    def queries() -> int:
        with CaptureQueriesContext(connection) as caught:
            assert client.get("/admin/todo/").status_code == 200
        return len(caught)

    queries()
    before = queries()
    for number in range(12):
        limited(f"事项{number}", "每月公布一次")
    generate(today=TODAY)
    assert Obligation.objects.filter(unit=village).count() > 100
    assert queries() == before


def test_only_a_person_who_writes_and_nothing_else_has_the_short_menu(member, village, client):
    person = member("clerk", village)
    person.memberships.create(unit=village, role=Role.REVIEWER)
    client.force_login(person)
    assert client.get("/admin/").status_code == 200
