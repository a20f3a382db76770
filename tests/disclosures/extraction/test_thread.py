"""The thread of the web process, with real transactions and a real clock."""

import threading
import time

import pytest
from django.core.files.base import ContentFile
from django.db import connection

from openness.disclosures.models import Attachment, AttachmentText
from openness.disclosures.reading import read_until

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_file_saved_while_the_thread_waits_is_read_at_once(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    stop = threading.Event()
    thread = threading.Thread(target=_read, args=(stop,))
    thread.start()
    time.sleep(0.5)
    Attachment.objects.create(title="名单", file=ContentFile("搜登站村低保名单".encode(), "a.txt"))
    limit = time.monotonic() + 15
    while time.monotonic() < limit and not AttachmentText.objects.filter(state="readable").exists():
        time.sleep(0.1)
    stop.set()
    from openness.disclosures.services.attachment_texts import file_arrived

    file_arrived.set()
    thread.join(10)
    assert not thread.is_alive()
    assert AttachmentText.objects.get().pages == [["", "搜登站村低保名单"]]


def _read(stop: threading.Event) -> None:
    try:
        read_until(stop)
    finally:
        connection.close()
