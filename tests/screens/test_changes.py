"""看改前改后: what a correction changed, and never what was masked, withdrawn or about somebody who is no longer in the list."""

import json

import pytest

from openness.disclosures.models import Disclosure, Receipt
from openness.disclosures.services.bulk import publish_many
from openness.disclosures.services.changes import compare
from openness.disclosures.services.masking import mask_draft
from openness.disclosures.services.take_down import withdraw

from .conftest import entry, flow

pytestmark = pytest.mark.django_db
NUMBER = "11010519491231002X"


def address(text: Disclosure) -> str:
    return f"/d/{text.pk}/changes/{text.receipts.order_by('-seq').first().seq}/"


def roster(*rows: tuple[str, str]):
    columns = [{"type": "text", "heading": "姓名"}, {"type": "money", "heading": "金额"}]
    return "table", {"caption": "名单", "columns": columns, "rows": [{"values": list(row)} for row in rows]}


def stream(*blocks):
    return Disclosure._meta.get_field("body").to_python([{"type": kind, "value": value} for kind, value in blocks])


def test_only_what_changed_is_shown_with_who_and_why(accounts, correct, read):
    text = accounts()
    changed = flow(entry("in", "发包收入", "900.00"), entry("out", "修路", "327.00"), entry("out", "办公费", "100.00"), closing="573.00")
    correct(text, note="修路的金额写错了", body=[changed])
    assert address(text) in read(text.get_absolute_url())
    page = read(address(text))
    assert "修路的金额写错了" in page
    assert "<del>00</del>" in page
    assert "<ins>27</ins>" in page
    assert "办公费" not in page.split("<tbody>")[1]
    assert 'content="noindex"' in page


def test_a_text_that_came_by_import_can_be_compared_too(village, item, member, correct, read):
    (text,) = publish_many([Disclosure(unit=village, item=item, title="原来的题目", body=[("text", "<p>三户</p>")])], "甲", "乙")
    correct(text, title="后来的题目", body=[("text", "<p>两户</p>")])
    page = read(address(text))
    assert "<del>原</del>" in page
    assert "<del>三</del>" in page
    assert text.get_latest_revision().pk == text.live_revision_id, "the copy of the first version is not the newest"


def test_a_number_that_was_public_once_is_not_shown_again(published, correct, read, village):
    text = published()
    text.body = [("text", f"<p>王某，身份证号 {NUMBER}，两户</p>")]
    old = text.live_revision
    old.content = {**old.content, "body": json.dumps([{"type": "text", "value": f"<p>王某，身份证号 {NUMBER}，两户</p>", "id": "a"}])}
    old.save()
    correct(text, note="户数写错了", body=[("text", "<p>王某，三户</p>")])
    page = read(address(text))
    assert NUMBER not in page
    assert "三" in page


def test_what_the_button_masked_stays_masked(published, correct, member, read):
    text = published()
    text.body = stream(("text", f"<p>身份证号 {NUMBER}，两户</p>"))
    text.save_revision(clean=False)
    mask_draft(text, member("reviewer", text.unit))
    text.refresh_from_db()
    latest = text.get_latest_revision_as_object()
    correct(text, note="补充一句", body=latest.body)
    assert NUMBER not in read(address(text))
    assert NUMBER not in read(text.get_absolute_url())


def test_the_copy_of_an_imported_text_holds_no_number(village, item, member, correct):
    (text,) = publish_many([Disclosure(unit=village, item=item, title="题目", body=[("text", "<p>三户</p>")])], "甲", "乙")
    Disclosure.objects.filter(pk=text.pk).update(body=stream(("text", f"<p>三户 身份证号 {NUMBER}</p>")))
    text.refresh_from_db()
    correct(text, body=[("text", "<p>两户</p>")])
    assert all(NUMBER not in json.dumps(one.content, ensure_ascii=False) for one in text.revisions.all())


def test_a_correction_made_for_privacy_is_not_compared(published, correct, read):
    text = published(body=[("text", "<p>王小二家两户</p>")])
    correct(text, note="遮住姓名", body=[("text", "<p>某家两户</p>")])
    page = read(address(text))
    assert "王小二" not in page
    assert "保护个人信息" in page


def test_what_was_masked_by_hand_is_not_shown(published, correct, read):
    text = published(body=[("text", "<p>王小二家两户</p>")])
    correct(text, note="改了户数", body=[("text", "<p>王某某家三户</p>")])
    page = read(address(text))
    assert "王小二" not in page
    assert "不再显示" in page


def test_a_name_that_left_the_list_does_not_come_back_but_a_wrong_amount_does(published, correct, read):
    text = published(category="roster", body=stream(roster(("赵大", "300.00"), ("钱二", "200.00"))))
    correct(text, note="名单有误", body=stream(roster(("赵大", "330.00"))))
    page = read(address(text))
    assert "钱二" not in page
    assert "赵大" in page
    assert "不再显示" in page


def test_nothing_is_compared_across_a_withdrawal_or_shown_after_it(published, correct, member, read):
    text = published(body=[("text", "<p>原来写的</p>")])
    withdraw(text, member("reviewer", text.unit), "有误")
    correct(text, note="重新公开", body=[("text", "<p>后来写的</p>")])
    page = read(address(text))
    assert "原来写的" not in page
    assert "已经撤下" in page
    link = address(text)
    withdraw(text, member("reviewer", text.unit), "又有误")
    assert "后来写的" not in read(link, 410)


def test_addresses_of_no_correction(published, read):
    text = published()
    first = Receipt.objects.get(disclosure=text)
    read(f"/d/{text.pk}/changes/{first.seq}/", 404)
    read(f"/d/{text.pk}/changes/99/", 404)
    assert "看改前改后" not in read(text.get_absolute_url())


def test_lines_are_compared_as_they_stand():
    old = [("标题", "甲"), ("一行", "丙 1"), ("一行", "丁 2")]
    changes = list(compare(old, [("标题", "甲"), ("一行", "丁 2"), ("一行", "戊 3")], careful=False))
    assert [("".join(words for _c, words in one.before), "".join(words for _c, words in one.after)) for one in changes] == [
        ("丙 1", ""),
        ("", "戊 3"),
    ]
    assert list(compare(old, old, careful=True)) == []
