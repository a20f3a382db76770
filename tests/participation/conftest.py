"""The people around a submission, and a short way to send one."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from openness.participation.models import Kind, Submission
from openness.participation.services.receive import Sent, receive

PHONE = "13900000001"


@pytest.fixture
def people(member, tree) -> dict[str, Any]:
    county, town, village = tree["船营区"], tree["搜登站镇"], tree["搜登站村"]
    return {
        "clerk": member("clerk", village),
        "town_clerk": member("clerk", town),
        "reviewer": member("reviewer", town),
        "supervisor": member("supervisor", county),
        "administrator": member("administrator", county),
        "auditor": member("auditor", county),
        "neighbour": member("clerk", tree["半拉山村"]),
        "outsider": member("reviewer", tree["大绥河镇"]),
        "stranger": member(),
    }


@pytest.fixture
def send(village):
    def make(kind: Kind = Kind.MESSAGE, unit=None, text: str = "村口的路灯坏了半个月", days_ago: int = 0, **more: Any) -> Submission:
        sent = Sent(kind=kind, unit=unit or village, text=text, name="李大娘", phone=PHONE, **{"wants_public": True, **more})
        return receive(sent, timezone.now() - timedelta(days=days_ago))

    return make
