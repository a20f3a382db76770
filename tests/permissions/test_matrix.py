"""Every address of the admin × every role × the own, the next and another county's place. A new address without a row fails."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from openness.units.grants import GRANTS, roles_for

from .addresses import Address, admin_addresses
from .asking import answer, written
from .conftest import World
from .people import INSIDE, NOBODY, OF_THE_VILLAGE, OUTSIDE, OVER_ALL, STAND_IN, SUPERUSER, role_of
from .row import AWAY, GONE, LOGIN, ONLY_POST, Act, Row
from .rows import ROWS
from .rows.pages import ROWS as PUBLIC_ONLY
from .rows.wagtail import ONLY_SUPERUSERS, OPEN_TO_STRANGERS
from .things import STATES, values_of
from .writing import SECRET

pytestmark = pytest.mark.django_db
ADDRESSES = {address.name: address for address in admin_addresses()}
OURS = (*INSIDE, STAND_IN, *OUTSIDE)
# Of other places a clerk, a reviewer and an administrator post for all; the acts are asked of everybody.
LIKE_ANOTHER = {"clerk elsewhere", "signer beside", "supervisor beside", "auditor elsewhere"}
REFUSED = {AWAY, GONE, "403", ONLY_POST}


def pattern_of(name: str) -> str | None:
    return next((pattern for pattern in (*ONLY_SUPERUSERS, OPEN_TO_STRANGERS) if re.fullmatch(pattern, name)), None)


def test_every_address_has_a_row():
    without = [name for name in ADDRESSES if name not in ROWS and not pattern_of(name)]
    assert without == [], "who may open these? Write a line for each in tests/permissions/rows/"


def test_every_row_and_every_pattern_has_an_address():
    assert set(ROWS) - set(ADDRESSES) == set()
    assert [one for one in (*ONLY_SUPERUSERS, OPEN_TO_STRANGERS) if not any(re.fullmatch(one, name) for name in ADDRESSES)] == []


def url_of(world: World, address: Address) -> str:
    row = ROWS.get(address.name)
    return address.url(world.things[row.thing] if row else values_of(address.slots, world.things))


def wanted(row: Row, person: str) -> str:
    if person == NOBODY:
        return LOGIN
    if person == SUPERUSER:
        return row.page
    if person == row.owner:
        return row.page
    return row.expected(role_of(person), inside=inside(row, person))


def inside(row: Row, person: str) -> bool:
    """Whether the person's unit covers the thing."""
    if row.of == "county" and person.endswith("beside"):
        return True
    return person not in OUTSIDE and not (row.of == "town" and person in OF_THE_VILLAGE)


def may(row: Row, act: Act, person: str) -> bool:
    if person == row.owner:
        return True
    return act.taken_from(role_of(person)) and (inside(row, person) or not (row.outside or act.names_place))


@pytest.mark.parametrize("name", ROWS)
def test_who_opens_it(world: World, name: str):
    row, url = ROWS[name], url_of(world, ADDRESSES[name])
    people = [*askers(row), NOBODY, *([SUPERUSER] if row.opens else [])]
    drawn = next((person for person in people if wanted(row, person) == "200"), None)  # that it can be drawn is seen once
    answers = {person: (answer(world.clients[person], url, drawn=person == drawn), wanted(row, person)) for person in people}
    assert {person: f"{said}, not {right}" for person, (said, right) in answers.items() if said != right} == {}


def askers(row: Row) -> tuple[str, ...]:
    """Where no thing of a place is asked for, one of each role, and one from elsewhere, are enough."""
    return OURS if row.outside else (*(person for person in INSIDE if " " not in person), STAND_IN, "administrator elsewhere")


# Of what lists public texts, which the draft's own public neighbour is, tests/pages/test_choosers.py asks.
LISTS = [name for name, row in ROWS.items() if not row.outside and row.opens and name not in PUBLIC_ONLY]


@pytest.mark.parametrize("name", LISTS)
def test_no_list_tells_other_places_of_a_draft(world: World, name: str):
    url = url_of(world, ADDRESSES[name])
    told = [
        person for person in ("clerk beside", "reviewer beside", "supervisor beside", "auditor elsewhere") if _tells(world, person, url)
    ]
    assert told == []


def _tells(world: World, person: str, url: str) -> bool:
    answer = world.clients[person].get(url)
    return not answer.streaming and SECRET in answer.content.decode(errors="ignore")


def refused_at(row: Row) -> list[str]:
    """Who gets no page there, in place or out of it."""
    shown = {"200", "302"}
    people = [person for person in askers(row) if person not in LIKE_ANOTHER]
    return [person for person in (*people, NOBODY) if wanted(row, person) not in shown and person not in _takers(row)]


def _takers(row: Row) -> set[str]:
    """Where nothing is shown, those who may post."""
    people = [person for person in askers(row) if inside(row, person) or not row.outside]
    return {person for person in people if row.page == ONLY_POST and role_of(person) in row.opens.split()}


@pytest.mark.parametrize("name", ROWS)
def test_whoever_gets_no_page_changes_nothing_by_posting(world: World, name: str):
    row, url = ROWS[name], url_of(world, ADDRESSES[name])
    bodies = [act.said(world.things) for act in row.acts.values()] or [{}]
    if any(may(row, act, person) for act in row.acts.values() for person in askers(row)) and row.page == ONLY_POST:
        return  # the next test asks each act of each person
    changed = [
        (person, tables, said)
        for person in refused_at(row)
        for body in bodies
        for tables, said in [post(world, person, url, body)]
        if tables
    ]
    assert changed == []


def post(world: World, person: str, url: str, body: dict[str, Any]) -> tuple[set[str], str]:
    with written() as tables:
        said = answer(world.clients[person], url, body)
    return tables, said


ACTS = [(name, act) for name, row in ROWS.items() for act in row.acts]


@pytest.mark.parametrize(("name", "act"), ACTS)
def test_an_act_is_taken_from_nobody_else(world: World, name: str, act: str):
    """By everybody who may not: refused in words or as not there, and nothing was written."""
    row, url = ROWS[name], url_of(world, ADDRESSES[name])
    people = OURS if row.acts[act].names_place else askers(row)
    others = [person for person in (*people, NOBODY) if not may(row, row.acts[act], person)]
    assert {person: tables for person in others if (tables := post(world, person, url, row.acts[act].said(world.things))[0])} == {}


REAL_ACTS = [(name, word) for name, row in ROWS.items() for word, act in row.acts.items() if act.writes]


@pytest.mark.parametrize(("name", "act"), REAL_ACTS)
def test_an_act_is_taken_from_whoever_may(world: World, name: str, act: str):
    """So the bodies that are refused to others are such as would be taken."""
    row, url = ROWS[name], url_of(world, ADDRESSES[name])
    for person in [one for one in OURS if may(row, row.acts[act], one)]:
        with transaction.atomic():
            tables, said = post(world, person, url, row.acts[act].said(world.things))
            transaction.set_rollback(True)
        assert row.acts[act].writes in tables, f"{person}: {said}"


PATTERNS = [name for name in ADDRESSES if name not in ROWS and pattern_of(name) != OPEN_TO_STRANGERS]


@pytest.mark.parametrize("name", PATTERNS)
def test_what_only_keepers_of_the_site_have(world: World, name: str):
    """These know neither places nor roles: the least and the most of the staff are enough."""
    url = url_of(world, ADDRESSES[name])
    people = ("clerk", "reviewer", "administrator")
    with written() as tables:
        answers = {
            (person, how): answer(world.clients[person], url, body) for person in people for how, body in (("get", None), ("post", {}))
        }
    assert {asked: said for asked, said in answers.items() if said not in REFUSED} == {}
    assert tables == set()


@pytest.mark.parametrize("name", [name for name in ADDRESSES if pattern_of(name) != OPEN_TO_STRANGERS])
def test_strangers_and_accounts_without_a_role_are_sent_to_the_login(world: World, name: str):
    url = url_of(world, ADDRESSES[name])
    for client in (Client(), world.clients[NOBODY]):
        assert {answer(client, url), answer(client, url, {})} <= {LOGIN}


TEXTS = [name for name in ADDRESSES if name.startswith("wagtailsnippets_disclosures_disclosure:") and ADDRESSES[name].slots]
TEXTS += ["disclosure_plain", "review_text", "review_sheet"]


def thing_in(state: str, name: str) -> str:
    _first, comma, part = ROWS[name].thing.partition(",")
    return f"{state}{comma}{part}"


@pytest.mark.parametrize("state", STATES)
def test_in_every_state_a_text_does_not_exist_for_other_places(world: World, state: str):
    found: dict[tuple[str, str], str] = {}
    for name in TEXTS:
        url = ADDRESSES[name].url(world.things[thing_in(state, name)])
        found |= {
            (name, person): answer(world.clients[person], url) for person in ("clerk beside", "reviewer beside", "administrator elsewhere")
        }
    assert {asked: said for asked, said in found.items() if said != GONE} == {}


def rights() -> Iterator[tuple[str, str, str]]:
    """(address, right, roles) of everything in the table that names a line of grants.py."""
    for name, row in ROWS.items():
        if row.right:
            yield name, row.right, row.opens
        yield from ((f"{name} {word}", act.right, act.by) for word, act in row.acts.items() if act.right)


@pytest.mark.parametrize(("name", "right", "roles"), list(rights()))
def test_the_table_says_what_the_page_of_rights_says(name: str, right: str, roles: str):
    model, _dot, action = right.rpartition(".")
    assert set(roles.split()) == roles_for(model, action), name


# What no address of the admin is for, and where it is asked instead.
NO_ADDRESS = {
    "disclosures.receipt.view": "on the page of a text",
    "disclosures.signature.view": "on the page of a text",
    "disclosures.attachment.choose": "what the chooser lists: tests/disclosures/test_closed_doors.py",
    "disclosures.photo.choose": "what the chooser lists: tests/disclosures/test_closed_doors.py",
    "units.delegation.change": "who ends another's: the act of delegation_end",
    "supervision.delivery.view": "a line on supervision_pursuit: tests/supervision/test_reminders.py",
    "participation.contact.call": "on the page of a submission: tests/participation/test_admin.py",
}


KEPT = [name for name in ROWS if re.match(r"wagtailsnippets_(search|supervision|participation)_", name)]
PROVED_OVER_ALL = {name.partition(":")[0].removeprefix("wagtailsnippets_").replace("_", ".") for name in KEPT} | {
    "search.entry",
    "subscriptions.followed",
}


_ASKED = {"add": "add", "edit": "change", "delete": "delete", "usage": "change", "history": "change", "history_results": "change"}


_STATES = {"search_state": "search.entry", "subscriptions_followed": "subscriptions.followed"}


@pytest.mark.parametrize("name", [*KEPT, *_STATES])
def test_what_belongs_to_no_unit_is_for_those_over_all_counties(world: World, name: str):
    app, _, view = name.removeprefix("wagtailsnippets_").partition(":")
    action = _ASKED.get(view, "view")
    model = app.replace("_", ".") if view else _STATES[name]
    for person in OVER_ALL:
        may = role_of(person) in roles_for(model, action)
        assert answer(world.clients[person], url_of(world, ADDRESSES[name])) == ("200" if may else AWAY), person


def test_every_right_of_the_page_is_proved_by_a_row():
    known = {f"{model}.{action}" for model, actions in GRANTS.items() for action in actions if model not in PROVED_OVER_ALL}
    assert known - {right for _name, right, _roles in rights()} - set(NO_ADDRESS) == set()
