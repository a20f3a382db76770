"""A server killed with -9 while a clerk writes, a session that runs out, a publication cut off: the words stay and are stored later."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Page, expect

from openness.demo.accounts import PASSWORD

from .conftest import Server, free_port, run
from .test_axe import AXE, RUN
from .test_forms import address
from .test_journey import sign_in

WORDS = "按县里办法办理，写到一半。"
NOTICE = "#keep-writing"
PLENTY = 60_000  # milliseconds


@pytest.fixture
def mortal(seeded: dict[str, str]) -> Iterator[Server]:
    server = Server(seeded, free_port())
    server.start()
    yield server
    server.kill()


@pytest.fixture
def phone(browser: Browser, mortal: Server) -> Iterator[BrowserContext]:
    context = browser.new_context(base_url=mortal.address, locale="zh-CN", viewport={"width": 360, "height": 740})
    yield context
    context.close()


def begun(phone: BrowserContext) -> Page:
    page = phone.new_page()
    sign_in(page, "jingban")
    page.goto(f"/admin/snippets/disclosures/disclosure/add/?{address(page, '涉农补贴 · 耕地地力保护')}")
    page.wait_for_timeout(3_000)  # the page looks first at what is there; a person is slower than this test
    return page


def write(page: Page) -> None:
    page.locator(".element-block textarea").first.fill(WORDS)
    page.locator("input[name=summary]").click()


def stored(page: Page) -> None:
    expect(page.locator("#w-autosave-indicator")).to_contain_text(re.compile(r"已自动存好，\d\d:\d\d"), timeout=PLENTY)
    expect(page.locator(NOTICE)).to_have_count(0)
    page.goto(page.url)
    expect(page.locator(".element-block textarea").first).to_have_value(WORDS)


def test_the_server_dies_while_she_writes_and_comes_back(phone: BrowserContext, mortal: Server):
    page = begun(phone)
    mortal.kill()
    write(page)
    expect(page.locator(NOTICE)).to_have_text("网断了，您写的还在这一页，连上后会自动再存。", timeout=PLENTY)
    expect(page.locator(".element-block textarea").first).to_have_value(WORDS)
    page.evaluate(AXE)
    assert [one for one in page.evaluate(RUN, None) if "keep-writing" in one] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    mortal.start()
    stored(page)


def test_the_session_runs_out_while_she_writes(phone: BrowserContext):
    page = begun(phone)
    phone.clear_cookies(name="sessionid")
    write(page)
    expect(page.locator(NOTICE)).to_contain_text("登录过期了，您写的还在这一页。", timeout=PLENTY)
    with phone.expect_page() as opened:
        page.get_by_role("link", name="请点这里登录").click()
    login = opened.value
    login.locator("input[name=username]").fill("jingban")
    login.locator("input[name=password]").fill(PASSWORD)
    login.locator("button[type=submit]").click()
    login.wait_for_url(re.compile("/admin/handbook/"))
    login.close()
    stored(page)


def opened(browser: Browser, site: str, name: str, address: str) -> Page:
    page = browser.new_context(base_url=site, locale="zh-CN").new_page()
    sign_in(page, name)
    page.goto(address)
    page.wait_for_timeout(3_000)
    return page


def test_the_server_dies_while_a_photograph_goes_up(phone: BrowserContext, mortal: Server, seeded: dict[str, str], tmp_path: Path):
    """The window says so and keeps the choice; nothing half is there; the second time it goes up, and the words were never in danger."""
    Image.effect_noise((700, 500), 90).save(tmp_path / "村口.jpg", quality=95)
    page = begun(phone)
    write(page)
    page.locator(".c-sf-add-button").last.click()
    page.locator("[role=option]").filter(has_text="照片").first.click()
    page.get_by_role("button", name="选照片").last.click()
    window = page.locator(".modal-body")
    window.get_by_role("tab", name="上传").click()
    window.locator("input[type=file]").set_input_files(tmp_path / "村口.jpg")
    window.get_by_label("标题").fill("没传完的照片")
    slow = {"offline": False, "latency": 0, "downloadThroughput": -1, "uploadThroughput": 50_000}
    line = phone.new_cdp_session(page)
    line.send("Network.emulateNetworkConditions", slow)
    send = window.get_by_role("button", name="上传")
    send.click(no_wait_after=True)
    page.wait_for_timeout(1_500)
    mortal.kill()
    expect(window).to_contain_text("没有办成，网断了或者系统正忙。您写的还在", timeout=PLENTY)
    assert run(seeded, PHOTOS).stdout.split() == ["0"]
    mortal.start()
    line.send("Network.emulateNetworkConditions", {**slow, "uploadThroughput": -1})
    send.click()
    expect(window).to_have_count(0, timeout=PLENTY)
    assert run(seeded, PHOTOS).stdout.split() == ["1"]
    expect(page.locator(".element-block textarea").first).to_have_value(WORDS)


def test_two_people_in_one_draft_lose_nothing(browser: Browser, site: str, seeded: dict[str, str]):
    """The clerk and the reviewer: who saves second is told, keeps the words, and may go past knowingly."""
    pk = run(seeded, DRAFT).stdout.strip()
    address = f"/admin/snippets/disclosures/disclosure/edit/{pk}/"
    first, second = (opened(browser, site, name, address) for name in ("jingban", "shenhe"))
    first.locator("input[name=summary]").fill("先存的一句")
    first.locator("#w-editor-form").get_by_role("button", name="存草稿").first.click()
    expect(first.locator(".messages")).to_be_visible(timeout=PLENTY)
    second.locator("input[name=summary]").fill("后存的一句")
    second.locator("input[name=title]").click()
    expect(second.locator(NOTICE)).to_contain_text("别人刚存过这一条。您写的还在这一页", timeout=PLENTY)
    second.locator("#w-editor-form").get_by_role("button", name="存草稿").first.click()
    dialog = second.locator("#w-save-confirmation-dialog")
    expect(dialog).to_contain_text("您写的还在这一页。接着存，就以您的为准", timeout=PLENTY)
    expect(second.locator("input[name=summary]")).to_have_value("后存的一句")
    dialog.get_by_role("button", name="存草稿").click()
    expect(second.locator(".messages")).to_be_visible(timeout=PLENTY)
    expect(second.locator("input[name=summary]")).to_have_value("后存的一句")
    kept = run(seeded, f"pk = {pk}\n" + VERSIONS).stdout.split()
    assert kept[-2:] == ["先存的一句", "后存的一句"]
    for page in (first, second):
        page.context.close()


DRAFT = """
from django.contrib.auth import get_user_model
from openness.disclosures.models import Disclosure
text = Disclosure.objects.filter(live=False, unit__code="220204101200").order_by("pk").first()
text = Disclosure(unit=text.unit, item=text.item, title="两个人写的一条", formed_on=text.formed_on, live=False)
text.save()
text.save_revision(user=get_user_model().objects.get(username="jingban"))
print(text.pk)
"""
PHOTOS = """
from openness.disclosures.models import Photo
print(Photo.objects.filter(title="没传完的照片").count())
"""
VERSIONS = """
from openness.disclosures.models import Disclosure
for one in Disclosure.objects.get(pk=pk).revisions.order_by("created_at"):
    print(one.content["summary"])
"""
PUBLISH = """
import os, signal
from django.contrib.auth import get_user_model
from openness.disclosures.models import Disclosure, Receipt
from openness.disclosures.signals import receipts_written
from search.models import Entry
people = get_user_model().objects
text = Disclosure.objects.get(pk={pk})
state = text.current_workflow_task_state
def told():
    row = Disclosure.objects.get(pk=text.pk)
    print(row.live, Receipt.objects.filter(disclosure=row).count(), Entry.objects.filter(key=str(row.pk), pending=True).count())
"""
CUT = """
receipts_written.connect(lambda **_: os.kill(os.getpid(), signal.SIGKILL), weak=False)
"""
GO = """
state.task.specific.on_action(state, people.get(username="shenhe"), "approve")
told()
"""


def test_a_publication_that_is_cut_off_leaves_nothing_and_can_be_done_again(seeded: dict[str, str], to_approve: int):
    """State, receipt and the row for the index are one transaction: all or none."""
    publish = PUBLISH.replace("{pk}", str(to_approve))
    before = run(seeded, publish + "told()").stdout.split()
    assert before[:2] == ["False", "0"]
    cut = run(seeded, publish + CUT + GO)
    assert cut.returncode == -9
    assert run(seeded, publish + "told()").stdout.split() == before
    done = run(seeded, publish + GO)
    assert done.stdout.split() == ["True", "1", "1"], done.stderr[-800:]
