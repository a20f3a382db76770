"""The clerk's small jobs on a phone, with and without JavaScript: 本期无此事项 in two taps; a returned roster masked with one and sent again."""

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from .conftest import run
from .test_forms import violations
from .test_journey import sign_in

PHONE = {"width": 360, "height": 740}
NUMBER, MASKED = "220204195001010017", re.compile(r"220204\*+")
COMMENT = "身份证号没有遮，请遮住再交。"
RETURNED = """
from django.contrib.auth import get_user_model
from django.utils import timezone
from catalog.models import Item
from openness.disclosures.models import Disclosure
from openness.units.models import Unit
people = get_user_model().objects
clerk, signer, reviewer = (people.get(username=name) for name in ("jingban", "qianzi", "shenhe"))
item = next(one for one in Item.objects.in_force().filter(field__standard__area="220204", binds_villages=True) if one.name == "其他/专项公开")
columns = [{{"type": "text", "heading": "姓名"}}, {{"type": "text", "heading": "身份证号"}}, {{"type": "number", "heading": "金额（元）"}}]
rows = [{{"values": ["张某某", "{number}", "100"]}}, {{"values": ["李某某", "{number}", "200"]}}]
table = {{"type": "table", "value": {{"caption": "发放名单", "columns": columns, "rows": rows}}}}
text = Disclosure(unit=Unit.objects.get(code="220204101200"), item=item, title="{title}", author=clerk, formed_on=timezone.localdate(), live=False)
text.body = Disclosure._meta.get_field("body").to_python([table])
text.save()
text.save_revision(user=clerk)
text.get_workflow().start(text, clerk)
for user, act, words in ((signer, "approve", {{}}), (reviewer, "reject", {{"comment": "{comment}"}})):
    state = text.current_workflow_task_state
    if state.task.specific.__class__.__name__ == "SignTask" or user is reviewer:
        state.task.specific.on_action(state, user, act, **words)
print(text.current_workflow_state.status)
"""


@pytest.fixture(scope="module")
def state(browser: Browser, site: str) -> object:
    context = browser.new_context(base_url=site, locale="zh-CN")
    sign_in(context.new_page(), "jingban")
    kept = context.storage_state()
    context.close()
    return kept


@pytest.fixture(params=[True, False], ids=["with script", "without script"])
def phone(browser: Browser, site: str, state: object, request: pytest.FixtureRequest) -> Iterator[Page]:
    context = browser.new_context(base_url=site, locale="zh-CN", viewport=PHONE, storage_state=state, java_script_enabled=request.param)
    context.scripted = request.param
    yield context.new_page()
    context.close()


@pytest.fixture
def fits(phone: Page, browser: Browser, site: str, state: object) -> Iterator[Callable[..., None]]:
    """Nothing is wider than the phone, and axe finds nothing: axe needs scripts, so it looks at the same address in a page that has them."""
    context = browser.new_context(base_url=site, locale="zh-CN", viewport=PHONE, storage_state=state)
    examined = context.new_page()

    def look(found: Callable[[str], bool] = lambda one: True) -> None:
        assert phone.evaluate("document.documentElement.scrollWidth") <= PHONE["width"], phone.url
        examined.goto(phone.url)
        assert [one for one in violations(examined) if found(one)] == [], phone.url

    yield look
    context.close()


def test_nothing_this_period_takes_two_taps(phone: Page, fits):
    phone.goto("/admin/todo/")
    fits()
    name = re.compile("^本期无此事项")
    left = phone.get_by_role("link", name=name).count()
    phone.get_by_role("link", name=name).first.click()  # one
    item = re.search("没有“(.+)”这件事", phone.locator(".todo-lead").inner_text())
    fits()
    phone.get_by_role("button", name="确定，本期没有").click()  # two
    expect(phone.locator(".messages")).to_contain_text(f"没有“{item[1]}”。要改可以撤回。")
    expect(phone.get_by_role("link", name=name)).to_have_count(left - 1)
    fits()


def open_returned(phone: Page, title: str) -> None:
    phone.goto("/admin/todo/")
    card = phone.locator(".todo-returned .todo-card").filter(has_text=COMMENT).first
    card.get_by_role("link", name=re.compile("^去修改")).click()
    expect(phone.locator("h1, h2").filter(has_text=title).first).to_be_visible()


def mask_with_script(phone: Page, fits) -> None:
    phone.wait_for_timeout(3_000)  # the page looks first at what is there; a person is slower than this test
    expect(phone.locator(".ck")).to_contain_text("身份证号")
    fits(lambda one: "ck" in one)
    phone.get_by_role("button", name="帮我遮住").click()
    expect(phone.locator(".messages")).to_contain_text("遮住了 2 处，请再看一遍。")
    phone.get_by_role("button", name="更多动作").last.click()
    phone.locator("button[name=action-submit]").click()
    phone.wait_for_load_state()


def mask_without_script(phone: Page, fits) -> None:
    phone.get_by_role("link", name="导入文档，或用简单页面填").click()
    expect(phone.locator(".plain-said")).to_contain_text(COMMENT)
    fits()
    phone.get_by_role("button", name="帮我遮住").click()
    expect(phone.locator(".messages")).to_contain_text("遮住了 2 处，请再看一遍。")
    expect(phone.get_by_label("把表格粘贴到这里")).to_have_value(MASKED)
    fits()
    phone.get_by_role("button", name="存好并交审核").click()
    expect(phone.locator(".messages")).to_contain_text("交上去了")


def test_a_returned_roster_is_masked_with_one_tap_and_sent_again(phone: Page, fits, seeded: dict[str, str], browser: Browser, site: str):
    scripted = phone.context.scripted
    title = f"2026年临时补助发放名单（{'一' if scripted else '二'}）"
    made = run(seeded, RETURNED.format(number=NUMBER, title=title, comment=COMMENT))
    assert made.stdout.strip() == "needs_changes", made.stderr[-800:]
    open_returned(phone, title)
    (mask_with_script if scripted else mask_without_script)(phone, fits)
    for name, button in (("qianzi", "签字"), ("shenhe", "审核通过，公开")):
        reader = browser.new_context(base_url=site, locale="zh-CN", viewport=PHONE).new_page()
        sign_in(reader, name)
        reader.get_by_role("link", name=title).first.click()
        expect(reader.locator("article")).to_contain_text(MASKED)
        assert NUMBER not in reader.content()
        reader.get_by_role("button", name=button, exact=True).click()
        expect(reader.locator(".messages")).to_contain_text("好了" if name == "qianzi" else "已公开")
        reader.context.close()
