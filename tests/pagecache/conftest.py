from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import Site

from openness.pagecache import changes
from openness.pagecache.remembering import forget
from openness.pagecache.store import store
from openness.pages.models import SiteFrame
from tests.pages.conftest import home  # noqa: F401  (a fixture)


@pytest.fixture(autouse=True)
def keeping(settings, db):
    settings.PAGE_CACHE = True
    if site := Site.objects.filter(is_default_site=True).first():  # none is left after a test of real transactions
        SiteFrame.for_site(site)  # made by whoever reads first
    store.clear()
    forget()
    yield
    store.clear()


@pytest.fixture
def read() -> Callable[..., tuple[str, bool]]:
    """A stranger's reading: the words of a page, and whether it came from memory (one query, the one that asks whether it is true)."""

    def reading(url: str, client: Any = None, **headers: str) -> tuple[str, bool]:
        for committed in changes._waiting():  # a test is one transaction: what would follow its commit is done here
            committed()
        with CaptureQueriesContext(
            connection,
        ) as asked:
            answer = (client or Client()).get(url, headers=headers)
        assert answer.status_code in {200, 410}, (url, answer.status_code)
        return answer.content.decode(), len(asked) == 1

    return reading
