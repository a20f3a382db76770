"""Every public address is looked at by the gates, or says why not."""

from tests.permissions.addresses import public_addresses

from .samples import NOT_A_PAGE, SAMPLES

NAMES = {address.name for address in public_addresses()}


def test_every_public_address_has_an_example_or_a_reason():
    assert sorted(NAMES - set(SAMPLES) - set(NOT_A_PAGE)) == [], "add an example to tests/public/samples.py"


def test_every_example_and_every_reason_has_an_address():
    assert sorted((set(SAMPLES) | set(NOT_A_PAGE)) - NAMES) == []


def test_what_has_an_example_has_no_reason():
    assert set(SAMPLES) & set(NOT_A_PAGE) == set()
