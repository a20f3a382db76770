"""Static files as they are served: named by their content, packed, and kept by browsers for ever."""

import gzip
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.contrib.staticfiles import storage
from django.core.management import call_command
from django.test import Client
from django.utils.functional import empty

from config.settings import base
from tests.browser.conftest import ROOT

CSS = r"/static/css/site\.[0-9a-f]{12}\.css"


@pytest.fixture
def collected(tmp_path: Path, settings) -> Iterator[Path]:
    """The storage of every installation instead of that of the tests."""
    settings.STORAGES, settings.STATIC_ROOT = base.STORAGES, tmp_path / "static"
    storage.staticfiles_storage._wrapped = empty
    call_command("collectstatic", verbosity=0, interactive=False)
    yield settings.STATIC_ROOT
    storage.staticfiles_storage._wrapped = empty


@pytest.mark.django_db
def test_files_are_named_by_content_packed_and_kept_for_ever(collected):
    url = re.findall(CSS, Client().get("/help/").content.decode() or "") or [storage.staticfiles_storage.url("css/site.css")]
    assert re.fullmatch(CSS, url[0])
    plain = Client().get(url[0])
    assert plain["Cache-Control"] == "max-age=315360000, public, immutable"
    packed = Client().get(url[0], headers={"accept-encoding": "gzip"})
    assert packed["Content-Encoding"] == "gzip"
    assert gzip.decompress(b"".join(packed.streaming_content)) == b"".join(plain.streaming_content)
    assert Client().get(url[0], headers={"accept-encoding": "gzip, br"})["Content-Encoding"] == "br"


def test_what_has_no_hash_in_its_name_is_not_kept_for_ever(collected):
    assert "immutable" not in Client().get("/static/css/site.css")["Cache-Control"]


def test_production_keeps_this():
    code = "from config.settings import production as p; print(p.STORAGES['staticfiles']['BACKEND'], p.DEBUG)"
    found = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env={"PYTHONPATH": "site:.", "SECRET_KEY": "x", "ALLOWED_HOSTS": "a"},
        check=True,
        capture_output=True,
        text=True,
    )
    assert found.stdout.split() == ["whitenoise.storage.CompressedManifestStaticFilesStorage", "False"]
