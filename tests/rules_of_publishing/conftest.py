"""A text of each kind that the rules speak of, and a walk from the clerk's form to the reviewer's answer."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse
from wagtail.models import TaskState

from openness.disclosures.models import Disclosure
from openness.disclosures.rules import Level
from openness.disclosures.services.check import check
from tests.disclosures.test_admin_access import VIEWSET, form_data
from tests.personal.test_finding import IDENTITY, MOBILE

__all__ = ["IDENTITY", "MOBILE"]
TODAY = date(2026, 11, 29)


@pytest.fixture(autouse=True)
def _database(db):
    """Every rule may ask the database."""


def stream(*blocks):
    """Blocks as they come from the form: tables through their own reading."""
    kinds = Disclosure._meta.get_field("body").stream_block.child_blocks
    return [(kind, kinds[kind].to_python(value) if kind == "table" else value) for kind, value in blocks]


def table(headings, *rows, types=None, caption="表"):
    columns = [{"type": kind, "heading": heading} for kind, heading in zip(types or ["text"] * len(headings), headings, strict=True)]
    return "table", {"columns": columns, "rows": [{"values": list(row)} for row in rows], "caption": caption}


def account(*, opening="0", income=(), expense=(), closing="0", caption="收支"):
    def entries(rows):
        return [{"subject": subject, "day": day, "amount": Decimal(amount), "note": note} for subject, day, amount, note in rows]

    return "finance", {
        "caption": caption, "opening": Decimal(opening), "income": entries(income), "expense": entries(expense), "closing": Decimal(closing)
    }  # fmt: skip


@pytest.fixture
def said(draft):
    """The rules that speak of a text of these blocks, as {code: [sentence, …]}."""

    def of(*blocks, correcting=False, softest=Level.NOTE, **columns) -> dict[str, list[str]]:
        if blocks:
            columns["body"] = stream(*blocks)
        found: dict[str, list[str]] = {}
        for issue in check(draft(**columns), correcting=correcting, softest=softest):
            found.setdefault(issue.rule, []).append(issue.sentence)
        return found

    return of


@pytest.fixture
def clerk(member, tree):
    return member("clerk", tree["搜登站村"])


@pytest.fixture
def reviewer(member, tree):
    return member("reviewer", tree["搜登站镇"])


@pytest.fixture
def send(client, clerk, tree, item):
    """The clerk's form, posted: send(**fields) with the fields of one table whose total is wrong, unless told otherwise."""

    def post(url: str = "", user=None, **changes):
        client.force_login(user or clerk)
        return client.post(url or reverse(VIEWSET.get_url_name("add")), form_data(tree["搜登站村"], item, **wrong_table(), **changes))

    return post


def wrong_table(total: str = "7") -> dict[str, str]:
    """A table of the form: 3 + 3 = 7."""
    columns = [{"type": "text", "heading": "组"}, {"type": "number", "heading": "户数"}]
    rows = [{"values": ["一组", "3"]}, {"values": ["二组", "3"]}, {"values": ["合计", total]}]
    return {"body-0-type": "table", "body-0-value": json.dumps({"caption": "户数", "columns": columns, "rows": rows})}


@pytest.fixture
def act(client):
    """A reviewer's answer: act(user, disclosure, "approve", let_through="…")."""

    def post(user, disclosure: Disclosure, action: str, **data):
        client.force_login(user)
        state = TaskState.objects.filter(workflow_state__object_id=disclosure.pk).latest("pk")
        return client.post(
            reverse(VIEWSET.get_url_name("workflow_action"), args=[disclosure.pk, action, state.pk]), {"comment": "", **data}
        )

    return post


def told(answer) -> list[str]:
    """The messages that the answer leaves for the next page."""
    return [str(message) for message in answer.wsgi_request._messages]
