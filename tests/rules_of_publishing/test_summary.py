"""发布前检查: all findings by level in the form and on the review, each with what to do, in a fixed number of queries."""

import pytest
from django.core.files.base import ContentFile
from django.template import Context, Template
from django.test import RequestFactory
from django.urls import reverse

from openness.disclosures.models import Attachment
from openness.disclosures.services.check import check, check_many
from tests.disclosures.test_admin_access import VIEWSET

from .conftest import IDENTITY, stream, table


def edit(disclosure) -> str:
    return reverse(VIEWSET.get_url_name("edit"), args=[disclosure.pk])


def test_a_clean_text(client, draft, clerk):
    client.force_login(clerk)
    page = client.get(edit(draft(author=clerk))).content.decode()
    assert "发布前检查" in page
    assert "没有发现问题" in page
    assert "帮我遮住" not in page


def test_findings_are_grouped_with_place_and_advice(client, draft, clerk):
    text = draft(author=clerk, period="2026-Q2", body=stream(("text", f"<p>身份证{IDENTITY}</p>"), ("text", "<p>张试验，因患尿毒症。</p>")))
    client.force_login(clerk)
    page = client.get(edit(text)).content.decode()
    block, warn = page.index("必须改"), page.index("请看一看")
    assert block < page.index("第 1 段：") < warn < page.index("第 2 段：")
    assert "点“帮我遮住”" in page
    assert IDENTITY not in page[block : page.index("按哪些规则查")]
    assert "帮我遮住</button>" in page


def test_a_new_form_has_nothing_to_say(client, clerk):
    client.force_login(clerk)
    assert "发布前检查" not in client.get(reverse(VIEWSET.get_url_name("add"))).content.decode()


def test_the_same_summary_stands_in_other_pages(draft, clerk):
    request = RequestFactory().get("/")
    request.user = clerk
    text = draft(body=stream(table(["组", "户数"], ("一组", "3"), ("合计", "4"))))
    page = Template("{% load disclosure_checks %}{% check_summary text %}").render(Context({"text": text, "request": request}))
    assert "必须改" in page
    assert "差 1" in page


@pytest.mark.parametrize("number", [1, 30])
def test_a_long_text_costs_no_more_queries_than_a_short_one(draft, village, number, django_assert_max_num_queries):
    from openness.disclosures.models import Disclosure

    files = [Attachment.objects.create(title=f"{n}.pdf", file=ContentFile(b"x", f"{n}.pdf"), unit=village) for n in range(number)]
    links = "".join(f'<a href="/d/{n}/">x</a><a href="http://a.example/{n}">y</a>' for n in range(number))
    blocks = [("text", f"<p>身份证{IDENTITY}{links}{'村里的事情都要公开，' * 9}</p>")] * number + [("file", file) for file in files]
    made = draft(body=blocks)
    row = Disclosure.objects.select_related("unit", "item__field__standard").get(pk=made.pk)
    with django_assert_max_num_queries(10):
        assert check(row)


def test_many_texts_cost_no_more_queries_than_one(draft, django_assert_num_queries):
    words = "今年春耕备耕已经全面展开，全村落实玉米播种面积三千二百亩，良种供应充足，农机检修完毕，请各家各户抓紧整地。"
    rows = [draft(period=f"2026-Q{n}", title="公开", body=[("text", f"<p>{words}{n}</p>")]) for n in (1, 2, 3)]
    with django_assert_num_queries(4):
        check_many(rows[:1])
    with django_assert_num_queries(4):
        check_many(rows)


def test_only_what_blocks_is_read_at_publication(draft, django_assert_num_queries):
    from openness.disclosures.rules import issues_of

    text = draft()
    with django_assert_num_queries(2):
        assert issues_of(text) == []
