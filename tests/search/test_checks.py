from types import SimpleNamespace

from search import checks
from search.registry import Registry, registry


def test_every_public_model_of_the_project_is_searched_or_excluded():
    assert checks.every_public_model_is_searched(None) == []


def test_a_forgotten_public_model_stops_the_start(monkeypatch):
    forgetful = Registry()
    forgetful.kinds, forgetful.excluded = dict(registry.kinds), dict(registry.excluded)
    removed = next(iter(forgetful.excluded))
    del forgetful.excluded[removed]
    monkeypatch.setattr(checks, "registry", forgetful)
    errors = checks.every_public_model_is_searched(None)
    assert [(error.id, error.obj) for error in errors] == [("search.E001", removed)]


def test_what_has_no_address_of_its_own_is_not_public():
    assert not checks._is_public(type("Inner", (), {"__module__": "catalog.models", "__mro__": ()}))
    assert not checks._is_public(SimpleNamespace(__module__="elsewhere.models", get_absolute_url=None, __mro__=()))
