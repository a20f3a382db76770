"""Tags: written one way, carried by drafts and versions, public with the text, found by search."""

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from openness.disclosures.models import Disclosure, DisclosureTag
from openness.disclosures.search import build
from openness.disclosures.services.drafts import create_drafts
from openness.disclosures.tags import normal_tags
from tests.forms_by_item.conftest import element, posted, stored

pytestmark = pytest.mark.django_db
EDIT = "/admin/snippets/disclosures/disclosure/edit/{}/"
PLAIN = "/admin/forms/plain/{}/"


def names(made) -> list[str]:
    return sorted(tag.name for tag in made.tags.all())


def latest(made):
    return Disclosure.objects.get(pk=made.pk).get_latest_revision_as_object()


@pytest.mark.parametrize(
    ("typed", "tags"),
    [
        ("低保　临时救助", ["低保", "临时救助"]),
        ("ＡＢＣ，abc、#养老；养老", ["abc", "养老"]),
        ("", []),
        (" ，、 ", []),
    ],
)
def test_tags_are_written_one_way(typed, tags):
    assert normal_tags(typed) == tags


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        (" ".join("甲乙丙丁戊己庚辛壬"), "最多 8 个，现在有 9 个"),
        ("一个比十二个字还要长的标签名", "最多 12 个字"),
        ("１３９００００００００１", "号码"),
    ],
)
def test_what_cannot_be_a_tag_is_refused_in_words(typed, sentence):
    with pytest.raises(ValidationError, match=sentence):
        normal_tags(typed)


def test_a_draft_carries_its_tags_and_the_public_text_gets_them_with_its_publication(client, draft, member, village):
    clerk = member("clerk", village)
    client.force_login(clerk)
    made = draft(author=clerk, body=stored(element("内容", "批准两户。")))
    assert client.post(EDIT.format(made.pk), posted(made, tags="低保 ＡＢＣ")).status_code == 302
    assert names(latest(made)) == ["abc", "低保"]
    made.refresh_from_db()
    made.get_latest_revision().publish(user=member("reviewer", village))
    assert build([str(made.pk)])[str(made.pk)].tags == ("abc", "低保")
    page = client.get(made.get_absolute_url()).content.decode()
    assert '/search/?tag=%E4%BD%8E%E4%BF%9D">低保</a>' in page
    changed = latest(made)
    changed.tags.set(["养老"])
    revision = changed.save_revision()
    assert build([str(made.pk)])[str(made.pk)].tags == ("abc", "低保"), "the draft of a correction changes nothing public"
    changed.change_note = "标签写错了"
    revision = changed.save_revision()
    revision.publish(user=member("reviewer", village))
    assert build([str(made.pk)])[str(made.pk)].tags == ("养老",)


def test_the_form_refuses_bad_tags_and_keeps_what_was_written(client, draft, member, village):
    clerk = member("clerk", village)
    client.force_login(clerk)
    made = draft(author=clerk, body=stored(element("内容", "批准两户。")))
    page = client.post(EDIT.format(made.pk), posted(made, tags="13900000001")).content.decode()
    assert "标签里不要写" in page
    assert "13900000001" in page
    assert names(latest(made)) == []


def test_the_form_without_scripts_has_them_too(client, draft, member, village):
    clerk = member("clerk", village)
    client.force_login(clerk)
    made = draft(author=clerk, body=stored(element("内容", "批准两户。")))
    data = {"title": made.title, "summary": "", "formed_on": "2026-01-05", "notice_from": "", "notice_until": "", "change_note": ""}
    answer = client.post(PLAIN.format(made.pk), {**data, "tags": "低保、养老", "revision": made.latest_revision_id, "act": "save"})
    assert answer.status_code == 302
    assert names(latest(made)) == ["低保", "养老"]
    assert 'value="低保、养老"' in client.get(PLAIN.format(made.pk)).content.decode()


def test_batches_cost_the_same_queries_with_more_texts(village, item, member, published):
    clerk = member("clerk", village)

    def cost(number: int) -> int:
        rows = [Disclosure(unit=village, item=item, title=f"第{n}条") for n in range(number)]
        with CaptureQueriesContext(connection) as asked:
            create_drafts(rows, clerk, {})
        return len(asked)

    assert cost(2) == cost(9)
    keys = [str(published(title=f"公开{n}").pk) for n in range(4)]
    for key in keys:
        text = Disclosure.objects.get(pk=key)
        text.tags.add("低保", f"第{key}")
        text.save()
    with CaptureQueriesContext(connection) as few:
        build(keys[:1])
    with CaptureQueriesContext(connection) as many:
        assert {len(document.tags) for document in build(keys).values()} == {2}
    assert len(few) == len(many)
    assert DisclosureTag.objects.count() == 8
