"""What each format gives, decided by content and never by name."""

from datetime import datetime

import pytest

from openness.disclosures.extraction import Page, State
from openness.disclosures.extraction.extract import extract
from openness.disclosures.extraction.words import clean, join_wrapped

from . import builders


def read(path, limits):
    found = extract(path, limits())
    assert found.state is State.READABLE, found.sentence
    return found.pages


def test_pdf_gives_chinese_page_by_page(tmp_path, limits):
    path = builders.pdf(tmp_path / "a.pdf", ["搜登站村低保公示", "共三户。"], [], ["第二季度补贴发放表"])
    assert read(path, limits) == (Page("第 1 页", "搜登站村低保公示\n共三户。"), Page("第 3 页", "第二季度补贴发放表"))


def test_words_broken_at_the_edge_of_the_paper_are_whole_again(tmp_path, limits):
    lines = ["经村民代表会议讨论决定将下列家庭列入最低生", "活保障范围，公示期十五天。", "联系电话在村部公示栏。"]
    (page,) = read(builders.pdf(tmp_path / "a.pdf", lines), limits)
    assert page.text == "经村民代表会议讨论决定将下列家庭列入最低生活保障范围，公示期十五天。\n联系电话在村部公示栏。"


def test_short_lines_and_foreign_words_stay_apart():
    assert join_wrapped("村务公开\n补贴发放表和低保名单\nA 组") == "村务公开\n补贴发放表和低保名单\nA 组"


def test_docx_gives_paragraphs_and_rows(tmp_path, limits):
    path = builders.word(tmp_path / "a.docx", "低保公示", "", "共两户", table=[["姓名", "金额"], ["张某", "138.50"]])
    assert read(path, limits) == (Page("", "低保公示\n共两户\n姓名 金额\n张某 138.50"),)


def test_docx_gives_a_text_box_once_and_no_deleted_words(tmp_path, limits):
    main = """<w:document xmlns:w="w" xmlns:mc="mc"><w:body><w:p>
      <mc:AlternateContent><mc:Choice><w:txbxContent><w:p><w:r><w:t>框里的话</w:t></w:r></w:p></w:txbxContent></mc:Choice>
      <mc:Fallback><w:txbxContent><w:p><w:r><w:t>框里的话</w:t></w:r></w:p></w:txbxContent></mc:Fallback></mc:AlternateContent>
      <w:del><w:r><w:delText>删掉的话</w:delText></w:r></w:del><w:r><w:t>留下的话</w:t></w:r></w:p></w:body></w:document>"""
    path = builders.with_part(tmp_path / "b.docx", builders.word(tmp_path / "a.docx", "x"), "word/document.xml", main.encode())
    assert read(path, limits) == (Page("", "框里的话\n留下的话"),)


def test_xlsx_gives_sheets_by_name_without_hidden_ones(tmp_path, limits):
    rows = [["姓名", "面积（亩）", "账号", "日期"], ["张某", 0.1 + 0.2, 6217000012345678.0, datetime(2026, 3, 1)], [None, 12.0, True, ""]]
    path = builders.excel(tmp_path / "a.xlsx", 补贴表=rows, 隐藏=[["不给人看的"]], 说明=[["按确权面积发放"]])
    assert read(path, limits) == (
        Page("补贴表", "姓名 面积（亩） 账号 日期\n张某 0.3 6217000012345678 2026-03-01\n12"),
        Page("说明", "按确权面积发放"),
    )


def test_pptx_gives_slides_in_order(tmp_path, limits):
    path = builders.slides(tmp_path / "a.pptx", "村务公开", "财务收支")
    assert read(path, limits) == (Page("第 1 张", "村务公开"), Page("第 2 张", "财务收支"))


def test_doc_of_word_97(limits):
    (page,) = read(builders.OLD / "word97.doc", limits)
    assert page == Page(
        "", "本村农田水利设施维修项目采用竞争性磋商，合同价款为人民币 128,000 元。ABC\n第二段：联系人李某。\n姓名 金额\n张某 138.50"
    )


def test_xls_of_excel_97_without_its_hidden_sheet(limits):
    assert read(builders.OLD / "excel97.xls", limits) == (Page("补贴表", "姓名 面积 138.5 0.3 6217000012345678 2026-03-01"),)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
def test_plain_text_in_the_encodings_of_china_s_offices(tmp_path, limits, encoding):
    path = tmp_path / "a.txt"
    path.write_bytes("土地流转合同公示\r\n㐂村 第二行".encode(encoding))
    assert read(path, limits) == (Page("", "土地流转合同公示\n㐂村 第二行"),)


def test_a_web_page_that_calls_itself_doc(tmp_path, limits):
    path = tmp_path / "名单.doc"
    html = "<html><head><title>t</title></head><body><script>evil()</script><h1>低保<b>公示</b></h1><table><tr><td>姓名<td>张某</tr></table></body></html>"
    path.write_bytes(html.encode("gb18030"))
    assert read(path, limits) == (Page("", "低保公示\n姓名 张某"),)


def test_a_name_says_nothing(tmp_path, limits):
    path = builders.pdf(tmp_path / "a.txt", ["其实是一份 PDF 文件"])
    assert read(path, limits)[0].label == "第 1 页"


def test_what_no_database_stores_is_gone():
    assert clean("a\0b\ud800c\x07 \u3000 d\r\n\n e ") == "abc d\ne"
