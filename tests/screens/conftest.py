"""Accounts as a village writes them, and a way to correct what is public."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from openness.disclosures.models import Disclosure


def entry(side: str, subject: str, amount: str, note: str = "") -> dict[str, str]:
    return {"day": "2026-08-05", "subject": subject, "side": side, "amount": amount, "party": "", "voucher": "", "note": note}


def flow(*rows: dict[str, str], opening: str = "100.00", closing: str = "0.00", kind: str = "both") -> tuple[str, dict]:
    return "flow", {"kind": kind, "caption": "收支明细", "opening": opening, "rows": list(rows), "closing": closing}


ACCOUNTS = flow(entry("in", "发包收入", "900.00"), entry("out", "修路", "300.00"), entry("out", "办公费", "100.00"), closing="600.00")


@pytest.fixture
def accounts(published):
    def make(**columns):
        return published(**{"title": "第三季度财务收支", "category": "finance", "period": "2026-Q3", "body": [ACCOUNTS], **columns})

    return make


@pytest.fixture
def correct(member):
    """Change columns of a public text and publish it again, with a note."""

    def act(text: Disclosure, note: str = "写错了一个数", **columns) -> Disclosure:
        for name, value in {**columns, "change_note": note}.items():
            setattr(text, name, value)
        revision = text.save_revision(clean=False)
        revision.publish(user=member("reviewer", text.unit))
        text.refresh_from_db()
        return text

    return act


@pytest.fixture
def read(client):
    def get(url: str, status: int = 200) -> str:
        answer = client.get(url)
        assert answer.status_code == status, url
        return answer.content.decode()

    return get


@pytest.fixture
def queries(client):
    def count(url: str) -> int:
        with CaptureQueriesContext(connection) as caught:
            assert client.get(url).status_code == 200, url
        return len(caught)

    return count
