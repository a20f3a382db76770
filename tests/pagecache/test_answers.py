"""How kept pages are sent: to whom, in which form, and how many are kept."""

import gzip
import re
import threading

import pytest
from django.apps import apps
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from openness.pagecache import keys, private
from openness.pagecache.store import Kept, Store, store
from openness.pagecache.watching import _is_public_write

pytestmark = pytest.mark.django_db


def test_a_browser_that_has_the_page_is_told_so(published, read):
    url = published().get_absolute_url()
    read(url)
    first = Client().get(url)
    again = Client().get(url, headers={"if-none-match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert again["Content-Security-Policy"] == first["Content-Security-Policy"]
    assert first["Cache-Control"] == "no-cache"
    assert {"Cookie", "Accept-Encoding"} <= set(re.split(r",\s*", first["Vary"]))


def test_packed_and_plain_say_the_same(published, read):
    url = published().get_absolute_url()
    read(url)
    plain = Client().get(url)
    packed = Client().get(url, headers={"accept-encoding": "gzip, br"})
    assert packed["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.content) == plain.content
    assert len(packed.content) < len(plain.content) / 2
    assert Client().head(url).content == b""


def test_sizes_of_type_are_pages_of_their_own(published, read):
    url = published().get_absolute_url()
    large = Client()
    large.cookies["size"] = "xl"
    standard = read(url)[0]
    assert 'data-size="xl"' in read(url, large)[0]
    assert read(url, large)[1]
    assert read(url) == (standard, True)


def test_choosing_a_size_still_sets_its_cookie(published):
    url = published().get_absolute_url()
    for _time in range(2):
        assert Client().get(f"{url}?size=l").cookies["size"].value == "l"


def test_who_is_signed_in_neither_gets_nor_leaves_a_kept_page(published, member, read):
    disclosure = published()
    staff = Client()
    staff.force_login(member("reviewer", disclosure.unit))
    assert "wagtail-userbar" in staff.get(disclosure.get_absolute_url()).content.decode()
    assert "wagtail-userbar" not in read(disclosure.get_absolute_url())[0]
    assert "wagtail-userbar" in staff.get(disclosure.get_absolute_url()).content.decode()


def test_tomorrow_s_page_is_another(published, read, monkeypatch):
    url = published().get_absolute_url()
    read(url)
    monkeypatch.setattr(keys, "_today", lambda: "2030-01-01")
    assert not read(url)[1]


def test_errors_and_pages_that_did_not_say_so_are_not_kept(read, published):
    for url in ("/d/999999/", "/search/?q=低保", "/u/000/"):
        Client().get(url)
        with CaptureQueriesContext(connection) as asked:
            Client().get(url)
        assert len(asked) > 1, url


def test_one_reader_makes_an_old_page_the_others_wait():
    pages, inside, most = Store(), 0, 0
    lock = threading.Lock()

    def make() -> None:
        nonlocal inside, most
        with pages.alone(("/",)):
            with lock:
                inside += 1
                most = max(most, inside)
            threading.Event().wait(0.01)
            with lock:
                inside -= 1

    threads = [threading.Thread(target=make) for _number in range(8)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    assert most == 1
    assert not pages._making


def test_what_is_kept_has_a_bound_and_the_least_read_goes(settings):
    settings.PAGE_CACHE_MEGABYTES = 1
    pages = Store()
    body = bytes(100_000)
    for number in range(30):
        pages.put((str(number),), Kept.of((), "", (), body))
        pages.get(("0",))
    assert pages._size <= 2**20
    assert pages.get(("0",)) is not None
    assert pages.get(("1",)) is None
    pages.put(("large",), Kept.of((), "", (), bytes(2**20)))
    assert pages.get(("large",)) is None


@pytest.mark.parametrize(
    ("sql", "shown"),
    [
        ('INSERT INTO "disclosures_disclosure" ("a") VALUES (%s) RETURNING "id"', True),
        ('UPDATE "units_unit" SET "name" = %s', True),
        ('DELETE FROM "catalog_item" WHERE "id" IN (%s)', True),
        ("WITH x AS (SELECT 1) UPDATE supervision_tally SET n = n + 1", True),
        ("TRUNCATE units_unit", True),
        ('SELECT "id" FROM "units_unit" FOR UPDATE', False),
        ("INSERT INTO search_entry (kind) VALUES (%s) ON CONFLICT (kind) DO UPDATE SET version = 1", False),
        ('UPDATE "django_session" SET "x" = %s', False),
        ('SAVEPOINT "s1"', False),
    ],
)
def test_writes_are_told_from_reads(sql, shown):
    assert _is_public_write(sql) is shown


def test_private_tables_are_tables_of_ours():
    tables = {model._meta.db_table for model in apps.get_models(include_auto_created=True)}
    assert tables >= private._TABLES
    assert all(any(table.startswith(family) for table in tables | {"django_migrations"}) for family in private._FAMILIES)


READ_BY_FRAMES = {"django_content_type"}  # names of models: they change with a migration only


def test_no_kept_page_reads_a_table_that_is_called_private(home, published, tree, read):
    disclosure = published()
    for url in (
        "/",
        "/help/",
        "/catalog/",
        "/progress/",
        "/policies/",
        disclosure.get_absolute_url(),
        disclosure.item.get_absolute_url(),
        tree["搜登站镇"].get_absolute_url(),
    ):
        store.clear()
        with CaptureQueriesContext(connection) as asked:
            Client().get(url)
        tables = {name for query in asked for name in re.findall(r'(?:FROM|JOIN) "(\w+)"', query["sql"])}
        assert {name for name in tables if private.is_private(name)} - READ_BY_FRAMES - {
            "pagecache_version",
            "pagecache_pending",
        } == set(), url
