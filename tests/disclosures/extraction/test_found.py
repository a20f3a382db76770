"""From a file to a hit: what a public file says is found, with the file and the page, and only as long as it is public."""

import pytest
from django.core.files.base import ContentFile
from django.http import QueryDict
from django.utils import timezone

from openness.disclosures.models import Attachment
from openness.disclosures.services.attachment_texts import extract_waiting
from openness.disclosures.services.take_down import withdraw
from search.engines.embedded import EmbeddedEngine
from search.query import parse
from search.rebuild import compare
from search.service import search
from search.shown import shown
from search.worker import drain_all

from . import builders

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def found(tmp_path):
    """What residents find for some words, once everything waiting is read and sent."""
    engine = EmbeddedEngine(tmp_path / "index")

    def act(words: str) -> list[str]:
        extract_waiting()
        drain_all(engine)
        assert not compare(engine)
        results = search(parse(QueryDict(f"q={words}")), by=engine)
        return [
            f"{hit.in_file.page.title} {hit.in_file.page.label}" if hit.in_file else hit.document.title
            for hit in shown(results, timezone.localdate())
        ]

    return act


@pytest.fixture
def attachment(village, tmp_path):
    content = builders.pdf(tmp_path / "made.pdf", ["搜登站村低保名单"], ["道路硬化三公里"]).read_bytes()
    return Attachment.objects.create(title="项目清单", file=ContentFile(content, "list.pdf"), unit=village)


def test_a_file_is_found_by_what_its_second_page_says(attachment, published, found):
    published(body=[("text", "<p>见附件</p>"), ("file", attachment)])
    assert found("道路硬化") == ["项目清单 第 2 页"]


def test_a_replaced_file_is_found_by_its_new_words_only(attachment, published, found):
    published(body=[("file", attachment)])
    assert found("道路硬化")
    attachment.file = ContentFile("路灯维修十二盏".encode(), "new.txt")
    attachment.save()
    assert found("路灯维修") == ["项目清单 "]
    assert found("道路硬化") == []


def test_the_file_of_a_draft_and_of_what_was_withdrawn_is_not_found(attachment, draft, published, found):
    draft(body=[("file", attachment)])
    assert found("道路硬化") == []
    disclosure = published(body=[("file", attachment)])
    assert found("道路硬化")
    withdraw(disclosure, None, "含有个人信息")
    assert found("道路硬化") == []
