"""The form on the server: long tables, the reader's address, autosave, previews, the page without scripts."""

import json
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from wagtail.models import ModelLogEntry, Revision

from openness.disclosures.blocks.rows import MOST_ROWS
from openness.disclosures.models import Disclosure
from openness.disclosures.services.begin import begin
from tests.conftest import make_item
from tests.disclosures.test_files import own_media  # noqa: F401

from .conftest import CASH_BOOK, element, flow, posted, stored
from .test_photos import taken
from .test_sheets import workbook
from .test_word import document

pytestmark = pytest.mark.django_db
EDIT = "/admin/snippets/disclosures/disclosure/edit/{}/"
READ = "/admin/forms/read-table/"
PLAIN = "/admin/forms/plain/{}/"


@pytest.fixture
def clerk(member, village, client):
    person = member("clerk", village)
    client.force_login(person)
    return person


@pytest.fixture
def accounts(db):
    return make_item(name="村级财务收支情况", elements="收支明细")


def latest(made):
    return Disclosure.objects.get(pk=made.pk).get_latest_revision_as_object()


def test_a_thousand_rows_are_stored_and_come_back(clerk, draft, client):
    rows = [{"subject": f"第{n}笔", "side": "in", "amount": "1.00"} for n in range(MOST_ROWS)]
    names = {"caption": "名单", "columns": [{"type": "text", "heading": "户主"}, {"type": "money", "heading": "金额"}]}
    table = {"type": "table", "value": {**names, "rows": [{"values": [f"户{n}", "2.50"]} for n in range(MOST_ROWS)]}}
    made = draft(author=clerk, body=stored(flow(rows), table))
    data = posted(made)
    assert len(data) < 40
    assert client.post(EDIT.format(made.pk), data).status_code == 302
    account, roster = latest(made).body
    assert [row["subject"] for row in account.value.rows] == [row["subject"] for row in rows]
    assert [str(row["values"][1]) for row in roster.value.row_data] == ["2.50"] * MOST_ROWS


def test_a_longer_table_is_refused_in_words_with_the_way_on(clerk, draft, client):
    made = draft(author=clerk, body=stored(flow([{"subject": "一", "amount": "1.00"}] * (MOST_ROWS + 1))))
    answer = client.post(EDIT.format(made.pk), posted(made))
    assert answer.status_code == 200
    sentence = "作为附件公开"
    page = answer.content.decode()
    assert sentence in page or json.dumps(sentence)[1:-1] in page
    assert "第" in page  # the page is drawn again with what was posted
    refused = client.post(READ, {"what": "plan", "text": "项目\t金额\n" + "修路\t1\n" * (MOST_ROWS + 1)})
    assert refused.status_code == 400
    assert "作为附件公开" in refused.json()["sentences"][0]


def test_the_reader_s_address_reads_text_html_and_workbooks(clerk, client, tmp_path):
    read = client.post(READ, {"what": "flow", "text": CASH_BOOK, "period": "2026-Q3"}).json()
    assert [row["amount"] for row in read["rows"]] == ["12600.00", "18400.50", "35.20"]
    html = "<table><tr><td>名称</td><td>金额</td></tr><tr><td>甲</td><td>1,000</td></tr></table>"
    read = client.post(READ, {"what": "table", "text": "名称 金额", "html": html}).json()
    assert (read["columns"][1], read["rows"]) == ({"type": "money", "heading": "金额"}, [["甲", "1000.00"]])
    path = workbook(tmp_path, [["项目", "金额"], ["修路", 12.5]])
    read = client.post(READ, {"what": "plan", "file": SimpleUploadedFile("a.xlsx", path.read_bytes())}).json()
    assert [(row["subject"], row["amount"]) for row in read["rows"]] == [("修路", "12.50")]


@pytest.mark.parametrize(
    ("asked", "words"),
    [({"text": ""}, "没有读到表格"), ({"file": SimpleUploadedFile("a.xlsx", b"PK\x03\x04kaputt")}, "读不出表格"), ({"text": "字" * 2_000_001}, "太多")],
)  # fmt: skip
def test_what_is_no_table_is_refused_in_words(clerk, client, asked, words):
    answer = client.post(READ, {"what": "flow", **asked})
    assert answer.status_code == 400
    assert words in answer.json()["sentences"][0]


def test_who_writes_nothing_reads_nothing(client, member, village, item):
    client.force_login(member("supervisor", village))
    for answer in (client.post(READ, {"what": "flow", "text": CASH_BOOK}), client.get(f"/admin/forms/guide/?item={item.pk}")):
        assert answer.status_code == 302
    assert client.get("/admin/forms/plain/").status_code == 302


def test_autosave_keeps_the_draft_and_writes_no_log(clerk, draft, client):
    made = draft(author=clerk, body=stored(element("救助政策"), flow([{"amount": "三百"}], None, None)))
    logs = ModelLogEntry.objects.count()
    data = posted(made, title="")
    for number in range(3):
        data["body-0-value-words"] = f"第 {number} 稿"
        answer = client.post(EDIT.format(made.pk), data, headers={"accept": "application/json"})
        assert answer.json()["success"], answer.json()
        data["overwrite_revision_id"] = answer.json()["revision_id"]
    assert ModelLogEntry.objects.count() == logs
    assert Revision.objects.for_instance(made).count() == 2
    kept = latest(made).body
    assert kept[0].value["words"] == "第 2 稿"
    assert kept[1].value.rows[0]["amount"] == "三百"


def test_a_save_by_hand_is_logged(clerk, draft, client):
    made = draft(author=clerk, body=stored(element("救助政策")))
    logs = ModelLogEntry.objects.count()
    client.post(EDIT.format(made.pk), posted(made, title="新标题"))
    assert ModelLogEntry.objects.count() == logs + 1


def test_previews_for_telephone_and_board(clerk, draft, client):
    made = draft(author=clerk, body=stored(element("救助政策", "按办法办理。")))
    address = f"/admin/snippets/disclosures/disclosure/preview/{made.pk}/"
    assert client.post(address, posted(made)).json()["is_valid"]
    assert "按办法办理。" in client.get(address).content.decode()
    phone = client.get(f"{address}?mode=phone").content.decode()
    assert '<iframe src="?mode="' in phone
    board = client.get(f"{address}?mode=board").content.decode()
    assert "按办法办理。" in board
    assert "（盖章）" in board
    assert "草稿，还没有公开，不能张贴" in board


def fields(made) -> dict[str, str]:
    return {
        "revision": str(made.latest_revision_id or ""), "title": made.title, "summary": "", "formed_on": "2026-09-30",
        "notice_from": "", "notice_until": "", "change_note": "", "act": "save",
    }  # fmt: skip


def begun(client, village, item, period="2026-Q3"):
    answer = client.post("/admin/forms/plain/", {"unit": village.code, "item": item.pk, "period": period})
    made = Disclosure.objects.get()
    assert answer.url == PLAIN.format(made.pk)
    return made


def test_without_scripts_an_account_is_pasted_and_sent(clerk, village, accounts, client):
    made = begun(client, village, accounts)
    assert client.get(PLAIN.format(made.pk)).status_code == 200
    (block,) = made.body
    data = fields(made) | {f"{block.id}-text": CASH_BOOK, f"{block.id}-opening": "10,000", f"{block.id}-closing": "4000"}
    page = client.post(PLAIN.format(made.pk), data, follow=True).content.decode()
    assert "读到 3 行" in page
    made = Disclosure.objects.get()
    data = fields(made) | {"act": "submit"}
    page = client.post(PLAIN.format(made.pk), data, follow=True).content.decode()
    assert "差 234.70 元" in page
    assert not Disclosure.objects.get().workflow_in_progress
    made = Disclosure.objects.get()
    data = fields(made) | {"act": "submit", f"{block.id}-opening": "10000", f"{block.id}-closing": "4234.70"}
    client.post(PLAIN.format(made.pk), data)
    made = Disclosure.objects.get()
    assert made.workflow_in_progress
    assert made.get_latest_revision_as_object().body[0].value.adds_up


def test_without_scripts_what_cannot_be_read_is_said_and_nothing_is_lost(clerk, village, accounts, client):
    made = begun(client, village, accounts)
    (block,) = made.body
    data = fields(made) | {f"{block.id}-opening": "一万", f"{block.id}-text": "日期\t摘要\t收入\t支出\n7月3日\t租金\t30\t\n"}
    answer = client.post(PLAIN.format(made.pk), data)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "“一万”不是金额" in page
    assert 'value="一万"' in page
    assert "租金" in page


def test_without_scripts_elements_word_documents_and_photos(clerk, village, elemental, client, tmp_path):
    made = begun(client, village, elemental, "")
    first, second, _third = made.body
    files = {
        "word": SimpleUploadedFile("a.docx", document(tmp_path).read_bytes()),
        "photo": SimpleUploadedFile("a.jpg", taken()),
        "attachment": SimpleUploadedFile("名单.xlsx", workbook(tmp_path, [["户主"], ["张某某"]]).read_bytes()),
    }
    data = fields(made) | {
        f"{first.id}-words": "按办法办理。",
        f"{second.id}-words": "",
        f"{second.id}-nil": "1",
        f"{second.id}-reason": "没有人申请",
        "photo_caption": "公示栏",
    }
    page = client.post(PLAIN.format(made.pk), {**data, **files}, follow=True).content.decode()
    assert "导入了 4 段。" in page
    body = latest(made).body
    assert [block.block_type for block in body] == ["element"] * 3 + ["text", "table", "photo", "text", "file", "photo"]
    assert (body[0].value.said, body[1].value.said) == ("按办法办理。", "本期没有：没有人申请")
    assert body[-1].value["photo"].unit == village


def test_without_scripts_a_text_that_changed_elsewhere_is_not_overwritten(clerk, village, elemental, client):
    made = begun(client, village, elemental, "")
    stale = fields(made) | {f"{made.body[0].id}-words": "我写的"}
    made.title = "别处改的"
    made.save_revision(user=clerk)
    page = client.post(PLAIN.format(made.pk), stale).content.decode()
    assert "刚在别处改过" in page
    assert "我写的" in page
    assert latest(made).title == "别处改的"


def test_without_scripts_drafts_of_others_do_not_exist(clerk, draft, tree, client):
    other = draft(unit=tree["大绥河村"])
    assert client.get(PLAIN.format(other.pk)).status_code == 404
    assert client.post("/admin/forms/plain/", {"unit": tree["大绥河村"].code, "item": other.item_id}).status_code == 302
    assert Disclosure.objects.count() == 1


def test_the_sum_since_the_year_began_begins_again_with_the_year(village, accounts):
    made = begin(village, accounts, "2027-Q1", date(2027, 1, 5))
    assert made.body[0].value["opening"] is None


def test_the_next_account_opens_with_the_last_balance(village, draft, member, accounts):
    rows = [{"subject": "租金", "amount": "30.00", "party": "砖厂", "voucher": "记-1", "day": "2026-07-03"}]
    last = draft(unit=village, body=stored(flow(rows, "100.00", "130.00")), period="2026-Q3", formed_on=date(2026, 9, 30))
    Disclosure.objects.filter(pk=last.pk).update(item=accounts, live=True, first_published_at="2026-10-08T00:00:00Z")
    (block,) = begin(village, accounts, "2026-Q4", date(2027, 1, 5)).body
    assert (str(block.value["opening"]), block.value["closing"]) == ("130.00", None)
    assert block.value.rows == [{"day": "", "subject": "租金", "side": "in", "amount": "", "party": "砖厂", "voucher": "", "note": ""}]


def test_the_form_costs_the_same_with_many_elements(clerk, village, client, django_assert_max_num_queries):
    few = make_item(name="少", elements="甲；乙")
    many = make_item(name="多", elements="；".join(f"要素{n}" for n in range(40)))
    address = "/admin/snippets/disclosures/disclosure/add/?unit={}&item={}"
    client.get(address.format(village.code, few.pk))
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    counted = []
    for one in (few, many):
        with CaptureQueriesContext(connection) as caught:
            assert client.get(address.format(village.code, one.pk)).status_code == 200
        counted.append(len(caught))
    assert counted[0] == counted[1]
