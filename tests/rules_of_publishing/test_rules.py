"""Each rule: what it says something of, and what it leaves alone."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.core.files.base import ContentFile
from django.utils import timezone
from PIL import Image

from catalog.models import Item
from openness.disclosures.models import Attachment, AttachmentText, Photo
from openness.disclosures.rules.all import RULES
from openness.disclosures.rules.photos import traces_in
from openness.disclosures.rules.text import Picture
from openness.disclosures.services.bulk import publish_many
from openness.disclosures.services.take_down import withdraw
from openness.supervision.models import ErrorWord, LinkCheck
from openness.supervision.services.links import broken_links
from openness.supervision.services.quality import check_quality

from .conftest import IDENTITY, MOBILE, account, stream, table

GOOD = "本季度批准宅基地两户。"
WORDS = "经村民代表会议讨论，同意修建文化广场，总投资十二万元，由村集体经济收入列支，工程由县里招标确定的施工单位承建，预计两个月完工。"


def text(words: str = GOOD, more: str = ""):
    return "text", f"<p>{words}</p>{more}"


def test_a_good_text_has_nothing_said_of_it(said):
    assert said() == {}


def test_every_rule_has_plain_words_and_a_floor_not_harder_than_its_level():
    codes = [rule.code for rule in RULES]
    assert len(set(codes)) == len(codes)
    for rule in RULES:
        assert str(rule.name), rule.code
        assert str(rule.meaning).endswith("。"), rule.code
        assert str(rule.advice).endswith("。"), rule.code
        assert rule.floor.rank <= rule.level.rank, rule.code
        assert rule.floor.rank == 0 or str(rule.basis), f"{rule.code}: a floor needs its reason"


def test_item_of_another_county(said, tree):
    assert "不在弓通村的公开目录里" in said(unit=tree["弓通村"])["item"][0]


def test_a_periodic_item_needs_a_period_that_has_begun(said, item):
    assert "period_given" not in said()
    assert "还没有到" in said(period="2099-Q1", title="宅基地审批情况")["period_given"][0]
    Item.objects.filter(pk=item.pk).update(cadence="quarter")
    item.refresh_from_db()
    assert "请选公开的是哪一期" in said()["period_given"][0]


def test_the_title_names_another_period(said):
    assert said(period="2026-Q2")["period"] == ["标题：写的是“2026年第三季度”，选的期次是2026年第二季度。"]
    assert said(period="2026-Q3") == {}


def test_entries_of_an_account_lie_in_its_period(said):
    day = timezone.localdate().replace(month=7, day=3, year=2026)
    late = day.replace(month=10)
    rows = [("补助", day, "5", ""), ("租金", late, "5", "")]
    sentences = said(account(income=rows, closing="10"), period="2026-Q3")["period_dates"]
    assert sentences == ["第 1 段收入第 2 笔：日期 2026-10-03 不在2026年第三季度里。"]
    assert said(account(income=rows[:1], closing="5"), period="2026-Q3") == {}


def test_an_account_is_not_formed_before_its_period(said):
    blocks = account(income=[("补助", None, "5", "")], closing="5")
    assert "还没有开始" in said(blocks, period="2026-Q3", category="finance")["period_dates"][0]
    assert said(blocks, period="2026-Q3", category="finance", formed_on=timezone.localdate()) == {}
    assert said(blocks, period="2026", title="2026年预算", category="finance", formed_on=timezone.localdate().replace(year=2025)) == {}


def test_formed_tomorrow(said):
    assert "formed_on" in said(formed_on=timezone.localdate() + timedelta(days=1))
    assert said(formed_on=timezone.localdate()) == {}


def test_nothing_written(said, draft):
    assert "还没有内容" in said(text(""))["body"][0]


@pytest.mark.parametrize("words", ["无。", "略", "内容待补充，请稍后再来看一看"])
def test_words_that_say_nothing(said, words):
    assert "blank" in said(text(words))


def test_an_element_that_the_catalogue_asks_for(said, item):
    item.elements = "审批结果；质量验收结论"
    item.save()
    assert said(text("本季度审批结果如下：批准宅基地两户。"))["element"] == [
        "目录要求的“质量验收结论”，文中没有找到相关的字，请看看是不是漏了。"
    ]
    assert "element" not in said(text("审批结果：批准两户。质量验收结论：合格。"))


def test_an_account_balances(said):
    assert "差 1 元" in said(account(income=[("补助", None, "5", "")], closing="6"))["finance_sums"][0]
    assert said(account(income=[("补助", None, "5", "")], closing="5")) == {}


def test_the_total_of_a_table(said):
    rows = [("一组", "1200.50"), ("二组", "800"), ("合计", "2000")]
    assert said(table(["组", "金额"], *rows, types=["text", "money"]))["table_sums"] == [
        "第 1 段第 3 行：“金额”的合计写的是 2000，各行加起来是 2000.50，差 0.50。"
    ]
    assert said(table(["组", "金额"], *rows[:2], ("合计", "2000.50"), types=["text", "money"])) == {}


@pytest.mark.parametrize(
    ("field", "value"), [("title", f"给{MOBILE}的补贴"), ("summary", f"身份证{IDENTITY}"), ("change_note", f"删去{MOBILE}")]
)
def test_numbers_in_the_head(said, field, value):
    found = said(**{field: value})["personal"]
    assert len(found) == 1
    assert value not in found[0]


def test_numbers_in_cells_captions_headings_and_accounts(said):
    found = said(
        text(), table(["姓名", f"电话{MOBILE}"], ("张试验", IDENTITY), caption=f"名单{MOBILE}"),
        account(income=[(f"付{MOBILE}", None, "5", f"身份证{IDENTITY}")], closing="5", caption=f"收支{MOBILE}"),
    )["personal"]  # fmt: skip
    assert [one.partition("：")[0] for one in found[:5]] == [
        "第 2 段",
        "第 2 段表头第 2 列",
        "第 2 段第 1 行第 2 列",
        "第 3 段",
        "第 3 段收入第 1 笔",
    ]
    assert found[5] == "“个人号码”这样的还有 1 处。"


def test_what_may_be_private_stops_nobody(said, draft):
    found = said(text("张试验，因患尿毒症，给予临时救助。"))
    assert list(found) == ["private"]
    assert "病情" in found["private"][0]


def test_numbers_in_an_attachment_say_which_file_and_place(said, village):
    file = Attachment.objects.create(title="名单.xlsx", file=ContentFile(b"x", "a.xlsx"), unit=village)
    AttachmentText.objects.create(
        attachment=file, sha256=file.sha256, state="readable", pages=[["第 3 页", f"身份证{IDENTITY}"]], extracted_at=timezone.now()
    )
    found = said(text(), ("file", file))["personal"]
    assert found[0].startswith("附件“名单.xlsx”第 3 页：")


def test_a_word_of_the_list(said):
    ErrorWord.objects.create(word="玉米播种面", suggestion="玉米播种面积")
    assert said(text("落实玉米播种面三千亩，请抓紧。"))["word"] == ["第 1 段：“玉米播种面”应当写成“玉米播种面积”。"]


def test_a_copy_of_another_period_and_of_the_same(said, village, item, draft):
    old = draft(title="工程公开", period="2026-Q2", body=[("text", f"<p>{WORDS}</p>")])
    public = publish_many(
        [type(old)(unit=village, item=item, title="工程公开", period="2026-Q2", formed_on=old.formed_on, body=old.body)], "甲", "乙"
    )
    assert said(text(WORDS), title="工程公开", period="2026-Q3") == {}, "known from the night on"
    check_quality()
    assert said(text(WORDS), title="工程公开", period="2026-Q3")["copied"] == [
        "除日期和单位名称外，和搜登站村2026年第二季度的“工程公开”一样。"
    ]
    assert said(text(WORDS), title="工程公开", period="2026-Q2")["copied"] == ["这一期已经公开过差不多的一条：“工程公开”。"]
    assert "copied" not in said(text(WORDS[::-1]), title="工程公开", period="2026-Q3")
    withdraw(public[0], None, "写错了")
    assert "copied" not in said(text(WORDS), title="工程公开", period="2026-Q3")


def test_links_of_this_site_are_looked_up_and_foreign_ones_known_from_the_night(said, village, settings):
    body = f'<p>{GOOD}<a href="/u/{village.code}/">本村</a><a href="/u/999/">没有的村</a><a href="http://127.0.0.1:9/x">外站</a></p>'
    assert said(("text", body))["link"] == ["第 1 段：链接打不开：要看的内容没有公开，或者已经撤下。"]
    settings.SUPERVISION_CHECK_LINKS = "all"
    for days in (2, 1):
        broken_links(["http://127.0.0.1:9/x"], timezone.now() - timedelta(days=days))
    assert LinkCheck.objects.get().failures == 2
    assert len(said(("text", body))["link"]) == 2


def jpeg(**tags) -> bytes:
    exif = Image.Exif()
    if "gps" in tags:
        exif.get_ifd(0x8825).update({1: "N", 2: (43.0, 50.0, 0.0), 3: "E", 4: (126.0, 30.0, 0.0)})
    if "artist" in tags:
        exif[0x013B] = tags["artist"]
    out = BytesIO()
    Image.new("RGB", (20, 20)).save(out, "JPEG", exif=exif)
    return out.getvalue()


@pytest.mark.parametrize(("tags", "words"), [({"gps": True}, "拍摄地点"), ({"artist": "张试验"}, "拍照人的名字"), ({}, "")])
def test_traces_in_a_photograph(said, village, tags, words):
    photo = Photo.objects.create(title="广场", file=ContentFile(jpeg(**tags), "a.jpg"), unit=village)
    found = said(text(), ("photo", {"photo": photo, "caption": "广场"}))
    assert found == ({"photo": [f"照片“广场”里存着{words}。"]} if words else {})


def test_a_photograph_whose_file_is_gone_is_left_to_others(said, village):
    photo = Photo.objects.create(title="广场", file=ContentFile(jpeg(gps=True), "a.jpg"), unit=village)
    photo.file.storage.delete(photo.file.name)
    assert said(text(), ("photo", {"photo": photo, "caption": "广场"})) == {}


def test_an_attachment_that_cannot_be_read(said, village):
    file = Attachment.objects.create(title="名单.pdf", file=ContentFile(b"x", "a.pdf"), unit=village)
    assert said(text(), ("file", file)) == {}
    AttachmentText.objects.create(
        attachment=file, sha256=file.sha256, state="encrypted", sentence="有密码，打不开。", extracted_at=timezone.now()
    )
    assert said(text(), ("file", file))["attachment"] == ["附件“名单.pdf”：有密码，打不开。"]


def test_a_file_of_the_neighbour_and_of_the_township(said, tree):
    for owner, wrong in (("半拉山村", True), ("搜登站镇", False)):
        file = Attachment.objects.create(title="通知.pdf", file=ContentFile(b"x", "a.pdf"), unit=tree[owner])
        assert ("files" in said(text(), ("file", file))) is wrong


@pytest.mark.parametrize(("days", "wrong"), [(14, True), (15, False)])
def test_fifteen_days_of_notice(said, days, wrong):
    start = timezone.localdate()
    assert ("notice" in said(notice_from=start, notice_until=start + timedelta(days=days - 1))) is wrong


@pytest.mark.parametrize(("days", "wrong"), [(29, True), (30, False)])
def test_days_that_the_catalogue_asks_for(said, item, days, wrong):
    item.limit_data = {"display_days": 30}
    item.save()
    start = timezone.localdate()
    assert ("notice_item" in said(notice_from=start, notice_until=start + timedelta(days=days - 1))) is wrong


def test_a_correction_says_what_it_changes(said):
    assert "change_note" in said(correcting=True)
    assert said(correcting=True, change_note="改了户数") == {}


def test_findings_come_in_the_order_of_the_form(draft):
    from openness.disclosures.services.check import FIELDS, check

    issues = check(draft(title=f"2026年第三季度{MOBILE}", period="2026-Q2", formed_on=timezone.localdate() + timedelta(days=3), comes_down=True,
                         body=stream(text("略"))))  # fmt: skip
    places = [FIELDS.index(issue.field) for issue in issues]
    assert places == sorted(places)
    assert len(set(places)) > 3


@pytest.mark.parametrize(
    "data",
    [b"", b"\xff\xd8\xff\xe1\x00\x20Exif\x00\x00MM\x00*\x00\x00\x00\x08\x00\xff", jpeg(gps=True)[:60]],
    ids=["empty", "half a head", "cut"],
)
def test_a_picture_that_is_damaged_breaks_nothing(data):
    assert traces_in(Picture("广场", "", ContentFile(data, "a.jpg"))) == []
