"""Personal data is found in every disguise, what is none is left alone, and a finding never holds what was found."""

import time
from datetime import date
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openness.disclosures.rules.personal import Kind, Severity, Words, find, is_bank_card, mask

from .disguises import DISGUISES
from .measure import false_alarms, missed
from .negatives import negatives
from .numbers import card, identity_check
from .positives import positives

# Made up: the county of nobody, a right check digit, a range of telephones that nobody was given.
IDENTITY = "22999919800307123" + identity_check("22999919800307123")
MOBILE, CARD = "14012345678", card(Random(1))


def kinds(words: Words | str) -> list[tuple[Kind, Severity]]:
    return [(one.kind, one.severity) for one in find(words)]


def blocked(words: Words | str) -> list[Kind]:
    return [kind for kind, severity in kinds(words) if severity is Severity.BLOCK]


def test_the_set_is_large_enough():
    assert len(DISGUISES) >= 12
    assert len(positives()) >= 2_000
    assert len(list(negatives())) >= 5_000


def test_nearly_all_are_found(capsys):
    measured = missed()
    with capsys.disabled():
        print(f"\npersonal data: found {1 - measured.share:.2%} of {measured.total}")  # noqa: T201
    assert measured.share <= 0.005, measured.by_group()


def test_nearly_nothing_is_found_in_vain(capsys):
    measured = false_alarms()
    with capsys.disabled():
        print(f"\npersonal data: false alarms {measured.share:.2%} of {measured.total}")  # noqa: T201
    assert measured.share <= 0.005, measured.by_group()


@pytest.mark.parametrize(
    ("words", "masked"),
    [
        (f"身份证{IDENTITY}。", f"{IDENTITY[:6]}********{IDENTITY[14:]}"), (f"电话{MOBILE}", "140****5678"), (f"卡号{CARD}", f"***************{CARD[-4:]}"),
        ("护照E12345678", "E1*****78"), ("邮箱abc@qq.com", "a**@qq.com"), ("张试验，因患肺癌，特困", "张**（个人病情或残疾情况）"),
    ],
)  # fmt: skip
def test_how_each_is_masked(words, masked):
    assert [one.masked for one in find(words)] == [masked]


def test_a_finding_does_not_hold_what_was_found():
    for one in positives():
        for finding in find(one.text):
            said = f"{finding!r}{finding.masked}{finding.sentence}"
            assert not one.number or one.number not in said
            assert finding.sentence.endswith("。")


@pytest.mark.parametrize(
    ("words", "severity"),
    [
        ("户主张试验，联系电话{}", "block"), ("{}", "block"), ("咨询电话：{}", "note"), ("监督电话{}", "note"), ("村委会联系电话 {}", "note"), ("单位联系电话 {}", "note"), ("投诉电话12345，户主电话 {}", "block"), ("联系人：李主任 {}", "note"),
        ("经咨询村委会，户主张试验联系电话{}", "block"), ("办公室值班。张试验{}", "block"),
    ],
)  # fmt: skip
def test_the_telephone_of_an_office_is_a_note(words, severity):
    assert [one.severity for one in find(words.format(MOBILE))] == [severity]


@pytest.mark.parametrize(
    "words",
    ["12345", "0432-64821234", "(0432)64821234", "400-123-4567", "订单号14012345678", "金额14012345678元", "99" + MOBILE, "140.12345678"],
)
def test_other_numbers_of_such_lengths_are_nothing(words):
    assert kinds(words) == []


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        (f"+86（{MOBILE[:3]}）{MOBILE[3:]}", Kind.PHONE),
        ("住址：试验区和平街道北京路12号3单元502", Kind.ADDRESS),
        ("李小例（8岁），就读于实验小学", Kind.CHILD),
        (f"{IDENTITY}{MOBILE}", Kind.PHONE),
        (f"{MOBILE}{IDENTITY}", Kind.ID_NUMBER),
    ],
)
def test_further_ways_to_write(words, kind):
    assert kind in [one.kind for one in find(words)]


def test_a_land_line_at_home_is_private():
    assert blocked("家庭电话：0432-64821234") == [Kind.PHONE]


def test_cells_of_a_row_are_not_glued_together():
    assert kinds("张某 " + MOBILE + " 500 " + IDENTITY + " 2026") == [(Kind.PHONE, Severity.BLOCK), (Kind.ID_NUMBER, Severity.BLOCK)]
    assert kinds("14 0120 05600 33") == []
    assert kinds("4242 4242 4242 4242 900") == []


def test_what_a_column_is_called_counts():
    assert kinds(Words(MOBILE, "订单号")) == []
    assert blocked(Words(MOBILE, "手机")) == [Kind.PHONE]
    assert kinds(Words("1980-03-07", "出生日期", "张试验\n500")) == [(Kind.BIRTH_DATE, Severity.WARN)]
    assert kinds(Words("肺癌", "病种", "张试验\n3000")) == [(Kind.HEALTH, Severity.WARN)]
    assert kinds(Words("肺癌", "病种", "合计\n3000")) == []


def test_numbers_that_a_sheet_has_cut():
    assert kinds("2.20204E+17") == [(Kind.ID_NUMBER, Severity.NOTE)]
    assert "丢" in find("2.20204E+17")[0].sentence
    assert kinds(Words(IDENTITY[:15] + "000", "身份证号", is_number=True)) == [(Kind.ID_NUMBER, Severity.WARN)]
    assert blocked("1.4012345678E+10") == [Kind.PHONE]


def test_too_little_masked_is_a_note_and_enough_is_nothing():
    assert kinds(f"{IDENTITY[:14]}****") == [(Kind.ID_NUMBER, Severity.NOTE)]
    assert kinds(f"{IDENTITY[:6]}********{IDENTITY[14:]}，{MOBILE[:3]}****{MOBILE[7:]}") == []


def test_nobody_is_born_tomorrow():
    body = f"229999{date.today().year + 1}0101123"
    assert kinds(body + next(sign for sign in "0123456789X" if sign.isdigit())) == []


def test_masking_changes_only_what_it_hides():
    words = f"张试验　（{IDENTITY[:6]} {IDENTITY[6:14]}-{IDENTITY[14:]}），\r\n电话：{MOBILE}；第１季度"
    assert mask(words) == f"张试验　（{IDENTITY[:6]} ********-{IDENTITY[14:]}），\r\n电话：140****5678；第１季度"


@given(st.text(alphabet="0123456789 -xX村\n.", max_size=80) | st.text(max_size=200))
def test_masking_twice_is_masking_once(words):
    hidden = mask(words)
    assert len(hidden) == len(words)
    assert mask(hidden) == hidden
    assert all(new in (old, "*") for old, new in zip(words, hidden, strict=True))


@pytest.mark.parametrize("positive", positives()[::7], ids=lambda one: one.disguise)
def test_a_masked_text_has_no_number_left(positive):
    assert not positive.number or not any(one.hidden for one in find(mask(positive.text)))


@given(st.text() | st.text(alphabet="0123456789Xx０１２ⅹ×\u200b\n张患病癌村号组E+@微信", max_size=300))
def test_no_text_makes_it_fall(words):
    for one in find(words):
        assert 0 <= one.start < one.end <= len(words)


@pytest.mark.parametrize(
    "words",
    [
        "1234567890" * 100_000,
        "13" * 500_000,
        "220299199" * 111_111,
        "1 3 " * 250_000,
        "身份证 1" * 170_000,
        "张患" * 500_000,
        "6" * 1_000_000,
    ],
)
def test_a_megabyte_takes_less_than_a_second_or_so(words):
    """Twice the goal of a second, for machines under load."""
    began = time.process_time()
    find(words)
    assert time.process_time() - began < 2


@pytest.mark.parametrize("number", [CARD, "4" + "0" * 14 + "2"])
def test_the_check_digit_of_cards(number):
    assert is_bank_card(number)
    assert sum(is_bank_card(number[:-1] + digit) for digit in "0123456789") == 1
