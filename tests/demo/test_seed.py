from datetime import date

import pytest

from catalog.models import Field, Item
from openness.demo.services import TOWNS, seed
from openness.demo.stories import tell_year
from openness.disclosures.models import Disclosure, Receipt
from openness.disclosures.services.attachment_texts import attached_pages, extract_waiting
from openness.disclosures.services.receipts import broken_receipts
from openness.units.models import Unit

pytestmark = pytest.mark.django_db


def test_the_demo_is_a_full_county(settings):
    told = seed()
    assert told >= 400
    assert Item.objects.in_force().count() >= 60
    assert Field.objects.count() >= 8
    assert Item.objects.filter(at_township=True).exists()
    assert Item.objects.filter(at_village=True).exists()
    villages = {unit.pk for code in TOWNS for unit in Unit.objects.get(code=code).get_children()}
    assert set(Disclosure.objects.values_list("unit", flat=True)) >= villages
    assert list(broken_receipts()) == []
    assert Receipt.objects.count() >= told
    for disclosure in Disclosure.objects.iterator():
        for block in disclosure.body:
            if block.block_type == "finance":
                assert block.value.adds_up
    assert extract_waiting() == len(TOWNS)
    words = [page.text for pages in attached_pages(Disclosure.objects.values_list("pk", flat=True)).values() for page in pages]
    assert len(words) == len(TOWNS)
    assert all("网格员每天巡查一次" in text for text in words)
    again = [(draft.title, at) for draft, at in tell_year([Unit.objects.get(code=code) for code in TOWNS], date(2026, 11, 24))]
    assert again == [(draft.title, at) for draft, at in tell_year([Unit.objects.get(code=code) for code in TOWNS], date(2026, 11, 24))]
