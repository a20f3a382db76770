"""Pages for when something went wrong: they say what to do, and need nothing that may be broken."""

import pytest
from django.template.loader import render_to_string


@pytest.mark.django_db
def test_no_such_page_offers_a_search_and_ways_on(client):
    answer = client.get("/nothing/")
    page = answer.content.decode()
    assert answer.status_code == 404
    assert page.count('role="search"') == 1
    for words in ('action="/search/"', "/catalog/", "/receipt/", "tel:12345"):
        assert words in page


@pytest.mark.parametrize("template", ["500.html", "403.html", "403_csrf.html"])
def test_it_needs_neither_database_nor_context(template):
    """No database is allowed in this test."""
    page = render_to_string(template)
    assert "<style" not in page
    assert "style=" not in page
    assert 'href="/"' in page


def test_a_form_too_old_says_that_nothing_was_sent():
    assert "没有交上去" in render_to_string("403_csrf.html")
