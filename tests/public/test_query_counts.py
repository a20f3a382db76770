"""A page costs as many queries at 12,000 units as at a dozen, whatever it lists."""

from collections.abc import Iterator
from copy import copy
from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from openness.disclosures.models import Disclosure
from openness.participation.models import State, Submission
from openness.units.models import Unit
from openness.units.names import Level
from openness.units.services.import_divisions import Division, import_divisions
from tests.conftest import plant_tree
from tests.permissions.people import everybody
from tests.permissions.things import everything

from .samples import SAMPLES

TOWNS, VILLAGES = 60, 200
# address name -> the addresses asked for, with things of tests/permissions/things.py in braces
PATHS: dict[str, tuple[str, ...]] = {
    "wagtail_serve": ("/", "/?town=220204101"),
    "site_map": ("/map/",),
    "policies": ("/policies/", "/policies/?q=补贴"),
    "policies_match": ("/policies/match/",),
    "guides": ("/guides/", "/guides/?q=低保"),
    "powers": ("/powers/",),
    "power_changes": ("/powers/changes/",),
    "subscription_new": ("/subscriptions/new/?q=低保",),
    "subscription_sent": ("/subscriptions/sent/",),
    "subscriptions_none": ("/subscriptions/none/",),
    "find_receipt": ("/receipt/",),
    "search:search": ("/search/?sort=newest", "/search/?q=宅基地"),
    "messages": ("/messages/", "/messages/?unit=220204101201"),
    "message_new": ("/messages/new/", "/messages/new/?unit=220204101201"),
    "message_follow": ("/messages/follow/",),
    "message": ("/messages/{message}/",),
    "correction_new": ("/d/{public}/wrong/",),
    "objection_new": ("/d/{public}/objection/",),
    "requests": ("/requests/",),
    "request_new": ("/requests/new/", "/requests/new/?unit=220204101"),
    "catalog": ("/catalog/",),
    "item": ("/item/{item}/",),
    "disclosure": ("/d/{public}/",),
    "board": ("/d/{public}/board/",),
    "unit": ("/u/220204/", "/u/220204101/", "/u/220204101201/", "/u/220204101201/?by=month"),
    "progress": ("/progress/",),
    "progress_of": ("/progress/220204101/", "/progress/220204101201/"),
    "progress_cells": ("/progress/cells/?place=220204&state=overdue",),
    "progress_scores": ("/progress/scores/",),
    "progress_method": ("/progress/scores/method/",),
    "progress_score": ("/progress/scores/220204101/",),
    "progress_score_rows": ("/progress/scores/220204101201/on-time/",),
    "progress_notices": ("/progress/notices/",),
}
# Sheets of one thing, as the thing was when it was made.
OF_ONE_THING = {
    "progress_notice", "progress_notice_print", "policy", "interpretation", "unit_period", "guide", "power_list", "power_version", "power_entry", "changes",
    "receipt", "file_words",
}  # fmt: skip


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: Any) -> Iterator[dict[str, Any]]:
    with django_db_blocker.unblock(), transaction.atomic():
        tree = plant_tree()
        things = everything(tree, everybody(tree))
        on_notice(things["public"][0])
        yield {name.replace(" ", "_"): values[0] for name, values in things.items() if len(values) == 1} | {"message": answered().number}
        transaction.set_rollback(True)


def on_notice(pk: int) -> None:
    today = timezone.localdate()
    Disclosure.objects.filter(pk=pk).update(notice_from=today, notice_until=today + timedelta(days=9))


def answered() -> Submission:
    message = Submission.objects.get()
    message.state, message.reply, message.shown_at, message.answered_at = State.ANSWERED, "已经修了", timezone.now(), timezone.now()
    message.save()
    return message


def grow(first: int, towns: int, villages: int) -> None:
    """Townships of so many villages, each with a disclosure on notice and every third with a message."""
    above = [Division(f"220204{n}", Level.TOWNSHIP, f"第{n}镇", "220204") for n in range(first, first + towns)]
    below = [Division(f"{town.code}{n}", Level.VILLAGE, f"第{n}村委会", town.code) for town in above for n in range(201, 201 + villages)]
    import_divisions([*above, *below])
    units = list(Unit.objects.filter(code__in=[one.code for one in below]))
    Disclosure.objects.bulk_create(copies(Disclosure.objects.public().first(), units))
    Submission.objects.bulk_create(copies(Submission.objects.first(), units[::3]))


def copies(one: Any, units: list[Unit]) -> Iterator[Any]:
    for number, unit in enumerate(units):
        another = copy(one)
        another._state = copy(one._state)
        another.pk, another.unit, another._state.adding = None, unit, True
        for name in ("number", "index_number", "serial"):
            if hasattr(another, name):
                setattr(another, name, f"{unit.pk}-{number}")
        yield another


def counted(path: str) -> list[str]:
    cache.clear()
    Client().get(path)  # what is read once for a process is read
    with CaptureQueriesContext(connection) as queries:
        answer = Client().get(path)
    assert answer.status_code == 200, path
    return [query["sql"][:300] for query in queries]


def test_every_sample_has_a_count():
    assert set(SAMPLES) - set(PATHS) - OF_ONE_THING == set()


@pytest.mark.django_db
def test_no_page_costs_more_queries_with_more_units(world: dict[str, Any]):
    paths = [path.format(**world) for paths in PATHS.values() for path in paths]
    grow(first=300, towns=2, villages=3)
    few = {path: counted(path) for path in paths}
    grow(first=400, towns=TOWNS, villages=VILLAGES)
    many = {path: counted(path) for path in paths}
    wrong = {path: [sql for sql in many[path] if sql not in few[path]] for path in paths if len(few[path]) != len(many[path])}
    assert not wrong, wrong
