"""Search, follow by e-mail, confirm from the mailbox, a publication, its letter, one click to end: on a phone, with a real mail server."""

import time
from collections.abc import Iterator

import pytest
from aiosmtpd.controller import Controller
from playwright.sync_api import Browser, Page, expect

from ..subscriptions.conftest import Mailbox, free_port, links_in, text_of
from .conftest import Server, run
from .test_axe import AXE, RUN

TITLE = "示例村灌溉泵站轮灌安排"
READER = "resident@example.com"
PUBLISH = f"""
import time
from datetime import date
from catalog.models import Item
from openness.demo.reviews import village_of_the_demo
from openness.demo.signing import signed_on_paper
from openness.disclosures.models import Disclosure
from openness.disclosures.services.bulk import publish_many
from search.engines import EngineAway, engine
from search.models import Entry
from search.worker import drain_all
unit = village_of_the_demo()
item = Item.objects.for_unit(unit.code, unit.tier, unit.kind).filter(cadence="").select_related("field__standard").first()
words = "<p>从下周一起按组轮灌，先远后近，每组两天，泵站看护人的电话贴在公示栏。</p>"
text = Disclosure(unit=unit, item=item, title="{TITLE}", formed_on=date.today(), body=[("text", words)])
publish_many([text], "示例经办人", "示例审核人", signer=signed_on_paper)
while Entry.objects.filter(kind="disclosure", key=str(text.pk), pending=True).exists():
    try:
        drain_all(engine())
    except EngineAway:  # the server's own thread is at it
        time.sleep(0.2)
time.sleep(4)
"""
TOMORROW = """
from datetime import timedelta
from django.utils import timezone
from openness.subscriptions.services.upkeep import turn
turn((timezone.localtime() + timedelta(days=1)).replace(hour=9))
"""


@pytest.fixture
def mailbox() -> Iterator[tuple[Mailbox, str]]:
    """The server, and its address as the setting EMAIL_URL."""
    box, port = Mailbox(), free_port()
    controller = Controller(box, hostname="127.0.0.1", port=port)
    controller.start()
    yield box, f"smtp://127.0.0.1:{port}"
    controller.stop()


@pytest.fixture
def with_mail(seeded: dict[str, str], mailbox: tuple[Mailbox, str]) -> Iterator[tuple[Mailbox, dict[str, str], str]]:
    """The demo served once more, by a server that can send."""
    box, address = mailbox
    environment = {**seeded, "EMAIL_URL": address}
    server = Server(environment, free_port())
    server.start()
    yield box, {**environment, "SITE_URL": server.address}, server.address
    server.stop()


def letter(box: Mailbox, number: int):
    deadline = time.monotonic() + 60
    while len(box.letters_to(READER)) < number:
        assert time.monotonic() < deadline, "no letter came"
        time.sleep(0.2)
    return box.letters_to(READER)[number - 1]


def fine(page: Page) -> None:
    page.evaluate(AXE)
    assert page.evaluate(RUN) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), page.url


def test_from_a_search_to_the_letter_and_out_again(browser: Browser, with_mail: tuple[Mailbox, dict[str, str], str]):
    box, environment, address = with_mail
    page = browser.new_context(base_url=address, locale="zh-CN", viewport={"width": 360, "height": 740}).new_page()
    page.goto("/search/?q=泵站轮灌")
    page.get_by_role("link", name="邮件", exact=True).click()
    expect(page.get_by_text("含“泵站轮灌”的新公开")).to_be_visible()
    fine(page)
    page.goto(f"{page.url}&size=xl")
    fine(page)
    page.get_by_label("您的邮箱").fill(READER)
    page.get_by_label("每天有新的就发").check()
    page.wait_for_timeout(3500)  # a person needs longer; who is quicker is asked to look again
    page.get_by_role("button", name="提交").click()
    expect(page.locator("h1")).to_have_text("请到邮箱里确认")
    fine(page)

    (link,) = links_in(letter(box, 1))
    page.goto(link)
    fine(page)
    page.get_by_role("button", name="确认订阅").click()
    expect(page.locator("h1")).to_have_text("订好了")
    page.get_by_role("link", name="改多久发一封，或者退订").click()
    expect(page.locator("h2").first).to_have_text("含“泵站轮灌”的新公开")
    fine(page)

    for code in (PUBLISH, TOMORROW):
        done = run(environment, code)
        assert done.returncode == 0, done.stderr[-800:]
    news = letter(box, 2)
    assert TITLE in text_of(news)
    text, stop, _mine = links_in(news)
    page.goto(text)
    expect(page.locator("h1")).to_have_text(TITLE)
    page.goto(stop)
    fine(page)
    page.get_by_role("button", name="退订").click()
    expect(page.locator("h1")).to_have_text("退订好了")
    fine(page)
    page.goto(stop)
    expect(page.locator("h1")).to_have_text("这个链接用不了")
