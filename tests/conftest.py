"""Shared pieces of all tests: a small county, its people, its catalogue."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from datetime import date
from importlib import import_module
from pathlib import Path

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.test import TransactionTestCase

from catalog.models import Field, Item, Standard
from catalog.models.standard import item_key
from openness.channels.append_only import POSTINGS
from openness.disclosures.append_only import OVERRIDES, SIGNATURES
from openness.disclosures.models import Disclosure
from openness.participation import append_only as submissions
from openness.policies.append_only import RECORDS
from openness.powers import frozen as power_lists
from openness.supervision import append_only
from openness.units.models import Membership, Role, Unit
from openness.units.names import Level
from openness.units.services.import_divisions import Division, import_divisions

SHARED = Path(__file__).resolve().parents[1].parent / "shared"
_numbers = itertools.count(1)


@pytest.fixture(scope="session", autouse=True)
def database_can_be_emptied_between_tests() -> Iterator[None]:
    """Tests of real transactions end by emptying all tables, which the triggers of append-only tables refuse: they pause for that moment."""
    receipts = import_module("openness.disclosures.migrations.0002_receipts_append_only")
    modules = [receipts, append_only, submissions, power_lists, SIGNATURES, OVERRIDES, POSTINGS, RECORDS]
    empty = TransactionTestCase._fixture_teardown

    def pause_and_empty(case: TransactionTestCase) -> None:
        with connection.schema_editor() as editor:
            for triggers in modules:
                triggers.drop_triggers(None, editor)
        try:
            empty(case)
        finally:
            with connection.schema_editor() as editor:
                for triggers in modules:
                    triggers.add_triggers(None, editor)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", pause_and_empty)
        yield


@pytest.fixture
def shared_data() -> Path:
    """Data beside the checkout. Its absence is an error, not a reason to skip."""
    assert SHARED.is_dir(), f"{SHARED} is missing: these tests read the official files in it"
    return SHARED / "data"


def plant_tree() -> dict[str, Unit]:
    """Two townships of one county and one of another, with two villages each."""
    import_divisions(
        [
            Division("22", Level.PROVINCE, "吉林省", ""),
            Division("2202", Level.CITY, "吉林市", "22"),
            Division("220204", Level.COUNTY, "船营区", "2202"),
            Division("220203", Level.COUNTY, "龙潭区", "2202"),
            Division("220204101", Level.TOWNSHIP, "搜登站镇", "220204"),
            Division("220204100", Level.TOWNSHIP, "大绥河镇", "220204"),
            Division("220203100", Level.TOWNSHIP, "乌拉街镇", "220203"),
            Division("220204101201", Level.VILLAGE, "搜登站村委会", "220204101"),
            Division("220204101202", Level.VILLAGE, "半拉山村委会", "220204101"),
            Division("220204100201", Level.VILLAGE, "大绥河村委会", "220204100"),
            Division("220203100201", Level.VILLAGE, "弓通村委会", "220203100"),
        ]
    )
    return {unit.short_name: unit for unit in Unit.objects.all()}


@pytest.fixture
def tree(db: None) -> dict[str, Unit]:
    return plant_tree()


@pytest.fixture
def village(tree: dict[str, Unit]) -> Unit:
    return tree["搜登站村"]


@pytest.fixture
def member(db: None):
    """A person with roles: member("clerk", unit)."""

    def make(role: str | None = None, unit: Unit | None = None, **options: object):
        user = get_user_model().objects.create_user(f"user{next(_numbers)}", password="x", **options)
        if role is not None:
            Membership.objects.create(user=user, unit=unit, role=Role(role))
        return user

    return make


def make_item(
    area: str = "220204", name: str = "宅基地审批情况", field: str = "村务公开", tiers=("乡级", "村级"), **columns: object
) -> Item:
    standard, _made = Standard.objects.get_or_create(
        area=area, series="标准目录", version=1, defaults={"name": "船营区标准目录", "issuer": "船营区", "effective_from": date(2025, 1, 1)}
    )
    shelf, _made = Field.objects.get_or_create(standard=standard, name=field, defaults={"position": 0})
    item = Item(field=shelf, key=item_key(field, name, "", ""), position=next(_numbers), level1=name, **columns)
    item.set_tiers(list(tiers))
    item.save()
    return item


@pytest.fixture
def item(db: None) -> Item:
    return make_item()


@pytest.fixture
def draft(village: Unit, item: Item, member):
    """An unpublished disclosure of the village, with a revision by its clerk."""

    def make(unit: Unit | None = None, author: object = None, **columns: object) -> Disclosure:
        values = {
            "title": "2026年第三季度宅基地审批情况",
            "formed_on": date(2026, 1, 5),
            "body": [("text", "<p>本季度批准宅基地两户。</p>")],
        }
        made = Disclosure(unit=unit or village, item=item, live=False, author=author, **{**values, **columns})
        made.save()
        made.save_revision(user=author)
        return made

    return make


@pytest.fixture
def published(draft, member, village: Unit):
    """A public disclosure, published by the township's reviewer."""

    def make(**columns: object) -> Disclosure:
        made = draft(**columns)
        made.get_latest_revision().publish(user=member("reviewer", made.unit))
        made.refresh_from_db()
        return made

    return make
