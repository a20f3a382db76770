"""What pages are made of is made once, and anew after whatever may have changed it."""

import pytest
from django.db import transaction
from django.utils import translation
from django.utils.safestring import SafeString, mark_safe

from config import words
from openness.pagecache.asking import asking
from openness.pagecache.models import Pending
from openness.pagecache.remembering import _MOST, _values, remembered
from openness.pagecache.topics import ANY, SITE, of_place
from openness.units.models import Unit


@pytest.fixture(autouse=True)
def line():
    yield
    asking.close()


def names() -> list[str]:
    return remembered(("names",), lambda: list(Unit.objects.order_by("pk").values_list("short_name", flat=True)))


def rename(name: str) -> None:
    with transaction.atomic():
        Unit.objects.filter(code="220204101201").update(short_name=name)


@pytest.mark.django_db(transaction=True)
def test_it_is_made_once_and_anew_after_a_change(tree):
    first = names()
    assert names() is first
    for name in ("甲", "乙"):
        rename(name)
        assert name in names()
        assert names() is names()


@pytest.mark.django_db(transaction=True)
def test_inside_a_transaction_its_own_changes_are_seen_and_not_remembered(tree):
    names()
    with transaction.atomic():
        rename("没有成")
        assert "没有成" in names()
        transaction.set_rollback(True)
    assert "没有成" not in names()


@pytest.mark.django_db(transaction=True)
def test_a_change_noted_and_not_counted_makes_it_anew(tree):
    first = names()
    [Pending.objects.create(topic=topic) for topic in (SITE, ANY)]
    assert names() is not first


@pytest.mark.django_db(transaction=True)
def test_a_place_that_changed_leaves_the_others(tree):
    from openness.disclosures.shown_at import shown_at

    here, there = (tree[name] for name in ("搜登站村", "大绥河村"))
    of = {unit: remembered((unit.code,), object, (SITE, of_place(unit.path))) for unit in (here, there)}
    with transaction.atomic(), shown_at(here):
        Unit.objects.filter(pk=here.pk).update(short_name="改")
    assert remembered((here.code,), object, (SITE, of_place(here.path))) is not of[here]
    assert remembered((there.code,), object, (SITE, of_place(there.path))) is of[there]


@pytest.mark.django_db(transaction=True)
def test_how_much_is_remembered_has_a_bound(tree):
    for number in range(_MOST + 5):
        remembered((str(number),), object)
    assert len(_values) == _MOST


def test_words_are_looked_up_for_each_language_and_keep_their_kind():
    with translation.override("zh-hans"):
        assert words._gettext("Yes") == "是"
        assert type(words._gettext("Yes")) is str
        assert type(words._gettext(mark_safe("Yes"))) is SafeString
    with translation.override("en"):
        assert words._gettext("Yes") == "Yes"
