"""Pages that editors compose: what residents see of each kind of block and page."""

import json
from datetime import timedelta
from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from django.core.files.images import ImageFile
from django.utils import timezone
from PIL import Image

from openness.disclosures.models import Photo
from openness.disclosures.services.take_down import withdraw
from openness.pages.blocks import PageBody
from openness.pages.head import COLUMN_TYPES
from openness.pages.models import AnnualReportsPage, GuidePage, OpennessPage, OpennessTextPage, StatutoryPage, TextPage
from openness.supervision.services.annual import draft_report

from .test_head import NEEDED, metas

pytestmark = pytest.mark.django_db


def text(client, page) -> str:
    answer = client.get(page.url)
    assert answer.status_code == 200
    return answer.content.decode()


def body(*blocks: tuple) -> str:
    return json.dumps(
        [{"type": kind, "value": value, "id": f"{n:08d}-0000-4000-8000-000000000000"} for n, (kind, value) in enumerate(blocks)]
    )


def items(*values) -> list:
    return [{"type": "item", "value": value, "id": str(n)} for n, value in enumerate(values)]


def photo(unit=None) -> Photo:
    drawn = BytesIO()
    Image.new("RGB", (40, 30), "#b3131b").save(drawn, "PNG")
    return Photo.objects.create(title="路线图", unit=unit, file=ImageFile(drawn, name="map.png"))


@pytest.fixture
def section(compose):
    return compose(OpennessPage, "政府信息公开", "openness")


def test_every_kind_of_block_reaches_the_resident(client, compose, village):
    page = compose(
        TextPage, "帮助", "help", summary="一看就会",
        body=body(
            ("heading", "怎么找"), ("text", "<p>在框里写字</p>"), ("heading", "怎么看"), ("heading", "怎么问"),
            ("steps", items({"title": "选村", "text": "<p>先选乡镇</p>"})), ("callout", {"kind": "warn", "text": "<p>别信收费的</p>"}),
            ("table", {"caption": "记号", "columns": [{"type": "text", "heading": "写的是"}], "rows": [{"values": ["逾期"]}]}),
            ("picture", {"image": photo().pk, "alt": "从镇里到村部的路", "caption": "路线"}),
            ("links", {"heading": "去看看", "links": [{"type": "unit", "value": village.pk}]}),
            ("questions", items({"question": "要登录吗", "answer": "<p>不要</p>"})),
        ),
    )  # fmt: skip
    said = text(client, page)
    for words in (
        "一看就会", "在框里写字", "先选乡镇", "别信收费的", "记号", "逾期", 'alt="从镇里到村部的路"', village.get_absolute_url(),
        "<summary>要登录吗</summary>", 'href="#p00000000-', "最近更新：",
    ):  # fmt: skip
        assert words in said, words


def test_a_short_page_has_no_list_of_contents(client, compose):
    assert "这一页有" not in text(client, compose(TextPage, "帮助", "help", body=body(("heading", "一"), ("heading", "二"))))


def test_a_link_to_what_was_withdrawn_is_gone_at_once(client, compose, published, member):
    disclosure = published()
    link = {"heading": "名单", "links": [{"type": "disclosure", "value": disclosure.pk}]}
    page = compose(TextPage, "帮助", "help", body=body(("links", link)))
    assert disclosure.title in text(client, page)
    withdraw(disclosure, member("reviewer", disclosure.unit), "含有个人信息")
    assert disclosure.title not in text(client, page)


def test_a_link_to_a_notice_whose_period_is_over_is_gone(client, compose, published):
    today = timezone.localdate()
    over = published(notice_from=today - timedelta(days=20), notice_until=today - timedelta(days=1), comes_down=True)
    page = compose(TextPage, "帮助", "help", body=body(("links", {"heading": "名单", "links": [{"type": "disclosure", "value": over.pk}]})))
    assert over.title not in text(client, page)


def test_links_cost_the_same_however_many(client, compose, published, tree, django_assert_num_queries):
    def asked(page) -> int:
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        text(client, page)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            text(client, page)
        return len(queries)

    rows = [published(title=f"公开 {n}") for n in range(6)]
    links = [{"type": "disclosure", "value": row.pk} for row in rows] + [{"type": "unit", "value": unit.pk} for unit in tree.values()]
    few = compose(TextPage, "少", "few", body=body(("links", {"heading": "", "links": [links[0], links[-1]]})))
    many = compose(TextPage, "多", "many", body=body(("links", {"heading": "", "links": links})))
    assert asked(few) == asked(many)


@pytest.mark.parametrize(
    ("kind", "value", "says"),
    [
        ("picture", {"image": "unit's photo", "alt": "图", "caption": ""}, "还没有公开"),
        ("picture", {"image": "photo", "alt": "", "caption": ""}, "alt"),
        ("links", {"heading": "", "links": [{"type": "address", "value": {"words": "x", "address": "javascript:alert(1)"}}]}, "https://"),
        ("links", {"heading": "", "links": [{"type": "address", "value": {"words": "x", "address": "//foreign.example"}}]}, "https://"),
    ],
)
def test_what_residents_could_not_use_is_refused(village, kind, value, says):
    made = {"unit's photo": lambda: photo(village).pk, "photo": lambda: photo().pk}
    value = {name: made[said]() if isinstance(said, str) and said in made else said for name, said in value.items()}
    block = PageBody()
    with pytest.raises(ValidationError) as refused:
        block.clean(block.to_python(json.loads(body((kind, value)))))
    assert says in _words(refused.value)


def _words(error) -> str:
    """All sentences of an error within an error, with the names of their fields."""
    inner = [*(getattr(error, "block_errors", None) or {}).items()]
    inner += [("", one) for one in getattr(error, "error_list", []) if one is not error]
    return " ".join([str(getattr(error, "message", "")), *(f"{name} {_words(one)}" for name, one in inner if one is not None)])


def test_a_guide_says_the_facts_that_were_filled_in(client, compose):
    said = text(client, compose(GuidePage, "办低保", "dibao", whom="本村户口", bring="身份证", phone="12345"))
    assert "本村户口" in said
    assert 'href="tel:12345"' in said
    assert "去哪办" not in said


def test_each_part_of_the_section_has_the_others_beside_it(client, compose, section):
    guide = compose(OpennessTextPage, "政府信息公开指南", "guide", parent=section, part="guide")
    compose(OpennessTextPage, "政府信息公开制度", "rules", parent=section, part="rules")
    said = text(client, guide)
    order = ["/openness/", "/openness/guide/", "/openness/rules/", "/requests/"]
    positions = [said.index(f'<li><a href="{address}"') for address in order]
    assert positions == sorted(positions)
    assert '<a href="/openness/guide/" aria-current="page">' in said
    assert '<a href="/openness/">政府信息公开</a>' in text(client, compose(TextPage, "帮助", "help"))  # in every foot


def test_what_must_be_published_is_counted_by_field(client, compose, section, published):
    published()
    said = text(client, compose(StatutoryPage, "法定主动公开内容", "statutory", parent=section))
    assert "村务公开" in said
    assert ">1 条</a>" in said
    assert "1 项" in said


def test_without_a_catalogue_it_says_so(client, compose, section):
    assert "还没有导入标准目录" in text(client, compose(StatutoryPage, "法定主动公开内容", "statutory", parent=section))


def test_annual_reports_are_listed_once_they_are_public(client, compose, section, tree, draft, member):
    page = compose(AnnualReportsPage, "政府信息公开年报", "annual", parent=section)
    this = timezone.localdate().year
    for year in (this - 1, this - 2):
        report = draft_report(tree["搜登站镇"], year, member("clerk", tree["搜登站镇"]))
        report.disclosure = draft(unit=tree["搜登站镇"], title=report.title)
        report.save()
    assert "还没有公开的年度报告" in text(client, page)
    for made in type(report).objects.all():
        made.disclosure.get_latest_revision().publish(user=member("reviewer", tree["搜登站镇"]))
    said = text(client, page)
    assert said.index(f"{this - 1}年政府信息公开") < said.index(f"{this - 2}年政府信息公开")
    one = client.get(page.url, {"year": this - 2}).content.decode()
    assert f"搜登站镇{this - 1}年" not in one
    assert "的报告" in one
    assert client.get(page.url, {"year": "x", "page": "99"}).status_code == 200


@pytest.mark.parametrize(
    ("kind", "columns", "tags", "column"),
    [
        (TextPage, {}, "article", "概况信息"),
        (GuidePage, {}, "article", "办事服务"),
        (OpennessPage, {}, "column", "信息公开目录"),
        (OpennessTextPage, {"part": "guide"}, "column", "信息公开指南"),
        (OpennessTextPage, {"part": "rules"}, "column", "政策文件"),
        (StatutoryPage, {}, "column", "信息公开目录"),
        (AnnualReportsPage, {}, "column", "信息公开年报"),
    ],
)
def test_composed_pages_have_the_tags_of_their_kind(client, compose, section, kind, columns, tags, column):
    page = section if kind is OpennessPage else compose(kind, "题目", "page", parent=section, **columns)
    found = metas(text(client, page))
    assert [one for one in NEEDED["article"] if one in found] == NEEDED[tags]
    assert found["ColumnType"] == column
    assert column in COLUMN_TYPES
    if tags == "article":
        assert found["PubDate"]


def test_composed_pages_are_found_by_the_one_box(client, compose):
    from openness.pages.search import build
    from search.models import Entry

    page = compose(GuidePage, "怎么查村里的账", "accounts", whom="本村户口", body=body(("text", "<p>对一对公示栏</p>")))
    assert Entry.objects.filter(kind="page", key=str(page.pk), pending=True).exists()
    found = build([str(page.pk)])[str(page.pk)]
    assert (found.title, found.url) == ("怎么查村里的账", "/accounts/")
    assert "对一对公示栏" in found.body
    assert "本村户口" in found.body
    page.unpublish()
    assert build([str(page.pk)]) == {}
