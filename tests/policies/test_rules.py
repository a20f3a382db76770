"""文号, articles, card, tags, matching: pure."""

from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openness.policies.rules.articles import Role, contents, number_of, parse
from openness.policies.rules.card import faults, shown
from openness.policies.rules.matching import Asked, age_of, reasons, span_words
from openness.policies.rules.number import Number, parse_number
from openness.policies.rules.tags import tags_of


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("船政办发〔2026〕12号", Number("船政办发", 2026, 12)),
        ("船政办发[2026]12号", Number("船政办发", 2026, 12)),
        ("船政办发（２０２６）第12号", Number("船政办发", 2026, 12)),
        (" 船政办发【2026】 12 号", Number("船政办发", 2026, 12)),
        ("国务院令第711号", Number("国务院令", None, 711)),
        ("十二号文", None),
        ("船政办发〔26〕12号", None),
        ("", None),
    ],
)
def test_numbers_are_read_however_they_are_typed(typed, read):
    assert parse_number(typed) == read


@given(st.sampled_from(["船政办发", "吉民发", "国发"]), st.integers(1950, 2099), st.integers(1, 999_999))
def test_a_canonical_number_reads_as_itself(word, year, serial):
    number = Number(word, year, serial)
    assert parse_number(str(number)) == number


LAW = """船营区养老办法
第一章 总则
第一条 为了老人，制定本办法。
第二条 给下面这些人：
（一）满八十岁的；
（二）低保户里的老人。
第二章　附则
第三条 自公布之日起施行。
附件：申请表
第一条 填表。"""
NOTICE = """各乡镇：
一、补贴对象
种地的农户。
二、补贴标准。每亩一百元，秋收以前发完。
（一）水田多二十元。"""


def test_a_regulation_falls_into_chapters_and_articles_with_anchors_of_their_own():
    parts = parse(LAW)
    assert [part.anchor for part in parts] == ["p1", "z1", "t1", "t2", "s0-1", "s0-2", "z2", "t3", "p9", "t1_2"]
    assert [part.label for part in contents(parts)] == ["第一章", "第二章"]
    assert {part.role for part in parts} == {Role.PARAGRAPH, Role.CHAPTER, Role.ARTICLE}


def test_a_notice_falls_into_its_sections():
    parts = parse(NOTICE)
    assert [(part.anchor, part.role) for part in parts][1:] == [
        ("s1", Role.HEADING),
        ("p3", Role.PARAGRAPH),
        ("s2", Role.PARAGRAPH),
        ("s2-1", Role.PARAGRAPH),
    ]
    assert parts[-1].label == "二（一）"


def test_a_paragraph_more_moves_no_anchor_of_an_article():
    before = {part.text: part.anchor for part in parse(LAW) if part.role is Role.ARTICLE}
    after = {part.text: part.anchor for part in parse(f"前言。\n{LAW}") if part.role is Role.ARTICLE}
    assert before == after


@given(st.text(alphabet="第一二十条章（）、\n款甲", max_size=120))
def test_nothing_is_lost_and_no_anchor_stands_twice(text):
    parts = parse(text)
    assert [part.text for part in parts] == [line.strip() for line in text.splitlines() if line.strip()]
    assert len({part.anchor for part in parts}) == len(parts)


@pytest.mark.parametrize(("words", "number"), [("十二", 12), ("二十", 20), ("一百零五", 105), ("12", 12), ("两", 2), ("零", 0)])
def test_chinese_numbers(words, number):
    assert number_of(words) == number


def test_a_card_needs_short_lines_that_come_from_a_clause():
    parts = parse(NOTICE)
    good = {"whom": {"text": "种地的农户", "anchor": "s1"}, "where": {"text": "村委会", "anchor": "s2-1"}}
    assert faults(good, parts) == []
    assert [line.clause for line in shown(good, parts)] == ["第一部分", "二（一）"]
    assert "要写" in faults({}, parts)[0]
    assert "41 个字" in faults({**good, "whom": {"text": "种" * 41, "anchor": "s1"}}, parts)[0]
    assert "哪一条" in faults({**good, "whom": {"text": "农户", "anchor": "t9"}}, parts)[0]


def test_tags_have_one_spelling():
    assert tags_of("高齡津貼，高龄津贴、 ＡＢＣ#老人") == ["高龄津贴", "abc", "老人"]
    assert len(tags_of("，".join(f"标签{n}" for n in range(30)))) == 10


def policy(**more):
    return SimpleNamespace(**{"audiences": ["elder"], "needs": ["money"], "covers": [], "conditions": [], **more})


ELDER = Asked(who="elder", need="money", place=("22", "220204", "220204101"), place_name="搜登站镇")


@pytest.mark.parametrize(
    ("conditions", "asked", "why"),
    [
        ({}, ELDER, ["您选了“老人”", "领钱", "全县"]),
        ({"audiences": []}, ELDER, ["谁都可以", "领钱", "全县"]),
        ({"covers": ["220204101"]}, ELDER, ["老人", "领钱", "管搜登站镇"]),
        ({"covers": ["220204100"]}, ELDER, None),
        ({"audiences": ["farmer"]}, ELDER, None),
        ({"needs": ["school"]}, ELDER, None),
        ({"conditions": [{"kind": "age", "least": 80}]}, ELDER, ["老人", "领钱", "全县", "要满 80 岁"]),
        ({"conditions": [{"kind": "age", "least": 80}]}, Asked("elder", "money", age=79), None),
        ({"conditions": [{"kind": "age", "least": 80}]}, Asked("elder", "money", age=80), ["老人", "领钱", "全县", "您 80 岁"]),
    ],
)
def test_a_policy_fits_with_reasons_or_not_at_all(conditions, asked, why):
    found = reasons(policy(**conditions), asked)
    if why is None:
        assert found is None
    else:
        assert found is not None
        assert len(found) == len(why)
        assert all(word in sentence for word, sentence in zip(why, found, strict=True))


def test_ages():
    assert [age_of(text) for text in ("80", " 80岁 ", "八十", "", "-1", "121")] == [80, 80, None, None, None, None]
    assert [span_words(60, 79), span_words(80, None), span_words(None, 17)] == ["60 到 79 岁", "满 80 岁", "17 岁以下"]
