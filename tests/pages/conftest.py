"""A home page, and a way to put composed pages below it."""

import pytest
from wagtail.models import Page, Site

from openness.pages.models import HomePage


@pytest.fixture
def home(db):
    root = Page.objects.get(depth=1)
    page = root.add_child(instance=HomePage(title="首页", slug="county", often="低保 宅基地"))
    Site.objects.update_or_create(is_default_site=True, defaults={"root_page": page, "hostname": "localhost"})
    return page


@pytest.fixture
def compose(home):
    """Public pages of any kind, published as an editor publishes them."""

    def make(kind, title: str, slug: str, parent=None, **columns):
        page = kind(title=title, slug=slug, **columns)
        (parent or home).add_child(instance=page)
        page.save_revision().publish()
        page.refresh_from_db()
        return page

    return make
