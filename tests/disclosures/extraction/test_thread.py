"""The thread of the web process, with real transactions and a real clock."""

import threading

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from wagtail.models import Collection

from openness.disclosures.models import Attachment, AttachmentText
from openness.disclosures.reading import read_until
from openness.disclosures.services.attachment_texts import file_arrived


class Stop(threading.Event):
    """Tells when the thread has asked for the first time: it has read what there was, and goes to wait."""

    def __init__(self) -> None:
        super().__init__()
        self.asked = threading.Event()

    def is_set(self) -> bool:
        answer = super().is_set()
        self.asked.set()
        return answer


@pytest.mark.django_db
def test_saving_an_attachment_wakes_the_thread(settings, tmp_path, django_capture_on_commit_callbacks):
    settings.MEDIA_ROOT = tmp_path
    file_arrived.clear()
    with django_capture_on_commit_callbacks(execute=True):
        attachment("低保名单")
        assert not file_arrived.is_set()
    assert file_arrived.is_set()


@pytest.mark.django_db(transaction=True)
def test_the_thread_reads_at_once_when_it_is_woken(settings, tmp_path):
    """It looks by itself every twenty seconds only. SQLite in memory bears one thread at a time, so the file appears in one statement."""
    settings.MEDIA_ROOT = tmp_path
    if not Collection.objects.exists():  # another such test has emptied the tables before
        Collection.add_root(name="Root")
    file = attachment("搜登站村低保名单")
    Attachment.objects.update(sha256="")  # not there yet
    stop = Stop()
    thread = threading.Thread(target=_read, args=(stop,))
    thread.start()
    assert stop.asked.wait(10)
    stop.set()
    Attachment.objects.update(sha256=file.sha256)
    file_arrived.set()
    thread.join(15)
    assert not thread.is_alive()
    assert AttachmentText.objects.get().pages == [["", "搜登站村低保名单"]]


def attachment(words: str) -> Attachment:
    return Attachment.objects.create(title="名单", file=ContentFile(words.encode(), "a.txt"))


def _read(stop: threading.Event) -> None:
    try:
        read_until(stop)
    finally:
        connection.close()
