from datetime import date, datetime
from io import StringIO

import pytest
from django.core.management import call_command
from django.utils import timezone
from wagtail.documents import get_document_model

from catalog.models import Field, Item
from openness.channels.models import Batch, Bundle, Posting
from openness.demo.services import COUNTY, TOWNS, seed
from openness.demo.stories import tell_year
from openness.demo.stories.pace import pace_of
from openness.disclosures.models import Disclosure, Receipt
from openness.disclosures.services.attachment_texts import attached_pages, extract_waiting
from openness.disclosures.services.receipts import broken_receipts
from openness.supervision.models import (
    AnnualReport,
    Escalation,
    Exemption,
    Extension,
    Finding,
    FindingState,
    NilDeclaration,
    Notice,
    Obligation,
    OrderState,
    Rectification,
    Reminder,
    Sample,
    Tally,
    UrgingAnswer,
    Waiver,
)
from openness.supervision.services.overview import Scope, sums_by_month, sums_by_unit, sums_of
from openness.supervision.services.verify import differences
from openness.units.models import Unit

pytestmark = pytest.mark.django_db
SMALL = ("22020410120", "2202041002", "220204009")


def test_the_demo_is_a_full_county():
    told = seed()
    assert told >= 400
    assert told == Disclosure.objects.exclude(first_published_at=None).count()
    assert Item.objects.in_force().count() >= 60
    assert Field.objects.count() >= 8
    assert Item.objects.filter(at_township=True).exists()
    assert Item.objects.filter(at_village=True).exists()
    assert set(Disclosure.objects.values_list("unit", flat=True)) >= {unit.pk for unit in Unit.objects.get(code=COUNTY).get_descendants()}
    assert list(broken_receipts()) == []
    assert Receipt.objects.count() >= told
    for disclosure in Disclosure.objects.iterator():
        for block in disclosure.body:
            if block.block_type == "finance":
                assert block.value.adds_up
    assert extract_waiting() == get_document_model().objects.count() >= len(TOWNS)
    words = [page.text for pages in attached_pages(Disclosure.objects.values_list("pk", flat=True)).values() for page in pages]
    assert len(words) == len(TOWNS)
    assert all("网格员每天巡查一次" in text for text in words)
    check_that_the_desk_is_alive(Unit.objects.get(code=COUNTY), timezone.localdate())


def check_that_the_desk_is_alive(county: Unit, today: date) -> None:
    """Most townships do well, a few less so, one or two badly; the ledger agrees with the receipts; every act has happened."""
    scope = Scope(date(today.year - 1, 1, 1), today, today)
    assert 0.8 < sums_of(county, scope).rate < 0.98
    rates = [sums.rate for sums in sums_by_unit(list(county.get_children()), scope).values()]
    assert sum(rate >= 0.8 for rate in rates) >= 10
    assert 2 <= sum(0.6 <= rate < 0.8 for rate in rates) <= 6
    assert 1 <= sum(rate < 0.6 for rate in rates) <= 2
    assert len(sums_by_month(county, scope)) >= 6
    assert list(differences()) == []
    assert set(Rectification.objects.values_list("state", flat=True)) == set(OrderState.values) - {OrderState.CANCELLED}
    assert set(UrgingAnswer.objects.values_list("judgement", flat=True)) == {"", "passed", "returned"}
    assert NilDeclaration.objects.count() > 1000
    assert Waiver.objects.count() == 3
    assert {*Posting.objects.values_list("act", flat=True)} == {"up", "down"}
    assert Batch.objects.get().texts.count() > 3
    assert Bundle.objects.open().count() == 1
    assert Extension.objects.count() == 1
    assert Sample.objects.exclude(note="").exists()
    assert Notice.objects.get().issued_at is not None
    assert AnnualReport.objects.get().disclosure is None
    assert 4 <= Finding.objects.filter(state=FindingState.OPEN).count() <= 20


@pytest.mark.parametrize("day", [date(2026, 1, 2), date(2026, 2, 28), date(2026, 11, 24), date(2027, 7, 1)])
def test_a_part_of_it_is_alive_on_any_day(monkeypatch, day):
    now = timezone.make_aware(datetime(day.year, day.month, day.day, 10))
    monkeypatch.setattr(timezone, "now", lambda: now)
    seed(day, SMALL)
    assert Disclosure.objects.filter(first_published_at__gt=now).count() == 0
    assert list(differences()) == []
    sums = sums_of(Unit.objects.get(code=COUNTY), Scope(date(day.year - 1, 1, 1), day, day))
    assert sums.owed > 50
    assert sums.overdue > 0
    assert 0.6 < sums.rate < 1
    assert Notice.objects.get().issued_at == now
    out = StringIO()
    call_command("supervise", stdout=out)
    assert "提醒" in out.getvalue()
    assert list(differences()) == []


def test_urging_without_result_goes_one_level_up(monkeypatch):
    now = timezone.make_aware(datetime(2026, 11, 24, 10))
    monkeypatch.setattr(timezone, "now", lambda: now)
    seed(date(2026, 11, 24), SMALL)
    call_command("supervise", stdout=StringIO())
    assert Reminder.objects.exists()
    assert Escalation.objects.exists()
    said = Escalation.objects.count()
    call_command("supervise", stdout=StringIO())
    assert Escalation.objects.count() == said


def test_streets_have_no_fields_to_tell_of(monkeypatch):
    seed(None, SMALL)
    street = Unit.objects.get(code="220204009")
    assert Exemption.objects.filter(unit=street).exists()
    assert not Obligation.objects.below(street).filter(item__field__name="农村危房改造").exists()
    assert not Tally.objects.filter(unit=street, field__name="农村危房改造", total__gt=0).exists()


def test_the_same_code_and_day_tell_the_same_year():
    seed(None, SMALL)
    towns = list(Unit.objects.get(code=COUNTY).get_children())
    first, again = ([(draft.title, at) for draft, at in tell_year(towns, date(2026, 11, 24))] for _time in range(2))
    assert first == again
    assert pace_of("220204101200") == pace_of("220204101200")
    assert pace_of("220204101200") != pace_of("220204101201")
