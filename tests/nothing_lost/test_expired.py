"""Posting after the session ran out, without a script: the words come back with a button that sends them again."""

import re

import pytest
from django.test import Client
from django.urls import reverse

pytestmark = pytest.mark.django_db
HEADERS = {"accept": "text/html", "origin": "http://testserver"}
WORDS = "第一行\n“第二行”，<b>不要丢</b>"


@pytest.fixture
def browser(member, village):
    """A clerk's browser that brings tokens as browsers do."""
    client = Client(enforce_csrf_checks=True)
    client.user = member("clerk", village)
    client.force_login(client.user)
    return client


def token_of(answer) -> str:
    return re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', answer.content.decode())[1]


def sent(browser, url: str, token: str, **fields):
    return browser.post(url, {"csrfmiddlewaretoken": token, **fields}, headers=HEADERS)


def test_what_was_written_comes_back_and_is_stored_after_signing_in(browser, draft):
    made = draft(author=browser.user)
    url = reverse("disclosure_plain", args=[made.pk])
    page = browser.get(url)
    fields = {"title": "改过的标题", "summary": WORDS, "formed_on": "2026-01-05", "revision": made.latest_revision_id, "act": "save"}
    browser.session.flush()
    kept = sent(browser, url, token_of(page), **fields)
    assert kept.status_code == 401
    assert "登录过期了" in kept.content.decode()
    assert "no-store" in kept["Cache-Control"]
    browser.force_login(browser.user)
    browser.cookies["csrftoken"] = "a" * 32  # signing in changes it
    old = sent(browser, url, token_of(kept), **fields)
    assert old.status_code == 403
    assert "再交一次" in old.content.decode()
    assert "改过的标题" in old.content.decode()
    sent(browser, url, token_of(old), **fields)
    made.refresh_from_db()
    assert made.get_latest_revision_as_object().summary.replace("\r\n", "\n") == WORDS


def test_passwords_are_not_shown_back_and_other_sites_get_nothing_back(browser, draft):
    url = reverse("disclosure_plain", args=[draft(author=browser.user).pk])
    answer = browser.post(url, {"title": "外面来的"}, headers={"accept": "text/html", "origin": "http://elsewhere.example"})
    assert answer.status_code == 403
    assert "外面来的" not in answer.content.decode()
    browser.session.flush()
    again = browser.post(url, {"title": "外面来的"}, headers={"accept": "text/html", "origin": "http://elsewhere.example"})
    assert "外面来的" not in again.content.decode()
