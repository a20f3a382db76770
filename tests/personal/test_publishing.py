"""Personal data stands in the way of publishing, in words, tables and files; what only may be private is said and stops nobody."""

import pytest
from django.core.files.base import ContentFile
from django.utils import timezone

from openness.disclosures.models import Attachment, AttachmentText
from openness.disclosures.rules import PublishRefused, issues_of, warnings_of
from openness.disclosures.rules.personal import Words
from openness.disclosures.rules.personal_data import PersonalMatters, PersonalNumbers
from openness.disclosures.rules.text import Batch, File, Text
from openness.disclosures.spots import Spot, kept

from .test_finding import CARD, IDENTITY, MOBILE

pytestmark = pytest.mark.django_db
MASKED = f"{IDENTITY[:6]}********{IDENTITY[14:]}"
TABLE = {
    "columns": [{"type": "text", "heading": "姓名"}, {"type": "text", "heading": "证件号码"}],
    "rows": [{"values": ["张试验", "三组"]}, {"values": ["李测评", IDENTITY]}], "caption": "名单",
}  # fmt: skip


@pytest.fixture
def sentences(draft):
    def of(*blocks, **columns) -> list[str]:
        disclosure = draft(body=list(blocks), **columns)
        return [issue.sentence for issue in issues_of(disclosure)]

    return of


def test_a_number_refuses_publication_without_being_repeated(draft, member, village):
    disclosure = draft(body=[("text", f"<p>张试验身份证{IDENTITY}</p>")])
    revision = disclosure.save_revision(user=disclosure.author)
    with pytest.raises(PublishRefused, match="身份证号") as refused:
        revision.publish(user=member("reviewer", village))
    assert MASKED in str(refused.value)
    assert IDENTITY not in str(refused.value)
    disclosure.refresh_from_db()
    assert not disclosure.live


def test_where_it_is_found(draft):
    table = draft(body=[])._meta.get_field("body").stream_block.child_blocks["table"].to_python(TABLE)
    disclosure = draft(body=[("text", "<p>名单</p>"), ("table", table)], title=f"给{MOBILE}的补贴")
    assert [issue.sentence.partition("：")[0] for issue in issues_of(disclosure)] == ["标题", "第 2 段第 2 行第 2 列"]


def test_a_masked_number_and_the_unit_s_own_telephone_are_welcome(sentences, village):
    assert sentences(("text", f"<p>张** {MASKED}，电话140****5678</p>")) == []
    assert len(sentences(("text", f"<p>电话{MOBILE}</p>"))) == 1
    village.phone = f"{MOBILE[:3]}-{MOBILE[3:]}"
    village.save()
    assert sentences(("text", f"<p>电话{MOBILE}</p>")) == []


def test_a_link_that_hides_a_number(sentences):
    assert len(sentences(("text", f'<p><a href="tel:{MOBILE}">这里</a></p>'))) == 1


def test_a_long_list_is_summed_up(sentences):
    said = sentences(("text", "".join(f"<p>身份证{IDENTITY}，</p>" for _row in range(9))))
    assert len(said) == 6
    assert "还有 4 处" in said[-1]


def test_the_words_of_an_attachment_count_once_they_are_read(sentences, village):
    file = Attachment.objects.create(title="名单.xlsx", file=ContentFile(b"x", "a.xlsx"), unit=village)
    text = AttachmentText(
        attachment=file, sha256=file.sha256, state="readable", pages=[["第 3 页", f"卡号{CARD}"]], extracted_at=timezone.now()
    )
    assert sentences(("file", file)) == []
    text.save()
    file = Attachment.objects.get(pk=file.pk)
    assert [one.partition("：")[0] for one in sentences(("file", file))] == ["附件“名单.xlsx”第 3 页"]
    AttachmentText.objects.update(sha256="0" * 64)
    assert sentences(("file", file)) == [], "the text is another file's"


def test_what_may_be_private_is_said_and_stops_nobody(draft):
    disclosure = draft(body=[("text", "<p>张试验，因患尿毒症，给予临时救助。</p>")])
    assert issues_of(disclosure) == []
    assert ["病情" in issue.sentence for issue in warnings_of(disclosure)] == [True]


def test_the_clerk_is_told_when_the_text_goes_to_review(draft, member, village, client):
    clerk = member("clerk", village, is_staff=True)
    disclosure = draft(author=clerk, body=[("text", "<p>张试验，因患尿毒症，给予临时救助。</p>")])
    client.force_login(clerk)
    from openness.disclosures.admin.check_hooks import tell_warnings

    request = client.post("/admin/").wsgi_request
    request.POST = {"action-submit": "1"}
    tell_warnings(request, disclosure)
    assert ["病情" in str(message) for message in request._messages] == [True]


def test_quality_reads_files_too_and_keeps_nothing():
    text = Text(1, "", "", "notice", (), (), frozenset({MOBILE}), (), (Spot("第 1 段", Words(f"电话{MOBILE}"), kept),), files=(7,))
    words = f"张试验 {IDENTITY} 500\n李测评患肺癌，"
    file = File(f"名单{IDENTITY}.xlsx", True, "", words, (("第 1 页", words),))
    batch = Batch(files={7: file})
    found = [one for rule in (PersonalNumbers(), PersonalMatters()) for one in rule.findings(text, batch)]
    assert [(one.sentence, one.place[:4]) for one in found] == [
        ("像是身份证号。", "附件“名"), ("像是身份证号。", "附件“名"), ("像是个人病情或残疾情况。", "附件“名")
    ]  # fmt: skip
    assert not any(IDENTITY in f"{one.place}{one.quote}{one.mark}" or "肺癌" in one.quote for one in found)
