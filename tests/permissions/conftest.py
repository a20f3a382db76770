"""One world for all tests of a module: building it takes seconds. What a test does to it is undone after the test (`django_db`)."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from openness.units.models import Unit
from tests.conftest import plant_tree

from .people import everybody
from .things import Values, everything


@dataclass
class World:
    tree: dict[str, Unit]
    people: dict[str, Any]
    things: dict[str, Values]
    clients: dict[str, Client]


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    with django_db_blocker.unblock(), transaction.atomic(), pytest.MonkeyPatch.context() as patch:
        patch.setattr("django.test.client.store_rendered_templates", lambda *_args, **_more: None)  # copies the context of every template
        tree = plant_tree()
        people = everybody(tree)
        yield World(tree, people, everything(tree, people), {name: _signed_in(user) for name, user in people.items()})
        transaction.set_rollback(True)


def _signed_in(user: Any) -> Client:
    client = Client(raise_request_exception=True)
    client.force_login(user)
    return client
