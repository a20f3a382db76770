"""Audience, method and tiers, in ticks and in words."""

import pytest

from catalog.reading.choices import audience_of, methods_of, tiers_of
from catalog.reading.marks import tick

from .builders import item, only, standard, workbook


@pytest.mark.parametrize(
    ("words", "tiers"),
    [
        ("村级", ("村级",)), ("镇级、村级", ("乡级", "村级")), ("乡、村级", ("乡级", "村级")), ("县级/乡级", ("县级", "乡级")),
        ("区级", ("县级",)), ("镇街级", ("乡级",)), ("街道", ("乡级",)), ("社区", ("村级",)), ("村（社区）", ("村级",)),
        ("乡镇（街道）级", ("乡级",)), ("州级县级", ("市级", "县级")), ("乡村级", ("乡级", "村级")), ("省级、市级、县级", ("省级", "市级", "县级")),
        ("市、县、乡、村", ("市级", "县级", "乡级", "村级")), ("村居", ("村级",)), ("乡镇级", ("乡级",)), ("县区级", ("县级",)),
        ("部门", None), ("", None), ("各有关单位", None),
    ],
)  # fmt: skip
def test_tiers(words: str, tiers: tuple[str, ...] | None) -> None:
    assert tiers_of(words) == tiers


@pytest.mark.parametrize(
    ("words", "methods"),
    [
        ("主动", ("主动公开",)),
        ("依申请", ("依申请公开",)),
        ("主动公开/依申请公开", ("主动公开", "依申请公开")),
        ("全文发布", None),
        ("不予公开", None),
    ],
)
def test_methods(words: str, methods: tuple[str, ...] | None) -> None:
    assert methods_of(words) == methods


@pytest.mark.parametrize(
    ("words", "audience"),
    [
        ("全社会", ("全社会",)),
        ("面向社会公众", ("全社会",)),
        ("特定群众", ("特定群体",)),
        ("全社会、特定群体", ("全社会", "特定群体")),
        ("本村低保户、五保户", ("本村低保户、五保户",)),
    ],
)
def test_audience(words: str, audience: tuple[str, ...]) -> None:
    assert audience_of(words) == audience


@pytest.mark.parametrize("sign", ["√", "✓", "✔", "✔\ufe0f", "是", "1", "●", "■", " √ ", "√√"])
def test_signs_that_choose(sign: str) -> None:
    assert tick(sign) is True


@pytest.mark.parametrize("sign", ["", " ", "×", "否", "0", "-", "—", "/", "□", "无"])
def test_signs_that_do_not(sign: str) -> None:
    assert tick(sign) is False


def test_a_sign_nobody_can_be_sure_of_needs_a_person() -> None:
    (row,) = only(standard([item(1, "低保", "指南", township="x")]))
    assert row.tiers == ()
    assert any("乡级" in problem for problem in row.problems)


def test_words_beside_a_tick_name_the_audience() -> None:
    first, second = only(
        standard(
            [
                item(1, "低保", "指南", everyone=None, specific="√（低保对象）"),
                item(2, "低保", "名单", everyone=None, specific="面向本村村民"),
            ]
        )
    )
    assert (first.audience, second.audience) == (("低保对象",), ("面向本村村民",))


def test_how_it_is_published_is_not_the_method() -> None:
    head = ["序号", "领域", "公开事项", "公开方式", "公开属性"]
    rows = [[1, "社会救助", "低保", "全文发布", "主动公开"], [2, "社会救助", "特困", "全文发布", None]]
    first, second = only(workbook(("Sheet1", [head, *rows], [])))
    assert (first.method, first.problems) == (("主动公开",), ())
    assert second.method == ()
    assert any("全文发布" in problem for problem in second.problems)
    assert first.raw["method"] == "全文发布"


def test_boxes_in_a_column_of_words() -> None:
    head = ["序号", "领域", "公开事项", "公开对象", "公开方式", "公开层级"]
    (row,) = only(
        workbook(("Sheet1", [head, [1, "社会救助", "低保", "■全社会 □特定群体", "☑主动公开\n☐依申请公开", "□县级 ■乡级 ■村级"]], []))
    )
    assert (row.audience, row.method, row.tiers, row.problems) == (("全社会",), ("主动公开",), ("乡级", "村级"), ())


def test_a_title_that_names_its_choice_in_brackets() -> None:
    head = ["序号", "领域", "公开事项", "公开对象（全社会）", "公开方式\n（依申请公开）", "公开层级（乡级）"]
    (row,) = only(workbook(("Sheet1", [head, [1, "社会救助", "低保", "√", "√", "√"]], [])))
    assert (row.audience, row.method, row.tiers, row.problems) == (("全社会",), ("依申请公开",), ("乡级",), ())
