"""Machine checks of public texts: what each finds and does not find, only what changed is read, a person has the last word."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from catalog.models import Item
from openness.disclosures.models import Attachment, Disclosure
from openness.disclosures.rules.attachments import Attachments
from openness.disclosures.rules.elements import MissingElements
from openness.disclosures.rules.period import said_periods
from openness.disclosures.rules.personal import Words, is_bank_card, is_identity_number, is_mobile_number, mask
from openness.disclosures.rules.personal_data import PersonalNumbers
from openness.disclosures.rules.prints import likeness, print_of
from openness.disclosures.rules.text import Batch, File, Place, Text
from openness.disclosures.services.bulk import publish_many
from openness.disclosures.services.take_down import withdraw
from openness.disclosures.spots import Spot, kept
from openness.supervision.models import CheckName, ErrorWord, Finding, FindingState, LinkCheck, TextBand
from openness.supervision.services.links import ask, broken_links
from openness.supervision.services.quality import FindingRefused, check_quality, judge_finding

from .blanks import gateway
from .test_ledger import at, limited

pytestmark = pytest.mark.django_db
WORDS = "经村民代表会议讨论，同意修建文化广场，总投资十二万元，由村集体经济收入列支，工程由县里招标确定的施工单位承建，预计两个月完工。"
OTHER = "今年春耕备耕已经全面展开，全村落实玉米播种面积三千二百亩，良种供应充足，农机检修完毕，请各家各户按照农时抓紧整地起垄。"


@pytest.fixture
def item(tree) -> Item:
    return limited("工程项目", "每季度的首个月20日")


def put(unit, item, *, day=date(2026, 10, 12), words=WORDS, title="工程项目公开", period="2026-Q3", body=None, **columns) -> Disclosure:
    blocks = body if body is not None else [("text", f"<p>{words}</p>")]
    draft = Disclosure(unit=unit, item=item, title=title, period=period, formed_on=date(2026, 10, 9), body=blocks, **columns)
    return publish_many([draft], "甲 #1", "乙 #2", lambda _draft: at(day))[0]


def found(disclosure=None, **columns) -> list[tuple[str, str]]:
    rows = Finding.objects.filter(**columns, **({"disclosure": disclosure} if disclosure else {}))
    return list(rows.order_by("pk").values_list("check_name", "place"))


def names(text: Disclosure) -> set[str]:
    check_quality()
    return {name for name, _place in found(text)}


def change(disclosure: Disclosure, user, **columns) -> None:
    """Correct a public text through Wagtail's revision, as the editor does."""
    row = Disclosure.objects.get(pk=disclosure.pk)
    for name, value in {**columns, "change_note": "更正"}.items():
        setattr(row, name, value)
    row.save_revision(user=None).publish(user=user)


def test_a_good_text_gives_no_finding(village, item):
    assert names(put(village, item)) == set()


@pytest.mark.parametrize("words", ["无。", "略", "已公开。", "内容待补充，请稍后再来看一看，谢谢大家的支持和理解"])
def test_blank_text(village, item, words):
    assert names(put(village, item, words=words)) == {"blank"}


def test_a_short_sentence_that_says_something_is_not_blank(village, item):
    assert names(put(village, item, words="本季度没有批准宅基地。")) == set()


def test_a_table_or_a_file_speaks_for_itself(village, item):
    finance = {"caption": "收支", "opening": Decimal(0), "income": [], "expense": [], "closing": Decimal(0)}
    assert names(put(village, item, body=[("finance", finance)])) == set()
    file = Attachment.objects.create(title="明细.pdf", file=ContentFile(b"x", "a.pdf"), unit=village)
    assert names(put(village, item, period="2026-Q2", body=[("file", file)])) == set()


def test_copied_from_the_neighbour_or_from_last_quarter(tree, item):
    first = put(tree["搜登站村"], item, words="搜登站村2026年第三季度：" + WORDS)
    neighbour = put(tree["半拉山村"], item, words="半拉山村2026年第三季度：" + WORDS, day=date(2026, 10, 13))
    later = put(tree["搜登站村"], item, words="搜登站村2026年第二季度：" + WORDS, period="2026-Q2", day=date(2026, 10, 14))
    honest = put(tree["大绥河村"], item, words=OTHER, day=date(2026, 10, 15))
    check_quality()
    assert {row.disclosure_id: row.source_id for row in Finding.objects.filter(check_name="copied")} == {
        neighbour.pk: first.pk, later.pk: first.pk
    }  # fmt: skip
    assert "和搜登站村2026年第三季度的“工程项目公开”一样" in Finding.objects.filter(disclosure=neighbour).get().sentence
    assert not found(honest)
    assert set(TextBand.objects.values_list("disclosure", flat=True)) == {first.pk, honest.pk}


def test_a_copy_is_found_also_when_its_source_was_checked_long_before(tree, item):
    put(tree["搜登站村"], item)
    check_quality()
    assert names(put(tree["半拉山村"], item, words=WORDS + "特此公告", day=date(2026, 10, 20))) == {"copied"}


def test_the_same_law_everywhere_and_the_same_cell_twice_are_no_copies(tree, item):
    for name in ("搜登站村", "半拉山村"):
        assert names(put(tree[name], item, category="policy")) == set()
    put(tree["大绥河村"], item, words=OTHER)
    assert names(put(tree["大绥河村"], item, words=OTHER, day=date(2026, 10, 20))) == set()


@given(st.text(alphabet="村民代表会议公开收支项目工程土地" * 2 + "0123456789", min_size=60, max_size=200))
def test_a_text_is_its_own_copy_and_another_is_not(words):
    assert likeness(print_of(words), print_of(words)) == (1.0 if print_of(words).digest else 0.0)
    assert likeness(print_of(words), print_of(OTHER)) < 0.5
    assert print_of(words).bands() == print_of("2026年10月" + words).bands() or words[:1].isdigit()


@pytest.mark.parametrize(
    ("title", "period", "wrong"),
    [
        ("2026年第三季度收支", "2026-Q3", False), ("2026年第三季度收支", "2026-Q2", True), ("第三季度收支", "2026-Q2", True),
        ("2025年第三季度收支", "2026-Q3", True), ("2026年上半年收支", "2026-Q2", False), ("2026年上半年收支", "2026-Q3", True),
        ("2026年8月份收支", "2026-Q3", False), ("9月收支", "2026-Q2", True), ("2025年度决算", "2026", True), ("收支公开", "2026-Q2", False), ("这一季度和上一季度收支", "2026-Q4", False), ("2026年三季度收支", "2026-Q2", True),
        ("关于9月30日停电的通知", "2026-Q2", False), ("第二、三季度：第二季度和第三季度收支", "2026-Q3", False),
    ],
)  # fmt: skip
def test_wrong_period(village, item, title, period, wrong):
    row = put(village, item, title=title, period=period)
    assert ("period" in names(row)) is wrong


def test_said_periods_keep_the_words():
    assert [(words, period.code) for words, period in said_periods("2026年第3季度、12月", 2026)] == [
        ("2026年第3季度", "2026-Q3"), ("12月", "2026-12")
    ]  # fmt: skip


def test_a_missing_element_is_a_note(village, item):
    Item.objects.filter(pk=item.pk).update(elements="工程名称；施工单位；质量验收结论；投资金额")
    row = put(village, item)
    assert names(row) == {"element"}
    assert [one.quote for one in Finding.objects.filter(disclosure=row)] == ["质量验收结论"]


def plain(**columns) -> Text:
    return Text(**{
        "key": 1, "title": "", "period": "", "category": "notice", "elements": (), "own_names": (), "own_phones": frozenset(), "places": (), **columns
    })  # fmt: skip


def test_an_element_may_stand_in_a_file_that_was_read():
    text = plain(elements=("质量验收结论",), places=(Place("第 1 段", "工程"),), files=(7,))
    for file, number in ((File("a"), 0), (File("a", True, "", "别的"), 1), (File("a", True, "", "验收合格"), 0)):
        assert len(list(MissingElements().findings(text, Batch(files={7: file})))) == number


def test_only_files_that_were_read_in_vain_are_named():
    text = plain(files=(1, 2, 3))
    files = {1: File("好的", True), 2: File("坏的", False, "有密码"), 3: File("没读的")}
    assert [one.sentence for one in Attachments().findings(text, Batch(files=files))] == ["附件“坏的”：有密码"]


def test_where_nobody_reads_attachments_nothing_is_said_of_them(village, item):
    file = Attachment.objects.create(title="明细.pdf", file=ContentFile(b"x", "a.pdf"), unit=village)
    assert "attachment" not in names(put(village, item, body=[("file", file)]))


# Made up: the region code of nobody, a right check digit.
IDENTITY, MOBILE, CARD = "110101190001010010", "13800000000", "6222020000000000004"


def right_identity() -> str:
    return next(IDENTITY[:17] + digit for digit in "0123456789X" if is_identity_number(IDENTITY[:17] + digit))


def right_card() -> str:
    return next(CARD[:18] + digit for digit in "0123456789" if is_bank_card(CARD[:18] + digit))


def test_exactly_one_check_digit_is_right():
    assert sum(is_identity_number(IDENTITY[:17] + digit) for digit in "0123456789X") == 1
    assert sum(is_bank_card(CARD[:18] + digit) for digit in "0123456789") == 1
    assert not is_identity_number("110101190013010015"), "no thirteenth month"
    assert is_mobile_number(MOBILE)
    assert not is_mobile_number("12800000000")


@pytest.mark.parametrize("write", [str, lambda number: f"{number[:6]} {number[6:14]} {number[14:]}"], ids=["plain", "in groups"])
def test_personal_data_is_found_and_never_stored(village, item, write):
    number = right_identity()
    row = put(village, item)
    words = f"{WORDS}户主身份证{write(number)}，电话{MOBILE}，卡号{right_card()}。"
    # Published before there was a rule: today it would be refused.
    Disclosure.objects.filter(pk=row.pk).update(body=[("text", f"<p>{words}</p>")])
    check_quality()
    rows = Finding.objects.filter(disclosure=row, check_name="personal")
    assert sorted(one.sentence for one in rows) == ["像是手机号。", "像是身份证号。", "像是银行卡号。"]
    for one in rows:
        stored = f"{one.quote}{one.sentence}{one.mark}"
        assert not any(secret in stored for secret in (number, write(number), MOBILE, right_card()))
        assert "***" in one.quote


def test_numbers_of_other_kinds_and_the_unit_s_own_phone_are_left_alone(tree, item):
    village = tree["搜登站村"]
    village.phone = "138-0000-0000"
    village.save()
    words = f"{WORDS}咨询{MOBILE}，文号220204101201，金额1234567890123456元，订单号99{MOBILE}，编号110101190001010011。"
    assert "personal" not in names(put(village, item, words=words))


@given(st.text(alphabet="0123456789 -xX村", max_size=40))
def test_masking_hides_every_number_that_is_found(words):
    hidden = mask(words)
    assert len(hidden) == len(words)
    assert mask(hidden) == hidden


def test_cells_of_a_table_row_are_apart(village, item):
    text = plain(spots=(Spot("第 1 段", Words(f"张某 {MOBILE} 500 {right_identity()} 2026"), kept),))
    assert len(list(PersonalNumbers().findings(text, Batch()))) == 2


def test_words_of_the_list_with_a_suggestion(village, item):
    row = put(village, item, title="公式期公告", words=WORDS + "截止目前没有异议。")
    assert names(row) == {"word"}
    sentences = Finding.objects.filter(disclosure=row).order_by("pk").values_list("sentence", flat=True)
    assert list(sentences) == ["“公式期”应当写成“公示期”。", "“截止目前”应当写成“截至目前”。"]


def test_links_inside_the_site(village, item):
    target, gone = put(village, item, words=OTHER, period="2026-Q1"), put(village, item, period="2026-Q2", words=OTHER * 2)
    withdraw(gone, None, "写错了")
    links = (
        f"/d/{target.pk}/",
        f"/d/{gone.pk}/",
        f"/u/{village.code}/",
        "/u/999/",
        "/nothing-here/at-all.html",
        "/search/?q=a",
        "/nowhere/",
        "/d/99999999999999999999/",
    )
    body = "".join(f'<p>看<a href="{link}">这里</a></p>' for link in links)
    row = put(village, item, body=[("text", f"<p>{WORDS}</p>{body}")])
    check_quality()
    assert sorted(Finding.objects.filter(disclosure=row, check_name="link").values_list("quote", flat=True)) == sorted(
        [f"/d/{gone.pk}/", "/u/999/", "/nothing-here/at-all.html", "/nowhere/", "/d/99999999999999999999/"]
    )


def test_foreign_links_are_asked_only_if_a_setting_allows(village, item, settings):
    with gateway() as server:
        words = f"{WORDS}见{server.url.replace('/in', '/gone')}。"
        assert names(put(village, item, words=words)) == set()
        assert server.came == []
        settings.SUPERVISION_CHECK_LINKS = "public"
        check_quality(everything=True)
        assert server.came == [], "a host inside the network"
        settings.SUPERVISION_CHECK_LINKS = "all"
        check_quality(everything=True)
        assert found() == []  # the answer of "public" is still fresh
        LinkCheck.objects.all().delete()
        check_quality(everything=True)
        assert found() == [("link", "第 1 段")]
        asked = len(server.came)
        check_quality(everything=True)
        assert len(server.came) == asked, "the answer is kept"


def test_a_host_that_is_away_once_is_not_blamed(settings, db):
    settings.SUPERVISION_CHECK_LINKS = "all"
    now, address = timezone.now(), "http://127.0.0.1:9/x"
    assert broken_links([address], now) == {}
    assert "连不上" in broken_links([address], now + timedelta(days=1))[address]
    with gateway(503) as server:
        assert ask(server.url) == (503, "")
    assert ask("http://[broken/")[0] == 0


def test_only_what_changed_is_read_again(tree, village, item, member):
    rows = [put(village, item, words=OTHER + str(n), period=f"2026-Q{n}") for n in (1, 2, 3)]
    assert check_quality().texts == 3
    assert check_quality().texts == 0
    change(rows[1], member("reviewer", village), body=[("text", f"<p>{WORDS}布署</p>")])
    again = check_quality()
    assert (again.texts, again.found) == (1, 1)
    ErrorWord.objects.create(word="玉米播种面积")
    assert check_quality().texts == 3


def test_what_is_mended_closes_itself_and_what_is_ignored_stays(tree, village, item, member):
    row = put(village, item, title="公式期", words=WORDS + "布署")
    check_quality()
    supervisor, reviewer = member("supervisor", village), member("reviewer", village)
    title, body = Finding.objects.order_by("pk")
    judge_finding(title, supervisor, FindingState.IGNORED, "是项目名")
    assert check_quality(everything=True).found == 0
    change(row, reviewer, body=[("text", f"<p>{WORDS}部署</p>")])
    assert check_quality().gone == 1
    body.refresh_from_db()
    title.refresh_from_db()
    assert (body.state, title.state) == (FindingState.GONE, FindingState.IGNORED)
    with pytest.raises(FindingRefused, match="改好"):
        judge_finding(body, supervisor, FindingState.CONFIRMED)
    change(row, reviewer, body=[("text", f"<p>{WORDS}布署</p>")])
    check_quality()
    body.refresh_from_db()
    assert (body.state, body.gone_at) == (FindingState.OPEN, None)
    withdraw(Disclosure.objects.get(pk=row.pk), None, "写错了")
    assert check_quality().gone == 1


def test_ignoring_needs_a_reason(village, item):
    put(village, item, title="公式期")
    check_quality()
    for state, reason, words in (("ignored", " ", "为什么"), ("gone", "", "只能选")):
        with pytest.raises(FindingRefused, match=words):
            judge_finding(Finding.objects.get(), None, state, reason)


def test_a_batch_costs_the_same_queries_with_more_texts(tree, item, django_assert_max_num_queries):
    def fill(number: int) -> None:
        for n in range(number):
            file = Attachment.objects.create(title=f"{n}.pdf", file=ContentFile(b"x", f"{n}.pdf"), unit=tree["搜登站村"])
            link = f"/d/{n}/"
            put(
                tree["搜登站村"],
                item,
                period="2026-Q3",
                body=[("text", f'<p>{WORDS[n:]}{n}布署<a href="{link}">x</a></p>'), ("file", file)],
            )

    for number in (2, 12):
        fill(number)
        with django_assert_max_num_queries(18):
            assert check_quality().texts == number


def test_the_command_says_what_it_did(village, item, capsys):
    put(village, item, title="公式期")
    call_command("check_quality")
    call_command("check_quality", all=True)
    assert capsys.readouterr().out == "查了 1 条，新查出 1 处，改好 0 处。\n查了 1 条，新查出 0 处，改好 0 处。\n"
    assert Finding.objects.get().check_name == CheckName.WORD
