"""Elements as fields: begun, kept when the item changes, shown to residents, counted as what they say."""

import json
from datetime import date

import pytest

from openness.disclosures.models import Disclosure
from openness.disclosures.rules.elements import MissingElements
from openness.disclosures.rules.personal import Kind
from openness.disclosures.rules.text import Batch
from openness.disclosures.services.begin import begin, fit_elements
from openness.disclosures.services.guide import guide, neutral_example
from openness.disclosures.services.receipts import content_hash
from openness.disclosures.services.texts import read_texts
from openness.disclosures.text import body_text
from tests.conftest import make_item

from .conftest import element, personal, posted, stored

pytestmark = pytest.mark.django_db
TODAY = date(2026, 10, 8)


def edit(client, made, **changes):
    return client.post(f"/admin/snippets/disclosures/disclosure/edit/{made.pk}/", posted(made, **changes))


def test_an_item_begins_with_a_field_for_each_element(elemental, village):
    made = begin(village, elemental, "", TODAY)
    assert [(block.block_type, block.value["name"]) for block in made.body] == [
        ("element", "救助政策"), ("element", "初审对象名单"), ("element", "监督电话"),
    ]  # fmt: skip
    assert body_text(made.body) == ""


def test_beside_each_stands_the_law_and_an_example(elemental, village, published):
    beside = guide(village, elemental)
    assert (beside.basis, beside.time_limit) == ("社会救助暂行办法第十一条", "20个工作日内")
    assert beside.examples[1].source == "比如"
    assert "名单见下表" in beside.examples[1].words
    published(unit=village, body=stored(element("救助政策", "按省里今年的办法办理。")))
    Disclosure.objects.update(item=elemental)
    again = guide(village, elemental)
    assert (again.examples[0].source, again.examples[0].words) == ("上次这样写", "按省里今年的办法办理。")
    assert again.examples[2].source == "比如"


def test_every_element_of_any_kind_has_an_example():
    assert neutral_example("补助对象名单") == neutral_example("受益人员")
    assert neutral_example("完全没见过的东西")


def test_the_form_carries_guide_and_fields(elemental, village, member, client):
    client.force_login(member("clerk", village))
    page = client.get(f"/admin/snippets/disclosures/disclosure/add/?unit={village.code}&item={elemental.pk}").content.decode()
    told = json.loads(page.split('id="element-guide" type="application/json">')[1].split("</script>")[0])
    assert [one["name"] for one in told["examples"]] == ["救助政策", "初审对象名单", "监督电话"]
    assert "社会救助暂行办法第十一条" in page


def test_residents_read_headings_with_words_or_why_there_is_none(published, client):
    body = stored(
        element("救助政策", "按办法办理。\n每年一审。"), element("初审对象名单", reason="没有人申请", nil=True), element("监督电话")
    )
    page = client.get(published(body=body).get_absolute_url()).content.decode()
    assert "<h2>救助政策</h2>" in page
    assert "按办法办理。<br>每年一审。" in page
    assert "本期没有：没有人申请" in page
    assert "监督电话" not in page


def test_search_and_receipt_read_what_residents_read(draft):
    one = draft(
        body=stored(element("救助政策", "按办法办理。"), element("初审对象名单", reason="没有人申请", nil=True), element("监督电话"))
    )
    assert body_text(one.body) == "救助政策\n按办法办理。\n初审对象名单\n本期没有：没有人申请"
    before = content_hash(one)
    one.body[0].value["words"] = "按新办法办理。"
    assert content_hash(one) != before


def test_an_identity_number_in_an_element_is_found(draft):
    one = draft(
        body=stored(element("初审对象名单", "张某某 220204199003070070"), element("监督电话", reason="找 220204199003070070", nil=True))
    )
    assert [kind for _place, kind in personal(one)] == [Kind.ID_NUMBER, Kind.ID_NUMBER]


def test_another_item_brings_its_fields_and_loses_no_word(elemental, village, member, draft, client):
    clerk = member("clerk", village)
    other = make_item(name="临时救助", elements="救助政策；救助标准")
    client.force_login(clerk)
    made = draft(author=clerk, body=stored(element("救助政策"), element("初审对象名单", "共 3 户"), element("监督电话")))
    assert edit(client, made, item=other.pk).status_code == 302
    made.refresh_from_db()
    named = [(block.value["name"], block.value["words"]) for block in made.get_latest_revision_as_object().body]
    assert named == [("救助政策", ""), ("初审对象名单", "共 3 户"), ("救助标准", "")]


def test_a_text_written_freely_gets_no_fields_pushed_in(elemental, draft):
    made = draft()
    made.item = elemental
    assert fit_elements(made) is False


def test_none_this_time_needs_a_reason_when_it_is_sent_and_not_before(elemental, village, member, draft, client):
    clerk = member("clerk", village)
    client.force_login(clerk)
    made = draft(author=clerk, body=stored(element("救助政策", nil=True)))
    assert edit(client, made).status_code == 302
    made.refresh_from_db()
    answer = edit(client, made, **{"body-0-value-nil": "on", "action-submit": "1"})
    assert answer.status_code == 200
    page = answer.content.decode()
    sentence = "请写上为什么没有"
    assert sentence in page or json.dumps(sentence)[1:-1] in page
    assert not Disclosure.objects.get(pk=made.pk).workflow_in_progress


def test_the_machine_counts_an_element_as_what_it_says(elemental, draft):
    said = stored(element("救助政策", "办法第二章"), element("初审对象名单", reason="没有人申请", nil=True), element("监督电话"))
    one = draft(body=said, title="低保")
    one.item = elemental
    (text,) = read_texts([one])
    assert [found.quote for found in MissingElements().findings(text, Batch())] == ["监督电话"]
