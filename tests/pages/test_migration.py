"""Texts written before there were blocks: not a word is lost, in the page or in a version of it, there and back."""

import importlib
import json

import pytest

moved = importlib.import_module("openness.pages.migrations.0002_texts_become_blocks")
WORDS = '<h2>怎么找</h2><p>写“低保”，<a href="/catalog/">看目录</a>。</p><ul><li>一</li></ul>'


@pytest.mark.parametrize("words", [WORDS, "null", "<p></p>", "3"])
def test_there_and_back(words):
    stored = moved.to_blocks(words)
    assert isinstance(json.loads(stored), list)
    assert moved.to_words(stored) == words


def test_what_is_a_list_of_blocks_already_stays():
    stored = moved.to_blocks(WORDS)
    assert moved.to_blocks(stored) == stored


@pytest.mark.parametrize("empty", ["", "  \n"])
def test_nothing_becomes_no_block(empty):
    assert moved.to_blocks(empty) == "[]"


def test_the_page_and_its_versions(db):
    """The tables as they are now hold what the old ones held: only the column's type has changed since."""
    from django.apps import apps
    from wagtail.models import Page

    from openness.pages.models import TextPage

    page = Page.objects.get(depth=1).add_child(instance=TextPage(title="帮助", slug="help"))
    revision = page.save_revision()
    type(revision).objects.filter(pk=revision.pk).update(content={**revision.content, "body": WORDS})
    moved._change(apps, lambda body: moved.to_blocks(body) if isinstance(body, str) else body)
    revision.refresh_from_db()
    said = revision.as_object().body
    assert [(block.block_type, block.value.source) for block in said] == [("text", WORDS)]
