"""A township's clerk brings in a sheet: three wrong rows, corrected, imported, undone; on a screen and on a phone, with scripts and without."""

import io
from pathlib import Path

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Browser, Page, expect

from ..imports.conftest import row, workbook
from ..words.english import english_of_page
from .test_axe import AXE, RUN
from .test_journey import sign_in

ITEM = "村务管理 · 村级重大事项和工程项目"
WAIT = 60_000


def enter(browser: Browser, site: str, width: int, scripts: bool) -> Page:
    context = browser.new_context(base_url=site, locale="zh-CN", viewport={"width": width, "height": 800}, java_script_enabled=scripts)
    page = context.new_page()
    page.set_default_timeout(WAIT)
    sign_in(page, "zhenban")
    return page


def a_village(page: Page) -> str:
    """The second unit of the person's own template: the first is the township."""
    book = load_workbook(io.BytesIO(page.context.request.get("/admin/imports/template.xlsx").body()))
    units = [cell.value for cell in book["选项"]["A"]]
    assert len(units) > 2
    assert ITEM in [cell.value for cell in book["选项"]["B"]]
    return units[1]


def sheet(folder: Path, rows: list[list[str]]) -> str:
    path = folder / "一季度公开.xlsx"
    path.write_bytes(workbook(*rows))
    return str(path)


def upload(page: Page, path: str) -> None:
    page.goto("/admin/imports/")
    page.locator("#file-table").set_input_files(path)
    page.get_by_role("button", name="上传表格").click()
    expect(page.get_by_role("heading", name="检查结果")).to_be_visible(timeout=WAIT)


def clean(page: Page, scripts: bool, width: int) -> None:
    """Nothing wider than the screen, no English; axe where it can run."""
    assert english_of_page(page.content()) == set()
    if scripts:
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        page.evaluate(AXE)
        assert page.evaluate(RUN, None) == []


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "none"])
@pytest.mark.parametrize("width", [1280, 360])
def test_the_way_of_a_sheet(browser: Browser, site: str, tmp_path: Path, width: int, scripts: bool):
    page = enter(browser, site, width, scripts)
    village = a_village(page)
    good = [row(单位=village, 公开事项=ITEM, 标题=f"修路第{n}段（{width}-{int(scripts)}）") for n in range(1, 6)]
    wrong = [
        row(单位="没有这个村", 公开事项=ITEM, 标题="错一"), row(单位=village, 公开事项="没有这一项", 标题="错二"),
        row(单位=village, 公开事项=ITEM, 标题="错三", 信息形成日期="去年"),
    ]  # fmt: skip
    page.goto("/admin/imports/")
    clean(page, scripts, width)
    upload(page, sheet(tmp_path, good + wrong))
    for words in ("没有叫“没有这个村”的单位", "公开目录里没有“没有这一项”", "“去年”不是日期"):
        expect(page.get_by_text(words).first).to_be_visible()
    clean(page, scripts, width)
    page.get_by_role("button", name="不导了，删掉").click()
    expect(page.get_by_text("什么也没有导入")).to_be_visible()

    upload(page, sheet(tmp_path, good))
    page.get_by_role("button", name="全部导入（5 条草稿）").click()
    expect(page.get_by_role("button", name="撤销这次导入")).to_be_visible(timeout=WAIT)
    expect(page.get_by_role("link", name="修路第1段")).to_be_visible()
    clean(page, scripts, width)
    page.get_by_role("button", name="撤销这次导入").click()
    expect(page.get_by_text("条撤销了")).to_be_visible(timeout=WAIT)
    expect(page.locator("dd").filter(has_text="示例镇经办人").last).to_be_visible()
    page.context.close()


@pytest.mark.parametrize("width", [1280, 360])
def test_the_columns_of_an_old_site(browser: Browser, site: str, tmp_path: Path, width: int):
    page = enter(browser, site, width, scripts=True)
    path = tmp_path / "老网站.csv"
    path.write_text("标题,内容,发布时间\n修路情况,<p>修了三公里路</p>,2018-03-05\n", encoding="gb18030")
    page.goto("/admin/imports/")
    page.locator("#file-articles").set_input_files(str(path))
    page.get_by_role("button", name="上传文章").click()
    expect(page.get_by_role("heading", name="对一下列")).to_be_visible()
    clean(page, True, width)
    page.get_by_role("button", name="不导了，删掉").click()
    page.context.close()
