"""What people say of cells, new versions, and changes of the tree; after each the ledger must follow from its evidence."""

from datetime import date, timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from catalog.limits import parse_limit
from catalog.models import Item, Standard
from catalog.models.standard import Status
from openness.supervision.models import NilDeclaration, Obligation, State, Tally, Waiver
from openness.supervision.services.declare import (
    DeclarationRefused,
    declare_nil,
    exempt,
    extend,
    reopen_expired_waivers,
    undo_nil,
    waive,
)
from openness.supervision.services.generate import generate
from openness.supervision.services.verify import differences
from openness.units.models import Unit
from openness.units.names import Level
from openness.units.services.import_divisions import Division, import_divisions
from openness.units.signals import units_changed

from .test_ledger import cell, limited, publish

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


@pytest.fixture
def quarter(tree):
    """A quarterly item, its cells, and the code of the quarter that ended last."""
    item = limited("财务收支", "每季度的首个月20日")
    generate()
    last = Obligation.objects.filter(opens_on__lte=TODAY).exclude(period="").latest("opens_on").period
    return item, last


@pytest.fixture(autouse=True)
def ledger_agrees():
    """Whatever a test did: no cell and no sum differs from what the evidence says."""
    yield
    assert [str(one) for one in differences()] == []


def test_nothing_this_period_is_signed_and_can_be_taken_back(quarter, village, member):
    item, last = quarter
    made = declare_nil(cell(village, item, last), member("clerk", village), "没有发生")
    assert cell(village, item, last).state == State.NIL
    assert "#" in made.declared_by
    undo_nil(made, member("clerk", village))
    assert cell(village, item, last).state == State.OPEN
    made.refresh_from_db()
    assert made.undone_by
    with pytest.raises(DeclarationRefused, match="已经撤回"):
        undo_nil(made, None)


def test_nil_is_refused_with_a_sentence(quarter, village, member):
    item, last = quarter
    with pytest.raises(DeclarationRefused, match="选一个原因"):
        declare_nil(cell(village, item, last), None, " ")
    later = Obligation.objects.filter(unit=village, opens_on__gt=TODAY).first()
    with pytest.raises(DeclarationRefused, match="还没有过完"):
        declare_nil(later, None, "没有发生")
    declare_nil(cell(village, item, last), None, "没有发生")
    with pytest.raises(DeclarationRefused, match="已经报过"):
        declare_nil(cell(village, item, last), None, "没有发生")
    assert NilDeclaration.objects.count() == 1


def test_what_stands_all_the_time_cannot_be_nil(tree, village):
    item = limited("监督电话", "长期公开")
    generate()
    with pytest.raises(DeclarationRefused, match="长期公开"):
        declare_nil(cell(village, item, ""), None, "没有发生")


def test_a_disclosure_overrules_a_nil_declaration(quarter, village, draft):
    item, last = quarter
    declare_nil(cell(village, item, last), None, "没有发生")
    publish(draft, TODAY, unit=village, item=item, period=last, formed_on=TODAY)
    assert cell(village, item, last).state in (State.ON_TIME, State.LATE)
    with pytest.raises(DeclarationRefused, match="已经公开过"):
        declare_nil(cell(village, item, last), None, "没有发生")


def test_a_waiver_ends_on_its_day(quarter, village):
    item, last = quarter
    made = waive(village, cell(village, item, last).duty, last, None, "正在核查", TODAY + timedelta(days=3))
    assert cell(village, item, last).state == State.WAIVED
    assert reopen_expired_waivers() == 0
    Waiver.objects.filter(pk=made.pk).update(expires_on=TODAY - timedelta(days=1))
    assert reopen_expired_waivers() == 1
    assert cell(village, item, last).state == State.OPEN


def test_a_waiver_without_a_period_is_for_all(quarter, village):
    item, last = quarter
    waive(village, cell(village, item, last).duty, "", None, "没有集体经济", TODAY + timedelta(days=300))
    assert set(Obligation.objects.filter(unit=village).values_list("state", flat=True)) == {State.WAIVED}


def test_an_extension_moves_the_cell_and_its_sums(quarter, village):
    item, last = quarter
    before = cell(village, item, last)
    later = max(before.due_on, TODAY) + timedelta(days=9)
    extend(before, None, "台账被水淹", later)
    assert cell(village, item, last).due_on == later
    assert Tally.objects.get(unit=village, due_on=later).total == 1
    with pytest.raises(DeclarationRefused, match="要晚于"):
        extend(cell(village, item, last), None, "再延", later)
    generate()
    assert cell(village, item, last).due_on == later


def test_an_exempt_village_and_those_below_lose_the_blanks(quarter, tree, village):
    item, last = quarter
    exempt(tree["搜登站镇"], cell(village, item, last).duty, None, "没有集体土地", date(2026, 1, 1))
    assert not Obligation.objects.filter(unit__path__startswith=tree["搜登站镇"].path).exists()
    assert Obligation.objects.filter(unit=tree["大绥河镇"]).exists()
    assert generate().made == 0


def new_version(old: Standard, since: date) -> Standard:
    """The same county's next version, in force from a day, with one item kept and one new."""
    old.status, old.effective_to = Status.SUPERSEDED, since
    old.save()
    return Standard.objects.create(area=old.area, series=old.series, version=2, name="新版", issuer="区", effective_from=since)


def test_a_new_version_never_changes_a_closed_period(quarter, village, draft):
    item, _last = quarter
    closed = list(Obligation.objects.filter(period="2026-Q1").order_by("pk").values())
    standard = new_version(item.field.standard, date(2026, 7, 1))
    kept = Item(field=standard.fields.create(name="村务公开", position=0), key=item.key, position=1, level1="财务收支")
    kept.limit = parse_limit("每月公布一次")
    kept.set_tiers(item.tiers)
    kept.save()
    generate()
    assert list(Obligation.objects.filter(period="2026-Q1").order_by("pk").values()) == closed
    assert not Obligation.objects.filter(unit=village, duty__key=item.key, period="2026-Q3").exists()
    assert cell(village, kept, "2026-08").item == kept


def test_a_new_village_gets_its_cells_and_a_retired_one_keeps_what_was_due(quarter, tree, village):
    _item, last = quarter
    due_before = Obligation.objects.filter(unit=tree["半拉山村"], due_on__lt=TODAY).count()
    listed = [
        Division("22", Level.PROVINCE, "吉林省", ""),
        Division("2202", Level.CITY, "吉林市", "22"),
        Division("220204", Level.COUNTY, "船营区", "2202"),
        Division("220204101", Level.TOWNSHIP, "搜登站镇", "220204"),
        Division("220204100", Level.TOWNSHIP, "大绥河镇", "220204"),
        Division("220204101201", Level.VILLAGE, "搜登站村委会", "220204101"),
        Division("220204101203", Level.VILLAGE, "新立村委会", "220204101"),
        Division("220204100201", Level.VILLAGE, "大绥河村委会", "220204100"),
    ]
    import_divisions(listed)
    assert Obligation.objects.filter(unit__short_name="新立村", period=last).exists()
    assert Obligation.objects.filter(unit=tree["半拉山村"]).count() == due_before


def test_a_village_that_moved_takes_its_cells_and_sums_along(quarter, tree, village):
    item, last = quarter
    before = Tally.objects.filter(unit=tree["大绥河镇"]).count()
    assert before
    unit = Unit.objects.get(pk=village.pk)
    old = unit.path
    unit.move(Unit.objects.get(pk=tree["大绥河镇"].pk), pos="last-child")
    units_changed.send(sender=Unit, paths=[Unit.objects.get(pk=village.pk).path])
    assert Unit.objects.get(pk=village.pk).path != old
    assert cell(village, item, last).town == tree["大绥河镇"]
    assert Tally.objects.get(unit=tree["大绥河镇"], due_on=cell(village, item, last).due_on).total == 3


def test_the_commands_say_what_they_found(quarter, capsys):
    call_command("ledger_generate")
    assert "新增 0 格" in capsys.readouterr().out
    call_command("ledger_verify")
    assert "全部一致" in capsys.readouterr().out
    Obligation.objects.filter(pk=Obligation.objects.first().pk).update(state=State.NIL)
    with pytest.raises(SystemExit):
        call_command("ledger_verify")
    Obligation.objects.filter(state=State.NIL).update(state=State.OPEN)
