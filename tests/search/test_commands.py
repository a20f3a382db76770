"""The commands, and the engine that the settings name."""

from io import StringIO

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.test import override_settings

from search.engines import engine as engine_of_settings
from search.models import Entry
from search.outbox import touch


def test_an_unknown_engine_is_refused_by_name():
    with override_settings(SEARCH_URL="carrier-pigeon://roof"), pytest.raises(ImproperlyConfigured, match="carrier-pigeon"):
        engine_of_settings()


@pytest.fixture
def run(tmp_path):
    def act(name: str, *arguments: str) -> str:
        out = StringIO()
        with override_settings(SEARCH_URL=f"embedded://{tmp_path / 'index'}"):
            call_command(name, *arguments, stdout=out, stderr=out)
        return out.getvalue()

    return act


@pytest.mark.django_db
def test_the_commands_bring_index_and_database_together(shelf, run):
    for key in "123":
        shelf.put(key)
    touch("shelf", "12")
    assert "更新 2" in run("search_worker", "--once")
    with pytest.raises(SystemExit) as end:
        run("search_check", "--repair")
    assert end.value.code == 1
    assert "更新 1" in run("search_worker", "--once")
    assert "索引里缺 0 条" in run("search_check")
    assert "共 3 条" in run("search_rebuild")
    assert not Entry.objects.filter(pending=True).exists()


@pytest.mark.django_db
def test_a_change_that_was_never_announced_is_found_by_the_check(shelf, run):
    shelf.put("1", "旧")
    run("search_rebuild")
    shelf.put("1", "新")
    with pytest.raises(SystemExit):
        run("search_check")
