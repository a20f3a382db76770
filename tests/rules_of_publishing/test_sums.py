"""Totals of tables: right ones are never blamed, a wrong cent always is; where a table can be added in two ways nothing is said."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from openness.disclosures.rules.sums import number_of, wrong_sums

cents = st.decimals(min_value=Decimal("-99999999"), max_value=Decimal("99999999"), places=2)
rows_of_money = st.lists(st.tuples(cents, cents), min_size=1, max_size=12)
HEADINGS = ["项目", "收入", "支出"]


def written(number: Decimal, style: int) -> object:
    """As a number, as plain words, with commas, with 元."""
    return [number, str(number), f"{number:,}", f"{number} 元"][style]


def filled(rows, style=0):
    return [[f"第{n}项", *(written(cell, style) for cell in row)] for n, row in enumerate(rows)]


def total(label, rows, style=0, off=Decimal(0)):
    return [
        label,
        written(sum((row[0] for row in rows), Decimal(0)) + off, style),
        written(sum((row[1] for row in rows), Decimal(0)), style),
    ]


@settings(deadline=None)
@given(rows_of_money, st.sampled_from(["合计", "总计", "共 计", "合计：", "合计（元）", "小计"]), st.integers(0, 3))
def test_a_right_total_is_never_blamed(rows, label, style):
    assert list(wrong_sums(HEADINGS, [*filled(rows, style), total(label, rows, style)])) == []


@settings(deadline=None)
@given(rows_of_money, cents.filter(bool), st.integers(0, 3))
def test_a_total_that_is_off_by_a_cent_is_found_with_its_difference(rows, off, style):
    found = list(wrong_sums(HEADINGS, [*filled(rows, style), total("合计", rows, style, off)]))
    assert [(one.row, one.column, one.stands - one.expected) for one in found] == [(len(rows) + 1, 2, off)]


@settings(deadline=None)
@given(rows_of_money)
def test_a_total_on_top_of_its_rows(rows):
    assert list(wrong_sums(HEADINGS, [total("合计", rows), *filled(rows)])) == []


@settings(deadline=None)
@given(rows_of_money, rows_of_money)
def test_subtotals_are_not_counted_twice(first, second):
    body = [*filled(first), total("小计", first), *filled(second), total("小计", second)]
    assert list(wrong_sums(HEADINGS, [*body, total("合计", first + second)])) == []
    assert (
        list(
            wrong_sums(
                HEADINGS, [*filled(first), total("合计", first), *filled(second), total("合计", second), total("总计", first + second)]
            )
        )
        == []
    )


@pytest.mark.parametrize(
    "rows",
    [
        [["一组", "3"], ["其中：低保户", "1"], ["合计", "3"]],
        [["收入合计", "3"], ["支出合计", "1"], ["合计", "2"]],
        [["一组", "3"], ["二组", "三"], ["合计", "9"]],
        [["一组", "3"], ["二组", "4"]],
        [["一组", "3"], ["合计", ""]],
        [],
    ],
    ids=["of which", "totals of parts", "words in the column", "no total", "blank total", "no rows"],
)
def test_where_it_is_not_certain_nothing_is_said(rows):
    assert list(wrong_sums(["组", "户数"], rows)) == []


def test_columns_that_nobody_adds():
    assert (
        list(wrong_sums(["序号", "姓名", "单价", "年龄"], [["1", "甲", "5", "30"], ["2", "乙", "6", "40"], ["3", "合计", "9", "1"]])) == []
    )


def test_rounded_figures_may_be_half_a_place_off():
    rows = [["甲", "1.24"], ["乙", "1.24"], ["合计", "2.49"]]
    assert list(wrong_sums(["项目", "金额（万元）"], rows)) == []
    assert len(list(wrong_sums(["项目", "金额（元）"], rows))) == 1
    assert len(list(wrong_sums(["项目", "金额（万元）"], [*rows[:2], ["合计", "2.60"]]))) == 1


@pytest.mark.parametrize(
    ("cell", "number"),
    [("1,234.50", "1234.50"), ("￥3", "3"), ("3 元", "3"), ("", None), ("三", None), ("NaN", None), ("Infinity", None), (True, None), (None, None), (7, "7"), ("1２", "12")],
)  # fmt: skip
def test_numbers_as_tables_write_them(cell, number):
    assert number_of(cell) == (None if number is None else Decimal(number))


@settings(deadline=None)
@given(st.lists(st.lists(st.one_of(st.none(), st.text(max_size=6), cents), min_size=3, max_size=3), max_size=8))
def test_any_table_can_be_read(rows):
    for wrong in wrong_sums(HEADINGS, rows):
        assert wrong.sentence(1).endswith("。")
