"""Walking through the desk by its links: the two addresses where it begins, and what a page says."""

import html
import re

from django.utils import timezone

from openness.supervision.models import Obligation, State

TODAY = timezone.localdate()
LAST = TODAY.year - 1  # the year before is over on whichever day the tests run
DESK, PROGRESS = "/admin/supervision/", "/progress/"


def page(client, url: str) -> str:
    response = client.get(html.unescape(url))
    assert response.status_code == 200, url
    return response.content.decode()


def links(text: str, path: str) -> list[str]:
    return [html.unescape(url) for url in re.findall(rf'href="({re.escape(path)}[^"]*)"', text)]


def number(pattern: str, text: str) -> int:
    found = re.search(pattern, text)
    assert found, (pattern, text)
    return int(found[1])


def blank_of(village) -> Obligation:
    return Obligation.objects.filter(unit=village, state=State.OPEN, due_on__lt=TODAY).first()
