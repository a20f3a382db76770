"""An old site's articles: the three kinds of export, what is cleaned away, and the old date that proves nothing."""

import json
from datetime import date, timedelta

import pytest
from django.urls import reverse

from openness.disclosures.models import Disclosure
from openness.disclosures.services.receipts import broken_receipts, content_hash
from openness.imports.models import ImportJob, Kind
from openness.imports.services.articles import article_of
from openness.imports.services.decide import Columns, set_columns
from openness.units.refusal import Refused

from .conftest import TODAY, bring, imported, said, work, workbook

pytestmark = pytest.mark.django_db
BODY = "<p>本村修了三公里路，花了二十万元，都是自己筹的，账目在村委会可以查。</p>"
HEAD = ["标题", "内容", "发布时间", "栏目"]
WXR = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/" xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:wp="http://wordpress.org/export/1.2/"><channel><title>老网站</title>
<item><title>修路情况</title><link>http://old.example/1</link><content:encoded><![CDATA[{body}]]></content:encoded>
<excerpt:encoded><![CDATA[修好了]]></excerpt:encoded><wp:post_date>2018-03-05 10:20:00</wp:post_date><wp:status>publish</wp:status><wp:post_type>post</wp:post_type>
<category domain="category" nicename="x"><![CDATA[村务公开]]></category><category domain="post_tag"><![CDATA[路]]></category></item>
<item><title>没写完</title><content:encoded>x</content:encoded><wp:status>draft</wp:status><wp:post_type>post</wp:post_type></item>
<item><title>图</title><wp:status>inherit</wp:status><wp:post_type>attachment</wp:post_type></item>
</channel></rss>"""


def csv(*rows: list[str], encoding: str = "utf-8") -> bytes:
    return "\r\n".join(",".join(cells) for cells in (HEAD, *rows)).encode(encoding)


def mapped(job: ImportJob, unit=None, item=None, **places: int) -> ImportJob:
    set_columns(job, Columns(places or job.columns, unit, item))
    return work(job)


def articles(user, data: bytes, name: str, unit, item) -> ImportJob:
    return mapped(bring(user, data, name, Kind.ARTICLES), unit, item)


def test_the_columns_are_guessed_and_a_person_confirms(clerk, village, item):
    job = work(bring(clerk, csv(["修路情况", BODY, "2018-03-05", "村务"]), "老站.csv", Kind.ARTICLES))
    assert job.phase == "mapping"
    assert job.columns == {"title": 0, "body": 1, "published": 2, "item": 3}
    job = mapped(job, village, item)
    assert (job.good, job.bad) == (1, 0), said(job)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_encodings(clerk, village, item, encoding):
    job = articles(clerk, csv(["修路情况", BODY, "2018年3月5日", "村务"], encoding=encoding), "老站.csv", village, item)
    imported(job)
    made = Disclosure.objects.get()
    assert (made.title, made.originally_published_on, made.formed_on) == ("修路情况", date(2018, 3, 5), date(2018, 3, 5))


@pytest.mark.parametrize("shape", ["list", "inside", "lines", "wordpress api"])
def test_json_in_the_shapes_that_sites_export(clerk, village, item, shape):
    one = {"title": "修路情况", "content": BODY, "date": "2018-03-05T10:00:00", "id": 3}
    rest = {"title": {"rendered": "修路情况"}, "content": {"rendered": BODY, "protected": False}, "date": "2018-03-05T10:00:00"}
    data = {
        "list": json.dumps([one, {**one, "title": "又一篇"}], ensure_ascii=False),
        "inside": json.dumps({"total": 2, "meta": {"page": [1]}, "posts": [one, {**one, "title": "又一篇"}]}),
        "lines": "\n".join(json.dumps(one | {"title": title}) for title in ("修路情况", "又一篇")),
        "wordpress api": json.dumps([rest, rest | {"title": {"rendered": "又一篇"}}]),
    }[shape]
    job = articles(clerk, data.encode(), "老站.json", village, item)
    assert job.good == 2, said(job)
    imported(job)
    assert {made.originally_published_on for made in Disclosure.objects.all()} == {date(2018, 3, 5)}


def test_wordpress(clerk, village, item):
    job = articles(clerk, WXR.format(body=BODY).encode(), "wordpress.xml", village, item)
    assert (job.total, job.good) == (1, 1), said(job)
    assert "有 2 条没有读" in job.said[0]
    imported(job)
    made = Disclosure.objects.get()
    assert (made.title, made.summary, made.originally_published_on) == ("修路情况", "修好了", date(2018, 3, 5))


def test_an_entity_is_not_resolved(clerk):
    bomb = WXR.replace("<rss", '<!DOCTYPE x [<!ENTITY a "aaaa">]><rss', 1).format(body=BODY)
    with pytest.raises(Refused, match="实体定义"):
        bring(clerk, bomb.encode(), "w.xml", Kind.ARTICLES)


def test_broken_exports_leave_nothing(clerk, private_files):
    for data, name, words in (
        (b'[{"title": "a", "content": ', "a.json", "不完整"),
        (WXR.format(body=BODY)[:-40].encode(), "a.xml", "坏了"),
        (b'{"a": 1}', "a.json", ""),
        (b"[" * 100_000, "a.json", "不完整"),
        (b"[]", "a.json", "没有找到文章"),
        (b"\xff\xfe\x00\xd8" * 50, "a.csv", "认不出"),
    ):
        if words:
            with pytest.raises(Refused, match=words):
                bring(clerk, data, name, Kind.ARTICLES)
    assert not ImportJob.objects.exists()
    assert not list(private_files.rglob("*")) if private_files.exists() else True


def test_the_answer_is_remembered_for_the_next_file_of_the_same_head(clerk, village, item):
    first = bring(clerk, csv(["修路情况", BODY, "2018-03-05", "村务"]), "一.csv", Kind.ARTICLES)
    mapped(first, village, item, title=0, body=1, published=2)
    second = bring(clerk, csv(["修桥情况", BODY, "2019-03-05", "村务"]), "二.csv", Kind.ARTICLES)
    assert (second.columns, second.unit, second.item) == ({"title": 0, "body": 1, "published": 2}, village, item)


@pytest.mark.parametrize(
    ("places", "words"),
    [
        ({"title": 0, "body": 1}, "要选一列：发布日期"),
        ({"title": 0, "body": 0, "published": 2}, "选了两次"),
        ({"title": 0, "body": 9, "published": 2}, "不在文件里"),
    ],
)
def test_answers_that_make_no_sense(clerk, village, item, places, words):
    job = bring(clerk, csv(["修路情况", BODY, "2018-03-05", "村务"]), "一.csv", Kind.ARTICLES)
    with pytest.raises(Refused, match=words):
        set_columns(job, Columns(places, village, item))


def test_nobody_brings_in_for_another_unit(clerk, tree, item):
    job = bring(clerk, csv(["修路情况", BODY, "2018-03-05", "村务"]), "一.csv", Kind.ARTICLES)
    with pytest.raises(Refused, match="不归您管"):
        set_columns(job, Columns(job.columns, tree["大绥河村"], item))


def test_a_category_that_is_an_item_goes_to_it(clerk, village, item, finance):
    job = articles(clerk, csv(["2018年第一季度财务收支", BODY, "2018-04-05", "村级财务收支"]), "一.csv", village, item)
    assert "期次是从标题里读出来的：2018-Q1。" in said(job)[2]
    imported(job)
    made = Disclosure.objects.get()
    assert (made.item, made.period) == (finance, "2018-Q1")


def test_days_that_are_none_or_to_come(clerk, village, item):
    later = (TODAY + timedelta(days=2)).isoformat()
    job = articles(clerk, csv(["一", BODY, "很久以前", ""], ["二", BODY, later, ""], ["三", BODY, "", ""]), "一.csv", village, item)
    words = said(job)
    assert job.bad == 3
    assert "“很久以前”不是日期" in words[2][0]
    assert f"发布日期 {later} 还没有到" in str(words[3])
    assert "没有写“发布日期”" in str(words[4])


def test_html_is_cleaned_and_what_went_is_counted():
    made = article_of(
        '<div class="x"><script>alert(1)</script><h1 onclick="x()">标题</h1><p>正文<b>粗</b><a href="/a/1.html">老链接</a></p><center>居中的字</center>'
        '散落的字<img src="/upload/1.jpg"><img src="data:image/png;base64,AAAA"><iframe src="//ads"></iframe><a href="/upload/表.xls">附件表</a>'
        '<a href="https://www.gov.cn/">国务院</a><a href="javascript:alert(2)">坏的</a></div>'
        "<table><tr><th>户主</th><th>金额</th></tr><tr><td>甲</td><td>100</td></tr></table><p>后面</p>"
    )
    assert [block["type"] for block in made.blocks] == ["text", "table", "text"]
    text = made.blocks[0]["value"]
    assert "<h2>标题</h2>" in text
    assert "<p>居中的字</p>" in text
    assert '<a href="https://www.gov.cn/">国务院</a>' in text
    assert "alert" not in text
    assert "老链接" in text
    assert "/a/1.html" not in text
    assert dict(made.dropped) == {"脚本": 1, "图片": 2, "嵌入的网页": 1}
    assert made.files == ["/upload/1.jpg", "（嵌在文字里的图）", "/upload/表.xls"]
    assert "图片 2 处" in made.dropped_in_words
    assert "3 个图片和附件没有搬" in made.files_in_words


def test_tables_for_layout_are_no_tables():
    made = article_of("<table><tr><td><p>第一段</p><p>第二段</p></td></tr></table>")
    assert [(block["type"], block["value"]) for block in made.blocks] == [("text", "<p>第一段</p><p>第二段</p>")]


@pytest.mark.parametrize(
    "html", ["", "   ", "<div></div>", "<script>x</script>", "<div>" * 3000 + "字", "<b>粗", "a < b 而且 c > d", "<p>甲<div>乙</p>丙</div>"]
)
def test_odd_html_is_no_error(html):
    try:
        article_of(html)
    except RecursionError:
        assert html.count("<div>") > 900  # said in the row's finding


def test_deep_html_is_said(clerk, village, item):
    job = articles(
        clerk, json.dumps([{"title": "深", "content": "<div>" * 5000 + "字", "date": "2018-03-05"}]).encode(), "a.json", village, item
    )
    assert job.phase == "checked"
    assert job.good + job.bad == 1


def test_long_bodies_are_said(clerk, village, item):
    data = json.dumps([{"title": "长", "content": "字" * 100_001, "date": "2018-03-05"}]).encode()
    assert "“正文”太长，最多 100000 个字" in str(said(articles(clerk, data, "a.json", village, item)))


def test_the_page_names_the_old_date_and_the_receipt_covers_it(client, clerk, member, village, item):
    imported(articles(clerk, csv(["修路情况", BODY, "2018-03-05", ""]), "一.csv", village, item))
    text = Disclosure.objects.get()
    before = content_hash(text)
    text.get_latest_revision().publish(user=member("reviewer", village))
    page = client.get(reverse("disclosure", args=[text.pk])).content.decode()
    assert "原网站发布日期" in page
    assert "2018年3月5日" in page
    assert list(broken_receipts()) == []
    text.refresh_from_db()
    assert text.receipts.get().content_hash == before
    text.originally_published_on = date(2019, 1, 1)
    assert content_hash(text) != before


def test_editing_keeps_the_old_date(client, clerk, village, item):
    from tests.review.conftest import edit

    imported(articles(clerk, csv(["修路情况", BODY, "2018-03-05", ""]), "一.csv", village, item))
    edit(client, clerk, Disclosure.objects.get(), summary="路修好了")
    assert Disclosure.objects.get().get_latest_revision_as_object().originally_published_on == date(2018, 3, 5)


def test_articles_as_a_workbook(clerk, village, item):
    job = articles(clerk, workbook(["修路情况", BODY, "2018-03-05", ""], head=HEAD), "一.xlsx", village, item)
    assert job.good == 1
