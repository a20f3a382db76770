"""Texts in the database: for the present file only, given out for public files only, told to the index."""

from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.test import override_settings
from django.utils import timezone

from openness.disclosures.extraction import State
from openness.disclosures.models import Attachment, AttachmentText, TextState
from openness.disclosures.services.attachment_texts import AttachedPage, attached_pages, extract_waiting, waiting
from openness.disclosures.services.take_down import withdraw
from search.models import Entry

from . import builders

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def attach(village, tmp_path):
    """An attachment of the village with a PDF of these pages, or with these bytes."""

    def make(*pages: str, raw: bytes = b"", name: str = "list.pdf", title: str = "低保名单") -> Attachment:
        content = raw or builders.pdf(tmp_path / "made.pdf", *([page] for page in pages)).read_bytes()
        return Attachment.objects.create(title=title, file=ContentFile(content, name), unit=village)

    return make


def replace(attachment: Attachment, content: bytes) -> None:
    attachment.file = ContentFile(content, "new.txt")
    attachment.save()


def version(disclosure) -> int:
    entry = Entry.objects.filter(kind="disclosure", key=str(disclosure.pk)).first()
    return entry.version if entry else 0


def test_every_end_of_reading_has_a_state():
    assert {state.value for state in State} == set(TextState.values) - {"waiting"}


def test_a_public_file_is_read_given_out_and_told_to_the_index(attach, published, django_assert_num_queries):
    attachment = attach("搜登站村低保名单", "第二页的内容在这里")
    disclosure = published(body=[("text", "<p>见附件</p>"), ("file", attachment)])
    assert attached_pages([disclosure.pk]) == {}
    before = version(disclosure)
    assert extract_waiting() == 1
    assert version(disclosure) == before + 1
    with django_assert_num_queries(1):
        pages = attached_pages([disclosure.pk, 10_000])
    assert pages == {
        disclosure.pk: [
            AttachedPage("低保名单", attachment.url, "第 1 页", "搜登站村低保名单"),
            AttachedPage("低保名单", attachment.url, "第 2 页", "第二页的内容在这里"),
        ]
    }
    assert extract_waiting() == 0


def test_the_address_given_out_is_the_one_where_residents_get_the_file(client, attach, published):
    disclosure = published(body=[("file", attach("搜登站村低保名单"))])
    extract_waiting()
    (page,) = attached_pages([disclosure.pk])[disclosure.pk]
    assert client.get(page.url).status_code == 200


def test_a_draft_s_file_is_read_for_its_clerk_and_given_to_nobody(attach, draft):
    attachment = attach("还没有公开的名单")
    disclosure = draft(body=[("file", attachment)])
    extract_waiting()
    assert attachment.text.state == "readable"
    assert attached_pages([disclosure.pk]) == {}
    assert version(disclosure) == 0


def test_a_file_in_the_draft_of_a_public_disclosure_is_given_to_nobody(attach, published):
    public, secret = attach("公开的名单"), attach("还在改的名单")
    disclosure = published(body=[("file", public)])
    disclosure.body = [("file", public), ("file", secret)]
    disclosure.save_revision()
    extract_waiting()
    assert [page.text for page in attached_pages([disclosure.pk])[disclosure.pk]] == ["公开的名单"]


def test_a_withdrawn_disclosure_gives_out_nothing(attach, published, member, village):
    disclosure = published(body=[("file", attach("搜登站村低保名单"))])
    extract_waiting()
    withdraw(disclosure, member("reviewer", village), "名单有误")
    assert attached_pages([disclosure.pk]) == {}


def test_the_newest_file_is_read_first(attach):
    older, newer = attach("先上传的名单"), attach("后上传的名单")
    extract_waiting(limit=1)
    assert [text.attachment for text in AttachmentText.objects.all()] == [newer]
    extract_waiting(limit=1)
    assert AttachmentText.objects.filter(attachment=older).exists()


def test_a_replaced_file_is_read_anew_and_the_old_words_are_gone_at_once(attach, published):
    attachment = attach("作废的名单内容")
    disclosure = published(body=[("file", attachment)])
    extract_waiting()
    before = version(disclosure)
    replace(attachment, "更正后的名单".encode())
    assert attached_pages([disclosure.pk]) == {}
    assert version(disclosure) == before + 1
    assert extract_waiting() == 1
    assert [page.text for page in attached_pages([disclosure.pk])[disclosure.pk]] == ["更正后的名单"]
    assert version(disclosure) == before + 2
    attachment.text.refresh_from_db()
    assert (attachment.text.attempts, attachment.text.sha256) == (1, attachment.sha256)


def test_a_deleted_attachment_is_told_to_the_index(attach, published):
    attachment = attach("搜登站村低保名单")
    disclosure = published(body=[("file", attachment)])
    extract_waiting()
    before = version(disclosure)
    attachment.delete()
    assert version(disclosure) == before + 1
    assert attached_pages([disclosure.pk]) == {}


def test_several_users_of_one_file_are_all_told_and_a_file_shown_twice_speaks_once(attach, published):
    attachment = attach("搜登站村低保名单")
    users = [published(body=[("file", attachment), ("file", attachment)]) for _time in range(2)]
    before = [version(user) for user in users]
    extract_waiting()
    assert [version(user) for user in users] == [number + 1 for number in before]
    assert [len(pages) for pages in attached_pages(user.pk for user in users).values()] == [1, 1]


def test_what_cannot_be_read_says_so_once(attach, tmp_path):
    scanned = attach(raw=builders.scanned_pdf(tmp_path / "s.pdf").read_bytes())
    picture = attach(raw=b"\xff\xd8\xff\xe0 picture", name="a.pdf")
    assert extract_waiting() == 2
    assert (scanned.text.state, picture.text.state) == ("scanned", "unsupported")
    assert "扫描件" in scanned.text.words
    assert extract_waiting() == 0


def let_time_pass() -> None:
    AttachmentText.objects.update(extracted_at=timezone.now() - timedelta(hours=1))


def test_a_slow_file_is_tried_a_bounded_number_of_times(attach):
    attachment = attach("搜登站村低保名单")
    with override_settings(ATTACHMENT_TEXT_SECONDS=0.001):
        for attempts in (1, 2, 3):
            assert extract_waiting() == 1
            text = AttachmentText.objects.get(attachment=attachment)
            assert (text.state, text.attempts) == ("too_slow", attempts)
            assert extract_waiting() == 0  # not at once
            let_time_pass()
    assert extract_waiting() == 0


def test_a_slow_file_may_come_right(attach):
    attachment = attach("搜登站村低保名单")
    with override_settings(ATTACHMENT_TEXT_SECONDS=0.001):
        extract_waiting()
    let_time_pass()
    extract_waiting()
    assert attachment.text.state == "readable"


def test_a_lost_file_holds_up_nobody(attach, caplog):
    other, lost = attach("搜登站村低保名单"), attach("丢了的名单")
    lost.file.storage.delete(lost.file.name)
    assert extract_waiting() == 2
    assert (other.text.state, lost.text.state) == ("readable", "waiting")
    assert "FileNotFoundError" in caplog.text
    for _time in range(5):
        let_time_pass()
        extract_waiting()
    lost.text.refresh_from_db()
    assert lost.text.attempts == 3
    assert "重新上传" in lost.text.words


def test_words_of_a_file_that_is_not_the_registered_one_are_not_kept(attach, caplog):
    attachment = attach("搜登站村低保名单")
    with attachment.file.storage.open(attachment.file.name, "wb") as stored:
        stored.write("换掉的文件".encode())
    assert extract_waiting() == 1
    assert (attachment.text.state, attachment.text.pages) == ("waiting", [])
    assert "fingerprint" in caplog.text


def test_what_is_being_read_elsewhere_is_left_alone(attach):
    attach("搜登站村低保名单")
    from openness.disclosures.services import attachment_texts

    claimed = attachment_texts._claim()
    assert claimed is not None
    assert not waiting().exists()


def test_a_late_answer_never_overwrites_a_newer_try(attach):
    from openness.disclosures.services import attachment_texts

    attachment = attach("旧的名单内容")
    late = attachment_texts._claim()
    replace(attachment, "新的名单".encode())
    extract_waiting()
    attachment_texts._read(late)
    text = AttachmentText.objects.get(attachment=attachment)
    assert text.pages == [["", "新的名单"]]


def test_the_command_reads_what_waits(attach, capsys):
    attach("搜登站村低保名单")
    call_command("extract_attachments", "--once")
    assert "读了 1 个附件" in capsys.readouterr().out
    assert AttachmentText.objects.get().state == "readable"
